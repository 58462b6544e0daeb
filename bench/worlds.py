"""Worlds of the simulator: resets, wake-ups, many workers at once."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from typing import cast

import httpx

from bench.browser import token_in
from esia_sim import Config, run_in_thread
from esia_sim.assumed import Limits
from esia_sim.remote import Esia

RESETS, WAKES, PEOPLE = 50, 50, 10
WORKERS, SIGN_INS = 8, 200
RESET_LIMIT_MS, WAKE_LIMIT_MS = 5.0, 20.0


def measure() -> dict[str, float]:
    """Milliseconds against their limits; failures and foreign messages, of which none may be."""
    config = Config(limits=Limits(sms_resend_seconds=0))
    with run_in_thread(config) as stand:
        reset = statistics.median(_resets(stand))
        wake = statistics.median(_wakes(stand))
        begin = time.perf_counter()
        with ThreadPoolExecutor(WORKERS) as pool:
            results = list(pool.map(lambda number: _work(stand, number), range(WORKERS)))
        seconds = time.perf_counter() - begin
    many = f"{WORKERS} workers × {SIGN_INS} sign-ins"
    return {
        "reset of a world with ten people, ms": reset,
        "reset / limit of 5 ms": reset / RESET_LIMIT_MS,
        "message sent to waiting call answered, ms": wake,
        "wake-up / limit of 20 ms": wake / WAKE_LIMIT_MS,
        f"{many}: failed (limit 0)": sum(failed for failed, _ in results),
        f"{many}: foreign messages (limit 0)": sum(foreign for _, foreign in results),
        f"{many}: per second": WORKERS * SIGN_INS / seconds,
    }


def _resets(stand: Esia) -> list[float]:
    """Milliseconds of the control call, each time after people, sessions and messages came."""
    times: list[float] = []
    with stand.new_world() as world:
        for _ in range(RESETS):
            for _ in range(PEOPLE):
                person = world.new_person()
                world.sign_in(str(person["key"]))
                world.send_message(channel="sms", to=person["phone"], text="Код: 4217")
            begin = time.perf_counter()
            world.reset()
            times.append(1000 * (time.perf_counter() - begin))
    return times


def _wakes(stand: Esia) -> list[float]:
    """Milliseconds from handing a message in to the answer of the call that waits for it."""
    with stand.new_world() as world, ThreadPoolExecutor(1) as pool:
        person = world.new_person()
        times: list[float] = []
        for _ in range(WAKES):
            cursor = world.cursor()
            waiting = pool.submit(_answered_at, world, str(person["key"]), cursor)
            time.sleep(0.02)  # the call waits by now
            with httpx.Client(trust_env=False) as sender:
                body = {"channel": "sms", "to": person["phone"], "text": "Код: 4217"}
                sent = time.perf_counter()
                sender.post(f"{world.url}/_sim/messages", json=body).raise_for_status()
            times.append(1000 * (waiting.result() - sent))
    return times


def _answered_at(world: Esia, person: str, cursor: int) -> float:
    world.wait_for_code(person, since=cursor)
    return time.perf_counter()


def _work(stand: Esia, number: int) -> tuple[int, int]:
    """Sign one person in many times in a world of one's own; failures and foreign messages."""
    with (
        Esia(stand.url) as own,
        own.new_world(seed=number) as world,
        httpx.Client(base_url=world.url, trust_env=False, timeout=60) as browser,
    ):
        person, failed = world.new_person(), 0
        for _ in range(SIGN_INS):
            failed += not _sign_in(world, browser, str(person["phone"]))
        foreign = _count(world.messages()) - _count(world.messages(to=str(person["key"])))
    return failed, foreign


def _count(answer: dict[str, object]) -> int:
    return len(cast("list[object]", answer["messages"]))


def _sign_in(world: Esia, browser: httpx.Client, phone: str) -> bool:
    browser.cookies.clear()
    cursor = world.cursor()
    form = {"token": token_in(browser.get("/login/sms").text), "login": phone}
    browser.post("/login/sms", data=form)
    code = world.wait_for_code(phone, since=cursor)
    answer = browser.post("/login/sms/code", data=form | {"code": code})
    return answer.status_code == httpx.codes.FOUND

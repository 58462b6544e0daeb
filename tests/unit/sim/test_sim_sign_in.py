"""The sign-in pages: password, code, consent, being locked out."""

import asyncio
import re
import threading
from datetime import timedelta

import pytest
from pyotp.totp import TOTP
from sim_client import PASSWORD, Stand, query, run

from esia_sim import passwords

SECRET = "SEVERNAYADVINASEVERNAYADVINA2345"
WRONG = "Логин или пароль не подошли"


def ask(stand: Stand, **changes):
    return stand.browser.get("/aas/oauth2/ac", params=stand.params(**changes))


def enter(stand: Stand, login: str = "+79000000101", password: str = PASSWORD):
    return stand.browser.fill("/login", login=login, password=password)


def sign_in(stand: Stand):
    enter(stand)
    return stand.browser.fill("/login/code", code=stand.last_code())


def wrong_code(stand: Stand) -> str:
    return f"{(int(stand.last_code()) + 1) % 1_000_000:06}"


def test_whole_way_leads_back_with_a_code(stand: Stand):
    ask(stand)

    entered = enter(stand)
    confirmed = stand.browser.fill("/login/code", code=stand.last_code())
    allowed = stand.browser.fill("/login/consent", decision="allow")

    assert entered.headers["Location"] == "/login/code"
    assert confirmed.headers["Location"] == "/login/consent"
    assert query(allowed)["code"]


@pytest.mark.parametrize(
    "login",
    [
        "+7 (900) 000-01-01",
        "8 900 000 01 01",
        "9000000101",
        "ANNA@pomor.example ",
        "900-000-101 85",
        "90000010185",
    ],
)
def test_login_is_taken_in_any_usual_writing(stand: Stand, login: str):
    answer = enter(stand, login)

    assert answer.headers["Location"] == "/login/code"


@pytest.mark.parametrize(
    "login", ["+79000000101", "+79990000000", "nobody@pomor.example", "анна", "+79000000119"]
)
def test_refusal_is_the_same_whether_the_account_exists(stand: Stand, login: str):
    answer = enter(stand, login, "wrong")

    assert answer.status_code == 200
    assert WRONG in answer.text


@pytest.mark.parametrize("login", ["+79000000101", "+79990000000", "+79000000119"])
def test_every_login_costs_the_same_work(stand: Stand, monkeypatch, login: str):
    verified = []

    def verify(password_hash, _password):
        verified.append(password_hash)
        return False

    monkeypatch.setattr(passwords, "_fits", verify)
    enter(stand, login, "wrong")

    assert len(verified) == 1 + passwords.OLD_KEPT
    assert verified[0].startswith("$argon2id$v=19$m=7168,t=5,p=1$")


def test_a_right_password_is_hashed_once(stand: Stand, monkeypatch):
    verified = []
    monkeypatch.setattr(passwords, "_fits", lambda known, _: verified.append(known) or True)

    answer = enter(stand)

    assert answer.headers["Location"] == "/login/code"
    assert len(verified) == 1


def test_passwords_are_hashed_by_two_threads_only(monkeypatch):
    threads: set[int] = set()
    both = threading.Barrier(2, timeout=30)

    def fits(_hash: str, _password: str) -> bool:
        threads.add(threading.get_ident())
        both.wait()
        return True

    monkeypatch.setattr(passwords, "_fits", fits)

    async def many() -> list[bool]:
        return await asyncio.gather(*(passwords.is_right("hash", "typed") for _ in range(8)))

    assert run(many()) == 8 * [True]
    assert len(threads) == 2


@pytest.mark.parametrize("login", ["+79000000101", "+79990000000"])
def test_five_wrong_passwords_lock_known_and_unknown_logins_alike(stand: Stand, login: str):
    answers = [enter(stand, login, "wrong") for _ in range(5)]

    after = enter(stand, login)

    assert all(WRONG in answer.text for answer in answers[:4])
    assert "Вход временно закрыт" in answers[4].text
    assert "Вход временно закрыт" in after.text


def test_lock_ends_with_its_time(stand: Stand, monkeypatch):
    monkeypatch.setattr(passwords, "_fits", lambda _hash, typed: typed == PASSWORD)
    for _ in range(5):
        enter(stand, password="wrong")

    stand.clock.advance(timedelta(minutes=31))

    assert enter(stand).headers["Location"] == "/login/code"


def test_locked_account_is_told_so_only_after_the_right_password(stand: Stand):
    wrong = enter(stand, "+79000000108", "wrong")
    right = enter(stand, "+79000000108")

    assert WRONG in wrong.text
    assert "Вход временно закрыт" in right.text
    assert "09:00" in right.text


def test_wrong_code_says_how_many_tries_are_left(stand: Stand):
    enter(stand)

    answer = stand.browser.fill("/login/code", code=wrong_code(stand))

    assert "Осталось попыток: 2." in answer.text


def test_code_is_dead_after_three_wrong_tries(stand: Stand):
    enter(stand)
    for _ in range(3):
        stand.browser.fill("/login/code", code=wrong_code(stand))

    answer = stand.browser.fill("/login/code", code=stand.last_code())

    assert "Попытки закончились" in answer.text


def test_wrong_codes_lock_across_new_codes(stand: Stand):
    enter(stand)
    for _ in range(3):
        stand.browser.fill("/login/code", code=wrong_code(stand))
    stand.clock.advance(timedelta(seconds=61))
    token = re.search(r'name="token" value="([^"]+)"', stand.browser.get("/login/code").text)
    stand.browser.post("/login/code/resend", data={"token": token[1] if token else ""})

    answers = [stand.browser.fill("/login/code", code=wrong_code(stand)) for _ in range(2)]

    assert "Осталось попыток: 2." in answers[0].text
    assert "Вход временно закрыт" in answers[1].text


def test_expired_code_is_refused(stand: Stand):
    enter(stand)

    stand.clock.advance(timedelta(seconds=301))
    answer = stand.browser.fill("/login/code", code=stand.last_code())

    assert "Срок действия кода вышел" in answer.text


def test_new_code_comes_after_the_delay_and_ends_the_old_one(stand: Stand):
    enter(stand)
    old = stand.last_code()
    page = stand.browser.get("/login/code").text
    form = {"token": page.split('name="token" value="')[1].split('"')[0]}

    early = stand.browser.post("/login/code/resend", data=form)
    stand.clock.advance(timedelta(seconds=60))
    late = stand.browser.post("/login/code/resend", data=form)

    assert "Новый код можно запросить через" in early.text
    assert "Новый код отправлен" in late.text
    assert stand.last_code() != old
    assert "Код не подошёл" in stand.browser.fill("/login/code", code=old).text


def test_code_of_the_app_works_once(stand: Stand):
    enter(stand, "+79000000109")
    code = TOTP(SECRET).at(stand.clock.now())
    page = stand.browser.get("/login/code")
    first = stand.browser.fill("/login/code", code=code)
    stand.browser = stand.new_browser()
    enter(stand, "+79000000109")

    second = stand.browser.fill("/login/code", code=code)

    assert "Код из приложения" in page.text
    assert first.headers["Location"] == "/"
    assert "Код не подошёл" in second.text


def test_consent_is_remembered(stand: Stand):
    ask(stand)
    sign_in(stand)
    stand.browser.fill("/login/consent", decision="allow")

    again = ask(stand)

    assert query(again)["code"]


def test_consent_is_asked_again_for_more(stand: Stand):
    ask(stand)
    sign_in(stand)
    stand.browser.fill("/login/consent", decision="allow")

    again = ask(stand, scope="openid fullname mobile snils")

    assert again.headers["Location"] == "/login/consent"
    assert "СНИЛС" in stand.browser.get("/login/consent").text


def test_refused_consent_is_not_remembered(stand: Stand):
    ask(stand)
    sign_in(stand)
    stand.browser.fill("/login/consent", decision="deny")

    again = ask(stand)

    assert again.headers["Location"] == "/login/consent"


def test_session_gets_a_new_value_at_sign_in(stand: Stand):
    stand.browser.sign_in_as("vera", consent=False)
    before = stand.browser.cookies["__Host-esia_test"]
    other = stand.new_browser()
    other.cookies.set("__Host-esia_test", "chosen-by-somebody", domain="stand.example", path="/")
    stand.browser = other

    sign_in(stand)

    after = other.cookies["__Host-esia_test"]
    assert after not in {before, "chosen-by-somebody"}


def test_cookies_are_closed_to_scripts_and_other_sites(stand: Stand):
    ask(stand)
    answer = sign_in(stand)

    for cookie in answer.headers.get_list("set-cookie"):
        assert cookie.startswith("__Host-esia_")
        assert {"HttpOnly", "SameSite=lax", "Secure", "Path=/"} <= set(cookie.split("; "))


def test_form_without_the_token_of_its_attempt_is_refused(stand: Stand):
    stand.browser.get("/login")

    answer = stand.browser.post(
        "/login", data={"login": "+79000000101", "password": PASSWORD, "token": "guess"}
    )

    assert answer.status_code == 409


def test_form_of_a_finished_attempt_is_refused_with_a_page(stand: Stand):
    answer = stand.browser.post("/login", data={"login": "x", "password": "y", "token": "z"})

    assert answer.status_code == 400
    assert "SIM-001" in answer.text


def test_code_page_without_a_password_leads_to_the_sign_in(stand: Stand):
    answer = stand.browser.get("/login/code")

    assert answer.headers["Location"] == "/login"


def test_pages_carry_the_banner_and_the_policy(stand: Stand):
    for path in ("/", "/login", "/phone/anna", "/nowhere"):
        answer = stand.browser.get(path)

        assert "Учебный стенд — не вводите настоящие данные" in answer.text
        assert 'lang="ru"' in answer.text
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "form-action" not in policy
        mine = "'self' http://localhost:2900" if path.startswith("/phone") else "'none'"
        assert policy.endswith(f"frame-ancestors {mine}")
        assert answer.headers["Cache-Control"] == "no-store"


def test_typed_login_comes_back_escaped(stand: Stand):
    answer = enter(stand, '"><script>alert(1)</script>', "x")

    assert "<script>alert" not in answer.text

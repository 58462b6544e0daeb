"""A site as deploy/ describes it: nginx with TLS, two workers, the simulator, shared stores."""

import os
import shutil
import signal
import ssl
import subprocess
import sys
from pathlib import Path
from typing import Self

import httpx
from playwright.sync_api import Page
from sqlalchemy import Engine

from esia_sim.remote import Esia
from stand import keys
from stand.processes import Process
from stand.stand import SERVER
from tests.proxy import HOST, Proxy, free_ports
from tests.waiting import answers, wait_until
from zdrav29_app import framework

KEY = "key-of-the-controls"
ROOT = Path.cwd()


class Site:
    """Use as `with Site(folder, database, redis) as site:`."""

    def __init__(self, folder: Path, database: Engine, redis: str) -> None:
        self.folder = folder
        self.static = folder / "static"
        self.ports = free_ports(2)
        [self.simulator_port] = free_ports(1)
        self.proxy = Proxy(folder / "nginx", self.ports, self.simulator_port, self.static)
        self.url = f"https://{HOST}:{self.proxy.cabinet}"
        self.esia_url = f"https://{HOST}:{self.proxy.simulator}"
        self.workers: dict[int, Process] = {}
        self.release = ROOT
        self.app = SERVER[2]
        self.database = database
        address = database.url.render_as_string(hide_password=False)
        self._shared = {"ZDRAV29_DATABASE_URL": address, "ZDRAV29_REDIS_URL": redis}
        self._simulator: Process | None = None

    def __enter__(self) -> Self:
        """Prepare data and start everything."""
        self.publish(ROOT)
        clients = keys.prepare(self.folder)
        command = ["-m", "esia_sim", "--clients", str(clients)]
        self._simulator = Process("esia_sim", command, self.env, self.folder / "log" / "sim.log")
        seeded = [sys.executable, "-m", "zdrav29_app.demo"]
        subprocess.run(seeded, env={**os.environ, **self.env}, check=True, capture_output=True)
        for port in self.ports:
            self.start(port)
        self.proxy.start()
        for port in self.ports:
            wait_until(lambda port=port: answers(f"http://127.0.0.1:{port}/readyz"), seconds=60)
        wait_until(lambda: answers(f"http://127.0.0.1:{self.simulator_port}/_sim/health"))
        return self

    def __exit__(self, *_: object) -> None:
        """Stop everything."""
        self.proxy.stop()
        for each in [*self.workers.values(), *filter(None, [self._simulator])]:
            each.stop()

    @property
    def env(self) -> dict[str, str]:
        """The settings that all processes share."""
        return {
            "ZDRAV29_PUBLIC_URL": self.url,
            "ZDRAV29_STAND": "site",
            "ZDRAV29_TRUSTED_PROXY_HOPS": "1",
            "ZDRAV29_METRICS_KEY": KEY,
            "ZDRAV29_DATA_DIR": str(self.folder),
            "ZDRAV29_ESIA_URL": self.esia_url,
            "ESIA_SIM_PORT": str(self.simulator_port),
            "ESIA_SIM_STAND": "site",
            "ESIA_SIM_PUBLIC_URL": self.esia_url,
            "ESIA_SIM_CABINET_URL": self.url,
            "ESIA_SIM_DATA_DIR": str(self.folder / "esia"),
            "ESIA_SIM_KEY": KEY,
            "SSL_CERT_FILE": str(self.proxy.certificate),
            **self._shared,
            **framework.PREBUILT,
        }

    def publish(self, release: Path) -> None:
        """Serve the files of a release, beside those of the releases before."""
        shutil.copytree(release / framework.BUILT, self.static, dirs_exist_ok=True)
        self.release = release

    def start(self, port: int) -> None:
        """Start the worker of a port with the release that was published last."""
        command = [*SERVER[:2], self.app, *SERVER[3:], "--port", str(port)]
        logs = self.folder / "log"
        log = logs / f"worker-{port}-{len(list(logs.iterdir()))}.log"
        env = {**self.env, "ZDRAV29_PORT": str(port)}
        self.workers[port] = Process(f"worker-{port}", command, env, log, self.release)

    def restart(self, port: int) -> None:
        """End a worker politely and start it anew."""
        self.workers[port].stop()
        self.start(port)

    def kill(self, port: int) -> None:
        """Take a worker away in the middle of what it does."""
        os.killpg(self.workers[port].pid, signal.SIGKILL)
        self.workers[port].stop()

    def enter(self, page: Page) -> str:
        """Sign a fresh person in at ESIA and in the cabinet; returns her oid."""
        with Esia(f"http://127.0.0.1:{self.simulator_port}", key=KEY) as esia:
            person = esia.new_person(birth_date="1988-04-12", gender="F")
            cookie = esia.sign_in(str(person["key"]))
        worker = f"http://127.0.0.1:{self.ports[0]}/_demo/people/{person['oid']}"
        told = httpx.put(worker, json={"entered": True}, headers={"X-Sim-Key": KEY}, timeout=60)
        told.raise_for_status()
        page.context.add_cookies(
            [
                {
                    "name": cookie["name"],
                    "value": cookie["value"],
                    "url": self.esia_url,
                    "secure": True,
                }
            ]
        )
        page.goto(f"{self.url}/auth/esia/login")
        page.wait_for_selector('main[data-ready="true"]')
        return str(person["oid"])

    def errors(self) -> list[str]:
        """The ERROR lines of all workers there were."""
        logs = (self.folder / "log").glob("worker-*.log")
        lines = (line for log in logs for line in log.read_text("utf-8").splitlines())
        return [line for line in lines if " ERROR " in line or " CRITICAL " in line]

    def client(self, address: str = "127.0.0.1") -> httpx.Client:
        """A program at some address of this machine, that trusts our certificate."""
        trust = ssl.create_default_context(cafile=str(self.proxy.certificate))
        line = httpx.HTTPTransport(verify=trust, local_address=address)
        return httpx.Client(base_url=self.url, transport=line, timeout=30)

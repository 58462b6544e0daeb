"""Row O1: a page whose line broke without a word is missed, and takes no place for ever."""

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
import websocket

from stand.stand import Stand
from tests.e2e.raw_tab import NAMESPACE
from tests.waiting import wait_until


@pytest.fixture
def hasty_stand(tmp_path: Path, seeded: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stand]:
    """A cabinet that asks pages each second whether they are there, not each half minute."""
    monkeypatch.setenv("REFLEX_SOCKET_INTERVAL", "1")
    monkeypatch.setenv("REFLEX_SOCKET_TIMEOUT", "1")
    with Stand(tmp_path, template=seeded) as running:
        yield running


def _tabs(stand: Stand) -> float:
    shown = httpx.get(f"{stand.cabinet_url}/metrics").text
    return float(re.findall(r"^zdrav29_tabs (\S+)$", shown, re.MULTILINE)[0])


def test_o1_a_page_that_answers_nothing_more_is_missed(hasty_stand: Stand):
    address = hasty_stand.cabinet_url.replace("http", "ws")
    line = websocket.create_connection(
        f"{address}/_event/?token={uuid4()}&EIO=4&transport=websocket",
        origin=hasty_stand.cabinet_url,
    )
    line.recv()
    line.send(f"40{NAMESPACE},")
    wait_until(lambda: _tabs(hasty_stand) == 1)

    # from here on nobody reads or closes this line, as on a phone in a tunnel
    wait_until(lambda: _tabs(hasty_stand) == 0)

    assert line.connected
    line.shutdown()

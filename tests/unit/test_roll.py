"""Restarting workers one after another, with a list of nginx that is always whole."""

from pathlib import Path

import pytest

from deploy import roll
from deploy.roll import NotReadyError, Rolling

LIST = "server 127.0.0.1:1 max_fails=1;\nserver 127.0.0.1:2 max_fails=1;\n"


def _rolling(folder: Path, acts: list[str]) -> Rolling:
    workers = folder / "workers.conf"
    workers.write_text(LIST)
    return Rolling(
        workers=workers,
        restart=lambda port: acts.append(f"restart {port}"),
        reload=lambda: acts.append(workers.read_text()),
        drain_seconds=0,
        ready_seconds=0,
    )


def test_a_worker_is_out_of_the_list_while_it_restarts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    acts: list[str] = []
    monkeypatch.setattr(roll, "_is_ready", lambda _: True)

    _rolling(tmp_path, acts).run()

    without_first = LIST.replace("1 max_fails=1;", "1 max_fails=1 down;", 1)
    without_second = LIST.replace("2 max_fails=1;", "2 max_fails=1 down;", 1)
    assert acts == [without_first, "restart 1", LIST, without_second, "restart 2", LIST]


def test_a_worker_that_does_not_come_back_stays_out_and_the_others_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    acts: list[str] = []
    monkeypatch.setattr(roll, "_is_ready", lambda _: False)

    with pytest.raises(NotReadyError):
        _rolling(tmp_path, acts).run()

    assert "restart 2" not in acts
    assert "127.0.0.1:1 max_fails=1 down;" in acts[0] == (tmp_path / "workers.conf").read_text()

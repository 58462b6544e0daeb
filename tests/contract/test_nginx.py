"""nginx takes the configuration of deploy/, and its limits are those of the cabinet."""

import re
from pathlib import Path

from tests.proxy import KEPT, Proxy, free_ports
from zdrav29_app.endpoints import forms


def _text(name: str) -> str:
    return (KEPT / name).read_text("utf-8")


def test_nginx_reads_the_configuration_without_a_warning(tmp_path: Path):
    *workers, simulator = free_ports(3)
    proxy = Proxy(tmp_path / "nginx", workers, simulator, tmp_path)

    told = proxy.check()

    assert told.returncode == 0, told.stderr
    assert "warn" not in told.stderr


def test_a_body_may_be_as_large_as_the_cabinet_allows_and_no_larger():
    [allowed] = re.findall(r"client_max_body_size (\d+)k;", _text("nginx.conf"))

    assert int(allowed) * 1024 == forms.SIZE_LIMIT + forms.ENVELOPE


def test_what_is_told_of_the_browser_is_written_anew_and_never_appended_to():
    forwarded = dict(re.findall(r"proxy_set_header (\S+) (\S+);", _text("forward.conf")))

    assert forwarded["X-Forwarded-For"] == forwarded["X-Real-IP"] == "$remote_addr"
    assert forwarded["Forwarded"] == '""'
    assert all("$proxy_add" not in _text(file.name) for file in KEPT.glob("*.conf"))

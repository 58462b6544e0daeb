"""The error exit of plain HTTP: never English, never without a code and a way on."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.requests import Request
from starlette.responses import Response

from zdrav29_app.endpoints.refusal import refuse
from zdrav29_app.errors import BadInput, EntryIncomplete, NotFound, SignedOut


def _refuse(refusal: Exception) -> Response:
    scope = {"type": "http", "path": "/appointments/29-1.ics", "headers": [], "query_string": b""}
    with ThreadPoolExecutor(1) as pool:  # Playwright keeps a loop in the thread of the tests
        return pool.submit(asyncio.run, refuse(Request(scope), refusal)).result()


@pytest.mark.parametrize(
    ("refusal", "status", "code"),
    [
        (NotFound(), 404, "GEN-404"),
        (BadInput(), 400, "GEN-400"),
        (ZeroDivisionError("secret of Anna"), 500, "SYS-500"),
    ],
)
def test_a_refusal_is_a_page_with_code_time_and_a_way_to_report_it(
    refusal: Exception, status: int, code: str
):
    answer = _refuse(refusal)

    page = bytes(answer.body).decode()
    assert answer.status_code == status
    assert answer.headers["cache-control"] == "no-store"
    assert f'data-code="{code}"' in page
    assert f"/support?code={code}&amp;at=" in page
    assert "Сообщить об этой ошибке" in page
    assert "secret of Anna" not in page


@pytest.mark.parametrize(
    ("refusal", "page"), [(SignedOut(), "/"), (EntryIncomplete("/consent"), "/consent")]
)
def test_who_has_to_do_something_first_is_led_there_and_back(refusal: Exception, page: str):
    answer = _refuse(refusal)

    assert answer.status_code == 303
    assert answer.headers["location"] == f"{page}?next=%2Fappointments%2F29-1"

"""Parallel workers of browser tests never meet on one stand."""

import pytest

from tests.e2e.conftest import check_worlds


def test_several_workers_on_a_stand_that_is_up_are_refused():
    with pytest.raises(pytest.UsageError, match="one worker"):
        check_worlds({"PYTEST_XDIST_WORKER_COUNT": "4"})


@pytest.mark.parametrize("environ", [{}, {"PYTEST_XDIST_WORKER_COUNT": "1"}])
def test_one_worker_may_use_it(environ: dict[str, str]):
    check_worlds(environ)

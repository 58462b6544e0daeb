"""Control calls of the ledger: how sure each behaviour is, and on what this run relied."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from esia_sim import fidelity
from esia_sim.control_calls import check_query, checked_fields
from esia_sim.wire import world_of


async def show(request: Request) -> Response:
    """List every behaviour with its mark (proved, stated, implied, assumed) and its source."""
    check_query(request, ())
    relied = {one.name for one in world_of(request).ledger.assumptions()}
    listed = [one.as_json() | {"relied": one.name in relied} for one in fidelity.behaviours()]
    return JSONResponse({"behaviours": listed})


async def verify(request: Request) -> Response:
    """Check that nothing has relied on an assumption; 409 lists on which. For a teardown."""
    await checked_fields(request, ())
    relied = [one.as_json() for one in world_of(request).ledger.assumptions()]
    if relied:
        return JSONResponse({"error": f"{len(relied)} assumptions", "relied": relied}, 409)
    return JSONResponse({"relied": []})

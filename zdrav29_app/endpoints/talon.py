"""`/appointments/<number>.pdf`: the talon as a file that a phone keeps."""

from urllib.parse import quote

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response

from zdrav29_app.db.engine import reading
from zdrav29_app.endpoints.cookies import viewer_of
from zdrav29_app.endpoints.talon_pdf import pdf_of
from zdrav29_app.services import visits
from zdrav29_app.texts import common


async def talon_file(request: Request) -> Response:
    """The viewer's talon as PDF; someone else's is answered like none."""
    viewer = await viewer_of(request)
    visit = await reading(visits.my_visit, viewer, request.path_params["number"])
    name = quote(f"{common.talon(visit.number)}.pdf")
    return Response(
        await anyio.to_thread.run_sync(pdf_of, visit),
        media_type="application/pdf",
        headers={
            "Content-Disposition": (
                f"attachment; filename=\"talon-{visit.number}.pdf\"; filename*=UTF-8''{name}"
            ),
            "Cache-Control": "no-store",
        },
    )

"""Plain HTTP where a websocket cannot go: the route table."""

from starlette.applications import Starlette
from starlette.routing import Route

from zdrav29_app.endpoints import (
    auth,
    calendar,
    demo,
    demo_clinic,
    demo_services,
    document_page,
    files,
    health,
    reports,
    support_files,
    talon,
    uploads,
    visit_link,
)
from zdrav29_app.endpoints.refusal import refuse
from zdrav29_app.errors import CabinetError
from zdrav29_app.settings import settings

ROUTES = [
    Route("/auth/esia/login", auth.login),
    Route(auth.CALLBACK, auth.callback),
    Route("/auth/way", auth.choose_way, methods=["POST"]),
    Route("/auth/logout", auth.logout),
    Route("/appointments/{number:str}.ics", calendar.visit_file),
    Route("/appointments/{number:str}.pdf", talon.talon_file),
    Route("/visit/{act:str}/{token:str}", visit_link.ask, methods=["GET"]),
    Route("/visit/{act:str}/{token:str}", visit_link.do, methods=["POST"]),
    Route("/files", uploads.add_document, methods=["POST"]),
    Route("/files/{document_id:str}", files.document_file),
    Route("/files/{document_id:str}/readable", document_page.document_page),
    Route("/files/{document_id:str}/report", reports.add_report, methods=["POST"]),
    Route("/support/{number:str}/files", support_files.add_file, methods=["POST"]),
    Route("/support/files/{file_id:str}", support_files.get_file),
    Route("/healthz", health.alive),
    Route("/readyz", health.ready),
    Route("/metrics", health.metrics),
    *([*demo.ROUTES, *demo_clinic.ROUTES, *demo_services.ROUTES] if settings.is_demo else []),
]


api = Starlette(routes=ROUTES, exception_handlers={CabinetError: refuse, Exception: refuse})

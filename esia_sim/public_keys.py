"""`/public/esia.zip`: the certificates that verify ESIA's tokens, as ESIA itself gives them away.

What the archive holds inside is an assumption. `POST /_sim/keys/rotate` changes the keys.
"""

import io
import zipfile
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from esia_sim.clients import TokenAlg
from esia_sim.control_calls import checked_fields
from esia_sim.fields import FieldError
from esia_sim.wire import world_of

_NAMES: Final = {TokenAlg.RS256: "RSA", TokenAlg.GOST: "GOST"}
_LONGEST_OVERLAP: Final = 365 * 24 * 3600


async def archive(request: Request) -> Response:
    """Give away every certificate that may verify a token now."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number, key in enumerate(world_of(request).keys.published(), 1):
            archive.writestr(f"esia_{_NAMES[key.alg]}_{number}.cer", key.certificate)
    return Response(packed.getvalue(), media_type="application/zip")


async def rotate(request: Request) -> Response:
    """Change the keys that sign tokens; the old ones verify for `overlap` seconds more."""
    world = world_of(request)
    fields = await checked_fields(request, ("overlap",))
    overlap = fields.get("overlap")
    if overlap is None:
        overlap = world.config.limits.key_overlap_seconds
    if type(overlap) is not int or not 0 <= overlap <= _LONGEST_OVERLAP:
        raise FieldError("overlap: a whole number of seconds is expected, at most a year")
    world.keys.rotate(overlap_seconds=overlap)
    keys = [{"alg": key.alg, "id": key.id} for key in world.keys.published()]
    return JSONResponse({"keys": keys}, 201)

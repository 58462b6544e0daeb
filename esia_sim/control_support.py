"""The control calls of support: what people ask, and answering as a specialist."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from esia_sim.control_calls import checked_fields
from esia_sim.errors import ControlError
from esia_sim.fields import FieldError
from esia_sim.records import Conversation
from esia_sim.recovery import support
from esia_sim.wire import world_of


async def list_conversations(request: Request) -> Response:
    """List conversations, newest first."""
    found = reversed(world_of(request).conversations.values())
    return JSONResponse({"conversations": [as_json(one) for one in found]})


async def answer(request: Request) -> Response:
    """Answer as a specialist: `{"text"}`, and for a recovery `{"decision": "believe"|"refuse"}`."""
    world = world_of(request)
    fields = await checked_fields(request, ("text", "decision"))
    conversation = world.conversations.get(request.path_params["number"])
    if conversation is None:
        raise ControlError(404, "there is no such conversation")
    text = (fields.optional_text("text", longest=2000) or "").strip()
    if "decision" in fields:
        believed = fields.choice("decision", ("believe", "refuse"), "") == "believe"
        support.decide(world, conversation, believed=believed, text=text)
    elif text:
        world.conversations.say(conversation, "specialist", text)
    else:
        msg = "text: a text is expected"
        raise FieldError(msg)
    return JSONResponse(as_json(conversation))


def as_json(conversation: Conversation) -> dict[str, object]:
    """Describe a conversation to a control call; its secret stays with its person."""
    return {
        "number": conversation.number,
        "topic": conversation.topic,
        "person": conversation.person_key,
        "facts": conversation.facts,
        "decision": conversation.decision,
        "lines": [
            {"at": line.at.isoformat(), "author": line.author, "text": line.text}
            for line in conversation.lines
        ],
    }

"""Messages of a demo go to the simulator, which asks for its key beyond loopback."""

from dataclasses import replace
from typing import cast

import pytest

from esia_sim import run_in_thread
from esia_sim.config import Config
from esia_sim.remote import Esia
from tests.conftest import run
from zdrav29_app.errors import GatewayError
from zdrav29_app.gateways import mail, sms


def test_a_message_reaches_a_simulator_that_asks_for_its_key():
    config = replace(Config(), host="0.0.0.0", control_key="a key")
    with run_in_thread(config) as esia:
        phone = f"{esia.url}/_sim/messages"

        run(sms.send(phone, to="+79000000101", text="Код: 4217", key="a key"))
        letter = {
            "sender": "us@stand.example",
            "to": "anna@pomor.example",
            "subject": "Вы записаны",
        }
        run(mail.send(phone, **letter, text="Ждём вас", key="a key"))

        assert [one["channel"] for one in _messages(esia)] == ["sms", "email"]
        with pytest.raises(GatewayError):
            run(sms.send(phone, to="+79000000101", text="Код: 4217"))


def _messages(esia: Esia) -> list[dict[str, str]]:
    return cast("list[dict[str, str]]", esia.messages(to="anna")["messages"])

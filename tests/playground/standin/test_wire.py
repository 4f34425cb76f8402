"""The checker of the bot's calls finds what is wrong with them."""

from __future__ import annotations

from typing import Any

import pytest

from bot.playground.standin import Call, World
from bot.playground.standin.people import Person
from tests.support.wire import assert_calls_parse_as_aiogram, call_faults

from .client import Api

FILE = {"file_name": "a.png", "mime_type": "image/png", "size": 3}


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("getUpdates", {"offset": "-1", "allowed_updates": '["message"]'}),
        ("sendMessage", {"chat_id": "5", "text": "[not json]", "disable_notification": "true"}),
        (
            "sendMessage",
            {
                "chat_id": 5,
                "text": "x",
                "reply_markup": '{"inline_keyboard": [[{"text":"a","callback_data":"b"}]]}',
            },
        ),
        ("sendPhoto", {"chat_id": 5, "photo": FILE}),
        ("sendPhoto", {"chat_id": 5, "photo": "attach://x", "x": FILE}),
        (
            "editMessageMedia",
            {"chat_id": 5, "message_id": "1", "media": '{"type":"photo","media":"attach://x"}', "x": FILE},
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "a", "description": "b"}], "scope": '{"type":"default"}'},
        ),
    ],
)
def test_a_right_call_has_no_faults(method: str, params: dict[str, Any]) -> None:
    assert call_faults(method, params) == []


@pytest.mark.parametrize(
    ("method", "params", "fault"),
    [
        ("makeCoffee", {}, "no such method"),
        ("telegramMethod", {}, "no such method"),
        ("sendMessage", {"chat_id": 5}, "text: Field required"),
        ("sendMessage", {"chat_id": 5, "text": "x", "colour": "red"}, "colour: no such parameter"),
        ("sendMessage", {"chat_id": 5, "text": "x", "other": FILE}, "other: no such parameter"),
        ("sendMessage", {"chat_id": 5, "text": "x", "reply_markup": "{"}, "reply_markup"),
        ("deleteMessage", {"chat_id": 5, "message_id": "x"}, "message_id"),
    ],
)
def test_a_wrong_call_is_told(method: str, params: dict[str, Any], fault: str) -> None:
    assert any(item.startswith(fault) for item in call_faults(method, params))


async def test_recorded_calls_are_checked_together(api: Api, ann: Person, world: World) -> None:
    await api.upload("sendDocument", {"document": ("a.txt", b"abc")}, chat_id=ann.id, caption="hi")
    await api.ok("getUpdates", allowed_updates=["message"])
    assert assert_calls_parse_as_aiogram(world.calls) == 2
    await api.answer("sendMessage", chat_id=ann.id)
    with pytest.raises(AssertionError, match="sendMessage: text: Field required"):
        assert_calls_parse_as_aiogram([*world.calls, *world.calls])


def test_a_call_made_by_hand_is_checked_too() -> None:
    call = Call("getMe", {}, {"ok": True}, at=0.0, ms=0.0, monotonic=0.0)
    assert assert_calls_parse_as_aiogram([call]) == 1

"""Which keyboards Telegram takes, and its words for the rest."""

from __future__ import annotations

from typing import Any

import pytest

from bot.playground.standin.people import Person

from .client import Api

CANT = "can't parse inline keyboard button: "


def inline(*buttons: Any) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


def data(size: int, letter: str = "x") -> dict[str, Any]:
    return inline({"text": "a", "callback_data": letter * size})


async def test_every_kind_of_button_is_kept_as_sent(api: Api, ann: Person) -> None:
    buttons: list[dict[str, Any]] = [
        {"text": "a", "callback_data": "x" * 64, "style": "success"},
        {"text": "a", "callback_data": "é" * 32},
        {"text": "b", "url": "https://example.org/path?q=1#f"},
        {"text": "b", "url": "tg://user?id=1001"},
        {"text": "c", "copy_text": {"text": "x" * 256}, "style": "primary"},
        {"text": "d", "switch_inline_query": ""},
        {"text": "d", "switch_inline_query_current_chat": "q"},
        {"text": "d", "switch_inline_query_chosen_chat": {"query": "q", "allow_user_chats": True}},
        {
            "text": "e",
            "web_app": {"url": "https://example.org/"},
            "icon_custom_emoji_id": "5368324170671202286",
        },
    ]
    sent = await api.ok("sendMessage", chat_id=ann.id, text="x", reply_markup=inline(*buttons))
    assert sent["reply_markup"] == {"inline_keyboard": [buttons]}


async def test_an_address_is_written_as_telegram_writes_it(api: Api, ann: Person) -> None:
    markup = inline(
        {"text": "a", "url": "Example.ORG"}, {"text": "b", "url": "HTTPS://user@EXAMPLE.org:8443?q=1"}
    )
    sent = await api.ok("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
    first, second = sent["reply_markup"]["inline_keyboard"][0]
    assert first["url"] == "http://example.org/"
    assert second["url"] == "https://user@example.org:8443/?q=1"


async def test_an_empty_keyboard_is_none(api: Api, ann: Person) -> None:
    markups: tuple[dict[str, Any], ...] = (
        {},
        {"inline_keyboard": []},
        {"inline_keyboard": [[]]},
        {"unknown": 1},
    )
    for markup in markups:
        sent = await api.ok("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
        assert "reply_markup" not in sent


@pytest.mark.parametrize(
    ("markup", "complaint"),
    [
        (data(65), "BUTTON_DATA_INVALID"),
        (data(33, "é"), "BUTTON_DATA_INVALID"),
        (inline({"text": "a", "callback_data": 5}), "BUTTON_DATA_INVALID"),
        (data(0), f"{CANT}Text buttons are unallowed in the inline keyboard"),
        (inline({"text": "a"}), f"{CANT}Text buttons are unallowed in the inline keyboard"),
        (inline({"callback_data": "x"}), f'{CANT}Can\'t find field "text"'),
        (inline({"text": 5, "callback_data": "x"}), f'{CANT}Field "text" must be of type String'),
        (inline({"text": " ", "callback_data": "x"}), "inline keyboard button text is empty"),
        (inline("a"), f"{CANT}InlineKeyboardButton must be an Object"),
        (
            inline({"text": "a", "callback_data": "x", "style": "pink"}),
            f"{CANT}Invalid button style specified",
        ),
        (inline({"text": "a", "copy_text": {"text": ""}}), "BUTTON_COPY_TEXT_INVALID"),
        (inline({"text": "a", "copy_text": {"text": "x" * 257}}), "BUTTON_COPY_TEXT_INVALID"),
        (inline({"text": "a", "copy_text": "x"}), "BUTTON_COPY_TEXT_INVALID"),
        (inline({"text": "a", "pay": True}), "BUTTON_TYPE_INVALID"),
        (
            inline({"text": "a", "url": "no-url"}),
            "inline keyboard button URL 'no-url' is invalid: Wrong HTTP URL",
        ),
        (
            inline({"text": "a", "url": "ftp://example.com"}),
            "inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol",
        ),
        (
            inline({"text": "a", "url": "http://[::1"}),
            "inline keyboard button URL 'http://[::1' is invalid: Wrong HTTP URL",
        ),
        (
            inline({"text": "a", "url": "http://"}),
            "inline keyboard button URL 'http://' is invalid: URL host is empty",
        ),
        (
            inline({"text": "a", "web_app": {"url": "http://example.com"}}),
            "inline keyboard button Web App URL 'http://example.com' is invalid: Only HTTPS links are allowed",
        ),
        (inline(*({"text": "a", "callback_data": "x"} for _ in range(101))), "reply markup is too long"),
        ({"inline_keyboard": "bad"}, 'field "inline_keyboard" must be of type Array'),
        ({"inline_keyboard": ["bad"]}, 'field "inline_keyboard" must be an Array of Arrays'),
        ({"keyboard": "bad"}, 'field "keyboard" must be of type Array'),
        ({"keyboard": [[5]]}, "can't parse keyboard button: KeyboardButton must be an Object"),
        ({"keyboard": [[{}]]}, "can't parse keyboard button: Can't find field \"text\""),
        ({"keyboard": [["A"]], "selective": "yes"}, 'field "selective" must be of type Boolean'),
        ({"force_reply": "yes"}, 'field "force_reply" must be of type Boolean'),
        ({"remove_keyboard": "yes"}, 'field "remove_keyboard" must be of type Boolean'),
        ("[[", "can't parse reply markup JSON object"),
        ("[]", "object expected as reply markup"),
    ],
)
async def test_a_keyboard_telegram_would_refuse_is_refused_in_its_words(
    api: Api, ann: Person, markup: Any, complaint: str
) -> None:
    refusal = await api.refused("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
    assert refusal == f"Bad Request: {complaint}"


async def test_a_hundred_buttons_are_taken(api: Api, ann: Person) -> None:
    rows = [[{"text": str(n), "callback_data": str(n)}] for n in range(100)]
    sent = await api.ok("sendMessage", chat_id=ann.id, text="x", reply_markup={"inline_keyboard": rows})
    assert sent["reply_markup"]["inline_keyboard"] == rows

"""Random trees of tags survive the journey through other libraries' HTML writers.

A code block's language is not among them: one of the two writes it without "language-", the other into an
attribute that Telegram does not read.
"""

from __future__ import annotations

from aiogram.types import Message as AiogramMessage
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Message

from bot.playground.standin.rules import ApiError

from .markup import Json, shown

TEXTS = st.text(st.sampled_from("ab<>&\"'é😀 \nשل"), min_size=1, max_size=6)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def tagged(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    inside = st.lists(children, max_size=4).map("".join)
    tags = st.sampled_from(
        [
            *(
                (f"<{tag}>", f"</{tag}>")
                for tag in ("b", "i", "u", "s", "tg-spoiler", "code", "pre", "blockquote")
            ),
            ("<blockquote expandable>", "</blockquote>"),
            ('<a href="https://example.org/?a=1&amp;b=2">', "</a>"),
            ('<a href="tg://user?id=1001">', "</a>"),
            ('<tg-emoji emoji-id="5368324170671202286">', "</tg-emoji>"),
        ]
    )
    return st.builds(lambda tag, body: f"{tag[0]}{body}{tag[1]}", tags, inside)


TREES = st.lists(st.recursive(TEXTS.map(escaped), tagged, max_leaves=12), max_size=5).map("".join)


def message(text: str, entities: list[Json]) -> Json:
    chat = {"id": 1, "type": "private", "first_name": "x"}
    return {"message_id": 1, "date": 1, "chat": chat, "text": text, "entities": entities}


@given(TREES)
@settings(deadline=None, max_examples=300)
def test_what_python_telegram_bot_writes_is_read_back_the_same(source: str) -> None:
    text, entities = shown(source)
    if text:
        written = Message.de_json(message(text, entities), None).text_html
        assert shown(written) == (text, entities)


@given(TREES)
@settings(deadline=None, max_examples=300)
def test_what_aiogram_writes_is_read_back_the_same(source: str) -> None:
    text, entities = shown(source)
    if text:
        written = AiogramMessage.model_validate(message(text, entities)).html_text
        assert shown(written) == (text, entities)


@given(st.text(st.sampled_from("<>/&;#x1ab =\"'\né😀"), max_size=40))
@settings(deadline=None, max_examples=500)
def test_anything_is_either_parsed_or_refused(source: str) -> None:
    try:
        text, entities = shown(source)
    except ApiError as refusal:
        assert refusal.description.startswith("Bad Request: can't parse entities: ")  # noqa: PT017
    else:
        units = len(text.encode("utf-16-le")) // 2
        assert all(0 <= item["offset"] < item["offset"] + item["length"] <= units for item in entities)

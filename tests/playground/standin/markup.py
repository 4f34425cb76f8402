"""Helpers for tests of formatted text."""

from __future__ import annotations

from typing import Any

from bot.playground.standin.params import Params
from bot.playground.standin.texts import formatted

Json = dict[str, Any]

ANN: Json = {"id": 1001, "is_bot": False, "first_name": "Ann", "language_code": "en"}


def entity(kind: str, offset: int, length: int, **more: Any) -> Json:
    return {"type": kind, "offset": offset, "length": length, **more}


def nobody(user_id: int) -> Json | None:
    return None


def shown(source: str, **more: Any) -> tuple[str, list[Json]]:
    """Text and entities as Telegram would store them."""
    people = {1001: ANN}
    return formatted(Params({"text": source, "parse_mode": "HTML", **more}), "text", people.get)

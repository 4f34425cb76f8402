"""Answers to callback and inline queries."""

from __future__ import annotations

import re
from typing import Any, Final

from .. import rules
from ..keyboards import inline_keyboard
from ..params import Params
from ..rules import bad_request
from ..texts import formatted, too_long
from ..world import World
from .targets import user

Json = dict[str, Any]

_PAYLOAD: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


def answer_callback_query(world: World, params: Params) -> bool:
    text = params.text("text")
    if len(text) > rules.CALLBACK_ANSWER_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    query_id = params.text("callback_query_id")
    about = world.queries.close(query_id)
    world.answered(
        {
            "query_id": query_id,
            "text": text,
            "show_alert": params.flag("show_alert"),
            "url": params.text("url"),
            **about,
        }
    )
    return True


def answer_inline_query(world: World, params: Params) -> bool:
    results = params.array("results")
    if len(results) > rules.INLINE_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    ids = []
    for result in results:
        if not isinstance(result, dict) or not result.get("type"):
            raise bad_request("can't parse inline query result: Can't find field \"type\"")
        if not 1 <= len(str(result.get("id", "")).encode()) <= 64:
            raise bad_request("RESULT_ID_INVALID")
        ids.append(str(result["id"]))
    if len(set(ids)) < len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    cards = [_article(world, result) for result in results if result["type"] == "article"]
    button = _button(params.object("button"))
    query_id = params.text("inline_query_id")
    about = world.queries.close(query_id)
    world.answered(
        {
            "query_id": query_id,
            "results": results,
            "next_offset": params.text("next_offset"),
            "cards": cards,
            "button": button,
            **about,
        }
    )
    return True


def _article(world: World, result: Json) -> Json:
    """An article as the app lists it, and the message that it sends once it is chosen."""
    fields = Params(result)
    title = fields.text("title")
    if not title:
        raise bad_request("can't parse inline query result: Can't find field \"title\"")
    content = fields.object("input_message_content")
    if content is None or "message_text" not in content:
        raise bad_request("can't parse inline query result: Can't find field \"message_text\"")
    text, entities = formatted(
        Params(content), "message_text", lambda uid: user(world, uid), empty="message text is empty"
    )
    if too_long(text, rules.TEXT_LIMIT):
        raise bad_request("MESSAGE_TOO_LONG")
    message: Json = {"text": text, "entities": entities}
    if markup := inline_keyboard(fields.object("reply_markup")):
        message["reply_markup"] = markup
    return {
        "id": fields.text("id"),
        "title": title,
        "description": fields.text("description"),
        "message": message,
    }


def _button(button: Json | None) -> Json | None:
    """The line above the results, which opens the private chat."""
    if button is None:
        return None
    if not _PAYLOAD.fullmatch(str(button.get("start_parameter", ""))):
        raise bad_request("START_PARAM_INVALID")
    if not str(button.get("text", "")).strip():
        raise bad_request("can't parse inline query results button: Can't find field \"text\"")
    return button


METHODS: Final = {
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
}

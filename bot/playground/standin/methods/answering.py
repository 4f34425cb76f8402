"""Answers to callback and inline queries."""

from __future__ import annotations

from typing import Any, Final

from .. import rules
from ..params import Params
from ..rules import bad_request
from ..world import World

Json = dict[str, Any]


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
    query_id = params.text("inline_query_id")
    about = world.queries.close(query_id)
    world.answered(
        {"query_id": query_id, "results": results, "next_offset": params.text("next_offset"), **about}
    )
    return True


METHODS: Final = {
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
}

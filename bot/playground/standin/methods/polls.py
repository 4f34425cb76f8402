"""sendPoll."""

from __future__ import annotations

from typing import Any, Final

from .. import rules
from ..params import Params
from ..rules import bad_request
from ..texts import formatted, too_long
from ..world import World
from .sending import deliver
from .targets import user

Json = dict[str, Any]


def send_poll(world: World, params: Params) -> Json:
    return deliver(world, params, {"poll": _poll(world, params)})


def _poll(world: World, params: Params) -> Json:
    kind = params.text("type") or "regular"
    if kind not in ("regular", "quiz"):
        raise bad_request("unsupported poll type specified")
    question, entities = _text(world, params, "question", "poll question must be non-empty")
    if too_long(question, rules.POLL_QUESTION):
        raise bad_request(f"poll question length must not exceed {rules.POLL_QUESTION}")
    options = _options(params)
    poll: Json = {
        "id": str(6_000_000_000 + world.chats.next_id()),
        "question": question,
        "options": options,
        "total_voter_count": 0,
        "is_closed": params.flag("is_closed"),
        "is_anonymous": not params.given("is_anonymous") or params.flag("is_anonymous"),
        "type": kind,
        "allows_multiple_answers": params.flag("allows_multiple_answers"),
        "allows_revoting": params.flag("allows_revoting")
        if params.given("allows_revoting")
        else kind != "quiz",
        "members_only": params.flag("members_only"),
    }
    if entities:
        poll["question_entities"] = entities
    if kind == "quiz":
        poll |= _quiz(world, params, len(options))
    for name in ("open_period", "close_date"):
        if params.given(name):
            poll[name] = params.integer(name)
    return poll


def _text(world: World, params: Params, name: str, empty: str | None) -> tuple[str, list[Json]]:
    return formatted(
        params,
        name,
        lambda uid: user(world, uid),
        mode_name=f"{name}_parse_mode",
        entities_name=f"{name}_entities",
        empty=empty,
    )


def _options(params: Params) -> list[Json]:
    texts = [
        item.get("text", "") if isinstance(item, dict) else str(item) for item in params.array("options")
    ]
    if not texts:
        raise bad_request("poll must have at least 1 option")
    if len(texts) > rules.POLL_OPTIONS:
        raise bad_request(f"poll can't have more than {rules.POLL_OPTIONS} options")
    if any(not text.strip() for text in texts):
        raise bad_request("poll options must be non-empty")
    if any(too_long(text, rules.POLL_OPTION) for text in texts):
        raise bad_request(f"poll options length must not exceed {rules.POLL_OPTION}")
    return [
        {"persistent_id": str(index), "text": text.strip(), "voter_count": 0}
        for index, text in enumerate(texts)
    ]


def _quiz(world: World, params: Params, options: int) -> Json:
    ids = params.array("correct_option_ids")
    if not ids and params.given("correct_option_id"):
        ids = [params.integer("correct_option_id")]
    if not ids or not all(isinstance(index, int) and 0 <= index < options for index in ids):
        raise bad_request("wrong correct option ID specified")
    quiz: Json = {"correct_option_ids": ids}
    explanation, entities = _text(world, params, "explanation", None)
    if too_long(explanation, rules.POLL_EXPLANATION):
        raise bad_request(f"poll explanation length must not exceed {rules.POLL_EXPLANATION}")
    if explanation:
        quiz["explanation"] = explanation
    if entities:
        quiz["explanation_entities"] = entities
    return quiz


METHODS: Final = {"sendPoll": send_poll}

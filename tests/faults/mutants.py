"""Updates as Telegram sends them, and what becomes of them when something is cut off, swapped or blown up."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from bot.playground.standin import World

Json = Any
DEEPEST = 800
"""A parser's own limit is near a thousand: what is deeper does not come through as JSON at all."""

_HUGE = (2**31, 2**53 + 1, 2**63 - 1, 2**63, -(2**63), 2**64, 10**40, -(10**40), -1, 0, 1e308, 0.5)
_TEXTS = ("", "\x00", "\ud800", "a\udfff", "\u202e", "x" * 5_000, "1" * 400, "/start \ud83d", "/", "\ufeff")

_leaves = (
    st.none()
    | st.booleans()
    | st.integers(-10, 10)
    | st.floats(allow_nan=True)
    | st.sampled_from(_HUGE)
    | st.sampled_from(_TEXTS)
    | st.text(st.characters(), max_size=8)
)
_keys = st.sampled_from(
    ("from", "chat", "id", "message", "text", "data", "entities", "type", "date", "message_id", "is_bot", "x")
) | st.text(max_size=4)


def _nested(depth: int) -> Json:
    value: Json = 1
    for level in range(depth):
        value = [value] if level % 2 else {"reply_to_message": value}
    return value


junk = st.recursive(
    _leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_keys, inner, max_size=3),
    max_leaves=5,
) | st.integers(10, DEEPEST).map(_nested)
"""Any JSON value, and some that only look like one."""


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody, and the group where they write, too."""

    id: int
    group: int


def valid_updates(world: World, author: Author) -> list[str]:
    """One update of every kind and make from somebody of this world, as JSON, without an id of its own."""
    _do_everything(world, author.id, author.group)
    pending: list[dict[str, Any]] = world.updates.to_dict()["pending"]
    world.updates.drop_all()
    kinds = ({name: value for name, value in update.items() if name != "update_id"} for update in pending)
    return [json.dumps(update) for update in kinds]


def _do_everything(world: World, person: int, group: int) -> None:
    world.say(person, "/start")
    world.say(person, f"/next@{world.bot_username} and <more>")
    world.say(person, "what is data annotation?")
    for kind in (
        "photo",
        "sticker",
        "voice",
        "document",
        "location",
        "contact",
        "poll",
        "venue",
        "animation",
    ):
        world.send_other(person, kind)
    said = world.chat(person)[0]["message_id"]
    world.edit_own(person, said, "edited")
    for data in ("n", "g:steps", "o:steps:pick-platforms:", "ss:pick-platforms:done", "?", ""):
        world.tap(person, said, data)
    world.tap(person, 999_999, "n")
    world.ask_inline(person, "query")
    world.block(person)
    world.unblock(person)
    world.say_in_group(group, person, f"/help@{world.bot_username}")


@st.composite
def updates(draw: st.DrawFn, valid: Sequence[str], author: Author, others: Iterator[Author]) -> Json:
    """A valid update as it is, or with up to four wounds; now and then junk in its place.

    It is from the next of the ``others`` in place of its ``author``, so that nobody has to wait for too many turns,
    and no group, where 20 messages a minute are allowed.
    """
    # Of a range the ends are drawn far more often than what is between.
    if draw(st.integers(0, 30)) == 17:
        return draw(junk)
    other = next(others)
    text = draw(st.sampled_from(valid)).replace(str(author.group), str(other.group))
    update = json.loads(text.replace(f"{author.id}", f"{other.id}"))
    content = next(iter(update.values()))
    update["update_id"] = None
    for _ in range(draw(st.integers(0, 4))):
        _wound(draw, update if draw(st.integers(0, 20)) == 11 else content)
    return update


def _wound(draw: st.DrawFn, place: Json) -> None:
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            return
        key = keys[draw(st.integers(0, len(keys) - 1))]
        inner = place[key]
        if not isinstance(inner, dict | list) or draw(st.integers(0, 2)) == 0:
            break
        place = inner
    match draw(st.sampled_from(("delete", "replace", "replace", "retag", "repeat"))):
        case "delete":
            del place[key]
        case "replace":
            place[key] = draw(junk)
        case "retag" if isinstance(place, dict):
            place[draw(_keys)] = place.pop(key)
        case _:
            place[key] = [place[key], place[key]]

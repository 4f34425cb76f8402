"""What the page is told: the world's people, chats and calls as JSON."""

from __future__ import annotations

from typing import Any, Final

from .clock import Clock
from .content import ContentState
from .process import BotProcess
from .standin.world import Call, World

Json = dict[str, Any]

SHOWN_MESSAGES: Final = 500
"""Messages of a chat that the page is given; older ones stay in the file."""

SHOWN_CALLS: Final = 300


def state(world: World, process: BotProcess, clock_: Clock, content_: ContentState) -> Json:
    """Everything the page shows. `now` is the world's clock in seconds since 1970 (UTC)."""
    return {
        "bot": bot(world),
        "process": process_state(process),
        "now": world.clock(),
        "clock": clock(clock_),
        "content": content(content_),
        "people": [person(world, person_id, with_chat=True) for person_id in world.people],
        "calls": [call(item) for item in world.calls[-SHOWN_CALLS:]],
    }


def bot(world: World) -> Json:
    """How the bot presents itself."""
    return {
        "name": world.profile.name(),
        "username": world.bot_username,
        "description": world.profile.text("description", ""),
        "short_description": world.profile.text("short_description", ""),
    }


def clock(clock: Clock) -> Json:
    """What it shows, in seconds since 1970 (UTC), how fast it runs, and whether it is the computer's own time."""
    return {"now": clock.now(), "speed": clock.speed, "ahead": clock.ahead}


def content(content: ContentState) -> Json:
    """What is wrong in it: so many faults, of which these are shown."""
    return {"faults": content.faults, "count": content.count}


def process_state(process: BotProcess) -> Json:
    """Whether the bot runs, and its last line when it doesn't."""
    return {"state": process.state, "detail": process.detail}


def person(world: World, person_id: int, *, with_chat: bool = False) -> Json:
    """A person with what their app offers them. Raises LookupError when they are not there."""
    found = world.person(person_id)
    seen: Json = {
        "id": found.id,
        "name": found.name,
        "language": found.language,
        "blocked": found.blocked,
        "commands": world.menu(person_id),
        "keyboard": world.keyboard(person_id),
    }
    if with_chat:
        seen["chat"] = [message(world, person_id, item) for item in world.chat(person_id)[-SHOWN_MESSAGES:]]
    return seen


def message(world: World, person_id: int, item: Json) -> Json:
    """A message with what the person sees beside it: the bot's `reactions`, and in a poll their own `chosen`."""
    extra: Json = {}
    if reactions := world.reactions.get((person_id, item["message_id"])):
        extra["reactions"] = reactions
    if "poll" in item:
        extra["chosen"] = world.votes.get((item["poll"]["id"], person_id), ())
    return {**item, **extra}


def call(item: Call) -> Json:
    """One line of the wire panel. `done` orders calls by their end, on the machine's own clock."""
    return {
        "method": item.method,
        "params": dict(item.params),
        "response": item.response,
        "at": item.at,
        "ms": round(item.ms, 1),
        "done": item.monotonic + item.ms / 1000,
        "fault": item.fault,
    }

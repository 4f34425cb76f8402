"""Which chat and message a call is about, and whether the bot may act there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..params import Params
from ..people import Person, Room
from ..rules import ApiError, bad_request, blocked_by_user, cannot_initiate
from ..world import World

Json = dict[str, Any]


@dataclass(frozen=True)
class Target:
    """A chat that the bot knows."""

    of: Person | Room

    @property
    def id(self) -> int:
        """The chat's id."""
        return self.of.id

    @property
    def chat(self) -> Json:
        """The chat as the Bot API shows it."""
        return self.of.chat()

    @property
    def private(self) -> bool:
        """Whether it is a private chat."""
        return isinstance(self.of, Person)


def target(world: World, params: Params, name: str = "chat_id") -> Target:
    """The chat of the call. Raises ApiError when it is missing or unknown."""
    if not params.given(name):
        raise bad_request(f"{name} is empty")
    wanted = params.text(name).strip()
    found: Person | Room | None
    if wanted.startswith("@"):
        found = next((room for room in world.rooms.values() if room.username == wanted[1:]), None)
    else:
        chat_id = params.integer(name)
        found = world.people.get(chat_id) or world.rooms.get(chat_id)
    if found is None:
        raise bad_request("chat not found")
    return Target(found)


def writable(world: World, params: Params, name: str = "chat_id") -> Target:
    """The chat of the call, in which the bot may write now."""
    found = target(world, params, name)
    if isinstance(found.of, Person):
        if found.of.blocked:
            raise blocked_by_user()
        if not found.of.started:
            raise cannot_initiate()
    elif found.of.bot_left:
        raise ApiError(403, f"bot is not a member of the {found.of.type} chat")
    return found


def user(world: World, user_id: int) -> Json | None:
    """The person or bot with this id as a Bot API User."""
    if user_id == world.bot_id:
        return world.bot
    person = world.people.get(user_id)
    return person.user() if person else None


def own_message(world: World, params: Params, missing: str) -> tuple[Target, Json]:
    """The bot's own message that the call is about; `missing` is the complaint when there is none."""
    if params.given("inline_message_id") and not params.given("chat_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    place = writable(world, params)
    message = any_message(world, place, params, missing)
    if message.get("from", {}).get("id") != world.bot_id or "forward_origin" in message:
        raise bad_request("message can't be edited")
    return place, message


def any_message(world: World, place: Target, params: Params, missing: str, name: str = "message_id") -> Json:
    """A message of the chat, by whomever."""
    message_id = params.integer(name)
    if message_id <= 0:
        raise bad_request("message identifier is not specified")
    message = world.chats.get(place.id, message_id)
    if message is None:
        raise bad_request(missing)
    return message

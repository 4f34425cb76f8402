"""A world as JSON and back, for keeping chats over a restart of the playground."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .chats import Chats
from .files import Files
from .people import Person, Room
from .profile import Profile
from .updates import UpdateQueue

if TYPE_CHECKING:
    from .state import State

Json = dict[str, Any]


def to_dict(world: State) -> Json:
    """Everything but the token, the faults and what was recorded."""
    return {
        "bot_username": world.bot_username,
        "people": [person.to_dict() for person in world.people.values()],
        "rooms": [room.to_dict() for room in world.rooms.values()],
        "next_person_id": world.next_person_id,
        "next_room_number": world.next_room_number,
        "chats": world.chats.to_dict(),
        "updates": world.updates.to_dict(),
        "profile": world.profile.to_dict(),
        "files": world.files.to_dict(),
        "queries": world.queries.to_dict(),
        "webhook": world.webhook,
        "reactions": [[*key, value] for key, value in world.reactions.items()],
        "votes": [[*key, list(value)] for key, value in world.votes.items()],
        "keyboards": {str(chat_id): markup for chat_id, markup in world.keyboards.items()},
    }


def restore(world: State, data: Json) -> None:
    """Fills a fresh world with what to_dict wrote."""
    world.people.update((item["id"], Person(**item)) for item in data["people"])
    world.rooms.update((item["id"], Room(**item)) for item in data["rooms"])
    world.next_person_id = data["next_person_id"]
    world.next_room_number = data["next_room_number"]
    world.chats = Chats.from_dict(data["chats"])
    world.adopt(UpdateQueue.from_dict(data["updates"]))
    world.profile = Profile.from_dict(data["profile"])
    world.files = Files.from_dict(data["files"])
    world.queries.restore(data["queries"])
    world.webhook = data["webhook"]
    world.reactions.update(((chat, message), value) for chat, message, value in data["reactions"])
    world.votes.update(((poll, person), tuple(value)) for poll, person, value in data["votes"])
    world.keyboards.update((int(chat_id), markup) for chat_id, markup in data["keyboards"].items())

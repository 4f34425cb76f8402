"""Chats and their members; forwarding and copying; pinning; leaving."""

from __future__ import annotations

from typing import Any, Final

from .. import rules
from ..params import Params
from ..people import Person
from ..rules import bad_request
from ..world import World
from . import media
from .sending import deliver
from .targets import Target, any_message, target, user, writable

Json = dict[str, Any]

CONTENT: Final = (
    "text",
    "entities",
    "link_preview_options",
    *media.FIELDS,
    *("poll", "location", "venue", "contact", "dice"),
)


def get_chat(world: World, params: Params) -> Json:
    place = target(world, params)
    return {
        **place.chat,
        "accent_color_id": place.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }


def get_chat_member(world: World, params: Params) -> Json:
    place = target(world, params)
    return _member(world, place, params.integer("user_id"))


def _member(world: World, place: Target, user_id: int) -> Json:
    found = user(world, user_id)
    if found is None:
        raise bad_request("user not found" if user_id else "invalid user_id specified")
    if user_id == world.bot_id and isinstance(place.of, Person) and place.of.blocked:
        return {"status": "kicked", "user": found, "until_date": 0}
    if user_id == world.bot_id and not isinstance(place.of, Person) and place.of.bot_left:
        return {"status": "left", "user": found}
    return {"status": "member", "user": found}


def get_chat_member_count(world: World, params: Params) -> int:
    place = target(world, params)
    return 2 if place.private else len(world.people) + 1


def get_chat_administrators(world: World, params: Params) -> list[Json]:
    if target(world, params).private:
        raise bad_request("there are no administrators in the private chat")
    return []


def leave_chat(world: World, params: Params) -> bool:
    place = target(world, params)
    if isinstance(place.of, Person):
        raise bad_request("chat member status can't be changed in private chats")
    place.of.bot_left = True
    return True


def forward_message(world: World, params: Params) -> Json:
    source = target(world, params, "from_chat_id")
    message = any_message(world, source, params, "message to forward not found")
    if message.get("has_protected_content"):
        raise bad_request("message can't be forwarded")
    return deliver(world, params, {**_content(message), "forward_origin": _origin(message)})


def _content(message: Json) -> Json:
    return {key: message[key] for key in CONTENT if key in message}


def _origin(message: Json) -> Json:
    if "forward_origin" in message:
        return dict(message["forward_origin"])
    if "sender_chat" in message:
        return {
            "type": "channel",
            "chat": message["sender_chat"],
            "message_id": message["message_id"],
            "date": message["date"],
        }
    return {"type": "user", "sender_user": message["from"], "date": message["date"]}


def copy_message(world: World, params: Params) -> Json:
    source = target(world, params, "from_chat_id")
    message = any_message(world, source, params, "message to copy not found")
    body = _content(message)
    if params.given("caption") and any(kind in body for kind in media.CAPTIONED):
        text, entities = media.caption(world, params)
        body |= {"caption": text, "caption_entities": entities}
    return {"message_id": deliver(world, params, body)["message_id"]}


def _several(world: World, params: Params, *, copied: bool) -> list[Json]:
    source = target(world, params, "from_chat_id")
    ids = [Params({"id": item}).integer("id") for item in params.array("message_ids")]
    if not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > rules.BATCH_MESSAGES:
        raise bad_request("too many message identifiers specified")
    found = [message for item in ids if (message := world.chats.get(source.id, item))]
    if not found:
        raise bad_request(f"there are no messages to {'copy' if copied else 'forward'}")
    sent = []
    for message in found:
        origin = {} if copied else {"forward_origin": _origin(message)}
        sent.append({"message_id": deliver(world, params, {**_content(message), **origin})["message_id"]})
    return sent


def forward_messages(world: World, params: Params) -> list[Json]:
    return _several(world, params, copied=False)


def copy_messages(world: World, params: Params) -> list[Json]:
    return _several(world, params, copied=True)


def pin_chat_message(world: World, params: Params) -> bool:
    any_message(world, writable(world, params), params, "message to pin not found")
    return True


def unpin_chat_message(world: World, params: Params) -> bool:
    place = writable(world, params)
    if params.given("message_id"):
        any_message(world, place, params, "message to unpin not found")
    return True


def get_user_profile_photos(world: World, params: Params) -> Json:
    if user(world, params.integer("user_id")) is None:
        raise bad_request("user not found")
    return {"total_count": 0, "photos": []}


METHODS: Final = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatMemberCount": get_chat_member_count,
    "getChatAdministrators": get_chat_administrators,
    "leaveChat": leave_chat,
    "forwardMessage": forward_message,
    "forwardMessages": forward_messages,
    "copyMessage": copy_message,
    "copyMessages": copy_messages,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "getUserProfilePhotos": get_user_profile_photos,
}

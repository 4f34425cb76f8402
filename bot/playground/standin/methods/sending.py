"""sendMessage and what all sent messages have in common; polls, locations, contacts, dice; actions."""

from __future__ import annotations

from typing import Any, Final

from .. import rules
from ..keyboards import reply_markup
from ..params import Params
from ..rules import bad_request
from ..texts import formatted, too_long
from ..world import World
from .targets import Target, user, writable

Json = dict[str, Any]

ACTIONS: Final = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)
DICE: Final = {"🎲": 6, "🎯": 6, "🏀": 5, "⚽": 5, "🎳": 6, "🎰": 64}
_PREVIEW_FLAGS: Final = ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text")


def send_message(world: World, params: Params) -> Json:
    text, entities = message_text(world, params)
    body: Json = {"text": text}
    if entities:
        body["entities"] = entities
    preview = link_preview(params)
    if preview:
        body["link_preview_options"] = preview
    return deliver(world, params, body)


def message_text(world: World, params: Params) -> tuple[str, list[Json]]:
    """The `text` parameter, checked for emptiness and length after parsing."""
    if not params.text("text"):
        raise bad_request("message text is empty")
    text, entities = formatted(params, "text", lambda uid: user(world, uid), empty="text must be non-empty")
    if too_long(text, rules.TEXT_LIMIT):
        raise bad_request("message is too long")
    return text, entities


def link_preview(params: Params) -> Json | None:
    """The `link_preview_options` parameter, checked."""
    options = params.object("link_preview_options")
    for flag in _PREVIEW_FLAGS:
        if not isinstance((options or {}).get(flag, False), bool):
            raise bad_request(f'field "{flag}" must be of type Boolean')
    return options


def deliver(world: World, params: Params, body: Json) -> Json:
    """Sends a message with this content as the common parameters say; returns it as stored."""
    inline, keyboard = reply_markup(params.object("reply_markup"))
    place = writable(world, params)
    message: Json = {"from": world.bot, "chat": place.chat, "date": world.now()}
    if not place.private and place.chat["type"] == "channel":
        message = {"sender_chat": place.chat, "chat": place.chat, "date": world.now()}
    if params.given("message_thread_id"):
        raise bad_request("message thread not found")
    if replied := _replied(world, place, params):
        message["reply_to_message"] = replied
    message.update(body)
    if params.flag("protect_content"):
        message["has_protected_content"] = True
    if params.given("message_effect_id"):
        message["effect_id"] = params.text("message_effect_id")
    if inline:
        message["reply_markup"] = inline
    stored = world.add(message)
    if keyboard is not None:
        world.set_keyboard(place.id, None if keyboard.get("remove_keyboard") else keyboard)
    return stored


def _replied(world: World, place: Target, params: Params) -> Json | None:
    reply = params.object("reply_parameters")
    if reply is None:
        if not params.given("reply_to_message_id"):
            return None
        reply = {
            "message_id": params.integer("reply_to_message_id"),
            "allow_sending_without_reply": params.flag("allow_sending_without_reply"),
        }
    if "message_id" not in reply:
        raise bad_request('can\'t find field "message_id"')
    message = world.chats.get(place.id, Params(reply).integer("message_id"))
    if message is None:
        if reply.get("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")
    return {key: value for key, value in message.items() if key != "reply_to_message"}


def send_location(world: World, params: Params) -> Json:
    return deliver(world, params, {"location": _location(params)})


def send_venue(world: World, params: Params) -> Json:
    venue = {
        "location": _location(params),
        "title": _required(params, "title", "venue title must be non-empty"),
        "address": _required(params, "address", "venue address must be non-empty"),
    }
    return deliver(world, params, {"venue": venue, "location": venue["location"]})


def _location(params: Params) -> Json:
    place: Json = {}
    for name, limit in (("latitude", 90), ("longitude", 180)):
        value = params.number(name)
        if value is None:
            raise bad_request(f"{name} is empty")
        if abs(value) > limit:
            raise bad_request("wrong location specified")
        place[name] = value
    return place


def send_contact(world: World, params: Params) -> Json:
    contact = {
        "phone_number": _required(
            params, "phone_number", "field phone_number must contain a valid phone number"
        ),
        "first_name": _required(params, "first_name", "first_name is empty"),
    }
    for name in ("last_name", "vcard"):
        if params.given(name):
            contact[name] = params.text(name)
    return deliver(world, params, {"contact": contact})


def _required(params: Params, name: str, complaint: str) -> str:
    value = params.text(name).strip()
    if not value:
        raise bad_request(complaint)
    return value


def send_dice(world: World, params: Params) -> Json:
    emoji = params.text("emoji") or "🎲"
    if emoji not in DICE:
        raise bad_request("wrong dice emoji specified")
    value = 1 + world.chats.next_id() * 7 % DICE[emoji]
    return deliver(world, params, {"dice": {"emoji": emoji, "value": value}})


def send_chat_action(world: World, params: Params) -> bool:
    action = params.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.show_typing(writable(world, params).id, action)
    return True


METHODS: Final = {
    "sendMessage": send_message,
    "sendLocation": send_location,
    "sendVenue": send_venue,
    "sendContact": send_contact,
    "sendDice": send_dice,
    "sendChatAction": send_chat_action,
}

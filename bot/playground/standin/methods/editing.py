"""Changing and deleting messages."""

from __future__ import annotations

from typing import Any, Final

from .. import rules
from ..keyboards import inline_keyboard
from ..params import Params
from ..rules import bad_request
from ..world import World
from . import media
from .sending import link_preview, message_text
from .targets import Target, any_message, own_message, target, writable

Json = dict[str, Any]

TO_EDIT: Final = "message to edit not found"


def edit_text(world: World, params: Params) -> Json:
    text, entities = message_text(world, params)
    preview = link_preview(params)
    markup = inline_keyboard(params.object("reply_markup"))
    _, message = own_message(world, params, TO_EDIT)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    return _replace(
        world,
        message,
        {"text": text, "entities": entities, "link_preview_options": preview, "reply_markup": markup},
    )


def edit_caption(world: World, params: Params) -> Json:
    caption, entities = media.caption(world, params)
    markup = inline_keyboard(params.object("reply_markup"))
    _, message = own_message(world, params, TO_EDIT)
    if not any(kind in message for kind in media.CAPTIONED):
        raise bad_request("there is no caption in the message to edit")
    changes: Json = {"caption": caption, "caption_entities": entities, "reply_markup": markup}
    changes["show_caption_above_media"] = params.flag("show_caption_above_media")
    return _replace(world, message, changes)


def edit_reply_markup(world: World, params: Params) -> Json:
    markup = inline_keyboard(params.object("reply_markup"))
    _, message = own_message(world, params, TO_EDIT)
    return _replace(world, message, {"reply_markup": markup})


def edit_media(world: World, params: Params) -> Json:
    content = media.input_media(world, params)
    markup = inline_keyboard(params.object("reply_markup"))
    _, message = own_message(world, params, TO_EDIT)
    old = next((kind for kind in media.EDITABLE if kind in message), None)
    if old is None and "text" not in message:
        raise bad_request("there is no media in the message to edit")
    gone = dict.fromkeys(("text", "entities", "link_preview_options", *media.FIELDS))
    return _replace(world, message, {**gone, **content, "reply_markup": markup})


def _replace(world: World, message: Json, changes: Json) -> Json:
    """The message with these fields; what is empty goes. Raises ApiError when nothing would change."""
    given = {key: value for key, value in changes.items() if value}
    changed = {**{key: value for key, value in message.items() if key not in changes}, **given}
    if all(message.get(key) == changed.get(key) for key in changes if key != "link_preview_options"):
        raise bad_request(rules.NOT_MODIFIED)
    changed["edit_date"] = world.now()
    world.put(changed, changed=True)
    return changed


def stop_poll(world: World, params: Params) -> Json:
    markup = inline_keyboard(params.object("reply_markup"))
    _, message = own_message(world, params, "message with poll to stop not found")
    poll = message.get("poll")
    if poll is None:
        raise bad_request("message is not a poll")
    if poll["is_closed"]:
        raise bad_request("poll has already been closed")
    closed = {**poll, "is_closed": True}
    _replace(world, message, {"poll": closed, "reply_markup": markup})
    return closed


def delete_message(world: World, params: Params) -> bool:
    place = writable(world, params)
    message = any_message(world, place, params, "message to delete not found")
    _check_deletable(world, place, message)
    world.delete(place.id, message["message_id"])
    return True


def delete_messages(world: World, params: Params) -> bool:
    place = writable(world, params)
    ids = params.array("message_ids")
    if not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > rules.BATCH_MESSAGES:
        raise bad_request("too many message identifiers specified")
    for message_id in ids:
        message = world.chats.get(place.id, Params({"id": message_id}).integer("id"))
        if message is not None:
            _check_deletable(world, place, message)
            world.delete(place.id, message["message_id"])
    return True


def _check_deletable(world: World, place: Target, message: Json) -> None:
    if world.clock() - message["date"] > rules.DELETE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    own = message.get("from", {}).get("id") == world.bot_id or message.get("sender_chat") is not None
    if not place.private and not own:
        raise bad_request("message can't be deleted")


def set_message_reaction(world: World, params: Params) -> bool:
    place = target(world, params)
    message = any_message(world, place, params, "message to react not found")
    reactions = params.array("reaction")
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    for reaction in reactions:
        kind = reaction.get("type") if isinstance(reaction, dict) else None
        if kind not in ("emoji", "custom_emoji"):
            raise bad_request("invalid reaction type specified")
        if kind == "emoji" and reaction.get("emoji") not in REACTIONS:
            raise bad_request("REACTION_INVALID")
    world.react(place.id, message["message_id"], reactions)
    return True


REACTIONS: Final = frozenset(
    [
        "❤",
        "👍",
        "👎",
        "🔥",
        "🥰",
        "👏",
        "😁",
        "🤔",
        "🤯",
        "😱",
        "🤬",
        "😢",
        "🎉",
        "🤩",
        "🤮",
        "💩",
        "🙏",
        "👌",
        "🕊",
        "🤡",
        "🥱",
        "🥴",
        "😍",
        "🐳",
        "❤\u200d🔥",
        "🌚",
        "🌭",
        "💯",
        "🤣",
        "⚡",
        "🍌",
        "🏆",
        "💔",
        "🤨",
        "😐",
        "🍓",
        "🍾",
        "💋",
        "🖕",
        "😈",
        "😴",
        "😭",
        "🤓",
        "👻",
        "👨\u200d💻",
        "👀",
        "🎃",
        "🙈",
        "😇",
        "😨",
        "🤝",
        "✍",
        "🤗",
        "🫡",
        "🎅",
        "🎄",
        "☃",
        "💅",
        "🤪",
        "🗿",
        "🆒",
        "💘",
        "🙉",
        "🦄",
        "😘",
        "💊",
        "🙊",
        "😎",
        "👾",
        "🤷\u200d♂",
        "🤷",
        "🤷\u200d♀",
        "😡",
    ]
)

METHODS: Final = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageReplyMarkup": edit_reply_markup,
    "editMessageMedia": edit_media,
    "stopPoll": stop_poll,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "setMessageReaction": set_message_reaction,
}

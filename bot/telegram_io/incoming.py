"""An update becomes, once and here, what a person did; all that is not for us becomes nothing.

Rights come from ``from.id`` alone: whatever else an update says about its sender is decoration.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from telegram import CallbackQuery, ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatMemberStatus, ChatType, MessageEntityType, UpdateType

from bot.guide.action import Action, Block, Command, Event, GroupMessage, Press, Say, Send, Share
from bot.guide.broadcast import Post
from bot.guide.cards import Inquiry
from bot.guide.taps import Tap, TapCodec
from bot.telegram_io.desk import CLOSED
from bot.telegram_io.ports import Desk
from bot.telegram_io.posting import read_post
from bot.telegram_io.pressed import Pressed
from bot.telegram_io.words import shown_name

ALLOWED_UPDATES = (
    UpdateType.MESSAGE,
    UpdateType.CALLBACK_QUERY,
    UpdateType.MY_CHAT_MEMBER,
    UpdateType.INLINE_QUERY,
)
"""The kinds of updates that :func:`read`, or :func:`read_inquiry`, makes something of."""

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,64})(?:@([A-Za-z0-9_]+))?(?:\s+(.*))?", re.DOTALL)
_GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)
_SENT = (
    *("animation", "audio", "checklist", "contact", "dice", "document", "game", "live_photo", "location"),
    *("paid_media", "photo", "poll", "sticker", "story", "venue", "video", "video_note", "voice"),
)
"""The fields of a message that hold something a person sent; all others but text are Telegram's own notes."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """An event, and where its answer goes.

    ``message_id`` is the tapped message, if it can still be edited; ``query_id`` the tap that waits for an
    answer; ``thread_id`` the topic, in a chat that has topics. ``post`` is what an operator wrote; nobody else's words are
    carried so.
    """

    update_id: int
    event: Event
    chat_id: int
    private: bool
    thread_id: int | None = None
    query_id: str | None = None
    message_id: int | None = None
    post: Post | None = None


def read(
    update: Update | Pressed, codec: TapCodec, bot_username: str, desk: Desk = CLOSED
) -> Incoming | None:
    """What a person did, or ``None`` if the update is not for us. ``bot_username`` is without the ``@``.

    ``desk`` tells who the operators are, and reads the buttons that only they have.
    """
    if isinstance(update, Pressed):
        event = update.event(_tap(update.data, update.person_id, codec, desk))
        return Incoming(
            update.update_id, event, update.person_id, True, None, update.query_id, update.message_id
        )
    if update.message is not None:
        return _message(update.update_id, update.message, bot_username, desk)
    if update.callback_query is not None:
        return _press(update.update_id, update.callback_query, codec, desk)
    if update.my_chat_member is not None:
        return _membership(update.update_id, update.my_chat_member)
    return None


def _message(update_id: int, message: Message, bot_username: str, desk: Desk) -> Incoming | None:
    person, chat = message.from_user, message.chat
    if person is None or person.is_bot or _on_behalf(message):
        return None
    private = chat.type == ChatType.PRIVATE and chat.id == person.id
    action: Action | None = None
    if private:
        action = _private(message, bot_username)
    elif chat.type in _GROUPS and _addressed(message, bot_username):
        action = _in_group(message)
    if action is None:
        return None
    thread_id = message.message_thread_id if message.is_topic_message else None
    post = read_post(message) if private and person.id in desk.people else None
    return Incoming(update_id, _event(person, action), chat.id, private, thread_id, post=post)


def _press(update_id: int, query: CallbackQuery, codec: TapCodec, desk: Desk) -> Incoming | None:
    person, message = query.from_user, query.message
    if person.is_bot or message is None:
        return None
    # Our buttons that come back exist in private chats only; any other is forged or forwarded.
    if message.chat.type != ChatType.PRIVATE or message.chat.id != person.id:
        return None
    thread_id = message_id = None
    # PTB 22.8 parses a message that Telegram forgot as a Message too, so its date tells, not its type.
    if isinstance(message, Message) and message.is_accessible:
        if _on_behalf(message):
            return None
        message_id = message.message_id
        thread_id = message.message_thread_id if message.is_topic_message else None
    tap = None if query.data is None else _tap(query.data, person.id, codec, desk)
    event = _event(person, Press(tap))
    return Incoming(update_id, event, person.id, True, thread_id, query.id, message_id)


def read_inquiry(update: Update) -> tuple[str, Inquiry] | None:
    """The id of an inline query and what was typed; ``None`` if it is none, or no person's.

    It makes no event: nobody is known by it, and nothing is kept of it.
    """
    query = update.inline_query
    if query is None or query.from_user.is_bot:
        return None
    return query.id, Inquiry(query.query, query.from_user.language_code)


def _tap(data: str, person_id: int, codec: TapCodec, desk: Desk) -> Tap | None:
    tap = codec.decode(data)
    return desk.codec.decode(data) if tap is None and person_id in desk.people else tap


def _membership(update_id: int, changed: ChatMemberUpdated) -> Incoming | None:
    person, chat = changed.from_user, changed.chat
    if person.is_bot or chat.type != ChatType.PRIVATE or chat.id != person.id:
        return None
    status = changed.new_chat_member.status
    if status not in (ChatMemberStatus.BANNED, ChatMemberStatus.MEMBER):
        return None
    return Incoming(update_id, _event(person, Block(status == ChatMemberStatus.BANNED)), chat.id, True)


def _event(person: User, action: Action) -> Event:
    return Event(person.id, action, shown_name(person.first_name), person.language_code)


def _on_behalf(message: Message) -> bool:
    """Whether somebody else speaks: an anonymous administrator, a channel, a bot, a business, a guest."""
    return (
        message.sender_chat is not None
        or message.via_bot is not None
        or message.business_connection_id is not None
        or message.sender_business_bot is not None
        or message.guest_query_id is not None
        or message.guest_bot_caller_user is not None
        or message.guest_bot_caller_chat is not None
    )


def _private(message: Message, bot_username: str) -> Action | None:
    if message.text is not None:
        found = _COMMAND.fullmatch(message.text.strip())
        if found is None:
            return Say(message.text)
        name, addressee, argument = found.groups()
        if addressee and not _same(addressee, bot_username):
            return None
        return Command(name.lower(), (argument or "").strip())
    if place := message.location:
        return Share(place.latitude, place.longitude)
    # An offer is often a picture with the text below it. Nobody means a command by such a line.
    if message.caption and _COMMAND.fullmatch(message.caption.strip()) is None:
        return Say(message.caption)
    return Send() if any(getattr(message, field) for field in _SENT) else None


def _in_group(message: Message) -> GroupMessage:
    """What was said to the bot in a group: a command with what follows it, or anything else."""
    found = _COMMAND.fullmatch((message.text or "").strip())
    if found is None:
        return GroupMessage()
    name, _, argument = found.groups()
    return GroupMessage(name.lower(), (argument or "").strip())


def _addressed(message: Message, bot_username: str) -> bool:
    if message.group_chat_created or message.supergroup_chat_created:
        return True
    if any(_same(member.username, bot_username) for member in message.new_chat_members or ()):
        return True
    replied = message.reply_to_message
    if (
        replied is not None
        and replied.from_user is not None
        and _same(replied.from_user.username, bot_username)
    ):
        return True
    # A command without a name counts: Telegram delivers it only to those bots that it may be meant for.
    found = _COMMAND.fullmatch((message.text or "").strip())
    if found is not None:
        return found[2] is None or _same(found[2], bot_username)
    kinds: list[str | None] = [MessageEntityType.MENTION]
    mentions = message.parse_entities(kinds) if message.text else message.parse_caption_entities(kinds)
    return any(_same(mention.removeprefix("@"), bot_username) for mention in mentions.values())


def _same(username: str | None, ours: str) -> bool:
    return username is not None and username.casefold() == ours.casefold()

"""An ordinary tap, read without python-telegram-bot's objects, whose making takes longer than all else about a tap.

What is ordinary is narrow. Whatever differs from it in any way is read by :mod:`bot.telegram_io.incoming` as the rest is.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from bot.guide.action import Event, Press
from bot.guide.taps import Tap
from bot.telegram_io.ports import RawUpdate
from bot.telegram_io.raw import is_fit_id
from bot.telegram_io.words import shown_name

_OUT_OF_THE_ORDINARY: Final = frozenset(
    {
        *("sender_chat", "via_bot", "business_connection_id", "sender_business_bot"),
        *("guest_query_id", "guest_bot_caller_user", "guest_bot_caller_chat"),
        *("message_thread_id", "is_topic_message", "direct_messages_topic"),
    }
)
"""A tapped message with one of these was sent on somebody's behalf, or into a topic."""


class Pressed(NamedTuple):
    """A person's tap under a message of ours in their private chat, which can still be edited."""

    update_id: int
    query_id: str
    person_id: int
    name: str
    language: str | None
    message_id: int
    data: str

    def event(self, tap: Tap | None) -> Event:
        """What the person did."""
        return Event(self.person_id, Press(tap), shown_name(self.name), self.language)


def pressed(update: RawUpdate, whose: int) -> Pressed | None:
    """The ordinary tap that this update is, made by the person ``whose`` turn it is; else ``None``."""
    match update:
        case {
            "update_id": int(update_id),
            "callback_query": {
                "id": str(query_id),
                "from": {"id": int(person), "is_bot": False, "first_name": str(name), **sender},
                "message": {
                    "message_id": int(message_id),
                    "date": int(date),
                    "chat": {"id": int(chat), "type": "private"},
                    **message,
                },
                "data": str(data),
            },
            **others,
        }:
            language = sender.get("language_code")
            if not isinstance(language, str | None):
                return None
            ordinary = (
                not others
                and person == chat == whose
                and date > 0
                and all(is_fit_id(each) for each in (person, chat, message_id))
                and _OUT_OF_THE_ORDINARY.isdisjoint(message)
            )
            if ordinary:
                return Pressed(update_id, query_id, person, name, language, message_id, data)
    return None

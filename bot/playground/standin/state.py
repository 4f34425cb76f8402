"""What the stand-in knows, and the changes that a bot's calls make to it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from . import rules
from .calls import Call
from .chats import Chats
from .events import Events, Recent
from .faults import Faults
from .files import Files
from .people import FIRST_PERSON_ID, Person, Room
from .profile import Profile
from .queries import Queries
from .updates import UpdateQueue

Json = dict[str, Any]

KEPT_CALLS = 5_000


class State:
    """People, chats, messages, updates and what the bot has set."""

    def __init__(
        self,
        token: str,
        bot_username: str = "firstlabel_bot",
        bot_name: str = "Firstlabel",
        clock: Callable[[], float] = time.time,
        *,
        keep_calls: int = KEPT_CALLS,
    ) -> None:
        self.token = token
        self.bot_username = bot_username
        self.clock = clock
        self.people: dict[int, Person] = {}
        self.rooms: dict[int, Room] = {}
        self.chats = Chats()
        self.profile = Profile(bot_name)
        self.files = Files()
        self.queries = Queries(clock, keep_calls)
        self.events = Events()
        self.adopt(UpdateQueue())
        self.faults = Faults()
        self.calls: Recent[Call] = Recent(keep_calls)
        self.webhook: Json | None = None
        self.votes: dict[tuple[str, int], tuple[int, ...]] = {}
        self.reactions: dict[tuple[int, int], list[Json]] = {}
        self.keyboards: dict[int, Json] = {}
        self._typing: dict[int, float] = {}
        self.next_person_id = FIRST_PERSON_ID
        self.next_room_number = 1

    def adopt(self, updates: UpdateQueue) -> None:
        """Takes this queue as the bot's."""
        self.updates = updates
        updates.notify = self._tell_updates

    def _tell_updates(self) -> None:
        self.events.emit("updates", pending=len(self.updates), polled=self.updates.polled)

    @property
    def bot_id(self) -> int:
        """The bot's user id: the part of the token before the colon."""
        head = self.token.partition(":")[0]
        return int(head) if head.isdecimal() else 1

    @property
    def bot(self) -> Json:
        """The bot as a Bot API User, as other people see it."""
        return {
            "id": self.bot_id,
            "is_bot": True,
            "first_name": self.profile.name(),
            "username": self.bot_username,
        }

    def now(self) -> int:
        """The world's time in whole seconds since 1970, as messages carry it."""
        return int(self.clock())

    def person(self, person_id: int) -> Person:
        """The person with this id. Raises LookupError with one line when there is none."""
        if person_id not in self.people:
            raise LookupError(f"person {person_id} is not here; known are {sorted(self.people)}")
        return self.people[person_id]

    def room(self, chat_id: int) -> Room:
        """The group or channel with this id. Raises LookupError with one line when there is none."""
        if chat_id not in self.rooms:
            raise LookupError(f"group or channel {chat_id} is not here; known are {sorted(self.rooms)}")
        return self.rooms[chat_id]

    def add(self, message: Json) -> Json:
        """Gives the message its id, stores it and tells everyone."""
        stored = {"message_id": self.chats.next_id(), **message}
        self.put(stored)
        return stored

    def put(self, message: Json, *, changed: bool = False) -> None:
        """Stores a message that has its id, as new or in place of what it was."""
        chat_id = message["chat"]["id"]
        self.chats.put(message)
        self._typing.pop(chat_id, None)
        self.events.emit("edited" if changed else "message", chat_id=chat_id, message=message)

    def delete(self, chat_id: int, message_id: int) -> bool:
        """Takes a message away; False when there is none."""
        if self.chats.delete(chat_id, message_id) is None:
            return False
        self.reactions.pop((chat_id, message_id), None)
        self.events.emit("deleted", chat_id=chat_id, message_id=message_id)
        return True

    def react(self, chat_id: int, message_id: int, reactions: list[Json]) -> None:
        """The bot's reactions to a message are now these."""
        self.reactions[chat_id, message_id] = reactions
        self.events.emit("reaction", chat_id=chat_id, message_id=message_id, reactions=reactions)

    def answered(self, answer: Json) -> None:
        """A query was answered."""
        self.queries.answers.append(answer)
        self.events.emit("answer", **answer)

    def set_commands(self, language: str, scope: Json, commands: list[Json]) -> None:
        """Replaces a command list."""
        self.profile.set_commands(language, scope, commands)
        self.events.emit("commands", language=language, scope=scope, commands=commands)

    def set_profile_text(self, key: str, language: str, text: str) -> None:
        """Sets the bot's name or one of its descriptions."""
        self.profile.set_text(key, language, text)
        self.events.emit("profile", key=key, language=language, text=text)

    def set_webhook(self, webhook: Json | None) -> None:
        """Where updates are delivered from now on; None for polling."""
        self.webhook = webhook
        self.updates.release_poller(rules.webhook_was_set() if webhook else None)
        self.updates.wake()

    def webhook_failed(self, reason: str) -> None:
        """The bot's webhook did not take an update."""
        if self.webhook is not None:
            self.webhook["last_error_date"] = self.now()
            self.webhook["last_error_message"] = reason
            self.events.emit("webhook", trouble=reason)

    def show_typing(self, chat_id: int, action: str) -> None:
        """The bot is busy for the next five seconds, or until it sends something."""
        self._typing[chat_id] = self.clock()
        self.events.emit("typing", chat_id=chat_id, action=action)

    def set_keyboard(self, chat_id: int, markup: Json | None) -> None:
        """Shows or removes the chat's reply keyboard."""
        if markup is None:
            self.keyboards.pop(chat_id, None)
        else:
            self.keyboards[chat_id] = markup
        self.events.emit("keyboard", chat_id=chat_id, keyboard=markup)

    def record(self, call: Call) -> None:
        """Remembers a call the bot made and tells everyone."""
        self.calls.append(call)
        self.events.emit("call", call=call)

"""What people do: each act changes their chat and queues the update that Telegram would send."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from . import others
from .entities import detect
from .people import Person, Room
from .state import State
from .voting import voted

Json = dict[str, Any]


class Acting(State):
    """The people and rooms of a world, and everything they can do."""

    # People

    def add_person(self, name: str, language: str = "en", username: str | None = None) -> Person:
        """Somebody new, who has not written to the bot yet."""
        person = Person(self.next_person_id, name, language, username)
        self.next_person_id += 1
        self.people[person.id] = person
        self.events.emit("person", chat_id=person.id, change="added")
        return person

    def remove_person(self, person_id: int) -> None:
        """The person and their chat are gone; the bot is told nothing."""
        self.person(person_id)
        del self.people[person_id]
        self.chats.forget(person_id)
        self.keyboards.pop(person_id, None)
        self._typing.pop(person_id, None)
        self.events.emit("person", chat_id=person_id, change="removed")

    def rename(self, person_id: int, name: str) -> None:
        """A new first name; messages already sent keep the old one."""
        self.person(person_id).name = name
        self.events.emit("person", chat_id=person_id, change="renamed")

    def set_language(self, person_id: int, code: str) -> None:
        """The language of the person's app from now on."""
        self.person(person_id).language = code
        self.events.emit("person", chat_id=person_id, change="language")

    def reset_person(self, person_id: int) -> Person:
        """The same name and language under a new id and in its place, so that a bot meets them anew."""
        old = self.person(person_id)
        order = list(self.people)
        new = self.add_person(old.name, old.language, old.username)
        self.remove_person(person_id)
        self.people = {key: self.people[key] for key in [new.id if i == person_id else i for i in order]}
        return new

    def block(self, person_id: int) -> int:
        """The person stops the bot: `my_chat_member`, and sends are refused from now on."""
        return self._membership(person_id, blocked=True)

    def unblock(self, person_id: int) -> int:
        """The person starts the bot again: `my_chat_member`."""
        return self._membership(person_id, blocked=False)

    def _membership(self, person_id: int, *, blocked: bool) -> int:
        person = self.person(person_id)
        person.blocked = blocked
        member: Json = {"status": "member", "user": self.bot}
        kicked: Json = {"status": "kicked", "user": self.bot, "until_date": 0}
        self.events.emit("person", chat_id=person_id, change="blocked" if blocked else "unblocked")
        changed = {
            "chat": person.chat(),
            "from": person.user(),
            "date": self.now(),
            "old_chat_member": member if blocked else kicked,
            "new_chat_member": kicked if blocked else member,
        }
        return self.updates.offer({"my_chat_member": changed})

    # What people do

    def say(self, person_id: int, text: str, **extra: Any) -> int:
        """The person writes to the bot; returns the update's id. `extra` joins the message."""
        person = self._writer(person_id)
        return self._from_person(person, person.chat(), {**self._text(text), **extra})

    def send_other(self, person_id: int, kind: str, caption: str = "", **extra: Any) -> int:
        """The person sends a sticker, photo, voice and so on; `extra` joins the message.

        Raises ValueError, naming the kinds there are, when it is unknown.
        """
        number = person_id * 1_000 + len(self.chats.listing(person_id))
        body = others.content(kind, number, self.files)
        person = self._writer(person_id)
        below = {
            "caption" if key == "text" else "caption_entities": each
            for key, each in self._text(caption).items()
        }
        return self._from_person(person, person.chat(), {**body, **(below if caption else {}), **extra})

    def edit_own(self, person_id: int, message_id: int, text: str) -> int:
        """The person changes a message of theirs. Raises LookupError when there is no such message."""
        message = self.chats.get(person_id, message_id)
        if message is None or message.get("from", {}).get("id") != person_id:
            raise LookupError(f"message {message_id} of person {person_id} is not there")
        edited = {key: value for key, value in message.items() if key != "entities"}
        edited = {**edited, "edit_date": self.now(), **self._text(text)}
        self.put(edited, changed=True)
        return self.updates.offer({"edited_message": edited})

    def tap(self, person_id: int, message_id: int, data: str, chat_id: int | None = None) -> str:
        """The person presses a button with this data, there or not; returns the query's id."""
        person = self.person(person_id)
        chat = person.chat() if chat_id is None else self.room(chat_id).chat()
        message = self.chats.get(chat["id"], message_id)
        shown: Json = message or {"chat": chat, "message_id": message_id, "date": 0}
        query = {
            "id": self.queries.open(person_id, chat["id"], message_id),
            "from": person.user(),
            "message": shown,
            "chat_instance": str(7_000_000_000_000 + chat["id"]),
            "data": data,
        }
        self.updates.offer({"callback_query": query})
        return str(query["id"])

    def ask_inline(self, person_id: int, query: str, offset: str = "") -> str:
        """The person types `@bot query` in some chat; returns the inline query's id."""
        person = self.person(person_id)
        query_id = self.queries.open(person_id, person_id, None)
        inline = {
            "id": query_id,
            "from": person.user(),
            "query": query,
            "offset": offset,
            "chat_type": "sender",
        }
        self.updates.offer({"inline_query": inline})
        return query_id

    def vote(
        self, person_id: int, message_id: int, options: Sequence[int], chat_id: int | None = None
    ) -> int:
        """The person votes in the bot's poll (no options: takes the vote back).

        Returns the id of the `poll` update; a `poll_answer` precedes it unless the poll is anonymous. Raises
        ValueError with one line when the poll does not take that vote.
        """
        person = self.person(person_id)
        message = self.chats.get(chat_id or person_id, message_id)
        if message is None or "poll" not in message:
            raise ValueError(f"message {message_id} is no poll")
        key = (message["poll"]["id"], person_id)
        poll = voted(message["poll"], self.votes.get(key, ()), options)
        self.votes[key] = tuple(options)
        self.put({**message, "poll": poll}, changed=True)
        if not poll["is_anonymous"]:
            chosen = [poll["options"][at]["persistent_id"] for at in options]
            answer = {
                "poll_id": poll["id"],
                "user": person.user(),
                "option_ids": list(options),
                "option_persistent_ids": chosen,
            }
            self.updates.offer({"poll_answer": answer})
        return self.updates.offer({"poll": poll})

    def push(self, update: Json) -> int:
        """Queues any update as it is, also one that Telegram would never send; returns its id."""
        return self.updates.push(update)

    # Groups and channels

    def add_group(self, title: str, kind: str = "supergroup") -> int:
        """A group ("group" or "supergroup") with the bot in it; returns its (negative) id."""
        return self._add_room(title, kind, None)

    def add_channel(self, title: str, username: str | None = None) -> int:
        """A channel with the bot as its administrator; returns its (negative) id."""
        return self._add_room(title, "channel", username)

    def _add_room(self, title: str, kind: str, username: str | None) -> int:
        base = 0 if kind == "group" else 1_000_000_000_000
        room = Room(-(base + 2_000 + self.next_room_number), title, kind, username)
        self.next_room_number += 1
        self.rooms[room.id] = room
        return room.id

    def say_in_group(self, group_id: int, person_id: int, text: str, **extra: Any) -> int:
        """The person writes in a group; the bot sees it as if its privacy mode were off."""
        room = self.room(group_id)
        return self._from_person(self.person(person_id), room.chat(), {**self._text(text), **extra})

    def post_in_channel(self, channel_id: int, text: str, **extra: Any) -> int:
        """A channel post that the bot sees."""
        chat = self.room(channel_id).chat()
        message = {"sender_chat": chat, "chat": chat, "date": self.now(), **self._text(text), **extra}
        return self.updates.offer({"channel_post": self.add(message)})

    def _writer(self, person_id: int) -> Person:
        """Somebody who writes: from now on the bot may write to them, and it is not blocked (any more)."""
        person = self.person(person_id)
        if person.blocked:
            self.unblock(person_id)
        person.started = True
        return person

    def _text(self, text: str) -> Json:
        entities = detect(text)
        return {"text": text, "entities": entities} if entities else {"text": text}

    def _from_person(self, person: Person, chat: Json, body: Json) -> int:
        message = self.add({"from": person.user(), "chat": chat, "date": self.now(), **body})
        return self.updates.offer({"message": message})

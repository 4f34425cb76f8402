"""Who can talk to the bot: people, and the groups and channels it was added to."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

Json = dict[str, Any]

FIRST_PERSON_ID = 1001


@dataclass
class Person:
    """Somebody with a private chat; `id` is the user's id and the chat's id."""

    id: int
    name: str
    language: str = "en"
    username: str | None = None
    started: bool = False
    blocked: bool = False

    def user(self) -> Json:
        """The person as a Bot API User."""
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.name}
        if self.username:
            user["username"] = self.username
        user["language_code"] = self.language
        return user

    def chat(self) -> Json:
        """The person's private chat as a Bot API Chat."""
        chat: Json = {"id": self.id, "first_name": self.name}
        if self.username:
            chat["username"] = self.username
        chat["type"] = "private"
        return chat

    def to_dict(self) -> Json:
        """All fields, as JSON."""
        return asdict(self)


@dataclass
class Room:
    """A group, supergroup or channel; its id is negative."""

    id: int
    title: str
    type: str = "supergroup"
    username: str | None = None
    bot_left: bool = False

    def chat(self) -> Json:
        """The room as a Bot API Chat."""
        chat: Json = {"id": self.id, "title": self.title, "type": self.type}
        if self.username:
            chat["username"] = self.username
        return chat

    def to_dict(self) -> Json:
        """All fields, as JSON."""
        return asdict(self)

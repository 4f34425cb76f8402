"""The messages of all chats, as they now are."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


class Chats:
    """Messages by chat and id. A stored message is never changed, only replaced, so readers may keep it.

    Message ids come from one counter, as for one account's private chats at Telegram.
    """

    def __init__(self) -> None:
        self._chats: dict[int, dict[int, Json]] = {}
        self._last_id = 0

    def next_id(self) -> int:
        """A message id that was never used."""
        self._last_id += 1
        return self._last_id

    def put(self, message: Json) -> None:
        """Stores a new message, or replaces the one with the same id in its place."""
        self._chats.setdefault(message["chat"]["id"], {})[message["message_id"]] = message

    def get(self, chat_id: int, message_id: int) -> Json | None:
        """The message as it now is, or None if it never was or was deleted."""
        return self._chats.get(chat_id, {}).get(message_id)

    def delete(self, chat_id: int, message_id: int) -> Json | None:
        """Takes a message away and returns it."""
        return self._chats.get(chat_id, {}).pop(message_id, None)

    def forget(self, chat_id: int) -> None:
        """Removes a whole chat."""
        self._chats.pop(chat_id, None)

    def listing(self, chat_id: int) -> list[Json]:
        """All messages of one chat in order."""
        return list(self._chats.get(chat_id, {}).values())

    def to_dict(self) -> Json:
        """Everything, as JSON."""
        return {
            "last_id": self._last_id,
            "chats": {str(chat): list(messages.values()) for chat, messages in self._chats.items()},
        }

    @classmethod
    def from_dict(cls, data: Json) -> Chats:
        """The reverse of to_dict."""
        chats = cls()
        chats._last_id = data["last_id"]
        for chat_id, messages in data["chats"].items():
            chats._chats[int(chat_id)] = {message["message_id"]: message for message in messages}
        return chats

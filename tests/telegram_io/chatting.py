"""Tests read as conversations: a person says, taps and sees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.playground.standin.world import Call, World

Json = dict[str, Any]
SHOWING = ("sendMessage", "editMessageText", "sendDocument")


class Visitor:
    """One person in front of the chat, who waits ``patience`` seconds for an answer."""

    def __init__(self, world: World, name: str = "Ann", language: str = "en", patience: float = 10.0) -> None:
        self.world = world
        self.patience = patience
        self.id = world.add_person(name, language).id

    async def says(self, text: str) -> Json:
        """Writes, and returns the bot's answer."""
        return await self.answered(lambda: self.world.say(self.id, text))

    async def sends(self, kind: str) -> Json:
        return await self.answered(lambda: self.world.send_other(self.id, kind))

    async def answered(self, act: Callable[[], object]) -> Json:
        """Does something and waits for the message that comes of it."""
        before = len(self.from_bot())
        act()
        await self.world.wait_until(lambda: len(self.from_bot()) > before, self.patience)
        return self.from_bot()[-1]

    async def taps(self, label: str, message: Json | None = None) -> Json:
        """Taps a button of a message (the last, unless told) and returns the answer to the tap."""
        query_id = self.tap(label, message)
        shown = len(self.shown())
        await self.world.wait_until(
            lambda: self.answer(query_id) and len(self.shown()) > shown, self.patience
        )
        answer = self.answer(query_id)
        assert answer is not None
        return answer

    def tap(self, label: str, message: Json | None = None) -> str:
        """Taps and does not wait."""
        message = message or self.from_bot()[-1]
        return self.world.tap(self.id, message["message_id"], self.data(label, message))

    def data(self, label: str, message: Json) -> str:
        found = [
            str(button["callback_data"])
            for row in message["reply_markup"]["inline_keyboard"]
            for button in row
            if button["text"] == label
        ]
        assert len(found) == 1, f"no single button {label!r}"
        return found[0]

    def from_bot(self) -> list[Json]:
        """The bot's messages as they now are."""
        return [message for message in self.world.chat(self.id) if message["from"]["is_bot"]]

    def sees(self) -> str:
        """The text of the bot's last message."""
        last = self.from_bot()[-1]
        return str(last.get("text", last.get("caption")))

    def shown(self) -> list[Call]:
        """The calls that showed this person something, done or not."""
        return [
            call
            for call in self.world.calls
            if call.method in SHOWING and str(call.params.get("chat_id")) == str(self.id)
        ]

    def answer(self, query_id: str) -> Json | None:
        return next((answer for answer in self.world.answers if answer["query_id"] == query_id), None)


def called(world: World, method: str) -> list[Call]:
    return [call for call in world.calls if call.method == method]

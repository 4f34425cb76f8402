"""An operator in front of the chat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.content.markup import Rich
from bot.guide.broadcast_words import BroadcastWords
from bot.playground.standin.world import World
from tests.telegram_io.chatting import Json, Visitor


class Operator(Visitor):
    """Somebody who may write to everybody."""

    def __init__(self, world: World, words: BroadcastWords, patience: float = 10.0) -> None:
        super().__init__(world, "Olga", patience=patience)
        self.words = words
        world.person(self.id).started = True

    async def writes(self, text: str, **extra: Any) -> Json:
        """Writes a message and waits for its preview and the screen below; returns the preview."""
        return await self._previewed(lambda: self.world.say(self.id, text, **extra))

    async def sends_photo(self, **extra: Any) -> Json:
        return await self._previewed(lambda: self.world.send_other(self.id, "photo", **extra))

    async def composes(self, text: str = "News") -> Json:
        """From the command to the preview."""
        await self.says("/broadcast")
        return await self.writes(text)

    async def reviews(self) -> Json:
        """Taps on to the last question, which comes with the preview once more."""
        return await self._previewed(lambda: self.tap(self.words.review))

    async def confirms(self, people: int) -> None:
        """From the screen with the audience on, to this many people."""
        await self.reviews()
        await self.taps(self.words.confirm_yes.fill(count=people))

    async def sees_report(self, number: int = 1, patience: float | None = None) -> str:
        """Waits for the report at the end of the so many-th broadcast."""
        titles = (self.words.report_done.plain, self.words.report_stopped.plain)

        def reports() -> list[str]:
            return [text for each in self.from_bot() if (text := str(each.get("text"))).startswith(titles)]

        await self.world.wait_until(lambda: len(reports()) >= number, patience or self.patience)
        return reports()[-1]

    def message_with(self, words: Rich | str) -> Json:
        """The bot's last message in which this stands."""
        wanted = words if isinstance(words, str) else words.plain
        found = [each for each in self.from_bot() if wanted in str(each.get("text"))]
        assert found, f"nothing says {wanted!r}: {[each.get('text') for each in self.from_bot()]}"
        return found[-1]

    async def _previewed(self, act: Callable[[], object]) -> Json:
        before = len(self.from_bot())
        act()
        await self.world.wait_until(lambda: len(self.from_bot()) >= before + 2, self.patience)
        return self.from_bot()[-2]

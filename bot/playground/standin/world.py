"""Everything the stand-in for Telegram knows: people, chats, messages, updates. No HTTP in here.

Whatever goes in or out is a dict in the Bot API's shape where Telegram has one. Dicts that come out
are shared, not copied: read them, never change them.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, TypeVar

from . import rules, saving
from .acting import Acting
from .calls import Call
from .events import Recent

__all__ = ["Call", "World"]

Json = dict[str, Any]
Item = TypeVar("Item")


class World(Acting):
    """A Telegram of one's own, with one bot in it.

    `clock` gives the seconds since 1970 in UTC that messages are dated by. `keep_calls` bounds `calls` and
    `answers`.
    """

    def __repr__(self) -> str:
        return f"World(@{self.bot_username}, {len(self.people)} people, {len(self.updates)} pending updates)"

    # What can be seen

    def chat(self, chat_id: int) -> list[Json]:
        """The chat's messages in order, as they now are."""
        return self.chats.listing(chat_id)

    @property
    def answers(self) -> Recent[Json]:
        """Answered queries: query_id, text, show_alert, url, person_id, message_id (and inline results)."""
        return self.queries.answers

    def keyboard(self, chat_id: int) -> Json | None:
        """The reply keyboard or forced reply that the chat's app shows now."""
        return self.keyboards.get(chat_id)

    def typing(self, chat_id: int) -> bool:
        """Whether the app shows the bot as typing (or sending, recording, …)."""
        return self.clock() - self._typing.get(chat_id, float("-inf")) < rules.TYPING_SECONDS

    def commands(self, language: str | None = None, scope: str | Json = "default") -> list[Json]:
        """The command list set for exactly this language (None: all others) and scope."""
        return self.profile.commands(language or "", {"type": scope} if isinstance(scope, str) else scope)

    def menu(self, person_id: int) -> list[Json]:
        """The commands that the person's app offers in the private chat."""
        return self.profile.menu(person_id, self.person(person_id).language)

    @property
    def descriptions(self) -> dict[str, dict[str, str]]:
        """`name`, `description` and `short_description`, each by language ("" for all others)."""
        return self.profile.texts

    # Waiting and listening

    def subscribe(self) -> asyncio.Queue[Json]:
        """A queue of what happens from now on: `{"type": …, "chat_id": …, …}`.

        Types: message, edited, deleted, answer, typing, reaction, keyboard, commands, profile, person, call,
        updates (how many are pending, and whether the bot waits in a long poll), webhook (trouble with it) and `lost` when the reader fell so far behind that it must look at the whole state again.
        """
        return self.events.subscribe()

    def unsubscribe(self, queue: asyncio.Queue[Json]) -> None:
        """Ends what subscribe began."""
        self.events.unsubscribe(queue)

    async def wait_until(
        self,
        predicate: Callable[[], Item],
        timeout: float = 10.0,  # noqa: ASYNC109 - it is what the callers of a waiting function expect
    ) -> Item:
        """Waits until the predicate holds, asking it after each event; returns what it answered.

        Raises TimeoutError after `timeout` seconds, with the last calls in its text.
        """
        try:
            return await self.events.until(predicate, timeout)
        except TimeoutError:
            last = "\n".join(
                f"  {call.method} {dict(call.params)} -> {call.response}" for call in self.calls[-8:]
            )
            raise TimeoutError(f"not so after {timeout} s; the last calls were\n{last or '  none'}") from None

    # Keeping

    def to_dict(self) -> Json:
        """People, chats, files, menus and pending updates as JSON; never the token, calls or faults."""
        return saving.to_dict(self)

    @classmethod
    def from_dict(cls, data: Json, token: str, clock: Callable[[], float] = time.time) -> World:
        """A world as to_dict left it."""
        world = cls(token, data["bot_username"], clock=clock)
        saving.restore(world, data)
        return world

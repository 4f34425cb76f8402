"""The queue of updates: ids, confirmation by offset, long polling, and which kinds are wanted."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any, Final

from . import rules

Json = dict[str, Any]

FIRST_UPDATE_ID: Final = 100_001
KINDS: Final = frozenset(
    [
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "guest_message",
        "message_reaction",
        "message_reaction_count",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "purchased_paid_media",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
        "managed_bot",
    ]
)
ON_REQUEST_ONLY: Final = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


def _nobody() -> None:
    """Nobody wants to know."""


class UpdateQueue:
    """Updates that the bot has not confirmed yet, in the order of arrival."""

    def __init__(self) -> None:
        self._pending: deque[Json] = deque()
        self._next_id = FIRST_UPDATE_ID
        self._poller: asyncio.Future[None] | None = None
        self._changed = asyncio.Event()
        self.allowed: frozenset[str] | None = None
        self.notify: Callable[[], None] = _nobody
        """Called whenever something was queued, confirmed, delivered, or a poll began to wait."""
        self.handed_out = 0
        """How many are with the webhook's delivery."""
        self.drops = 0
        """How often everything was dropped."""

    def __len__(self) -> int:
        return len(self._pending) + self.handed_out

    @property
    def polled(self) -> bool:
        """Whether a long poll waits right now."""
        return self._poller is not None and not self._poller.done()

    def allow(self, kinds: Iterable[str]) -> None:
        """Which kinds are queued from now on; an empty list means Telegram's default."""
        wanted = frozenset(kinds) & KINDS
        self.allowed = wanted or None

    def wants(self, update: Json) -> bool:
        """Whether Telegram would queue this update. A kind it does not know is let through."""
        kind = next((key for key in update if key != "update_id"), "")
        if self.allowed is None:
            return kind not in ON_REQUEST_ONLY
        return kind in self.allowed or kind not in KINDS

    def push(self, update: Json) -> int:
        """Queues an update whatever its kind; an `update_id` of its own is kept."""
        update_id: int = update.get("update_id", self._next_id)
        self._next_id = max(self._next_id, update_id + 1)
        self._pending.append({"update_id": update_id, **update})
        self._changed.set()
        self.release_poller()
        self.notify()
        return update_id

    def offer(self, update: Json) -> int:
        """Queues an update if its kind is wanted; the id is used up either way."""
        if self.wants(update):
            return self.push(update)
        self._next_id += 1
        return self._next_id - 1

    def drop_all(self) -> None:
        """Forgets all that is pending, with the webhook's delivery too."""
        self._pending.clear()
        self.drops += 1
        self.handed_out = 0
        self.notify()

    def confirm(self, offset: int) -> None:
        """Forgets what lies below the offset; a negative one keeps only that many from the end."""
        if offset < 0:
            while len(self._pending) > -offset:
                self._pending.popleft()
            return
        while self._pending and self._pending[0]["update_id"] < offset:
            self._pending.popleft()

    def ready(self, offset: int, limit: int) -> list[Json]:
        """Up to `limit` pending updates at or above the offset."""
        return list(islice((item for item in self._pending if item["update_id"] >= offset), limit))

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """Long polling. A second call ends the one that waits, which is refused with a conflict."""
        self.release_poller(rules.second_poller())
        self.confirm(offset)
        self.notify()
        found = self.ready(offset, limit)
        if found or seconds <= 0:
            return found
        poller = self._poller = asyncio.get_running_loop().create_future()
        self.notify()
        try:
            async with asyncio.timeout(seconds):
                await poller
        except TimeoutError:
            return []
        finally:
            if self._poller is poller:
                self._poller = None
        return self.ready(offset, limit)

    def release_poller(self, error: rules.ApiError | None = None) -> None:
        """Ends a waiting poll at once: with nothing, or with a refusal."""
        if self._poller is None or self._poller.done():
            return
        if error is None:
            self._poller.set_result(None)
        else:
            self._poller.set_exception(error)

    def take_first(self) -> Json | None:
        """Removes and returns the oldest update, for delivery to a webhook."""
        return self._pending.popleft() if self._pending else None

    def put_back(self, update: Json) -> None:
        """Returns an update that could not be delivered, ahead of all others."""
        self._pending.appendleft(update)
        self._changed.set()

    def delivered(self) -> None:
        """One of those handed out has arrived at the webhook."""
        self.handed_out -= 1
        self.notify()

    def wake(self) -> None:
        """Makes whoever waits in change() look again."""
        self._changed.set()

    async def change(self) -> None:
        """Waits until something was queued or wake() was called since the last wait."""
        await self._changed.wait()
        self._changed.clear()

    def to_dict(self) -> Json:
        """Everything needed to go on after a restart, as JSON."""
        return {
            "pending": list(self._pending),
            "next_id": self._next_id,
            "allowed": None if self.allowed is None else sorted(self.allowed),
        }

    @classmethod
    def from_dict(cls, data: Json) -> UpdateQueue:
        """The reverse of to_dict."""
        queue = cls()
        queue._pending.extend(data["pending"])
        queue._next_id = data["next_id"]
        queue.allowed = None if data["allowed"] is None else frozenset(data["allowed"])
        return queue

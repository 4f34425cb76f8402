"""What a call goes to: a chat, or a method that names none. Each has its own limits and its own halt."""

from __future__ import annotations

import asyncio
from bisect import insort
from collections import OrderedDict
from collections.abc import Iterator
from math import inf
from operator import attrgetter

from bot.telegram_io.halts import Halt
from bot.telegram_io.windows import Window

GROUP_LIMIT, GROUP_SECONDS = 20, 60.0
"""How many messages a group takes in which time: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this"""

PACE_SECONDS = 1.0
"""How far a bulk message is from the message before it in the same chat (the same source)."""

ChatId = int | str
"""As the Bot API has it: a number, perhaps as text, or the ``@name`` of a public group or channel."""


class Call:
    """One call, from when it comes in until its caller has the answer.

    ``order`` is that of coming in. ``counts`` says that Telegram may count it as a message: it acts in a chat.
    ``windows`` are those in which it holds a place while it is under way.
    """

    __slots__ = ("bulk", "counts", "order", "started", "target", "trying", "turn", "windows")

    def __init__(
        self, order: int, target: Target, windows: tuple[Window, ...], *, bulk: bool, counts: bool
    ) -> None:
        self.order = order
        self.target = target
        self.windows = windows
        self.bulk = bulk
        self.counts = counts
        self.started = False
        self.trying: list[Halt] = []
        """The halts that end if this call succeeds."""
        self.turn: asyncio.Future[None]
        """While it is queued: done once it is started, cancelled once nobody waits for it any more."""


class Target:
    """The halt of one chat or method, how much it has had lately, and the calls to it that wait."""

    __slots__ = ("bulk", "calls", "due", "group", "halt", "name", "offered", "replies", "windows")

    def __init__(self, name: str, *, chat: bool, group: bool) -> None:
        self.name = name
        self.halt = Halt()
        self.group = Window(GROUP_LIMIT, GROUP_SECONDS) if group else None
        pace = (Window(1, PACE_SECONDS),) if chat else ()
        self.windows = (*pace, self.group) if self.group else pace
        self.calls = 0
        """How many there are, waiting or under way."""
        self.replies: list[Call] = []
        self.bulk: list[Call] = []
        self.due = inf
        """When it will be looked at again by itself."""
        self.offered = False
        """Whether its next bulk call waits for nothing here, only for its turn in the lane."""

    def queue(self, call: Call) -> None:
        """Let the call wait, where it belongs by its order."""
        insort(self.bulk if call.bulk else self.replies, call, key=attrgetter("order"))

    def unqueue(self, call: Call) -> None:
        """Let the call wait no more, if it does."""
        waiting = self.bulk if call.bulk else self.replies
        if call in waiting:
            waiting.remove(call)

    def forget_waiting(self) -> None:
        """No call waits any more."""
        self.replies.clear()
        self.bulk.clear()
        self.due, self.offered = inf, False

    def reply_at(self, call: Call) -> float:
        """From when on a reply may start, those before it left aside."""
        at = self.halt.opens_at()
        return max(at, self.group.free_at()) if self.group and call.counts else at

    def next_reply(self, now: float) -> Call | None:
        """The first reply of those that wait that may start."""
        if not self.replies or self.halt.opens_at() > now:
            return None
        ready = (call for call in self.replies if not call.turn.cancelled() and self.reply_at(call) <= now)
        return next(ready, None)

    def replies_at(self, now: float) -> float:
        """From when on there will be a next reply. There is none now."""
        at = self.halt.opens_at()
        if at > now or self.group is None:
            return at
        return self.group.free_at()

    def bulk_at(self) -> float:
        """From when on the next bulk call may start, as far as it lies here. Replies go first."""
        while self.bulk and self.bulk[0].turn.cancelled():
            self.bulk.pop(0)
        if self.replies or not self.bulk:
            return inf
        at = self.halt.opens_at()
        for window in self.windows:
            at = max(at, window.free_at())
        return at

    def forgettable(self, now: float) -> bool:
        """Whether a new one would do as well."""
        return (
            not self.calls
            and self.halt.over_at() <= now
            and all(window.empty_at() <= now for window in self.windows)
        )


class Targets:
    """The targets of late, by name; one of which nothing need be known any more is forgotten.

    Every call that ends has two of them looked at in turn. So there are hardly ever more than twice as many as are
    needed, and a call costs the same however many there are.
    """

    def __init__(self) -> None:
        self._known: OrderedDict[str, Target] = OrderedDict()

    def __len__(self) -> int:
        return len(self._known)

    def __iter__(self) -> Iterator[Target]:
        return iter(self._known.values())

    def enter(self, chat: ChatId | None, method: str) -> Target:
        """The target of a call that comes in: its chat, or else its method."""
        chat = None if chat is None else _same(chat)
        name = method if chat is None else f"chat={chat}"
        target = self._known.get(name)
        if target is None:
            target = self._known[name] = Target(name, chat=chat is not None, group=_is_group(chat))
        target.calls += 1
        return target

    def leave(self, target: Target, now: float) -> None:
        """A call has ended."""
        target.calls -= 1
        for _ in range(min(2, len(self._known))):
            name = next(iter(self._known))
            if self._known[name].forgettable(now):
                del self._known[name]
            else:
                self._known.move_to_end(name)


def _same(chat: ChatId) -> ChatId:
    """One chat, one value: ``"-100"`` is ``-100``, and names have no case."""
    if isinstance(chat, int):
        return chat
    try:
        return int(chat)
    except ValueError:
        return chat.strip().casefold()


def _is_group(chat: ChatId | None) -> bool:
    # Only groups and channels can be called by their name.
    return chat < 0 if isinstance(chat, int) else chat is not None and chat.startswith("@")

"""Which call may go, and when: two lanes, the limits of each chat, and the halts that Telegram asked for."""

from __future__ import annotations

from collections import deque
from heapq import heappop, heappush
from itertools import count
from math import inf

from bot.telegram_io.alarm import Alarm
from bot.telegram_io.halts import Halt
from bot.telegram_io.ports import Monotonic, Sleep
from bot.telegram_io.targets import Call, ChatId, Target, Targets
from bot.telegram_io.windows import Spread, Window

TOTAL_RATE = 30
"""Messages a second that Telegram takes of a bot that writes to many: https://core.telegram.org/bots/faq#broadcasting-to-users

To change a message counts where its chat's limits are concerned, and in no other way: https://github.com/tdlib/td/issues/3034.
"""

_CHANGE = "edit"
"""How the names of all methods begin that change a message."""


class Traffic:
    """Starts calls. Each is made by :meth:`enter`, starts by :meth:`goes_at_once` or in its :meth:`queue`, and ends."""

    def __init__(self, bulk_rate: int, sleep: Sleep, monotonic: Monotonic) -> None:
        self._monotonic = monotonic
        self._order = count()
        self._total = Window(max(TOTAL_RATE, bulk_rate), 1.0)
        self._bulk = Window(bulk_rate, 1.0)
        self._spread = Spread(bulk_rate)
        self._bulk_halt = Halt()
        self._offers: deque[Target] = deque()
        """Those whose next bulk call waits only for its turn in the lane."""
        self._looks: list[tuple[float, int, Target]] = []
        """When to look at which again: a heap."""
        self._alarm = Alarm(self._ring, self._break, sleep, monotonic)
        self.targets = Targets()

    def enter(self, method: str, acts_in: ChatId | None, concerns: ChatId | None, *, bulk: bool) -> Call:
        """A call comes in. ``acts_in`` is the chat that it names itself, ``concerns`` the one whose halts it shares."""
        target = self.targets.enter(concerns if acts_in is None else acts_in, method)
        windows: tuple[Window, ...] = ()
        if bulk:
            windows = (*target.windows, self._total, self._bulk)
        elif acts_in is not None:
            windows = target.windows if method.startswith(_CHANGE) else (*target.windows, self._total)
        return Call(next(self._order), target, windows, bulk=bulk, counts=acts_in is not None)

    def leave(self, call: Call) -> None:
        """It will not be made again."""
        self.targets.leave(call.target, self._monotonic())

    def goes_at_once(self, call: Call) -> bool:
        """Start a reply that has nothing to wait for, as most of them have not."""
        target, now = call.target, self._monotonic()
        if call.bulk or target.replies or target.reply_at(call) > now:
            return False
        self._start(call, now)
        return True

    def queue(self, call: Call) -> None:
        """Let the call wait; its ``turn`` will be done once it is started, which may be now."""
        call.target.queue(call)
        self._advance(call.target)

    def withdraw(self, call: Call) -> None:
        """Nobody waits for it any more."""
        if call.started:
            self._take_back(call)
        else:
            call.target.unqueue(call)
        self._advance(call.target)

    def end(self, call: Call, *, succeeded: bool) -> None:
        """It was made."""
        self._end(call, succeeded=succeeded)
        self._advance(call.target)

    def halt(self, call: Call, wait: float) -> bool:
        """It was made, and answered with a pause of ``wait`` seconds; it is to be queued again.

        Whether that is a new one, rather than one more word of a pause that is under way.
        """
        self._end(call, succeeded=False)
        now = self._monotonic()
        halts = (call.target.halt, self._bulk_halt) if call.bulk else (call.target.halt,)
        new = halts[-1].until <= now
        for halt in halts:
            halt.shut(now + wait)
        return new

    def overtaken(self, call: Call) -> bool:
        """Whether what came after it was started forbids it: a pause or, for bulk, a reply. If so it is taken back."""
        now = self._monotonic()
        until = max(call.target.halt.until, self._bulk_halt.until) if call.bulk else call.target.halt.until
        if until <= now and not (call.bulk and self._is_crowded(call, now)):
            return False
        self._take_back(call)
        return True

    def stop(self) -> None:
        """Cancel all that waits."""
        self._alarm.stop()
        self._looks.clear()
        self._offers.clear()
        for target in self.targets:
            waiting = (*target.replies, *target.bulk)
            target.forget_waiting()
            for call in waiting:
                call.turn.cancel()

    def _start(self, call: Call, now: float) -> None:
        call.started = True
        for window in call.windows:
            window.begin()
        halts = (call.target.halt, self._bulk_halt) if call.bulk else (call.target.halt,)
        call.trying = [halt for halt in halts if halt.enter(now)]

    def _take_back(self, call: Call) -> None:
        """It was started, but will not be made now."""
        call.started = False
        for window in call.windows:
            window.take_back()
        for halt in call.trying:
            halt.leave(succeeded=False)

    @staticmethod
    def _is_crowded(call: Call, now: float) -> bool:
        for window in call.windows:
            window.take_back()
        crowded = any(window.free_at() > now for window in call.windows)
        for window in call.windows:
            window.begin()
        return crowded

    def _end(self, call: Call, *, succeeded: bool) -> None:
        call.started = False
        now = self._monotonic()
        for window in call.windows:
            window.end(now)
        for halt in call.trying:
            halt.leave(succeeded=succeeded)

    def _advance(self, target: Target) -> None:
        """Something has changed at this target: let those go that now may."""
        if not (target.replies or target.bulk or self._offers):
            return
        now = self._monotonic()
        self._look(target, now)
        self._let_bulk_go(now)

    def _ring(self) -> None:
        """Time has passed: let those go that now may."""
        now = self._monotonic()
        while self._looks and self._looks[0][0] <= now:
            target = heappop(self._looks)[2]
            target.due = inf
            self._look(target, now)
        self._let_bulk_go(now)

    def _look(self, target: Target, now: float) -> None:
        """Start the replies that may start, and see to it that what still waits is looked at in time."""
        while call := target.next_reply(now):
            target.replies.remove(call)
            self._let_go(call, now)
        at = target.replies_at(now) if target.replies else target.bulk_at()
        if at > now:
            if at < target.due:
                target.due = at
                heappush(self._looks, (at, next(self._order), target))
        elif not target.replies and not target.offered:
            target.offered = True
            self._offers.append(target)

    def _let_bulk_go(self, now: float) -> None:
        while self._offers and self._bulk_at() <= now:
            target = self._offers.popleft()
            target.offered = False
            if target.bulk_at() <= now:
                self._spread.start(now)
                self._let_go(target.bulk.pop(0), now)
            self._look(target, now)
        due = self._looks[0][0] if self._looks else inf
        self._alarm.set(min(due, self._bulk_at()) if self._offers else due)

    def _bulk_at(self) -> float:
        """From when on the bulk lane takes one more, wherever it goes."""
        return max(
            self._bulk_halt.opens_at(), self._bulk.free_at(), self._total.free_at(), self._spread.free_at()
        )

    def _let_go(self, call: Call, now: float) -> None:
        self._start(call, now)
        call.turn.set_result(None)

    def _break(self, error: BaseException) -> None:
        """Nothing will ring any more: those who wait must not wait for ever."""
        for target in self.targets:
            for call in (*target.replies, *target.bulk):
                if not call.turn.done():
                    call.turn.set_exception(error)

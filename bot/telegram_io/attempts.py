"""Letters are handled, and what cannot be handled is buried: nothing is tried for ever, nothing stops the rest."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence

from telegram import Bot, Update

from bot.errors import FirstlabelError
from bot.guide.ports import DeadLetter, Letter, Store
from bot.references import new_reference, report
from bot.telegram_io.failures import Kind
from bot.telegram_io.letters import NOBODY, contents_of, raw_of, shape_of
from bot.telegram_io.points import Reached, ignore
from bot.telegram_io.ports import Clock, Sleep
from bot.telegram_io.pressed import Pressed, pressed
from bot.telegram_io.raw import is_fit_id
from bot.telegram_io.repeats import Again, Latest, without_repeats
from bot.telegram_io.turns import NotShownError
from bot.telegram_io.work import Work

TRIES = 3
"""After so many failures a letter is buried."""

PAUSE_SECONDS = 0.5
"""Before the second try; the one before the third is twice as long."""

_log = logging.getLogger(__name__)


class Attempts:
    """Handles letters by ``process``, which leaves what was raised in the work's ``error``.

    ``apologise`` tells the person of work that was given up, with its reference code.
    """

    def __init__(
        self,
        bot: Bot,
        store: Store,
        *,
        process: Callable[[Work], Awaitable[None]],
        apologise: Callable[[Work, str], Awaitable[None]],
        clock: Clock,
        sleep: Sleep = asyncio.sleep,
        reached: Reached = ignore,
    ) -> None:
        self._bot = bot
        self._store = store
        self._process = process
        self._apologise = apologise
        self._clock = clock
        self._sleep = sleep
        self._reached = reached
        self._latest = Latest()

    async def handle(self, letters: Sequence[Letter], done: Callable[[Letter], None]) -> None:
        """Handle letters as one; ``done`` is told of each that is done with, or buried.

        Raises :class:`bot.errors.StoreError` when the database is at fault: what is not done is then to be handled
        again, as the inbox has it. Raises :class:`bot.errors.TelegramError` if Telegram refuses us for good.
        """
        parts, repeats = list[tuple[Letter, Update | Pressed]](), dict[int, tuple[Again, ...]]()
        for letter, again in without_repeats(letters):
            if parts:
                # To read a tap takes as long as to answer one: others' turns come between.
                await asyncio.sleep(0)
            update = await self._read(letter)
            repeats[letter.id] = again
            if update is None:
                _all_done(letter, again, done)
            else:
                parts.append((letter, update))
        if not parts:
            return
        self._reached("read")
        waiting = {letter: tuple(each.query_id for each in again) for letter, again in repeats.items()}
        late = frozenset(letter.id for letter, _ in parts if self._latest.is_late(letter))
        error = await self._try(Work(parts, waiting, late))
        for letter, update in parts:
            if error is not None:
                # One bad tap must not take others with it.
                await self._insist(letter, update, error if len(parts) == 1 else None)
            self._latest.handled(letter)
            _all_done(letter, repeats[letter.id], done)

    async def bury(self, letter: Letter, reference: str, reason: str) -> None:
        """Put a letter away for good. ``reason`` holds nobody's words."""
        dead = DeadLetter(reference, reason, shape_of(_shown_as(letter)))
        await self._store.bury(letter.id, dead, self._clock())

    async def apologise(self, letter: Letter, reference: str) -> None:
        """Tell the person of a letter that was buried; if that fails it is logged."""
        try:
            update = Update.de_json(dict(raw_of(letter)), self._bot)
        except Exception as error:
            report(_log, "reading an update for an apology", error, update=letter.id)
        else:
            await self._tell(letter, update, reference)

    async def _read(self, letter: Letter) -> Update | Pressed | None:
        try:
            raw = raw_of(letter)
            if len(contents_of(raw)) > 1:
                raise ValueError("more than one thing happened, perhaps to more than one person")
            if tap := pressed(raw, letter.person):
                return tap
            update = Update.de_json(dict(raw), self._bot)
            _check_sender(update, letter)
            return update
        except Exception as error:
            reference = report(_log, "reading an update", error, update=letter.id)
            await self.bury(letter, reference, f"unreadable: {type(error).__name__}")
            return None

    async def _try(self, work: Work) -> Exception | None:
        await self._process(work)
        # What was made to be read is not the letter's fault: the database, or a token that is refused.
        if isinstance(work.error, FirstlabelError):
            raise work.error
        return work.error

    async def _insist(self, letter: Letter, update: Update | Pressed, error: Exception | None) -> None:
        """Try one letter until it is done or to be buried; ``error`` is what its first try ended with."""
        tries = 0 if error is None else 1
        while error is None or not (tries >= TRIES or isinstance(error, NotShownError)):
            if tries:
                await self._sleep(PAUSE_SECONDS * 2 ** (tries - 1))
            found = await self._store.waiting(letter.person, letter.id - 1, 1)
            if not found or found[0].id != letter.id:
                return
            # As the inbox has it: the turn may be stored by now, and is then only to be shown.
            error = await self._try(Work([(found[0], update)]))
            if error is None:
                return
            tries += 1
        await self._give_up(letter, update, error)

    async def _give_up(self, letter: Letter, update: Update | Pressed, error: Exception) -> None:
        ids = {"person": letter.person, "update": letter.id}
        if isinstance(error, NotShownError):
            reference, reason = new_reference(), f"not shown: {error.failure.kind.name}"
            _log.error(
                "a screen was not shown ref=%s person=%d update=%d (%s)",
                reference,
                letter.person,
                letter.id,
                error.failure.detail,
            )
            # Whoever did not get the screen would not get the apology, unless the screen itself is at fault.
            tell = error.failure.kind is Kind.OUR_FAULT
        else:
            reference, reason, tell = report(_log, "a turn", error, **ids), type(error).__name__, True
        # First, so that trouble with the database does not have the apology come again and again.
        await self.bury(letter, reference, reason)
        if tell:
            await self._tell(letter, update, reference)

    async def _tell(self, letter: Letter, update: Update | Pressed, reference: str) -> None:
        try:
            await self._apologise(Work([(letter, update)]), reference)
        except Exception as error:
            report(_log, "an apology", error, person=letter.person, update=letter.id)


def _all_done(letter: Letter, again: Iterable[Again], done: Callable[[Letter], None]) -> None:
    for each in again:
        done(each.letter)
    done(letter)


def _check_sender(update: Update, letter: Letter) -> None:
    """python-telegram-bot takes values as they come; and a turn must be that of the person whose letter it is."""
    user = update.effective_user
    if user is None:
        return
    if not is_fit_id(user.id) or user.id <= NOBODY:
        raise TypeError("a user's id is not a number that fits")
    if letter.person >= NOBODY and user.id != letter.person:
        raise ValueError("it is not from the person whose turn it is")


def _shown_as(letter: Letter) -> object:
    try:
        return raw_of(letter)
    except (ValueError, RecursionError):
        return letter.body

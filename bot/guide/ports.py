"""What the guide and those beside it need of the world, as protocols. Stores implement :class:`Store`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import Protocol

from bot.guide.person import Change, Person
from bot.guide.ports_broadcast import Broadcasts
from bot.guide.ports_statistics import Health, Statistics
from bot.guide.ports_unanswered import Questions
from bot.guide.screen import Screen

NO_ANSWERS: Mapping[int, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Letter:
    """An update as it came, kept in the inbox until its turn is done. Only the edge knows what is in it.

    ``id`` is the sender's number for it, ``person`` whose turn it is (0: nobody's), ``body`` what came, as ASCII
    JSON. ``begun`` is how often :meth:`Inbox.begin` was told of it; ``answer`` what its turn shows, once that
    turn is stored.
    """

    id: int
    person: int
    body: str
    begun: int = 0
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """What could not be handled, for an operator to look at; it holds nobody's words and nobody's id.

    ``shape`` is what the update was built of, without what stood in it; ``reference`` the code in the log.
    """

    reference: str
    reason: str
    shape: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What :meth:`Inbox.put` gave the caller to do.

    ``now`` are the ids of the new letters to be worked on; ``later`` the people of whom more is stored than is new:
    :meth:`Inbox.waiting` tells it, in order. What was put before by a call whose outcome was lost is dealt out here,
    or by the next :meth:`Inbox.claim`.
    """

    now: frozenset[int]
    later: frozenset[int] = frozenset()


class People(Protocol):
    """Remembers people."""

    async def person(self, person_id: int) -> Person:
        """The person with all their marks, in one read; a stranger is an empty :class:`Person`."""

    async def save(
        self,
        person_id: int,
        changes: Sequence[Change],
        now: datetime,
        answers: Mapping[int, str] = NO_ANSWERS,
    ) -> None:
        """Make all changes in one transaction, or none; on return they survive a kill of the process.

        The same changes again leave the same rows. After :class:`~bot.guide.person.Erase` no row of the person is
        left. As far as the database can promise it no byte is left either once the letters of ``answers`` are
        settled: at once, or, if that would be too often for those who wait meanwhile, by the next
        :meth:`Inbox.purge`, or at the next start.

        ``answers`` are what the turns of these letters show, by id, kept in the same transaction: a turn whose
        answer is stored is not decided again, only shown. Raises :class:`bot.errors.LaneLostError`, with nothing
        changed, when one of the letters is no longer this process's to work on, whoever's letter it is. The caller
        then forgets the letters of that person: those that are its own after all are dealt out again at its next
        :meth:`Inbox.claim`.
        """


class Inbox(Protocol):
    """Keeps letters until they are done with, and deals them out: one person's to one process at a time.

    While a process works on a person's letters it holds that person's lane. Where several processes share a
    database, what a dead one held passes to the others at their next :meth:`claim`, which each calls every few
    seconds. Times are aware.
    """

    async def put(self, letters: Sequence[Letter], now: datetime) -> Taken:
        """Keep these letters, in one transaction; on return they survive a kill. Those known by id are ignored."""

    async def claim(self) -> Collection[int]:
        """Take the lanes of people whose letters nobody works on; who they are. A lane already held is not told.

        Raises :class:`bot.errors.StoreError` when another process works on a database that only one may serve.
        """

    async def waiting(self, person: int, after: int | None, most: int) -> Sequence[Letter]:
        """Up to ``most`` letters of a person whose lane is held, by id, of those above the id ``after``."""

    async def begin(self, ids: Collection[int], by: int = 1) -> None:
        """Count that work on these begins: what ends the process again and again at one letter can then be told.

        With ``by`` -1 it was given up in peace, and counts no more.
        """

    async def settle(self, ids: Collection[int], idle: Collection[int]) -> Collection[int]:
        """Let these letters go, they are done; give up the lanes of ``idle`` people.

        Returns those of ``idle`` for whom more is stored: their lanes are still held.
        """

    async def bury(self, letter_id: int | None, dead: DeadLetter, now: datetime) -> None:
        """Move a letter to the dead ones, in one transaction. ``None``: it had no id to keep it by."""

    async def purge(self, *, dead_before: datetime, known_before: datetime) -> None:
        """Forget dead letters older than that, and the ids by which old letters would be recognised.

        Bytes of erased people that could not go at once go now.
        """


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a person whose tip was due: the changes to make of it."""

    person_id: int
    changes: Sequence[Change]


class Outreach(Protocol):
    """Knows whose tip is due. Times are aware.

    A due row is claimed before anything is sent, and let go of together with what came of it; so it is never
    skipped, and one whose claimant dies comes up again when the claim runs out.
    """

    async def due(self, now: datetime, most: int, claimed_until: datetime) -> Sequence[Person]:
        """Claim up to ``most`` people whose tip is due at ``now``, longest due first, and tell them with all marks.

        Nobody who is gone, and nobody whose claim by another has not run out.
        """

    async def next_due(self) -> datetime | None:
        """When the next tip of anybody who is not gone is due, or a claim on one due runs out; ``None``: nobody's."""

    async def count_due(self, first: datetime, last: datetime) -> int:
        """How many people's tips are due from ``first`` (included) to ``last`` (not included)."""

    async def dealt_with(self, outcomes: Sequence[Outcome], now: datetime) -> None:
        """Make all changes in one transaction and give up the claims; whoever was erased meanwhile stays erased."""

    async def let_go(self, people: Collection[int]) -> None:
        """Give up the claims on people to whom nothing was sent: they are due still."""

    async def planned(self, after: int, most: int) -> Sequence[Person]:
        """Up to ``most`` people who have a plan that is on, by id, of those above the id ``after``; without marks."""

    async def replan(self, due: Mapping[int, datetime | None]) -> None:
        """Set when the next tips of these people are due, in one transaction. Nobody is added by it."""

    async def note(self, name: str) -> str | None:
        """What was noted under this name, by whichever process."""

    async def take_note(self, name: str, value: str) -> None:
        """Note something about the database as a whole."""


class Sent(Enum):
    """What became of a message that nobody asked for."""

    DONE = "done"
    GONE = "gone"
    """The person blocked the bot, or is no more."""
    FAILED = "failed"
    """It was surely not sent, and would not be another time."""
    UNKNOWN = "unknown"
    """Nobody knows whether it arrived."""


@dataclass(frozen=True, slots=True)
class Due:
    """What a person gets at the hour of their tip: a screen, or nothing if there is none for them now.

    ``changes`` are to be made once it was sent, or at once if there is nothing to send. They hold one
    :class:`~bot.guide.person.Tipped`, and so say when the next one is due. ``kind`` is for the log and for counting:
    ``tip``, ``reminder``, or why there is nothing: ``late``, ``early``, ``paused``, ``off``, ``empty``.
    """

    kind: str
    screen: Screen | None
    changes: tuple[Change, ...]
    silent: bool = True


class Daily(Protocol):
    """Decides what people get at the hour of their tip. The guide is one."""

    def daily(self, person: Person, now: datetime) -> Due:
        """What this person, whose tip is due, gets at ``now``; nothing is changed or sent by it."""


class Sender(Protocol):
    """Sends screens to people who did not ask for them, in the lane that replies go before."""

    async def send(
        self, person_id: int, screen: Screen, *, silent: bool, repeat: bool, within: float | None = None
    ) -> Sent:
        """Send one; waits until Telegram lets it go, and out outages, as far as it is surely not sent yet.

        With ``repeat``, one whose fate is unknown is sent again: it may then arrive twice, but does arrive.
        After ``within`` seconds nothing goes out any more: what was to be sent then is not, and
        :class:`TimeoutError` is raised. Raises :class:`bot.errors.TelegramError` if Telegram refuses us for good.
        """


class Store(People, Inbox, Outreach, Broadcasts, Questions, Health, Statistics, Protocol):
    """Remembers all that must survive a kill. Whoever implements it passes the contract tests in ``tests/store``.

    Every method raises :class:`bot.errors.StoreError` when the database cannot be used; nothing is then
    half-written.
    """

    def duty(self, name: str) -> AbstractAsyncContextManager[None]:
        """Wait until no other process has this duty, and have it for the length of the block.

        It passes on by itself when the process dies. When the database takes it away the block is cancelled,
        and leaves with :class:`bot.errors.StoreError`.
        """

    async def close(self) -> None:
        """Finish what is under way and let go of the database."""

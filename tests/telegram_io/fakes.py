"""A small guide, a store in memory and a sleeper that never sleeps: the ports of this package, in miniature."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, ClassVar

from bot.content.markup import Rich, bold, link, more, rich
from bot.errors import LaneLostError
from bot.guide.action import Block, Command, Event, GroupMessage, Press, Say, Send, Share
from bot.guide.cards import Card, Inquiry, Offer
from bot.guide.person import Change, Erase, Mark, Marks, Person, Presence, Remember, applied
from bot.guide.ports import NO_ANSWERS, DeadLetter, Letter, Outcome, Taken
from bot.guide.screen import Document, Screen, TapButton, Turn, UrlButton
from bot.guide.taps import COMMON_TAPS, Go, Tap, TapCodec
from bot.telegram_io.ports import RawUpdate
from tests.support.memory_broadcasts import MemoryBroadcasts
from tests.support.memory_questions import MemoryQuestions
from tests.support.memory_statistics import MemoryStatistics

NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Tick(Tap):
    tag: ClassVar[str] = "t"
    item: str
    on: bool


@dataclass(frozen=True, slots=True)
class Count(Tap):
    """Counts, whatever its number: so taps that do the same differ."""

    tag: ClassVar[str] = "c"
    number: int


class Catastrophe(BaseException):
    """What no handler may catch."""


@dataclass(frozen=True, slots=True)
class SmallMenu:
    commands: tuple[tuple[str, str], ...]
    about: str
    short_about: str


class SmallGuide:
    """Greets, ticks, counts, repeats, and breaks when told to."""

    def __init__(self, languages: Sequence[str] = ("en", "es")) -> None:
        self.codec = TapCodec((*COMMON_TAPS, Tick, Count))
        self.languages = tuple(languages)

    def menu(self, language: str | None) -> SmallMenu:
        word = language or "en"
        return SmallMenu(
            (("start", f"begin ({word})"), ("help", f"help ({word})")), f"about ({word})", f"short ({word})"
        )

    def apology(self, person: Person, event: Event, reference: str) -> Turn:
        return Turn(Screen(rich(f"Sorry, that went wrong. Code {reference}")), fresh=True)

    def offer(self, inquiry: Inquiry) -> Offer:
        if inquiry.text.startswith("break"):
            raise KeyError(inquiry.text)
        if inquiry.text == "nothing":
            return Offer(label="Ask me", payload="src_inline")
        url = UrlButton("More", "https://t.me/firstlabel_bot?start=faq_a")
        said = Screen(rich("You typed ", bold(inquiry.text)), ((url,),))
        return Offer((Card("a", f"About {inquiry.text}", inquiry.language or "", said),), personal=True)

    def turn(self, person: Person, event: Event, now: datetime) -> Turn:
        match event.action:
            case Command(name, argument):
                return self._command(person, event, name, argument)
            case Say(text):
                return Turn(Screen(rich("You said: ", text)), area="echo")
            case Press(tap):
                return self._pressed(person, tap)
            case Send() | Share():
                return Turn(Screen(rich("I can't look at that")), area="media")
            case GroupMessage("faq", argument):
                return Turn(Screen(rich("The answer to ", argument)), fresh=True, area="faq")
            case GroupMessage():
                url = UrlButton("Talk to me", "https://t.me/firstlabel_bot?start=src_group")
                return Turn(Screen(rich("Let's talk in private"), ((url,),)), area="group")
            case Block(blocked):
                return Turn(changes=(Presence(gone=blocked),), area="presence")

    def _command(self, person: Person, event: Event, name: str, argument: str) -> Turn:
        match name:
            case "start":
                return Turn(home(person, rich("Hello, ", bold(event.name), "! ", argument)), area="welcome")
            case "break":
                raise KeyError(f"secret words: {argument}")
            case "die":
                raise Catastrophe
            case "empty":
                return Turn(Screen(Rich()), area="empty")
            case "unfit":
                return Turn(Screen(rich("?"), ((TapButton("?", Go("x" * 80)),),)), area="unfit")
            case "file":
                caption = rich("All I know about ", bold("you"))
                return Turn(
                    Screen(rich("There it is")),
                    document=Document("my-data.json", b'{"a": 1}', caption),
                    area="file",
                )
            case "deleteme":
                return Turn(Screen(rich("Gone")), (Erase(),), area="deleteme")
            case _:
                return Turn(Screen(rich("I don't know /", name)), area="unknown")

    def _pressed(self, person: Person, tap: Tap | None) -> Turn:
        match tap:
            case Tick(item, on):
                remember = Remember("tick", item, "1" if on else "0")
                after = applied(person, (remember,), NOW)
                return Turn(home(after, rich("Ticked")), (remember,), notice="Noted", area="tick")
            case Go("count") | Count():
                count = int(person.marks.value("count", "taps") or 0) + 1
                return Turn(
                    Screen(rich(f"{count} taps")), (Remember("count", "taps", str(count)),), area="count"
                )
            case Go("fresh"):
                return Turn(Screen(rich("A new message")), fresh=True, area="fresh")
            case Go("break"):
                raise RuntimeError("secret words")
            case Go("silent"):
                return Turn(notice="Just a word", area="silent")
            case Go("file"):
                document = Document("my-data.json", b"{}", rich("Your file"))
                return Turn(Screen(rich("There it is")), document=document, area="file")
            case _:
                return Turn(home(person, rich("That button is old")), notice="Old button", area="menu")


def home(person: Person, title: Rich) -> Screen:
    """The screen with a button for everything."""
    ticked = person.marks.value("tick", "laptop") == "1"
    text = rich(
        title,
        "\nLaptop: ",
        "yes" if ticked else "no",
        "\n",
        more("One more thing"),
        link("https://a.example/?b=1&c=%22", "a page"),
    )
    return Screen(
        text,
        (
            (
                TapButton("Yes", Tick("laptop", True), "good"),
                TapButton("No", Tick("laptop", False), "danger"),
                TapButton("Again", Go("fresh"), "primary"),
            ),
            (
                TapButton("Count", Go("count")),
                TapButton("Break", Go("break")),
                TapButton("Hush", Go("silent")),
            ),
            (TapButton("File", Go("file")), UrlButton("Page", "https://a.example/?b=1&c=2")),
        ),
    )


class MemoryStore(MemoryStatistics, MemoryBroadcasts, MemoryQuestions):
    """The store's port in memory; :meth:`hold` makes one person's turn wait, the errors break it."""

    def __init__(self) -> None:
        MemoryBroadcasts.__init__(self)
        MemoryQuestions.__init__(self)
        MemoryStatistics.__init__(self)
        self.people: dict[int, Person] = {}
        self.saves: list[tuple[int, tuple[Change, ...]]] = []
        self.letters: dict[int, Letter] = {}
        self.known: dict[int, datetime] = {}
        self.dead: list[tuple[int | None, DeadLetter]] = []
        self.settled: list[int] = []
        self.purges: list[tuple[datetime, datetime]] = []
        self.purge_errors: list[Exception] = []
        self.bury_errors: list[Exception] = []
        self.unfit: set[int] = set()
        self.error: Exception | None = None
        self.save_error: Exception | None = None
        self.put_error: Exception | None = None
        self.settle_error: Exception | None = None
        self.claim_error: Exception | None = None
        self.entered: list[int] = []
        self.claimed = False
        self.claims: dict[int, datetime] = {}
        self.notes: dict[str, str] = {}
        self._lost: set[int] = set()
        self._gates: dict[int, asyncio.Event] = {}

    def hold(self, person_id: int) -> asyncio.Event:
        gate = self._gates[person_id] = asyncio.Event()
        return gate

    async def person(self, person_id: int) -> Person:
        self.entered.append(person_id)
        if person_id in self._gates:
            await self._gates[person_id].wait()
        await asyncio.sleep(0)  # give way, as a database does
        if self.error is not None:
            raise self.error
        return self.people.get(person_id, Person(person_id))

    async def save(
        self,
        person_id: int,
        changes: Sequence[Change],
        now: datetime,
        answers: Mapping[int, str] = NO_ANSWERS,
    ) -> None:
        await asyncio.sleep(0)
        if self.save_error is not None:
            raise self.save_error
        there = [self.letters[letter] for letter in answers if letter in self.letters]
        if len(there) < len(answers):
            self._lost.update({letter.person for letter in there} or {person_id})
            raise LaneLostError(f"not all of the letters {sorted(answers)} are still there")
        for letter, answer in answers.items():
            self.letters[letter] = replace(self.letters[letter], answer=answer)
        after = applied(self.people.get(person_id, Person(person_id)), changes, now)
        if any(isinstance(change, Erase) for change in changes):
            self._forget_draft(person_id)
        if any(isinstance(change, Erase) for change in changes) and after == Person(person_id):
            self.people.pop(person_id, None)
            self.claims.pop(person_id, None)
        else:
            self.people[person_id] = after
        self._note(changes, now)
        self.saves.append((person_id, tuple(changes)))

    async def put(self, letters: Sequence[Letter], now: datetime) -> Taken:
        await asyncio.sleep(0)
        if self.put_error is not None:
            raise self.put_error
        if any(letter.id in self.unfit for letter in letters):
            raise OverflowError("as a database raises for a number that does not fit")
        new = {letter.id: letter for letter in letters if letter.id not in self.known}
        later = {letter.person for letter in letters if letter.id in self.letters}
        self.known.update(dict.fromkeys(new, now))
        self.letters.update(new)
        return Taken(frozenset(new), frozenset(later))

    async def claim(self) -> Collection[int]:
        if self.claim_error is not None:
            raise self.claim_error
        first, self.claimed = not self.claimed, True
        if first:
            self.claims.clear()
        lost, self._lost = self._lost, set()
        people = dict.fromkeys(self.letters[number].person for number in sorted(self.letters))
        return people if first else [person for person in people if person in lost]

    async def waiting(self, person: int, after: int | None, most: int) -> Sequence[Letter]:
        await asyncio.sleep(0)
        found = (self.letters[number] for number in sorted(self.letters))
        return [each for each in found if each.person == person and (after is None or each.id > after)][:most]

    async def begin(self, ids: Collection[int], by: int = 1) -> None:
        for number in ids:
            self.letters[number] = replace(self.letters[number], begun=self.letters[number].begun + by)

    async def settle(self, ids: Collection[int], idle: Collection[int]) -> Collection[int]:
        await asyncio.sleep(0)
        if self.settle_error is not None:
            raise self.settle_error
        for number in ids:
            self.letters.pop(number, None)
        self.settled.extend(ids)
        return ()

    async def bury(self, letter_id: int | None, dead: DeadLetter, now: datetime) -> None:
        await asyncio.sleep(0)
        if self.bury_errors:
            raise self.bury_errors.pop()
        if letter_id is not None:
            self.letters.pop(letter_id, None)
        self.dead.append((letter_id, dead))

    async def purge(self, *, dead_before: datetime, known_before: datetime) -> None:
        if self.purge_errors:
            raise self.purge_errors.pop()
        self.purges.append((dead_before, known_before))
        old = {number for number, at in self.known.items() if at < known_before}
        for number in old - self.letters.keys():
            del self.known[number]

    async def due(self, now: datetime, most: int, claimed_until: datetime) -> Sequence[Person]:
        await asyncio.sleep(0)
        if self.error is not None:
            raise self.error
        open_ = [
            person
            for person in self._with_tips()
            if person.next_tip_at <= now and not self.claims.get(person.id, now) > now
        ]
        found = sorted(open_, key=lambda person: (person.next_tip_at, person.id))[:most]
        self.claims.update(dict.fromkeys((person.id for person in found), claimed_until))
        return found

    async def next_due(self) -> datetime | None:
        await asyncio.sleep(0)
        if self.error is not None:
            raise self.error
        moments = (
            max(each.next_tip_at, self.claims.get(each.id, each.next_tip_at)) for each in self._with_tips()
        )
        return min(moments, default=None)

    def _with_tips(self) -> list[Any]:
        return [each for each in self.people.values() if each.next_tip_at is not None and not each.gone]

    async def count_due(self, first: datetime, last: datetime) -> int:
        return sum(first <= person.next_tip_at < last for person in self._with_tips())

    async def dealt_with(self, outcomes: Sequence[Outcome], now: datetime) -> None:
        await asyncio.sleep(0)
        if self.save_error is not None:
            raise self.save_error
        for outcome in outcomes:
            self.claims.pop(outcome.person_id, None)
            if outcome.person_id in self.people:
                known = self.people[outcome.person_id]
                self.people[outcome.person_id] = applied(known, outcome.changes, now)

    async def let_go(self, people: Collection[int]) -> None:
        for person in people:
            self.claims.pop(person, None)

    async def planned(self, after: int, most: int) -> Sequence[Person]:
        found = (self.people[number] for number in sorted(self.people) if number > after)
        return [replace(each, marks=Marks()) for each in found if each.plan is not None and each.plan.on][
            :most
        ]

    async def replan(self, due: Mapping[int, datetime | None]) -> None:
        for person, at in due.items():
            if person in self.people:
                self.people[person] = replace(self.people[person], next_tip_at=at)

    async def note(self, name: str) -> str | None:
        return self.notes.get(name)

    async def take_note(self, name: str, value: str) -> None:
        self.notes[name] = value

    @asynccontextmanager
    async def duty(self, name: str) -> AsyncIterator[None]:
        yield

    async def close(self) -> None:
        """Another process may serve; this one's letters stay, as in a database."""
        self.claimed = False

    def mark(self, person_id: int, kind: str, item: str) -> Mark | None:
        return self.people.get(person_id, Person(person_id)).marks.get(kind, item)


class Basket:
    """A taker that keeps all in memory; :meth:`hold` makes it wait, ``errors`` are raised one after the other."""

    def __init__(self) -> None:
        self.calls: list[list[RawUpdate]] = []
        self.buried: list[str] = []
        self.errors: list[BaseException] = []
        self.entered = asyncio.Event()
        self._gate = asyncio.Event()
        self._gate.set()

    @property
    def taken(self) -> list[RawUpdate]:
        return [update for call in self.calls for update in call]

    def hold(self) -> asyncio.Event:
        self._gate = asyncio.Event()
        return self._gate

    async def take(self, updates: Sequence[RawUpdate]) -> None:
        await self._tried()
        self.calls.append(list(updates))

    async def bury(self, reason: str) -> None:
        await self._tried()
        self.buried.append(reason)

    async def _tried(self) -> None:
        self.entered.set()
        await self._gate.wait()
        if self.errors:
            raise self.errors.pop(0)


@dataclass
class Sleeper:
    """Notes every wait and lets its own time jump over it."""

    waits: list[float] = field(default_factory=list)
    time: float = 1_000.0

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.time += seconds
        await asyncio.sleep(0)

    def monotonic(self) -> float:
        return self.time

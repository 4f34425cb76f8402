"""People who walk the real content as people do: from the screens they see, one act after the other, again if need be."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.content.kinds.faq import FaqFile
from bot.guide.areas.checklist import ChecklistWords, Have
from bot.guide.areas.progress import ProgressWords
from bot.guide.areas.steps import SetStep, StepsWords, Tick
from bot.guide.areas.welcome_words import WelcomeWords
from bot.guide.journey import DONE, SKIPPED
from bot.guide.taps import Continue, Go, Open
from bot.playground.standin import World
from tests.faults.reading import Button, Key, Reader, Sight
from tests.faults.waiting import PATIENCE

RETRY_SECONDS = 8.0
"""How long a person waits before they try again."""

MOST_TRIES = 15


@dataclass(frozen=True)
class Act:
    """Something to do: to say ``words``, which a message that holds ``answer`` answers, or else to tap a button.

    ``shown`` tells the screen by which the person knows that it worked; ``touches`` is what it may change.
    """

    words: str
    shown: Callable[[Sight], bool]
    data: str | None = None
    touches: frozenset[Key] = frozenset()
    answer: str = ""


@dataclass
class Walker:
    """One person.

    ``done`` is what screens have shown as done, or as not done; ``lost`` what a later screen took back.
    ``said`` holds all that was said, in order; ``tapped`` the queries of all taps.
    """

    world: World
    reader: Reader
    seed: int
    retry_seconds: float = RETRY_SECONDS
    done: dict[Key, bool] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    said: list[Act] = field(default_factory=list)
    tapped: list[str] = field(default_factory=list)
    acts: int = 0
    retries: int = 0

    def __post_init__(self) -> None:
        self.id = self.world.add_person(f"Walker {self.seed}").id
        self._random = random.Random(self.seed)
        self._events = self.world.subscribe()
        self._sight: Sight | None = None

    @property
    def sight(self) -> Sight:
        assert self._sight is not None, "nothing was seen yet"
        return self._sight

    async def begin(self) -> None:
        """/start, and past the questions to the first step."""
        words = self.reader.pack.words(WelcomeWords)
        await self.do(self._say("/start", "", lambda sight: words.begin in _labels(sight)))
        await self.do(self._tap(words.begin, lambda sight: words.skip_all in _labels(sight)))
        await self.do(self._tap(words.skip_all, lambda sight: sight.place.startswith("step:")))

    async def walk(self, stop: asyncio.Event, most: int | None = None) -> None:
        """Go on until told to stop, or for so many acts."""
        await self.begin()
        while not stop.is_set() and (most is None or self.acts < most):
            await self.do(self._random.choice([*self._ways(), *self._words()]))

    async def look_again(self) -> None:
        """Open everything once more: what was shown as done must be."""
        for step in self.reader.steps:
            await self.do(self._say_steps())
            entry = next(each for each in self.sight.buttons if each.tap == Open("steps", step.id))
            await self.do(_open(entry, f"step:{step.id}"))
        await self.do(self._say_checklist())
        await self.do(self._say_progress())

    async def do(self, act: Act) -> None:
        """Do it, and wait until its screen is there; after a while without, do it again."""
        tapped_on = self._sight.message_id if self._sight else 0
        for _ in range(MOST_TRIES):
            self._once(act, tapped_on)
            try:
                async with asyncio.timeout(self.retry_seconds):
                    await self._see(act, tapped_on)
            except TimeoutError:
                self.retries += 1
            else:
                self.acts += 1
                return
        raise AssertionError(f"person {self.id} is stuck: {act.words!r} {act.data or ''}")

    def _once(self, act: Act, tapped_on: int) -> None:
        if act.data is None:
            self.world.say(self.id, act.words)
            self.said.append(act)
        else:
            self.tapped.append(self.world.tap(self.id, tapped_on, act.data))

    async def _see(self, act: Act, tapped_on: int) -> None:
        least = tapped_on + (act.data is None)
        while True:
            event = await self._events.get()
            assert event["type"] != "lost", "the walker fell behind"
            if event["type"] not in ("message", "edited") or event["chat_id"] != self.id:
                continue
            message = event["message"]
            if not message["from"]["is_bot"] or message["message_id"] < least:
                continue
            sight = self.reader.read(message)
            if act.shown(sight):
                self._sight = sight
                self._judge(sight, act)
                return

    def _judge(self, sight: Sight, act: Act) -> None:
        for key, done in sight.done.items():
            was = self.done.get(key, done)
            if was != done and key not in act.touches:
                self.lost.append(f"person {self.id}: {key} was shown as {was} before {act.words!r}")
            self.done[key] = done

    # What can be done here

    def _ways(self) -> Iterator[Act]:
        for button in self.sight.buttons:
            if act := self._way(button):
                yield act

    def _way(self, button: Button) -> Act | None:
        match button.tap:
            case Tick(step, task, ticked):
                key = ("task", f"{step}/{task}")
                return _set(button, key, ticked, ("step", step))
            case Have(item, has, card=False):
                return _set(button, ("have", item), has)
            case SetStep(step, state) if state == DONE:
                return _set(button, ("step", step), True)
            case SetStep(step, "") if self.sight.done[("step", step)]:
                return _set(button, ("step", step), False)
            case SetStep(step, state) if state == SKIPPED:
                place, touches = self.sight.place, frozenset({("step", step)})
                return Act(button.label, lambda sight: sight.place != place, button.data, touches)
            case Open("steps", step) if self.sight.place != f"step:{step}":
                return _open(button, f"step:{step}")
            case Go("steps" | "checklist" as area) if self.sight.place != area:
                return _open(button, area)
            case Continue() if not self.sight.place:
                text = self.sight.text
                return Act(button.label, lambda sight: sight.text != text, button.data)
        return None

    def _words(self) -> Iterator[Act]:
        last = self.said[-1].words
        for act in (self._say_steps(), self._say_checklist(), self._say_progress(), self._ask()):
            if act.words != last:
                yield act

    def _say_steps(self) -> Act:
        title = self.reader.pack.words(StepsWords).title
        return self._say("/steps", title, lambda sight: sight.place == "steps")

    def _say_checklist(self) -> Act:
        title = self.reader.pack.words(ChecklistWords).title
        return self._say("/checklist", title, lambda sight: sight.place == "checklist")

    def _say_progress(self) -> Act:
        title = self.reader.pack.words(ProgressWords).title
        return self._say("/progress", title, lambda sight: sight.place == "progress")

    def _ask(self) -> Act:
        question = self._random.choice(list(self.reader.pack[FaqFile].faq)).question
        return self._say(question, question, lambda sight: question in sight.text)

    def _say(self, words: str, answer: str, shown: Callable[[Sight], bool]) -> Act:
        return Act(words, lambda sight: answer in sight.text and shown(sight), answer=answer)

    def _tap(self, label: str, shown: Callable[[Sight], bool]) -> Act:
        button = next(each for each in self.sight.buttons if each.label == label)
        return Act(label, shown, button.data)


def _labels(sight: Sight) -> list[str]:
    return [button.label for button in sight.buttons]


def _open(button: Button, place: str) -> Act:
    return Act(button.label, lambda sight: sight.place == place, button.data)


def _set(button: Button, key: Key, target: bool, *more: Key) -> Act:
    return Act(
        button.label, lambda sight: sight.done.get(key) is target, button.data, frozenset({key, *more})
    )


class Hasty(Walker):
    """Says a lot and does not wait."""

    def rush(self, sentences: int) -> list[int]:
        """The ids of the updates."""
        updates: list[int] = []
        for _ in range(sentences):
            # Never the same twice in a row, so that each has an answer of its own.
            asked = [each.question for each in self.reader.pack[FaqFile].faq]
            words = asked[len(self.said) % len(asked)]
            updates.append(self.world.say(self.id, words))
            self.said.append(Act(words, lambda sight: True, answer=words))
        return updates


@asynccontextmanager
async def walking(walkers: Iterable[Walker]) -> AsyncIterator[None]:
    """They walk while the block lasts, and finish what they are at. Raises what goes wrong for one of them."""
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for walker in walkers:
            group.create_task(walker.walk(stop))
        yield
        stop.set()


async def advance(world: World, walkers: Sequence[Walker]) -> float:
    """Wait until each has seen something new; the seconds until the first did."""
    before = [walker.acts for walker in walkers]

    def moved() -> list[bool]:
        return [walker.acts > acts for walker, acts in zip(walkers, before, strict=True)]

    began = time.monotonic()
    await world.wait_until(lambda: any(moved()), PATIENCE)
    first = time.monotonic() - began
    await world.wait_until(lambda: all(moved()), PATIENCE)
    return first

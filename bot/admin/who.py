"""The operators' command ``/who``: how far one person is, without anything that they wrote."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from bot.content.kinds.equipment import EquipmentFile
from bot.content.kinds.platforms import PlatformsFile
from bot.content.kinds.steps import StepsFile
from bot.content.library import Library, Pack
from bot.content.markup import Rich, lines, paragraphs
from bot.guide.action import Event
from bot.guide.areas.checklist import HAVE
from bot.guide.areas.tally import TRACK
from bot.guide.journey import DONE, STEP
from bot.guide.operator_words import WhoWords
from bot.guide.person import Person
from bot.guide.ports import People
from bot.guide.screen import Screen, Turn

_ID = re.compile(r"[1-9][0-9]{0,15}")


class WhoCommand:
    """Answers ``/who``. ``library`` gives the one in use."""

    name = "who"

    def __init__(self, library: Callable[[], Library], store: People) -> None:
        self._library = library
        self._store = store

    def described(self, language: str | None) -> str:
        return self._library().pack(language).words(WhoWords).command

    async def answer(self, event: Event, argument: str, now: datetime) -> Turn:
        pack = self._library().pack(event.language)
        words = pack.words(WhoWords)
        if not _ID.fullmatch(argument):
            return Turn(Screen(words.usage))
        person = await self._store.person(int(argument))
        if person == Person(person.id):
            return Turn(Screen(words.unknown))
        return Turn(Screen(paragraphs(*_card(pack, words, person))))


def _card(pack: Pack, words: WhoWords, person: Person) -> Iterable[Rich]:
    yield words.title.fill(id=str(person.id))
    yield lines(
        words.came.fill(began=_date(words, person.started_at), seen=_date(words, person.seen_at)),
        words.language.fill(language=person.language) if person.language else "",
        words.source.fill(source=person.source) if person.source else "",
        words.gone if person.gone else "",
    )
    yield lines(*_progress(pack, words, person))
    yield _tips(words, person)


def _progress(pack: Pack, words: WhoWords, person: Person) -> Iterable[Rich]:
    marks = person.marks
    if pack.has(StepsFile):
        steps = tuple(pack[StepsFile].steps)
        states = [marks.value(STEP, *step.ids) for step in steps]
        yield words.steps.fill(done=states.count(DONE), total=len(steps))
        if None in states:
            number = states.index(None)
            yield words.at_step.fill(number=number + 1, title=steps[number].title)
    if pack.has(EquipmentFile):
        items = tuple(pack[EquipmentFile].equipment)
        count = sum(marks.get(HAVE, *item.ids) is not None for item in items)
        yield words.have.fill(count=count, total=len(items))
    if pack.has(PlatformsFile):
        tracked = (marks.get(TRACK, *each.ids) for each in pack[PlatformsFile].platforms)
        yield words.platforms.fill(count=sum(mark is not None for mark in tracked))


def _tips(words: WhoWords, person: Person) -> Rich:
    if person.plan is None:
        return words.no_tips
    if not person.plan.on:
        return words.tips_off
    at = person.next_tip_at
    return words.tips_on.fill(next=f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if at else words.never)


def _date(words: WhoWords, at: datetime | None) -> str:
    return at.date().isoformat() if at else words.never

"""People in the states in which screens differ: new, known, half-way, done, and with a very long name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.content.kinds.equipment import EquipmentFile
from bot.content.kinds.platforms import PlatformsFile
from bot.content.kinds.steps import StepsFile
from bot.content.kinds.tips import TipsFile
from bot.content.kinds.welcome import WelcomeFile
from bot.content.library import Library
from bot.guide.areas.checklist import HAVE
from bot.guide.areas.tally import TRACK
from bot.guide.areas.tip_card import SAVED
from bot.guide.areas.welcome_questions import ANSWER
from bot.guide.journey import DONE, STEP, TASK
from bot.guide.person import Change, Person, Plan, Remember, Schedule, Seen, Start, applied

ID = 1001
LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff-Ramaswamy Venkatanarasimha de la Santísima Trinidad 🧑‍🌾"


@dataclass(frozen=True, slots=True)
class Persona:
    """``title`` says which state it is; ``person`` is in it."""

    title: str
    name: str
    person: Person


def personas(library: Library, now: datetime) -> tuple[Persona, ...]:
    """In the order in which they are looked at: what an earlier one has seen is not shown again."""
    new = Person(ID)
    began = now - timedelta(days=30)
    known = applied(new, (Start(), Seen(None)), began)
    half, done = (applied(known, tuple(_deeds(library, share, now)), began) for share in (0.5, 1.0))
    return (
        Persona("new", "Ana", new),
        Persona("began, nothing yet", "Ana", known),
        Persona("half-way", "Ana", half),
        Persona("done", "Ana", done),
        Persona("long name", LONG_NAME, new),
    )


def _deeds(library: Library, share: float, now: datetime) -> Iterator[Change]:
    """What somebody did who has come so far; as the content has it, whatever it is about."""
    pack = library.pack(None)
    if pack.has(StepsFile):
        steps = pack[StepsFile].steps
        for step in steps[: round(len(steps) * share)]:
            yield Remember(STEP, step.id, DONE)
            for task in step.tasks:
                yield Remember(TASK, f"{step.id}/{task.id}", DONE)
    if pack.has(EquipmentFile):
        items = pack[EquipmentFile].equipment
        yield from (Remember(HAVE, item.id, "yes") for item in items[: round(len(items) * share)])
    if pack.has(PlatformsFile):
        file = pack[PlatformsFile]
        stage = file.stages[round((len(file.stages) - 1) * share)]
        yield from (Remember(TRACK, each.id, stage.id) for each in file.platforms[: round(6 * share)])
    if pack.has(WelcomeFile):
        for question in pack[WelcomeFile].questions:
            yield Remember(ANSWER, question.id, question.options[0].id)
    if pack.has(TipsFile):
        tips = pack[TipsFile].tips
        yield from (Remember(SAVED, tip.id, "yes") for tip in tips[: round(8 * share)])
        yield Schedule(Plan("Europe/Lisbon", 9 * 60), now + timedelta(hours=3))


NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
"""A Monday: what is drawn does not depend on when it is drawn."""

"""Every screen that buttons lead to: within Telegram's limits, with a way on, short before the fold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache

import pytest

from bot.content.kinds.equipment import EquipmentFile
from bot.content.kinds.faq import FaqFile
from bot.content.kinds.forecast import ForecastFile
from bot.content.kinds.platforms import PlatformsFile
from bot.content.kinds.steps import StepsFile
from bot.guide.action import Command, Event, Press
from bot.guide.areas.common import CommonWords
from bot.guide.areas.faq import HELPFUL
from bot.guide.areas.tally import TRACK
from bot.guide.commands import COMMANDS
from bot.guide.forecast import CHOICE, HOURS, KIND, LEVEL
from bot.guide.guide import Guide
from bot.guide.journey import DONE, SKIPPED, STEP, mark_step, mark_task
from bot.guide.person import Change, Person, Remember, applied
from bot.guide.screen import Screen, TapButton, Turn
from bot.guide.taps import encode
from bot.guide.worklog import WORK, Work
from bot.places import Atlas
from tests.support.chat import NOON, before_the_fold, buttons_of, picture, unfit, units
from tests.support.packs import PACKS, pack_library

READABLE = 750
"""Characters that a beginner is asked to read at once, before an expandable part: about 700, says the house style."""

History = Callable[[Guide], list[Change]]


def newcomer(guide: Guide) -> list[Change]:
    return []


def busy(guide: Guide) -> list[Change]:
    """Somebody who did, ticked, tracked and rated everything there is."""
    pack = guide.library.pack(None)
    changes: list[Change] = [change for step in pack[StepsFile].steps for change in mark_step(step, DONE)]
    for step in pack[StepsFile].steps:
        for task in step.tasks:
            changes.extend(mark_task(step, task, done=True))
    changes.extend(Remember("have", item.id, "yes") for item in pack[EquipmentFile].equipment)
    longest = max(pack[PlatformsFile].stages, key=lambda stage: len(stage.title))
    changes.extend(Remember(TRACK, each.id, longest.id) for each in pack[PlatformsFile].platforms)
    rate = pack[ForecastFile].rates[0]
    changes.extend(
        Remember(CHOICE, item, value)
        for item, value in ((HOURS, "10"), (KIND, rate.task_type), (LEVEL, rate.level))
    )
    for number, each in enumerate(pack[PlatformsFile].platforms[:10]):
        money, currency = Decimal(number), pack[ForecastFile].currency
        work = Work(NOON.date(), 60, 30, money, Decimal(0), currency, each.id)
        changes.append(Remember(WORK, f"e{number}", work.to_value()))
    return changes


def sceptic(guide: Guide) -> list[Change]:
    """Somebody who skipped all steps and found no answer helpful."""
    pack = guide.library.pack(None)
    skipped = (Remember(STEP, step.id, SKIPPED) for step in pack[StepsFile].steps)
    return [*skipped, *(Remember(HELPFUL, question.id, "no") for question in pack[FaqFile].faq)]


HISTORIES: dict[str, History] = {"newcomer": newcomer, "busy": busy, "sceptic": sceptic}
VISITS = [(pack, history) for pack in PACKS for history in HISTORIES]


@cache
def visited(
    pack: str, history: str, language: str = "en", untapped: tuple[str, ...] = ()
) -> tuple[tuple[str, Turn], ...]:
    """Every turn that buttons lead to, breadth first from all commands; each button's data is sent once."""
    guide = Guide(pack_library(pack), "the_bot", places=Atlas())
    visitor = applied(Person(1), HISTORIES[history](guide), NOON)
    waiting = [(f"/{command.name}", visitor) for command in COMMANDS]
    known, turns = {*untapped, *(start for start, _ in waiting)}, []
    while waiting:
        done, waiting = waiting, []
        for way, person in done:
            turn, after = take(guide, person, way, language)
            turns.append((way, turn))
            for data in onward(turn.screen):
                if data not in known:
                    known.add(data)
                    waiting.append((data, after))
    return tuple(turns)


def take(guide: Guide, person: Person, way: str, language: str) -> tuple[Turn, Person]:
    """One command or tap, and the person after it."""
    action = Command(way[1:]) if way.startswith("/") else Press(guide.codec.decode(way))
    turn = guide.turn(person, Event(person.id, action, "Ana", language), NOON)
    return turn, applied(person, turn.changes, NOON)


def onward(screen: Screen | None) -> Iterator[str]:
    for button in buttons_of(screen) if screen else ():
        if isinstance(button, TapButton):
            yield encode(button.tap)


def screens(pack: str, history: str) -> Iterator[tuple[str, Screen]]:
    for way, turn in visited(pack, history):
        assert turn.screen is not None, f"{way} shows nothing"
        yield way, turn.screen


@pytest.mark.parametrize(("pack", "history"), VISITS)
def test_every_screen_fits_telegram(pack: str, history: str) -> None:
    guide = Guide(pack_library(pack), "the_bot")
    faulty = [(way, problems) for way, screen in screens(pack, history) if (problems := unfit(screen, guide))]
    assert not faulty


@pytest.mark.parametrize(("pack", "history"), VISITS)
def test_no_screen_is_a_dead_end(pack: str, history: str) -> None:
    for way, screen in screens(pack, history):
        elsewhere = [data for data in onward(screen) if data != way]
        assert elsewhere, f"{way} leads nowhere:\n{picture(screen)}"


@pytest.mark.parametrize(("pack", "history"), VISITS)
def test_every_button_leads_where_something_is(pack: str, history: str) -> None:
    words = pack_library(pack).pack(None).words(CommonWords)
    lost = [
        way for way, turn in visited(pack, history) if turn.notice in (words.gone_entry, words.old_button)
    ]
    assert not lost


@pytest.mark.parametrize(("pack", "history"), VISITS)
def test_from_every_screen_the_menu_or_the_next_step_is_two_taps_away(pack: str, history: str) -> None:
    """Nobody has to know a command to get out."""
    shown = dict(screens(pack, history))
    hubs = {"g:menu", "n"}
    for way, screen in shown.items():
        near = set(onward(screen))
        further = {data for step in near if step in shown for data in onward(shown[step])}
        assert hubs & (near | further), f"no way out of {way}:\n{picture(screen)}"


@pytest.mark.parametrize("pack", list(PACKS))
def test_every_entry_is_reached_by_buttons_alone(pack: str) -> None:
    opened = {tuple(way.split(":")[1:3]) for way, _ in visited(pack, "newcomer") if way.startswith("o:")}
    library = pack_library(pack).pack(None)
    for collection in ("steps", "faq", "equipment", "platforms", "task_types", "glossary"):
        shelf = next(
            getattr(kind, collection) for kind in library.kinds.values() if hasattr(kind, collection)
        )
        assert {entry.id for entry in shelf} <= {id_ for name, id_ in opened if name == collection}


@pytest.mark.parametrize("history", list(HISTORIES))
def test_what_is_read_at_once_is_short(history: str) -> None:
    long = {
        way: length
        for way, screen in screens("firstlabel", history)
        if (length := units(before_the_fold(screen.text.nodes).strip())) > READABLE
    }
    assert not long


@pytest.mark.parametrize("history", list(HISTORIES))
def test_the_two_packs_share_no_word_of_their_subjects(history: str) -> None:
    """What is said to bakers comes from their files alone."""
    for way, screen in screens("bread", history):
        said = " ".join((screen.text.plain, *(button.label for button in buttons_of(screen)))).casefold()
        for word in ("annotat", "label", "platform", "task", "payout", "assessment", "firstlabel"):
            assert word not in re.sub(r"/\w+|my-data", "", said), f"{way} says {word!r}:\n{picture(screen)}"

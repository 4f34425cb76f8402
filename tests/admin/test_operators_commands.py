"""What operators ask about their bot, in the chat, over real HTTP; for anybody else it does not exist."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from PIL import Image

from bot.admin.figures import FiguresCommand, overview_of, told
from bot.admin.report import Counted, StepFigures, reported
from bot.charts import draw_overview
from bot.content.kinds.equipment import EquipmentFile
from bot.content.kinds.steps import StepsFile
from bot.content.library import Library
from bot.content.markup import Rich, paragraphs
from bot.errors import StoreError
from bot.guide.action import Command, Event
from bot.guide.areas.checklist import HAVE
from bot.guide.areas.menu import MenuWords
from bot.guide.journey import DONE, STEP
from bot.guide.operator_words import HealthWords, StatisticsWords, WhoWords
from bot.guide.person import Plan, Presence, Remember, Schedule, Seen, Start
from bot.guide.ports_statistics import Figures
from tests.admin.office import Office
from tests.telegram_io.chatting import Visitor, called
from tests.telegram_io.fakes import NOW

NAMES = ("stats", "health", "who")


def first_step(office: Office) -> str:
    return next(iter(office.library.pack(None)[StepsFile].steps)).id


def plain(text: Rich) -> str:
    return text.plain


async def test_stats_are_a_text_and_a_picture(open_office: Office) -> None:
    words = open_office.library.pack(None).words(StatisticsWords)
    step = first_step(open_office)
    for number in range(6):
        visitor = open_office.learner(Remember(STEP, step, DONE), name=f"P{number}")
        open_office.knows(visitor, Start("forum"))
    await open_office.admin.says("/stats")
    await open_office.world.wait_until(lambda: len(open_office.admin.from_bot()) == 2)
    picture, text = open_office.admin.from_bot()
    assert picture["caption"] == words.picture
    assert words.steps_title.plain in text["text"]
    title = open_office.library.pack(None)[StepsFile].steps.get(step)
    assert title is not None
    assert f"1. {title.title}: 6, 6" in text["text"]
    assert not called(open_office.world, "sendDocument")


async def test_few_people_are_told_as_few(open_office: Office) -> None:
    words = open_office.library.pack(None).words(StatisticsWords)
    open_office.learner()
    await open_office.admin.says("/stats")
    text = await _text(open_office)
    told = words.people.fill(started="<5", new_day="<5", new_week="<5", new_month="<5")
    assert told.plain in text
    assert words.few.fill(few="<5").plain in text


async def test_without_anybody_the_figures_are_nought(open_office: Office) -> None:
    words = open_office.library.pack(None).words(StatisticsWords)
    await open_office.admin.says("/stats")
    nobody = words.people.fill(started=0, new_day=0, new_week=0, new_month=0)
    assert nobody.plain in await _text(open_office)


async def test_the_picture_is_one(office: Office) -> None:
    office.learner(Remember(STEP, first_step(office), DONE))
    command = FiguresCommand(lambda: office.library, office.store, draw_overview)
    turn = await command.answer(Event(office.admin.id, Command("stats"), "Olga", "en"), "", office.now)
    assert turn.document is not None
    assert turn.document.photo
    with Image.open(io.BytesIO(turn.document.content)) as picture:
        assert picture.format == "PNG"
        width, height = picture.size
    # Telegram shows a picture of these proportions whole (https://core.telegram.org/bots/api#sendphoto).
    assert width == 1080
    assert width + height <= 10_000
    assert height <= 20 * width


async def test_health_says_that_all_is_well_and_what_waits(open_office: Office) -> None:
    words = open_office.library.pack(None).words(HealthWords)
    await open_office.admin.says("/help")
    text = (await open_office.admin.says("/health"))["text"]
    assert words.well.plain in text
    assert words.version.fill(version="1.2.3", content=open_office.library.version).plain in text


async def test_health_does_not_count_its_own_question_among_what_waits(open_office: Office) -> None:
    words = open_office.library.pack(None).words(HealthWords)
    text = (await open_office.admin.says("/health"))["text"]
    assert words.waits.fill(letters=0, tips=0, broadcast=0).plain in text
    assert words.oldest.fill(seconds=0).plain not in text


async def test_health_says_what_is_wrong(open_office: Office) -> None:
    words = open_office.library.pack(None).words(HealthWords)
    open_office.store.check_error = StoreError("bot.db: the disk is full")
    text = (await open_office.admin.says("/health"))["text"]
    assert words.store.plain in text
    assert "bot.db: the disk is full" in text


async def test_who_tells_how_far_somebody_is_and_nothing_that_they_wrote(open_office: Office) -> None:
    pack = open_office.library.pack(None)
    words, item = pack.words(WhoWords), next(iter(pack[EquipmentFile].equipment))
    plan = Plan("Asia/Manila", 420)
    ann = open_office.learner(
        Start("forum"),
        Remember(STEP, first_step(open_office), DONE),
        Remember(HAVE, item.id, "yes"),
        Remember("figure", "pay", "1234567"),
        Schedule(plan, open_office.now + timedelta(hours=1)),
        Presence(gone=True),
    )
    text = (await open_office.admin.says(f"/who {ann.id}"))["text"]
    steps = tuple(pack[StepsFile].steps)
    for line in (
        words.title.fill(id=str(ann.id)),
        words.steps.fill(done=1, total=len(steps)),
        words.at_step.fill(number=2, title=steps[1].title),
        words.have.fill(count=1, total=len(pack[EquipmentFile].equipment)),
        words.tips_on.fill(next="2025-06-01 13:00 UTC"),
        words.gone,
    ):
        assert plain(line) in text
    assert "1234567" not in text
    assert "Ann" not in text


@pytest.mark.parametrize("argument", ["", " me", " 0", " -5", " 99999999999999999999", " 1 2"])
async def test_who_without_a_number_explains_itself(open_office: Office, argument: str) -> None:
    words = open_office.library.pack(None).words(WhoWords)
    assert (await open_office.admin.says(f"/who{argument}"))["text"] == words.usage.plain


async def test_nobody_is_made_up(open_office: Office) -> None:
    words = open_office.library.pack(None).words(WhoWords)
    assert (await open_office.admin.says("/who 123456789"))["text"] == words.unknown.plain
    assert 123456789 not in open_office.store.people


@pytest.mark.parametrize("name", NAMES)
async def test_for_anybody_else_the_command_does_not_exist(open_office: Office, name: str) -> None:
    words = open_office.library.pack(None).words(MenuWords)
    ann = Visitor(open_office.world, "Ann")
    assert words.unknown_command.plain in (await ann.says(f"/{name} 5"))["text"]


async def test_operators_have_the_commands_in_their_menu_and_nobody_else(open_office: Office) -> None:
    world, ann = open_office.world, Visitor(open_office.world, "Ann")
    await open_office.admin.says("/help")
    await world.wait_until(
        lambda: set(NAMES) < {each["command"] for each in world.menu(open_office.admin.id)}
    )
    assert not set(NAMES) & {each["command"] for each in world.menu(ann.id)}


async def test_a_step_that_many_did_tells_how_long_it_took(open_office: Office) -> None:
    step = first_step(open_office)
    for number in range(5):
        visitor = open_office.learner(name=f"P{number}")
        open_office.store.people.pop(visitor.id)
        open_office.knows(visitor, Start(), Seen("en"), ago=timedelta(days=10))
        open_office.knows(visitor, Remember(STEP, step, DONE), ago=timedelta(days=7))
    words = open_office.library.pack(None).words(StatisticsWords)
    found = open_office.library.pack(None)[StepsFile].steps.get(step)
    assert found is not None
    await open_office.admin.says("/stats")
    line = words.step_in_days.fill(number=1, title=found.title, reached=5, done=5, days=3)
    assert line.plain in await _text(open_office)


async def test_very_much_content_fits_into_a_message_and_a_picture(library: Library) -> None:
    words, long = library.pack(None).words(StatisticsWords), "W" * 48
    report = reported(library, None, Figures(), {}, NOW)
    step = StepFigures("x", long, 10**6, 10**6, 10**6, 365)
    counted = [Counted("x", long, 10**6)] * 40
    report = replace(report, steps=[step] * 99, checklist=counted, platforms=counted, sources=counted)
    text = paragraphs(*told(words, report)).plain
    assert len(text) <= 4096
    assert words.rest.plain in text
    with Image.open(io.BytesIO(await draw_overview(overview_of(words, report)))) as picture:
        assert sum(picture.size) <= 10_000


async def _text(office: Office) -> str:
    """What the answer in two messages says."""
    await office.world.wait_until(lambda: any("text" in each for each in office.admin.from_bot()))
    return str(office.admin.from_bot()[-1]["text"])

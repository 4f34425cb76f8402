"""A person with nothing but a browser: the real bot in the playground, from Start to the end of the steps."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot.charts.drawing import WIDTH
from bot.content.kinds.equipment import EquipmentFile
from bot.content.kinds.faq import FaqFile
from bot.content.kinds.steps import StepsFile
from bot.content.library import Library
from bot.guide.areas.checklist import ChecklistWords
from bot.guide.areas.steps import StepsWords
from bot.guide.areas.tip_card import TipCardWords
from bot.guide.areas.tip_zone import TipZoneWords
from bot.guide.areas.tips import TipsWords
from bot.guide.areas.welcome_words import WelcomeWords
from bot.guide.areas.worked_words import WorkedWords
from bot.playground.run import Playground, playground
from tests.guide.test_spanish import ENGLISH, named
from tests.support.bot_process import ROOT
from tests.support.browser import Chat, OpenPage, browser, open_page
from tests.support.wire import assert_calls_parse_as_aiogram

__all__ = ["browser", "open_page"]
pytestmark = pytest.mark.asyncio(loop_scope="session")

BOT = (sys.executable, "-m", "bot", "run")


@pytest_asyncio.fixture(loop_scope="session")
async def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Playground]:
    """The playground as ``make run`` starts it, with its data in a folder of the test's own."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'playground.db'}")
    monkeypatch.chdir(ROOT)
    async with playground("127.0.0.1:0", data=tmp_path, command=BOT, log=lambda line: None) as running:
        await running.bot.start()
        yield running


async def walk_to_step_one(chat: Chat, content: Library) -> None:
    words = content.pack("en").words(WelcomeWords)
    await chat.starts()
    await chat.taps(words.begin)
    await chat.taps(words.skip_all)
    await chat.sees(content.pack("en")[StepsFile].steps[0].title)


async def test_a_person_walks_all_steps_ticks_the_list_asks_reloads_and_is_still_there(
    here: Playground, open_page: OpenPage, content: Library
) -> None:
    pack = content.pack("en")
    steps, words = pack[StepsFile].steps, pack.words(StepsWords)
    page = await open_page(here.address.url, screen="phone")
    chat = await Chat.open(page, next(iter(here.world.people)))
    await walk_to_step_one(chat, content)
    for number, step in enumerate(steps, 1):
        for task in step.tasks:
            await chat.taps(task.text)
        await chat.sees_toast(words.notice_all_ticked.fill(number=number, title=step.title))
        await chat.sees(step.done.plain)
        following = steps[number].title if number < len(steps) else pack[StepsFile].finish.title
        await chat.taps(following)
        await chat.sees(following)

    await chat.says("/checklist")
    checklist = pack.words(ChecklistWords)
    await chat.sees(checklist.title)
    for item in pack[EquipmentFile].equipment:
        if item.required:
            await chat.taps(checklist.have_not.fill(title=item.title))
    await chat.sees(checklist.ready.plain)

    question = pack[FaqFile].faq.get("phone-only")
    assert question is not None
    await chat.says(question.question)
    await chat.sees(question.answer.plain.split("\n")[0])

    await page.reload()
    await expect(chat.last).to_contain_text(question.answer.plain.split("\n")[0])
    await chat.says("/next")
    await chat.sees(pack[StepsFile].finish.title)
    assert_calls_parse_as_aiogram(here.world.calls)


async def test_who_chooses_spanish_walks_to_the_end_and_reads_no_english_word(
    here: Playground, open_page: OpenPage, content: Library
) -> None:
    pack = content.pack("es")
    steps, words, welcome = pack[StepsFile].steps, pack.words(StepsWords), pack.words(WelcomeWords)
    page = await open_page(here.address.url, screen="phone")
    chat = await Chat.open(page, next(iter(here.world.people)))

    async def reads_no_english() -> None:
        keys = await chat.pane.locator(".keyboard .key").all_inner_texts()
        text = "\n".join([await chat.last.inner_text(), *keys])
        assert not ENGLISH.findall(named().sub(" ", text)), text

    await chat.starts()
    await chat.taps("Español")
    await chat.taps("○ Español")
    await reads_no_english()
    await chat.says("/start")
    await chat.sees("Hola")
    await reads_no_english()
    await chat.taps(welcome.begin)
    await reads_no_english()
    await chat.taps(welcome.skip_all)
    for number, step in enumerate(steps, 1):
        await chat.sees(step.title)
        await reads_no_english()
        for task in step.tasks:
            await chat.taps(task.text)
        await chat.sees_toast(words.notice_all_ticked.fill(number=number, title=step.title))
        await chat.sees(step.done.plain)
        await reads_no_english()
        await chat.taps(steps[number].title if number < len(steps) else pack[StepsFile].finish.title)
    await chat.sees(pack[StepsFile].finish.title)
    await reads_no_english()


async def test_after_a_restart_of_the_bot_the_old_buttons_still_work(
    here: Playground, open_page: OpenPage, content: Library
) -> None:
    step = content.pack("en")[StepsFile].steps[0]
    page = await open_page(here.address.url, screen="desktop")
    chat = await Chat.open(page, next(iter(here.world.people)))
    await walk_to_step_one(chat, content)
    await chat.taps(step.tasks[0].text)
    await here.bot.restart()
    await chat.taps(step.tasks[1].text)
    ticked = content.pack("en").words(StepsWords).ticked
    for task in step.tasks[:2]:
        await expect(chat.button(ticked.fill(task=task.text))).to_be_visible()


async def test_two_people_side_by_side_have_their_own_progress(
    here: Playground, open_page: OpenPage, content: Library
) -> None:
    pack = content.pack("en")
    step, ticked = pack[StepsFile].steps[0], pack.words(StepsWords).ticked
    ben = here.world.add_person("Ben <b>&_*")
    page = await open_page(here.address.url, screen="desktop")
    for person in (next(iter(here.world.people)), ben.id):
        await walk_to_step_one(await Chat.open(page, person), content)
    await (await Chat.open(page, ben.id)).taps(step.tasks[0].text)
    other = await Chat.open(page, next(iter(here.world.people)))
    await other.says("/next")
    await other.sees(step.title)
    await expect(other.button(ticked.fill(task=step.tasks[0].text))).to_have_count(0)


async def test_a_person_sets_up_tips_by_city_jumps_to_the_next_saves_it_and_stops(
    here: Playground, open_page: OpenPage, content: Library
) -> None:
    pack = content.pack("en")
    tips, zone, card = pack.words(TipsWords), pack.words(TipZoneWords), pack.words(TipCardWords)
    page = await open_page(here.address.url, screen="desktop")
    chat = await Chat.open(page, next(iter(here.world.people)))
    await chat.starts()
    await chat.says("/tips")
    await chat.taps(tips.begin)
    await chat.says("7:30")
    await chat.sees(zone.ask.plain[:20])
    await chat.says("manilla")
    await chat.sees("Manila")
    await chat.taps(zone.yes)
    await chat.sees("07:30")
    before = await chat.messages.count()
    clock = page.get_by_role("region", name="Clock")
    shown = await clock.locator("time").inner_text()
    await clock.get_by_role("button", name="Jump ahead: Next tip").click()
    await expect(chat.messages).to_have_count(before + 1)
    await expect(clock.locator("time")).not_to_have_text(shown)
    await chat.sees(card.heading.plain)
    await chat.taps(card.save)
    await expect(chat.button(card.saved)).to_be_visible()
    await chat.taps(card.settings)
    await chat.taps(tips.stop)
    await chat.sees(tips.off.plain)
    count = await chat.messages.count()
    await clock.get_by_role("button", name="Jump ahead: 1 week").click()
    await chat.says("/tips")
    await chat.sees(tips.off.plain)
    assert await chat.messages.count() == count + 2, "no tip came in that week"
    assert_calls_parse_as_aiogram(here.world.calls)


async def test_a_chart_of_ones_pay_is_a_picture_with_its_words_below(
    here: Playground, open_page: OpenPage, content: Library
) -> None:
    words = content.pack("en").words(WorkedWords)
    page = await open_page(here.address.url, screen="phone")
    chat = await Chat.open(page, next(iter(here.world.people)))
    await walk_to_step_one(chat, content)
    await chat.says("2h paid 30m unpaid 14.50 USD")
    await chat.sees(words.noted.plain)
    await chat.taps(words.title)
    await chat.taps(words.chart.fill(currency="USD"))
    await chat.sees(words.title)
    picture = page.get_by_role("img", name="Picture")
    await expect(picture).to_be_visible()
    await expect(picture).to_have_js_property("complete", True)
    assert await picture.evaluate("image => image.naturalWidth") == WIDTH
    caption = words.chart_bar.fill(number=1, name=words.no_platform, amount="US$5.80").plain
    await expect(page.get_by_text(caption)).to_be_visible()

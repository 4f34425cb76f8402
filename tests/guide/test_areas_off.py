"""An area that an author switched off is gone everywhere, and every old button of it is answered."""

from __future__ import annotations

from typing import Any

import pytest

from bot.content.kinds.faq import FaqFile
from bot.content.kinds.steps import StepsFile
from bot.content.kinds.welcome import WelcomeFile
from bot.guide.areas import AREAS as EVERY_AREA
from bot.guide.areas.checklist import HAVE
from bot.guide.areas.common import CommonWords
from bot.guide.areas.menu import MenuWords
from bot.guide.areas.settings import SettingsWords
from bot.guide.areas.welcome_words import WelcomeWords
from bot.guide.person import Remember
from bot.guide.screen import TapButton
from bot.guide.taps import Go, Open, encode
from tests.guide.steps_walk import open_step
from tests.support.chat import Chats, Chatter, buttons_of
from tests.support.packs import Author

AREAS = ["steps", "checklist", "platforms", "match", "faq", "jobs", "pay", "worked", "glossary", "progress"]
COMMANDS = {"steps": ["steps", "next"]}


@pytest.mark.parametrize("area", AREAS)
def test_an_area_switched_off_takes_its_command_its_links_and_its_menu_entry_along(
    ana: Chatter, author: Author, area: str
) -> None:
    author.switches_off(area)
    ana.chats.restart_with(author.publishes())
    unknown = ana.chats.words(MenuWords).unknown_command
    gone = COMMANDS.get(area, [area])
    assert not set(gone) & {name for name, _ in ana.chats.guide.menu("en").commands}
    for command in gone:
        ana.says(f"/{command}")
        ana.sees(unknown)
    seen = {encode(button.tap) for button in _all_buttons(ana)}
    assert f"g:{area}" not in seen
    for collection in _collections(area):
        assert not [data for data in seen if data.startswith(f"o:{collection}:")]


def test_nobody_may_switch_off_that_people_see_and_delete_their_data(ana: Chatter, author: Author) -> None:
    author.switches_off("settings")
    ana.chats.restart_with(author.publishes())
    words = ana.chats.words(SettingsWords)
    ana.says("/mydata")
    assert ana.file.name == "my-data.json"
    ana.says("/deleteme")
    ana.taps(words.delete_yes)
    ana.sees(words.deleted)


@pytest.mark.parametrize("area", AREAS)
def test_old_buttons_of_an_area_switched_off_are_answered_kindly(
    ana: Chatter, author: Author, area: str
) -> None:
    handlers = ana.chats.guide._handlers
    old = [button for button in _all_buttons(ana) if _belongs(button, area, handlers)]
    assert old
    author.switches_off(area)
    ana.chats.restart_with(author.publishes())
    for button in old:
        ana.presses(encode(button.tap))
        ana.is_told(ana.chats.words(CommonWords).gone_entry)
        ana.sees(ana.chats.words(MenuWords).title)
    assert ana.deeds == []


def _collections(area: str) -> set[str]:
    return {collection for each in EVERY_AREA if each.name == area for collection in each.opens}


def _belongs(button: TapButton, area: str, handlers: Any) -> bool:
    tap = button.tap
    if isinstance(tap, Go):
        return tap.area == area
    if isinstance(tap, Open):
        return tap.collection in _collections(area)
    own: str = handlers[type(tap)][0].name
    return own == area or (area == "steps" and own == "figure")


def _all_buttons(ana: Chatter) -> list[TapButton]:
    """Every button of the first screens and of all that they open."""
    found: dict[str, TapButton] = {}
    visitor = Chats(ana.chats.guide.library).meet("Vera")
    for name, _ in ana.chats.guide.menu(None).commands:
        visitor.says(f"/{name}")
        found.update(_taps_of(visitor))
    for data in list(found):
        visitor.presses(data)
        found.update(_taps_of(visitor))
    return list(found.values())


def _taps_of(visitor: Chatter) -> dict[str, TapButton]:
    buttons = (button for button in buttons_of(visitor.screen) if isinstance(button, TapButton))
    return {encode(button.tap): button for button in buttons}


@pytest.mark.parametrize("kind", ["steps", "faq", "glossary"])
def test_a_pack_may_lack_the_whole_file_of_an_area_that_is_off(
    ana: Chatter, author: Author, kind: str
) -> None:
    author.switches_off(kind)
    author.removes_file(kind)
    ana.chats.restart_with(author.publishes())
    for data in ("fa:x", "fn:x:1", "ff:x", "n", "b", "g:steps", "g:faq", "g:glossary"):
        ana.presses(data)
        assert ana.labels
    ana.says("/start")
    ana.taps(ana.chats.words(WelcomeWords).begin)
    for question in ana.chats.pack[WelcomeFile].questions:
        ana.taps(question.options[0].label)
    assert ana.labels
    for command in (
        "/start",
        "/menu",
        "/progress",
        "/checklist",
        "/platforms",
        "/jobs",
        "/settings",
        "hi you",
    ):
        ana.says(command)
        assert ana.labels


def test_without_steps_the_welcome_leads_to_the_menu(ana: Chatter, author: Author) -> None:
    author.switches_off("steps")
    ana.chats.restart_with(author.publishes())
    words = ana.chats.words(WelcomeWords)
    ana.says("/start")
    ana.taps(words.begin)
    ana.taps(words.skip_all)
    ana.sees(ana.chats.words(MenuWords).title)
    assert ana.notice is None
    ana.remembers(Remember(HAVE, "x", "yes"))
    ana.says("/start")
    ana.sees(words.back.fill(name="Ana"))
    assert ana.labels == [ana.chats.words(CommonWords).menu]


def test_without_questions_and_glossary_a_text_gets_a_kind_line(ana: Chatter, author: Author) -> None:
    author.switches_off("faq")
    author.switches_off("glossary")
    author.edits("welcome", lambda data: data.pop("questions"))
    author.edits("equipment", lambda data: data.pop("paths"))
    author.asks_everybody()
    ana.chats.restart_with(author.publishes())
    ana.says("how do I begin")
    ana.sees(ana.chats.words(MenuWords).nothing_heard)
    ana.says("/start")
    ana.taps(ana.chats.words(WelcomeWords).begin)
    ana.sees(ana.chats.pack[StepsFile].steps[0].why)


def test_without_platforms_a_step_does_not_count_them(ana: Chatter, author: Author) -> None:
    author.switches_off("platforms")
    ana.chats.restart_with(author.publishes())
    for at, step in enumerate(ana.chats.pack[StepsFile].steps):
        open_step(ana, at)
        if step.tally:
            ana.sees_not(step.tally.none_yet)


def test_without_steps_an_old_way_back_to_one_is_not_offered(ana: Chatter, author: Author) -> None:
    step, question = ana.chats.pack[StepsFile].steps[0], ana.chats.pack[FaqFile].faq[0]
    old = f"o:faq:{question.id}:{step.id}"
    ana.presses(old)
    ana.sees_button(ana.chats.words(CommonWords).back_to_step)
    author.switches_off("steps")
    ana.chats.restart_with(author.publishes())
    ana.presses(old)
    ana.sees(question.answer)
    ana.sees_no_button(ana.chats.words(CommonWords).back_to_step)

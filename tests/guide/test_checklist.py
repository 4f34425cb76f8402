"""The equipment checklist."""

from __future__ import annotations

import pytest

from bot.content.kinds.equipment import EquipmentFile, Item
from bot.content.kinds.task_types import TaskTypesFile
from bot.content.kinds.welcome import WelcomeFile
from bot.guide.areas.checklist import HAVE, ChecklistWords
from bot.guide.areas.common import CommonWords
from bot.guide.areas.welcome_questions import ANSWER
from bot.guide.person import Remember
from tests.guide.steps_walk import bar_of
from tests.support.chat import Chats, Chatter
from tests.support.packs import pack_library


@pytest.fixture
def words(chats: Chats) -> ChecklistWords:
    return chats.words(ChecklistWords)


@pytest.fixture
def items(chats: Chats) -> tuple[Item, ...]:
    return tuple(chats.pack[EquipmentFile].equipment)


@pytest.fixture
def needed(items: tuple[Item, ...]) -> tuple[Item, ...]:
    return tuple(item for item in items if item.required)


def test_the_list_shows_everything_and_what_is_missing(
    ana: Chatter, words: ChecklistWords, items: tuple[Item, ...], needed: tuple[Item, ...]
) -> None:
    ana.says("/checklist")
    for item in items:
        ana.sees_button(words.have_not.fill(title=item.title))
    total = len(needed)
    ana.sees(
        words.required_line.fill(done=0, total=total, bar=bar_of(ana.chats, 0, total)),
        words.not_ready.fill(missing=", ".join(item.title for item in needed)),
    )


def test_an_item_is_ticked_and_unticked_in_the_list(
    ana: Chatter, words: ChecklistWords, needed: tuple[Item, ...]
) -> None:
    first, total = needed[0], len(needed)
    ana.says("/checklist")
    ana.taps(words.have_not.fill(title=first.title))
    ana.is_told(words.notice_have.fill(title=first.title))
    ana.sees(words.required_line.fill(done=1, total=total, bar=bar_of(ana.chats, 1, total)))
    ana.taps(words.have.fill(title=first.title))
    ana.is_told(words.notice_have_not.fill(title=first.title))
    assert ana.deeds == []


def test_an_optional_item_is_counted_apart(
    ana: Chatter, words: ChecklistWords, items: tuple[Item, ...], needed: tuple[Item, ...]
) -> None:
    optional = [item for item in items if not item.required]
    ana.says("/checklist")
    ana.taps(words.have_not.fill(title=optional[0].title))
    ana.sees(words.optional_line.fill(done=1, total=len(optional)))
    ana.sees(words.not_ready.fill(missing=", ".join(item.title for item in needed)))


def test_with_the_last_needed_item_the_person_is_ready(
    ana: Chatter, words: ChecklistWords, needed: tuple[Item, ...]
) -> None:
    ana.says("/checklist")
    for item in needed:
        ana.sees_not(words.ready)
        ana.taps(words.have_not.fill(title=item.title))
    ana.is_told(words.notice_ready)
    ana.sees(words.ready)
    ana.taps(words.have.fill(title=needed[0].title))
    ana.sees_not(words.ready)
    ana.sees(words.not_ready.fill(missing=needed[0].title))


def test_the_same_tick_twice_or_late_changes_nothing_more(
    ana: Chatter, words: ChecklistWords, needed: tuple[Item, ...]
) -> None:
    ana.says("/checklist")
    old = ana.screen
    ana.taps(words.have_not.fill(title=needed[0].title))
    once = ana.person.marks
    ana.chats.later(days=1)
    ana.taps_old(old, words.have_not.fill(title=needed[0].title))
    assert ana.person.marks == once


def test_a_card_says_why_how_to_check_what_instead_and_for_which_work(
    ana: Chatter, words: ChecklistWords, items: tuple[Item, ...]
) -> None:
    kinds = ana.chats.pack[TaskTypesFile].task_types
    for item in items:
        ana.says(f"/start equipment_{item.id}")
        ana.sees(item.title, item.why, item.check, item.without)
        ana.sees(words.required if item.required else words.optional)
        wanted = [kind.title for kind in kinds if item.id in kind.equipment]
        if wanted:
            ana.sees(words.needed_for.fill(kinds=", ".join(wanted)))


def test_an_item_is_ticked_on_its_card(ana: Chatter, words: ChecklistWords, items: tuple[Item, ...]) -> None:
    ana.says("/checklist")
    ana.taps(words.about)
    ana.taps(words.i_have_it)
    assert ana.value(HAVE, items[0].id) is not None
    ana.sees(items[0].why)
    ana.taps(words.i_have_it_not)
    ana.taps(words.title)
    ana.sees_button(words.have_not.fill(title=items[0].title))


def first_if(ana: Chatter) -> tuple[str, str, str]:
    """A path's title, and the question and option that put it first."""
    path = ana.chats.pack[EquipmentFile].paths[0]
    assert path.shown_first_if is not None
    return path.title, path.shown_first_if.question, path.shown_first_if.option


def test_the_way_without_comes_first_for_who_said_so(ana: Chatter) -> None:
    title, question, option = first_if(ana)
    ana.remembers(Remember(ANSWER, question, option))
    ana.says("/checklist")
    assert ana.labels[0] == title


def test_whom_the_way_without_is_for_hears_of_it_and_not_of_what_is_missing(
    ana: Chatter, words: ChecklistWords, needed: tuple[Item, ...]
) -> None:
    title, question, option = first_if(ana)
    needs = ana.chats.pack[EquipmentFile].paths[0].needs
    said = words.list_for_way if needs else words.other_way
    ana.remembers(Remember(ANSWER, question, option))
    ana.says("/checklist")
    ana.sees(said.fill(way=title))
    ana.sees_not(words.not_ready.fill(missing=", ".join(item.title for item in needed)))
    for item in needed:
        if not needs or item.id in needs:
            ana.taps(words.have_not.fill(title=item.title))
    ana.sees(words.ready)
    ana.sees_not(said.fill(way=title))


def test_the_way_without_comes_last_for_all_others(ana: Chatter) -> None:
    title, question, option = first_if(ana)
    asked = ana.chats.pack[WelcomeFile].questions.get(question)
    assert asked is not None
    other = next(each.id for each in asked.options if each.id != option)
    ana.remembers(Remember(ANSWER, question, other))
    ana.says("/checklist")
    assert ana.labels[-2] == title


def test_the_way_without_explains_itself_and_leads_back(ana: Chatter, words: ChecklistWords) -> None:
    path = ana.chats.pack[EquipmentFile].paths[0]
    ana.says("/checklist")
    ana.taps(path.title)
    ana.sees(path.text, path.more or "")
    ana.taps(ana.chats.words(CommonWords).all_back.fill(title=words.title))
    ana.sees(words.intro)


@pytest.mark.parametrize("language", ["en", "es"])
def test_who_has_only_a_phone_is_told_only_what_that_takes(language: str) -> None:
    eva = Chats(pack_library("firstlabel")).meet(language=language)
    pack = eva.chats.guide.library.pack(language)
    words, file = pack.words(ChecklistWords), pack[EquipmentFile]
    eva.remembers(Remember(ANSWER, "device", "phone"), Remember(HAVE, "mouse", "yes"))
    eva.says("/checklist")
    useless = [item for item in file.equipment if item.id not in file.paths[0].needs and item.id != "mouse"]
    assert {"computer", "second-monitor"} == {item.id for item in useless}
    eva.sees_not(*(item.title for item in useless))
    assert not [label for label in eva.labels if any(item.title in label for item in useless)]
    needed = [each for id_ in file.paths[0].needs if (each := file.equipment.get(id_)) and each.required]
    eva.sees(words.list_for_way.fill(way=file.paths[0].title))
    # What was ticked before can still be taken back.
    eva.taps(next(each.title for each in file.equipment if each.id == "mouse"))
    for item in needed:
        eva.sees_not(words.ready)
        eva.taps(words.have_not.fill(title=item.title))
    eva.sees(words.ready)


@pytest.mark.parametrize("language", ["en", "es"])
def test_nobody_is_ready_without_a_way_to_be_paid(language: str) -> None:
    eva = Chats(pack_library("firstlabel")).meet(language=language)
    pack = eva.chats.guide.library.pack(language)
    words, file = pack.words(ChecklistWords), pack[EquipmentFile]
    account = file.equipment.get("payout-account")
    assert account
    eva.remembers(*(Remember(HAVE, item.id, "yes") for item in file.equipment if item != account))
    eva.says("/checklist")
    eva.sees(words.not_ready.fill(missing=account.title))
    eva.taps(account.title)
    eva.sees(words.ready)

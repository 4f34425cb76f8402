"""Finding a platform, its card, and how far one has come there."""

from __future__ import annotations

import pytest

from bot.content.kinds.equipment import EquipmentFile
from bot.content.kinds.platforms import Platform, PlatformsFile
from bot.content.kinds.steps import StepsFile
from bot.content.kinds.task_types import TaskTypesFile
from bot.content.kinds.welcome import WelcomeFile
from bot.content.library import Library
from bot.guide.areas.common import CommonWords
from bot.guide.areas.platform_card import PlatformCardWords
from bot.guide.areas.platforms_words import PlatformsWords
from bot.guide.areas.progress import LISTED, ProgressWords
from bot.guide.areas.tally import TRACK
from bot.guide.areas.welcome_questions import ANSWER
from bot.guide.locales import date_text
from bot.guide.person import Remember
from bot.guide.screen import TapButton, UrlButton
from bot.guide.taps import Open
from tests.support.chat import Chats, Chatter, buttons_of
from tests.support.packs import pack_library


@pytest.fixture
def words(chats: Chats) -> PlatformsWords:
    return chats.words(PlatformsWords)


@pytest.fixture
def platforms(chats: Chats) -> tuple[Platform, ...]:
    return tuple(chats.pack[PlatformsFile].platforms)


@pytest.fixture
def good(platforms: tuple[Platform, ...]) -> Platform:
    return next(each for each in platforms if each.recommended)


def listed(ana: Chatter) -> dict[str, str]:
    """Ids and labels of all entries of the list shown, over all its pages."""
    found: dict[str, str] = {}
    following = ana.chats.words(CommonWords).next_page
    while True:
        for button in buttons_of(ana.screen):
            if isinstance(button, TapButton) and isinstance(button.tap, Open):
                assert button.tap.id not in found, "an entry stands on two pages"
                found[button.tap.id] = button.label
        if following not in ana.labels:
            return found
        ana.taps(following)


def test_all_are_listed_each_once_and_the_closed_ones_last(
    ana: Chatter, words: PlatformsWords, platforms: tuple[Platform, ...]
) -> None:
    ana.says("/platforms")
    ana.taps(words.all_list)
    found = listed(ana)
    assert set(found) == {each.id for each in platforms}
    closed = {each.id for each in platforms if each.status == "closed"}
    assert closed
    assert set(list(found)[-len(closed) :]) == closed


def test_pages_lead_forth_and_back(ana: Chatter, words: PlatformsWords) -> None:
    common = ana.chats.words(CommonWords)
    ana.says("/platforms")
    ana.taps(words.all_list)
    first = ana.screen
    if common.next_page not in ana.labels:
        return
    ana.taps(common.next_page)
    assert ana.labels != [button.label for button in buttons_of(first)]
    ana.taps(common.previous_page)
    assert ana.screen == first


@pytest.mark.parametrize("page", [-5, 0, 99, 10**14])
def test_a_page_that_is_no_more_shows_one_that_is(ana: Chatter, words: PlatformsWords, page: int) -> None:
    ana.presses(f"pb:all:{page}")
    ana.sees(words.all_intro)
    assert ana.notice is None
    assert any(
        isinstance(button, TapButton) and isinstance(button.tap, Open) for button in buttons_of(ana.screen)
    )


def test_beginners_are_shown_only_what_is_open_and_sure(
    ana: Chatter, words: PlatformsWords, platforms: tuple[Platform, ...]
) -> None:
    ana.says("/platforms")
    ana.taps(words.beginner_list)
    found = listed(ana)
    expected = {
        each.id for each in platforms if each.recommended and each.paid and each.beginners == "friendly"
    }
    assert set(found) == expected
    assert any(not each.recommended and each.beginners == "friendly" for each in platforms)


def test_a_closed_or_doubtful_one_reads_so_wherever_it_is_listed(
    ana: Chatter, words: PlatformsWords, platforms: tuple[Platform, ...]
) -> None:
    ana.says("/platforms")
    ana.taps(words.all_list)
    found = listed(ana)
    for each in platforms:
        icons = words.icons
        sure = icons.good if each.paid else icons.unpaid
        icon = icons.closed if each.status == "closed" else sure if each.recommended else icons.doubtful
        assert found[each.id] == icon.fill(name=each.name)


def test_by_kind_of_work_only_open_ones_that_offer_it_are_listed_sure_ones_first(
    ana: Chatter, words: PlatformsWords, platforms: tuple[Platform, ...]
) -> None:
    for kind in ana.chats.pack[TaskTypesFile].task_types:
        ana.says("/platforms")
        ana.taps(words.kind_list.fill(title=kind.title))
        found = listed(ana)
        offering = {
            each.id: each for each in platforms if kind.id in each.task_types and each.status != "closed"
        }
        assert set(found) == set(offering)
        sure = [offering[id_].recommended for id_ in found]
        assert sure == sorted(sure, reverse=True)


def test_the_kind_of_work_that_attracts_a_person_comes_first(ana: Chatter, words: PlatformsWords) -> None:
    questions = ana.chats.pack[WelcomeFile].questions
    question, option = next((q, o) for q in questions for o in q.options if o.task_types)
    kind = ana.chats.pack[TaskTypesFile].task_types.get(option.task_types[0])
    assert kind is not None
    ana.remembers(Remember(ANSWER, question.id, option.id))
    ana.says("/platforms")
    titles = [each.title for each in ana.chats.pack[TaskTypesFile].task_types]
    kinds = [label for label in ana.labels if any(title in label for title in titles)]
    assert kinds[0] == words.kind_list_chosen.fill(title=kind.title)


def test_nothing_closed_or_doubtful_is_recommended_by_a_step_a_path_or_a_kind_of_work(chats: Chats) -> None:
    pack = chats.pack
    links = [
        *(step.links for step in pack[StepsFile].steps),
        pack[StepsFile].finish.links,
        *(kind.links for kind in pack[TaskTypesFile].task_types),
        *(path.links for path in pack[EquipmentFile].paths),
    ]
    for id_ in (id_ for each in links for id_ in each.platforms):
        platform = pack[PlatformsFile].platforms.get(id_)
        assert platform is not None
        assert platform.recommended, f"{id_} is recommended"


def test_a_card_tells_everything(
    ana: Chatter, words: PlatformsWords, platforms: tuple[Platform, ...]
) -> None:
    card = ana.chats.words(PlatformCardWords)
    for each in platforms:
        ana.says(f"/start platform_{each.id}")
        ana.sees(each.name, each.summary, each.entry, each.pay, each.payout, each.regions, *each.cautions)
        ana.sees(*each.also_known_as, each.status_note or "", each.device or "", each.checked_note or "")
        ana.sees(getattr(card.status, each.status), getattr(card.confidence, each.confidence))
        ana.sees(card.checked.fill(date=date_text("en", each.checked)))
        for kind in ana.chats.pack[TaskTypesFile].task_types:
            if kind.id in each.task_types:
                ana.sees(kind.title)


def test_an_open_one_has_its_official_page_as_a_button_and_a_closed_one_has_not(
    ana: Chatter, words: PlatformsWords, platforms: tuple[Platform, ...]
) -> None:
    for each in platforms:
        ana.says(f"/start platform_{each.id}")
        urls = [button.url for button in buttons_of(ana.screen) if isinstance(button, UrlButton)]
        official = [] if each.status == "closed" or each.domain is None else [f"https://{each.domain}"]
        assert urls == official
        if each.domain and official:
            ana.sees_button(words.site.fill(domain=each.domain))


def test_facts_that_got_old_say_so(ana: Chatter, good: Platform) -> None:
    warning = ana.chats.words(PlatformCardWords).checked_long_ago
    days = ana.chats.guide.library.bot.stale_after_days
    ana.chats.now = ana.chats.now.replace(
        year=good.checked.year, month=good.checked.month, day=good.checked.day
    )
    ana.chats.later(days=days)
    ana.says(f"/start platform_{good.id}")
    ana.sees_not(warning)
    ana.chats.later(days=1)
    ana.says(f"/start platform_{good.id}")
    ana.sees(warning)


def test_how_far_one_is_can_be_set_changed_and_taken_back(
    ana: Chatter, words: PlatformsWords, good: Platform
) -> None:
    first, second, *_ = ana.chats.pack[PlatformsFile].stages
    ana.says(f"/start platform_{good.id}")
    ana.sees(words.track_it)
    ana.taps(words.stage.fill(stage=first.title))
    ana.is_told(words.notice_stage.fill(name=good.name, stage=first.title))
    ana.sees(words.your_stage.fill(stage=first.title))
    ana.sees_button(words.stage_chosen.fill(stage=first.title))
    ana.taps(words.stage.fill(stage=second.title))
    assert ana.value(TRACK, good.id) == second.id
    ana.says("/progress")
    ana.sees(ana.chats.words(ProgressWords).platform.fill(name=good.name, stage=second.title))
    ana.says(f"/start platform_{good.id}")
    ana.taps(words.stage_none)
    ana.is_told(words.notice_stage_none.fill(name=good.name))
    assert ana.value(TRACK, good.id) is None
    ana.says("/progress")
    ana.sees(ana.chats.words(ProgressWords).no_platforms)


def test_ones_own_are_a_list_of_their_own(ana: Chatter, words: PlatformsWords, good: Platform) -> None:
    stage = ana.chats.pack[PlatformsFile].stages[0]
    ana.says("/platforms")
    ana.sees_no_button(words.mine_list.fill(count=0))
    ana.presses("pb:mine:0")
    ana.sees(words.nothing_here)
    ana.remembers(Remember(TRACK, good.id, stage.id))
    ana.says("/platforms")
    ana.taps(words.mine_list.fill(count=1))
    ana.sees(words.mine_intro)
    name = words.icons.good.fill(name=good.name)
    assert listed(ana) == {good.id: words.tracked_entry.fill(name=name, stage=stage.title)}


def test_a_closed_one_can_be_taken_off_the_list_but_not_put_on_it(
    ana: Chatter, words: PlatformsWords, platforms: tuple[Platform, ...]
) -> None:
    closed = next(each for each in platforms if each.status == "closed")
    stage = ana.chats.pack[PlatformsFile].stages[0]
    ana.says(f"/start platform_{closed.id}")
    ana.sees_not(words.track_it)
    ana.sees_no_button(words.stage.fill(stage=stage.title))
    ana.remembers(Remember(TRACK, closed.id, stage.id))
    ana.says(f"/start platform_{closed.id}")
    ana.taps(words.stage_none)
    assert ana.value(TRACK, closed.id) is None


def test_many_tracked_ones_are_named_and_the_rest_counted(
    ana: Chatter, platforms: tuple[Platform, ...]
) -> None:
    stage = ana.chats.pack[PlatformsFile].stages[0]
    ana.remembers(*(Remember(TRACK, each.id, stage.id) for each in platforms))
    ana.says("/progress")
    line = ana.chats.words(ProgressWords).platform
    named = [each for each in platforms if line.fill(name=each.name, stage=stage.title).plain in ana.text]
    assert len(named) == min(LISTED, len(platforms))
    if len(platforms) > LISTED:
        ana.sees(ana.chats.words(ProgressWords).platforms_more.fill(count=len(platforms) - LISTED))


@pytest.mark.parametrize("data", ["pt:no-such-place:left", "pt:{id}:no-such-stage", "pb:no-such-kind:0"])
def test_a_forged_button_is_answered_kindly(ana: Chatter, good: Platform, data: str) -> None:
    ana.presses(data.replace("{id}", good.id))
    ana.is_told(ana.chats.words(CommonWords).gone_entry)
    assert ana.deeds == []


def test_a_platform_is_found_by_its_names_alone(ana: Chatter, platforms: tuple[Platform, ...]) -> None:
    for each in platforms:
        names = (each.name, each.domain, each.name.partition("(")[0])
        for name in filter(None, names):
            ana.says(f"{name.upper()}?")
            ana.sees(each.name)
            assert ana.turn.area == "platforms"


def test_marking_a_platform_on_the_way_of_a_step_leads_back_to_the_step(
    ana: Chatter, platforms: tuple[Platform, ...]
) -> None:
    counting = next(step for step in ana.chats.pack[StepsFile].steps if step.tally)
    stages = ana.chats.pack[PlatformsFile].stages
    open_one = next(each for each in platforms if each.status != "closed")
    for step in ana.chats.pack[StepsFile].steps:
        if step is counting:
            break
        ana.presses(f"ss:{step.id}:done")
    ana.presses(f"pt:{open_one.id}:{stages[0].id}")
    ana.taps(ana.chats.words(CommonWords).back_to_step)
    ana.sees(counting.why)


def test_unpaid_practice_is_shown_as_such_and_counts_for_nothing(content: Library) -> None:
    ana = Chats(content).meet()
    unpaid = [each for each in ana.chats.pack[PlatformsFile].platforms if not each.paid]
    assert unpaid
    for each in unpaid:
        ana.says(f"/start platform_{each.id}")
        ana.sees(ana.chats.words(PlatformsWords).icons.unpaid.fill(name=each.name))
        ana.sees_no_button(ana.chats.pack[PlatformsFile].stages[0].title)


def test_no_list_of_platforms_has_a_button_twice(ana: Chatter, words: PlatformsWords) -> None:
    ana.says("/platforms")
    labels = [button.label for button in buttons_of(ana.screen)]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("platform", "word"),
    [
        ("telus-digital", "B1"),
        ("oneforma", "W-8BEN"),
        ("oneforma", "Tipalti"),
        ("toloka", "Tipalti"),
        ("clickworker", "SEPA"),
    ],
)
def test_a_word_that_beginners_do_not_know_is_explained_where_it_stands(
    language: str, platform: str, word: str
) -> None:
    ana = Chats(pack_library("firstlabel")).meet(language=language)
    ana.says(f"/start platform_{platform}")
    assert f"{word} (" in ana.text

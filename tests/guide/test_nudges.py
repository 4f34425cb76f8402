"""How far one is with a platform, since when, what to do next, and the kind line when nothing moved for long."""

from __future__ import annotations

import pytest

from bot.content.kinds.platforms import Platform, PlatformsFile, Stage
from bot.content.library import Library
from bot.errors import ContentError
from bot.guide.areas.nudges import STILL, NudgesWords
from bot.guide.areas.platforms_words import PlatformsWords
from bot.guide.areas.progress import ProgressWords
from bot.guide.areas.tally import TRACK
from bot.guide.person import Remember, Settle
from tests.support.chat import Chats, Chatter
from tests.support.packs import Author, pack_library


@pytest.fixture
def words(chats: Chats) -> NudgesWords:
    return chats.words(NudgesWords)


@pytest.fixture
def place(chats: Chats) -> Platform:
    return next(each for each in chats.pack[PlatformsFile].platforms if each.recommended and each.paid)


@pytest.fixture
def stage(chats: Chats) -> Stage:
    return next(stage for stage in chats.pack[PlatformsFile].stages if stage.nudge)


def line(place: Platform, stage: Stage, days: int) -> str:
    assert stage.nudge is not None
    return stage.nudge.fill(name=place.name, days=days).plain


def days(stage: Stage) -> int:
    assert stage.nudge_after_days is not None
    return stage.nudge_after_days


def marks(ana: Chatter, place: Platform, stage: Stage) -> None:
    ana.says(f"/start platform_{place.id}")
    ana.taps(ana.chats.words(PlatformsWords).stage.fill(stage=stage.title))


def test_the_card_says_since_when_and_what_to_do_next(
    ana: Chatter, place: Platform, stage: Stage, words: NudgesWords
) -> None:
    marks(ana, place, stage)
    ana.chats.later(days=2)
    ana.says(f"/start platform_{place.id}")
    assert stage.advice is not None
    ana.sees(words.since.fill(date="23 Nov"), words.advice.fill(text=stage.advice))
    ana.says("/progress")
    ana.sees(words.since.fill(date="23 Nov"))


def test_in_another_year_the_date_has_its_year(
    ana: Chatter, place: Platform, stage: Stage, words: NudgesWords
) -> None:
    marks(ana, place, stage)
    ana.chats.later(days=60)
    ana.says(f"/start platform_{place.id}")
    ana.sees(words.since.fill(date="23 Nov 2026"))


def test_the_day_is_that_of_where_the_person_lives(
    ana: Chatter, place: Platform, stage: Stage, words: NudgesWords
) -> None:
    ana.chats.later(hours=8)
    marks(ana, place, stage)
    ana.sees(words.since.fill(date="23 Nov"))
    ana.remembers(Settle("Asia/Tokyo"))  # where it is the next day already
    ana.says(f"/start platform_{place.id}")
    ana.sees(words.since.fill(date="24 Nov"))


def test_the_same_stage_again_keeps_its_date(
    ana: Chatter, place: Platform, stage: Stage, words: NudgesWords
) -> None:
    marks(ana, place, stage)
    card = ana.screen
    ana.chats.later(days=1)
    ana.taps_old(card, ana.chats.words(PlatformsWords).stage_chosen.fill(stage=stage.title))
    ana.sees(words.since.fill(date="23 Nov"))


@pytest.mark.parametrize("command", ["/next", "/progress"])
def test_when_nothing_moved_for_long_a_kind_line_leads_to_the_card(
    ana: Chatter, place: Platform, stage: Stage, words: NudgesWords, command: str
) -> None:
    marks(ana, place, stage)
    ana.chats.later(days=days(stage) - 1)
    ana.says(command)
    ana.sees_not(line(place, stage, days(stage) - 1))
    ana.chats.later(days=1)
    ana.says(command)
    ana.sees(line(place, stage, days(stage)))
    ana.taps(words.to_card.fill(name=place.name))
    ana.sees(
        ana.chats.words(PlatformsWords).your_stage.fill(stage=stage.title), line(place, stage, days(stage))
    )


def test_who_says_that_nothing_is_new_is_left_in_peace_as_long_again(
    ana: Chatter, place: Platform, stage: Stage, words: NudgesWords
) -> None:
    marks(ana, place, stage)
    ana.chats.later(days=days(stage))
    ana.says("/next")
    ana.taps(words.to_card.fill(name=place.name))
    card = ana.screen
    ana.taps(words.unchanged)
    ana.is_told(words.notice_unchanged.fill(name=place.name))
    ana.sees_no_button(words.unchanged)
    ana.taps_old(card, words.unchanged)
    ana.says("/next")
    ana.sees_not(line(place, stage, days(stage)))
    ana.chats.later(days=days(stage))
    ana.says("/next")
    ana.sees(line(place, stage, 2 * days(stage)))


def test_an_old_button_does_not_silence_another_stage(
    ana: Chatter, place: Platform, stage: Stage, words: NudgesWords
) -> None:
    marks(ana, place, stage)
    ana.chats.later(days=days(stage))
    ana.says(f"/start platform_{place.id}")
    card = ana.screen
    other = next(each for each in ana.chats.pack[PlatformsFile].stages if each is not stage)
    marks(ana, place, other)
    ana.taps_old(card, words.unchanged)
    ana.sees(ana.chats.words(PlatformsWords).your_stage.fill(stage=other.title))
    assert ana.value(STILL, place.id) is None


def test_only_the_longest_wait_is_spoken_of_at_the_next_step(ana: Chatter, stage: Stage) -> None:
    first, second = [each for each in ana.chats.pack[PlatformsFile].platforms if each.recommended][:2]
    ana.remembers(Remember(TRACK, second.id, stage.id))
    ana.chats.later(days=1)
    ana.remembers(Remember(TRACK, first.id, stage.id))
    ana.chats.later(days=days(stage))
    ana.says("/next")
    ana.sees(line(second, stage, days(stage) + 1))
    ana.sees_not(line(first, stage, days(stage)))
    ana.says("/progress")
    ana.sees(line(second, stage, days(stage) + 1), line(first, stage, days(stage)))


def test_a_stage_without_words_is_passed_over_in_silence(
    ana: Chatter, place: Platform, author: Author
) -> None:
    def silence(data: dict[str, list[dict[str, object]]]) -> None:
        for stage in data["stages"]:
            for key in ("advice", "nudge", "nudge_after_days"):
                stage.pop(key, None)

    author.edits("platforms", silence)
    ana.chats.restart_with(author.publishes())
    stage = ana.chats.pack[PlatformsFile].stages[0]
    ana.remembers(Remember(TRACK, place.id, stage.id))
    ana.chats.later(days=400)
    ana.says("/progress")
    ana.sees(ana.chats.words(ProgressWords).platform.fill(name=place.name, stage=stage.title))
    ana.sees_no_button(ana.chats.words(NudgesWords).to_card.fill(name=place.name))


def test_where_nothing_is_tracked_any_more_nothing_is_said(
    ana: Chatter, place: Platform, stage: Stage, author: Author
) -> None:
    marks(ana, place, stage)
    author.switches_off("platforms")
    ana.chats.restart_with(author.publishes())
    ana.chats.later(days=400)
    for command in ("/next", "/progress"):
        ana.says(command)
        ana.sees_not(line(place, stage, 400))
        ana.sees_no_button(place.name)


@pytest.mark.parametrize("lost", ["nudge", "nudge_after_days"])
def test_a_nudge_without_its_days_is_one_clear_line(author: Author, lost: str) -> None:
    def lose(data: dict[str, list[dict[str, object]]]) -> None:
        data["stages"][0].pop(lost, None)

    author.edits("platforms", lose)
    if author.directory.name == "firstlabel":
        (author.directory / "es" / "platforms.yaml").unlink()
    with pytest.raises(ContentError) as caught:
        author.publishes()
    (fault,) = caught.value.faults
    assert f"nudge and nudge_after_days go together; add {lost}" in str(fault)
    assert "platforms.yaml:" in str(fault)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("registered", "applied"),
        ("passed", "waiting"),
        ("first-task", "working"),
        ("first-payout", "working"),
        ("left", "left"),
    ],
)
def test_stages_of_former_days_are_carried_over(before: str, now: str) -> None:
    ana = Chats(pack_library("firstlabel")).meet()
    file = ana.chats.pack[PlatformsFile]
    place, stage = file.platforms[0], file.stages.get(now)
    assert stage is not None
    ana.remembers(Remember(TRACK, place.id, before))
    ana.says(f"/start platform_{place.id}")
    ana.sees(ana.chats.words(PlatformsWords).your_stage.fill(stage=stage.title))
    ana.presses(f"pt:{place.id}:{before}")
    ana.sees(ana.chats.words(PlatformsWords).your_stage.fill(stage=stage.title))


def test_in_spanish_too() -> None:
    library: Library = pack_library("firstlabel")
    eva = Chats(library).meet("Eva", language="es")
    pack = library.pack("es")
    stage, place = pack[PlatformsFile].stages[0], pack[PlatformsFile].platforms[0]
    words = pack.words(NudgesWords)
    eva.says(f"/start platform_{place.id}")
    eva.taps(stage.title)
    eva.sees("Me postulé (23 nov)", words.advice.fill(text=stage.advice or ""))
    eva.chats.later(days=12)
    eva.says("/next")
    eva.sees(f"Te postulaste en {place.name} hace 12 días.")

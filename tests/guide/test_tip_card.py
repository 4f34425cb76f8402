"""A tip on the screen: liked or not, kept, looked at again; and the way to stop them."""

from __future__ import annotations

import pytest

from bot.content.kinds.tips import Tip, TipsFile
from bot.guide.areas.common import CommonWords
from bot.guide.areas.tip_card import Save, TipCardWords, TipNow, Vote
from bot.guide.areas.tips import TipsWords
from bot.guide.person import Plan, Schedule
from bot.guide.taps import Open, encode
from tests.support.chat import Chats, Chatter


@pytest.fixture
def words(chats: Chats) -> TipCardWords:
    return chats.words(TipCardWords)


def shown(ana: Chatter) -> Tip:
    """The tip on the screen."""
    return next(tip for tip in ana.chats.pack[TipsFile].tips if tip.text.plain in ana.text)


def test_a_tip_now_comes_at_once_beside_the_daily_one(ana: Chatter, words: TipCardWords) -> None:
    ana.remembers(Schedule(Plan("UTC", 13 * 60), ana.chats.now))
    ana.says("/tips")
    ana.taps(words.now)
    first = shown(ana)
    assert len(ana.seen) == 2, "the settings stay where they are"
    assert ana.waits_for_the_tip().kind == "tip"
    assert shown(ana) != first


def test_liking_and_not_liking_can_be_changed_and_repeated(ana: Chatter, words: TipCardWords) -> None:
    ana.presses(encode(TipNow()))
    tip = shown(ana)
    for _ in range(2):
        ana.taps(words.like)
        ana.is_told(words.notice_liked)
        ana.sees_button(words.liked)
    ana.taps(words.dislike)
    ana.is_told(words.notice_disliked)
    ana.sees_button(words.disliked)
    assert ana.value("tip_vote", tip.id) == "down"


def test_a_tip_that_is_kept_is_found_again_and_can_be_let_go(ana: Chatter, words: TipCardWords) -> None:
    tips = ana.chats.words(TipsWords)
    ana.says("/tips")
    ana.taps(tips.saved)
    ana.sees(words.nothing_saved)
    ana.presses(encode(TipNow()))
    tip = shown(ana)
    ana.taps(words.save)
    ana.is_told(words.notice_saved)
    ana.says("/tips")
    ana.taps(tips.saved)
    ana.sees(words.saved_entry.fill(number=1, text=tip.text))
    ana.taps(words.saved_open.fill(number=1))
    ana.sees(tip.text)
    ana.taps(words.saved)
    ana.is_told(words.notice_unsaved)
    ana.says("/tips")
    ana.taps(tips.saved)
    ana.sees(words.nothing_saved)


def test_many_kept_tips_come_in_pages_the_latest_first(ana: Chatter, words: TipCardWords) -> None:
    kept = list(ana.chats.pack[TipsFile].tips)
    for tip in kept:
        ana.chats.later(minutes=1)
        ana.presses(encode(Save(tip.id, kept=True)))
    ana.says("/tips")
    ana.taps(ana.chats.words(TipsWords).saved)
    ana.sees(kept[-1].text)
    ana.taps(ana.chats.words(CommonWords).next_page)
    ana.sees(kept[-6].text)
    ana.sees_not(kept[-1].text)


def test_stopping_is_two_taps_away_from_every_tip(ana: Chatter, words: TipCardWords) -> None:
    ana.remembers(Schedule(Plan("UTC", 13 * 60), ana.chats.now))
    ana.waits_for_the_tip()
    ana.taps(words.settings)
    ana.taps(ana.chats.words(TipsWords).stop)
    assert ana.person.plan is not None
    assert not ana.person.plan.on
    assert ana.person.next_tip_at is None


def test_a_tip_may_lead_to_what_it_speaks_of(ana: Chatter) -> None:
    tip = next(tip for tip in ana.chats.pack[TipsFile].tips if tip.links.glossary)
    ana.presses(encode(Open("tips", tip.id)))
    term = ana.chats.pack.find("glossary", tip.links.glossary[0])
    assert term is not None
    ana.taps(term.caption)
    ana.sees(term.caption)


@pytest.mark.parametrize(
    "tap", [Vote("no-such-tip", "up"), Save("no-such-tip", kept=True), Open("tips", "no-such")]
)
def test_a_tip_that_is_no_more_leads_to_the_menu(ana: Chatter, tap: Vote | Save | Open) -> None:
    ana.presses(encode(tap))
    ana.is_told(ana.chats.words(CommonWords).gone_entry)


def test_a_forged_opinion_is_none(ana: Chatter) -> None:
    tip = ana.chats.pack[TipsFile].tips[0]
    ana.presses(encode(Vote(tip.id, "sideways")))
    assert ana.value("tip_vote", tip.id) is None

"""A tip as people see it: what they think of it, keeping it, and the tips they kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from bot.content.fields import AtMost, Label, LabelTemplate, Rich, Slots, Template, Wording
from bot.content.kinds.tips import Tip, TipsFile
from bot.content.library import AreaSpec, Words
from bot.content.markup import bold, lines, paragraphs
from bot.guide.area import Area, Scene, on
from bot.guide.areas.common import back_button, link_buttons, menu_button, page_row, sources_line
from bot.guide.person import Change, Forget, Remember
from bot.guide.screen import Row, Screen, TapButton, Turn, in_rows
from bot.guide.taps import Go, Open, Tap
from bot.guide.tip_choice import choose, seen_today

VOTE = "tip_vote"
"""Kind of the mark on a tip that a person liked (``up``) or not (``down``)."""
SAVED = "tip_saved"
"""Kind of the mark on a tip that a person kept."""
UP, DOWN = "up", "down"
PAGE = 5


class TipCardWords(Words):
    heading: Annotated[Rich, AtMost(60)]
    like: Label
    liked: Label
    dislike: Label
    disliked: Label
    save: Label
    saved: Label
    settings: Label
    notice_liked: Annotated[Wording, AtMost(100)]
    notice_disliked: Annotated[Wording, AtMost(100)]
    notice_saved: Annotated[Wording, AtMost(100)]
    notice_unsaved: Annotated[Wording, AtMost(100)]
    none_left: Annotated[Rich, AtMost(200)]
    now: Label
    saved_title: Label
    saved_entry: Annotated[Template, Slots("number", "text"), AtMost(20)]
    saved_open: Annotated[LabelTemplate, Slots("number"), AtMost(20)]
    nothing_saved: Annotated[Rich, AtMost(300)]


@dataclass(frozen=True, slots=True)
class Vote(Tap):
    """Think well of a tip, or not."""

    tag: ClassVar[str] = "tv"
    tip: str
    vote: str


@dataclass(frozen=True, slots=True)
class Save(Tap):
    """Keep a tip, or keep it no longer."""

    tag: ClassVar[str] = "tk"
    tip: str
    kept: bool


@dataclass(frozen=True, slots=True)
class TipNow(Tap):
    """Show a tip at once."""

    tag: ClassVar[str] = "tn"


@dataclass(frozen=True, slots=True)
class SavedTips(Tap):
    """Show a page of the tips kept; ``page`` counts from 0."""

    tag: ClassVar[str] = "tl"
    page: int = 0


def card(scene: Scene, tip: Tip) -> Screen:
    """The screen of one tip. The last button leads to where tips are stopped with one more tap."""
    words, marks = scene.words(TipCardWords), scene.person.marks
    vote, kept = marks.value(VOTE, *tip.ids), marks.get(SAVED, *tip.ids) is not None
    text = paragraphs(lines(words.heading, tip.text), sources_line(scene, tip.sources))
    opinions = (
        TapButton(words.liked if vote == UP else words.like, Vote(tip.id, UP)),
        TapButton(words.disliked if vote == DOWN else words.dislike, Vote(tip.id, DOWN)),
        TapButton(words.saved if kept else words.save, Save(tip.id, not kept)),
    )
    links = in_rows(link_buttons(scene, tip.links), 1)
    return Screen(text, (*links, opinions, (TapButton(words.settings, Go("tips")),)))


def tip_now(scene: Scene, _: Tap | None = None) -> Turn:
    """A tip at once, beside the daily one, as a message of its own."""
    tip = choose(scene)
    if tip is None:
        return Turn(Screen(scene.words(TipCardWords).none_left, ((menu_button(scene),),)))
    change = seen_today(scene, tip, scene.person.zone)
    return Turn(card(scene.after(change), tip), (change,), fresh=True)


def open_tip(scene: Scene, id_: str, _: str) -> Turn | None:
    tip = scene.pack[TipsFile].tips.get(id_)
    return Turn(card(scene, tip)) if tip else None


def vote(scene: Scene, tap: Vote) -> Turn | None:
    words, tip = scene.words(TipCardWords), scene.pack[TipsFile].tips.get(tap.tip)
    if tip is None or tap.vote not in (UP, DOWN):
        return None
    changes: tuple[Change, ...] = (
        Remember(VOTE, tip.id, tap.vote),
        *(Forget(VOTE, old) for old in tip.renamed_from),
    )
    notice = words.notice_liked if tap.vote == UP else words.notice_disliked
    return Turn(card(scene.after(*changes), tip), changes, notice)


def save(scene: Scene, tap: Save) -> Turn | None:
    words, tip = scene.words(TipCardWords), scene.pack[TipsFile].tips.get(tap.tip)
    if tip is None:
        return None
    kept: tuple[Change, ...] = (
        Remember(SAVED, tip.id, "yes"),
        *(Forget(SAVED, old) for old in tip.renamed_from),
    )
    changes = kept if tap.kept else tuple(Forget(SAVED, id_) for id_ in tip.ids)
    notice = words.notice_saved if tap.kept else words.notice_unsaved
    return Turn(card(scene.after(*changes), tip), changes, notice)


def saved(scene: Scene, tap: SavedTips) -> Turn:
    """The tips a person kept, the latest first."""
    words = scene.words(TipCardWords)
    marked = [(tip, scene.person.marks.get(SAVED, *tip.ids)) for tip in scene.pack[TipsFile].tips]
    tips = [tip for tip, mark in sorted(((t, m) for t, m in marked if m), key=lambda pair: pair[1].at)][::-1]
    pages = max(1, -(-len(tips) // PAGE))
    page = min(max(tap.page, 0), pages - 1)
    listed = list(enumerate(tips, 1))[page * PAGE : (page + 1) * PAGE]
    entries = (words.saved_entry.fill(number=number, text=tip.text) for number, tip in listed)
    text = paragraphs(bold(words.saved_title), *entries, "" if tips else words.nothing_saved)
    opening = (TapButton(words.saved_open.fill(number=n), Open("tips", tip.id)) for n, tip in listed)
    rows: tuple[Row, ...] = (*in_rows(opening, PAGE), *page_row(scene, page, pages, SavedTips))
    up = back_button(scene, words.settings, Go("tips"))
    return Turn(Screen(text, (*rows, (up, menu_button(scene)))))


TAPS = (on(Vote, vote), on(Save, save), on(TipNow, tip_now), on(SavedTips, saved))
"""Answered by the area ``tips``, which needs the content."""
AREA = Area(AreaSpec("tip_card", TipCardWords, always=True))

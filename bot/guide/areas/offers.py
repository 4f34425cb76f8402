"""Is this offer safe? Somebody sends an offer of work, and sees its warning signs. The text is looked at and not kept.

Nothing here ever says that an offer is safe: none of the known signs is no proof.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from bot.content.fields import Rich
from bot.content.kinds.offers import Flag, OffersFile
from bot.content.library import AreaSpec
from bot.content.markup import bold, lines, more, paragraphs, rich
from bot.content.phrases import QUESTION_MARKS
from bot.guide.area import Area, Scene, on
from bot.guide.areas.common import back_button, bullets, link_buttons, menu_button, page_row, sources_line
from bot.guide.areas.offer_reports import ListReports, report_text
from bot.guide.areas.offers_words import OffersWords
from bot.guide.offers.weighing import Raised, Verdict, weigh
from bot.guide.pending import asked, asking, settled
from bot.guide.screen import Row, Screen, TapButton, Turn, in_rows
from bot.guide.taps import Go, Tap

OFFER = "offer"
"""Topic of the question for the text of an offer."""
SHOWN = 4
"""So many signs are shown, the weightiest: more would not be read."""
PAGE = 8
_ITEM = "text"
_LEAST_WORDS = 5
"""What is shorter is no offer, even where one was asked for."""
_UNASKED_WORDS, _OFFER_WORDS = 10, 16
"""From these on a text may be one that nobody asked for: with a sign of high severity, and without."""
_ASIDE_WORDS, _QUESTION_WORDS = 12, 40
"""Questions are shorter than this: those that come instead of an offer asked for, and all others."""


@dataclass(frozen=True, slots=True)
class ShowSign(Tap):
    """Explain a sign. ``apart`` leaves the message that the button stands on as it is."""

    tag: ClassVar[str] = "os"
    sign: str
    apart: bool


@dataclass(frozen=True, slots=True)
class ListSigns(Tap):
    """Show a page of all signs; ``page`` counts from 0."""

    tag: ClassVar[str] = "ol"
    page: int


def home(scene: Scene, first: Rich | None = None) -> Turn:
    """Ask for the text of an offer."""
    words = scene.words(OffersWords)
    rows: tuple[Row, ...] = (
        (TapButton(words.all_signs, ListSigns(0)),),
        (TapButton(words.cancel, Go("menu")),),
    )
    return Turn(Screen(paragraphs(first or bold(words.title), words.ask), rows), asking(OFFER, _ITEM))


def command(scene: Scene, text: str) -> Turn:
    """``/checkoffer`` asks for the text, ``/checkoffer text`` answers at once."""
    return _answer(scene, _verdict(scene, text)) if text.strip() else home(scene)


def hears(scene: Scene, text: str) -> Turn | None:
    """Take the text that was asked for, or one that reads like an offer; questions are left to others."""
    if not text.strip():
        return None
    count, waiting = len(text.split()), asked(scene.person, OFFER, scene.now) is not None
    if not waiting and count < _UNASKED_WORDS:
        return None
    verdict = _verdict(scene, text)
    marked = not QUESTION_MARKS.isdisjoint(text)
    if waiting:
        aside = marked and _LEAST_WORDS <= count < _ASIDE_WORDS and not verdict.offer
        if verdict.warning or (count >= _LEAST_WORDS and not aside):
            return _answer(scene, verdict)
        return None if aside else home(scene, scene.words(OffersWords).too_short)
    question = marked and (count < _QUESTION_WORDS or not verdict.offer)
    # What is long and shows no sign at all may be somebody's own story.
    long = count >= (_OFFER_WORDS if verdict.offer else _QUESTION_WORDS)
    telling = verdict.warning or (long and (verdict.offer or verdict.raised))
    if question or not telling or scene.answers.no_offer(scene.library, text, scene.said):
        # Who tells what an offer has cost them gets help, not an analysis.
        return None
    return _answer(scene, verdict)


def receives(scene: Scene) -> Turn | None:
    """Ask for the text again in place of a picture of it."""
    waits = asked(scene.person, OFFER, scene.now) is not None
    return home(scene, scene.words(OffersWords).only_text) if waits else None


def _verdict(scene: Scene, text: str) -> Verdict:
    return weigh(scene.library, text, scene.pack)


def _answer(scene: Scene, verdict: Verdict) -> Turn:
    text = _warning(scene, verdict) if verdict.raised else _no_sign(scene)
    words, shown = scene.words(OffersWords), verdict.raised[:SHOWN]
    details = (
        TapButton(words.detail.fill(title=each.flag.title), ShowSign(each.flag.id, apart=True))
        for each in shown
    )
    rows = (*in_rows(details, 1), *_ways_on(scene))
    return Turn(Screen(text, rows), settled())


def _warning(scene: Scene, verdict: Verdict) -> Rich:
    words, shown = scene.words(OffersWords), verdict.raised[:SHOWN]
    left = len(verdict.raised) - len(shown)
    return paragraphs(
        words.stop if verdict.warning else words.careful,
        *(_sign(scene, each) for each in shown),
        words.others.fill(count=left) if left else "",
        words.what_next.fill(text=shown[0].flag.what_to_do),
        more(paragraphs(report_text(scene), _checks(scene), words.not_kept)),
    )


def _sign(scene: Scene, raised: Raised) -> Rich:
    words = scene.words(OffersWords)
    heading = {"high": words.high, "medium": words.medium, "low": words.low}[raised.severity]
    # What people sent is a value of a slot, so it is shown as it stands, never as markup.
    return lines(
        heading.fill(title=raised.flag.title), words.quote.fill(quote=" ".join(raised.quote.split()))
    )


def _no_sign(scene: Scene) -> Rich:
    words = scene.words(OffersWords)
    return paragraphs(words.nothing, _checks(scene), more(paragraphs(report_text(scene), words.not_kept)))


def _checks(scene: Scene) -> Rich:
    words = scene.words(OffersWords)
    return lines(words.checks_intro, bullets(scene, words.checks)) if words.checks else rich()


def _ways_on(scene: Scene) -> Iterator[Row]:
    words = scene.words(OffersWords)
    yield from in_rows(link_buttons(scene, scene.pack[OffersFile].links), 1)
    yield (TapButton(words.another, Go("offers")), menu_button(scene))


def show_sign(scene: Scene, tap: ShowSign) -> Turn | None:
    flag = scene.pack[OffersFile].flags.get(tap.sign)
    if flag is None:
        return None
    words = scene.words(OffersWords)
    back: tuple[Row, ...] = (
        () if tap.apart else ((back_button(scene, words.all_signs, ListSigns(_page_of(scene, flag))),),)
    )
    return Turn(Screen(_card(scene, flag), (*back, *_ways_on(scene))), fresh=tap.apart)


def _card(scene: Scene, flag: Flag) -> Rich:
    words = scene.words(OffersWords)
    return paragraphs(
        bold(flag.title),
        words.looks_like.fill(text=flag.looks_like),
        words.why.fill(text=flag.why),
        words.what_to_do.fill(text=flag.what_to_do),
        more(sources_line(scene, flag.sources)),
    )


def _page_of(scene: Scene, flag: Flag) -> int:
    return list(scene.pack[OffersFile].flags).index(flag) // PAGE


def list_signs(scene: Scene, tap: ListSigns) -> Turn:
    words, flags = scene.words(OffersWords), scene.pack[OffersFile].flags
    pages = -(-len(flags) // PAGE)
    page = min(max(tap.page, 0), pages - 1)
    buttons = (
        TapButton(flag.title, ShowSign(flag.id, apart=False))
        for flag in flags[page * PAGE : (page + 1) * PAGE]
    )
    rows = (
        *in_rows(buttons, 1),
        *page_row(scene, page, pages, ListSigns),
        (back_button(scene, words.title, Go("offers")), menu_button(scene)),
    )
    return Turn(Screen(paragraphs(bold(words.all_signs), words.signs_intro), rows))


def list_reports(scene: Scene, _: ListReports) -> Turn | None:
    report = report_text(scene)
    # What led here stays as it is: it says what else to do.
    return Turn(Screen(report, tuple(_ways_on(scene))), fresh=True) if report else None


AREA = Area(
    AreaSpec("offers", OffersWords, (OffersFile,)),
    home=home,
    taps=(on(ShowSign, show_sign), on(ListSigns, list_signs), on(ListReports, list_reports)),
    hears=hears,
    receives=receives,
)

"""Questions and answers: by category, by link, and by asking in one's own words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, ClassVar

from bot.content.fields import AtMost, Label, LabelTemplate, Rich, Slots, Template, Wording
from bot.content.kinds.faq import Category, FaqFile, Question
from bot.content.kinds.search import Reply
from bot.content.library import AreaSpec
from bot.content.markup import bold, italic, more, paragraphs
from bot.guide.answers import OFFERED
from bot.guide.area import Area, Scene, TitledWords, on
from bot.guide.areas.common import back_button, link_buttons, menu_button, resume_rows, sources_line, up_row
from bot.guide.areas.language import in_language
from bot.guide.areas.ways_on import place_buttons
from bot.guide.person import Asked, Remember
from bot.guide.screen import Button, Row, Screen, TapButton, Turn, in_rows
from bot.guide.taps import Go, Open, Tap
from bot.guide.unanswered import notable

HELPFUL = "helpful"
"""Kind of the mark on an answer; its value is ``yes`` or ``no``."""

ASKED, ANSWERED, OFFERED_SOME, UNANSWERED = "faq asked", "faq answered", "faq offered", "faq unanswered"
"""Counted when somebody asks in their own words, and for what came of it."""


class FaqWords(TitledWords):
    intro: Annotated[Rich, AtMost(300)]
    category_intro: Annotated[Rich, AtMost(200)]
    question: Annotated[LabelTemplate, Slots("question"), AtMost(8)]
    was_it_helpful: Annotated[Rich, AtMost(100)]
    helpful_yes: Label
    helpful_no: Label
    helpful_yes_chosen: Label
    helpful_no_chosen: Label
    notice_yes: Annotated[Wording, AtMost(150)]
    notice_no: Annotated[Wording, AtMost(150)]
    not_helpful: Annotated[Rich, AtMost(200)]
    also_maybe: Annotated[Rich, AtMost(150)]
    did_you_mean: Annotated[Rich, AtMost(200)]
    unknown: Annotated[Rich, AtMost(300)]
    unknown_nearest: Annotated[Template, Slots("category"), AtMost(150)]
    unknown_noted: Annotated[Rich, AtMost(150)]
    """Said when the question is kept for the operators to read."""


@dataclass(frozen=True, slots=True)
class OpenCategory(Tap):
    """Show the questions of a category."""

    tag: ClassVar[str] = "fc"
    category: str


@dataclass(frozen=True, slots=True)
class Rate(Tap):
    """Say whether an answer was helpful."""

    tag: ClassVar[str] = "fh"
    question: str
    yes: bool
    back: str = ""


def home(scene: Scene) -> Turn:
    words, file = scene.words(FaqWords), scene.pack[FaqFile]
    rows = in_rows((TapButton(each.title, OpenCategory(each.id)) for each in file.categories), 1)
    return Turn(Screen(paragraphs(bold(words.title), words.intro), (*rows, (menu_button(scene),))))


def open_category(scene: Scene, tap: OpenCategory) -> Turn | None:
    category = scene.pack[FaqFile].categories.get(tap.category)
    if category is None:
        return None
    words = scene.words(FaqWords)
    questions = [each for each in scene.pack[FaqFile].faq if each.category in category.ids]
    rows = in_rows((_to(scene, question) for question in questions), 1)
    text = paragraphs(bold(category.title), words.category_intro)
    return Turn(Screen(text, (*rows, (back_button(scene, words.title, Go("faq")), menu_button(scene)))))


def _to(scene: Scene, question: Question, back: str = "") -> Button:
    return TapButton(
        scene.words(FaqWords).question.fill(question=question.short), Open("faq", question.id, back)
    )


def open_question(scene: Scene, id_: str, back: str) -> Turn | None:
    question = scene.pack[FaqFile].faq.get(id_)
    return Turn(_card(scene, question, back)) if question else None


def answer_text(scene: Scene, question: Question) -> Rich:
    """The question, its answer, and what is to be opened below."""
    folded = paragraphs(question.more or "", sources_line(scene, question.sources))
    return paragraphs(bold(question.question), question.answer, more(folded))


def _card(scene: Scene, question: Question, back: str = "", others: tuple[Question, ...] = ()) -> Screen:
    words, file = scene.words(FaqWords), scene.pack[FaqFile]
    rated = scene.person.marks.value(HELPFUL, *question.ids)
    text = paragraphs(
        answer_text(scene, question),
        italic(words.was_it_helpful) if rated is None else "",
        words.also_maybe if others else "",
    )
    yes = TapButton(
        words.helpful_yes_chosen if rated == "yes" else words.helpful_yes,
        Rate(question.id, yes=True, back=back),
    )
    no = TapButton(
        words.helpful_no_chosen if rated == "no" else words.helpful_no,
        Rate(question.id, yes=False, back=back),
    )
    related = others or tuple(each for id_ in question.related if (each := file.faq.get(id_)))
    ways = [*(_to(scene, each, back) for each in related), *link_buttons(scene, question.links, back)]
    category = file.categories.get(question.category)
    assert category is not None
    up = back_button(scene, category.title, OpenCategory(category.id))
    return Screen(text, ((yes, no), *in_rows(ways, 1), up_row(scene, back, up)))


def rate(scene: Scene, tap: Rate) -> Turn | None:
    question = scene.pack[FaqFile].faq.get(tap.question)
    if question is None:
        return None
    words, rated = scene.words(FaqWords), scene.person.marks.value(HELPFUL, *question.ids)
    changes = (Remember(HELPFUL, question.id, "yes" if tap.yes else "no"),)
    if tap.yes or rated == "no":
        notice = words.notice_yes if tap.yes else words.notice_no
        return Turn(_card(scene.after(*changes), question, tap.back), changes, notice)
    # The answer stays as it is: below it are the other entries that may have been meant.
    category = scene.pack[FaqFile].categories.get(question.category)
    return replace(
        _elsewhere(scene, words.not_helpful, category), changes=changes, notice=words.notice_no, fresh=True
    )


def hears(scene: Scene, text: str) -> Turn | None:
    """Answer a question in a person's own words, offer what it may mean, or say honestly that we do not know."""
    words, file = scene.words(FaqWords), scene.pack[FaqFile]
    found = scene.answers.find(scene.pack, text)
    if found.best:
        card = _card(scene, found.best, others=found.suggestions)
        if found.reply:
            places = in_rows(place_buttons(scene, found.reply.opens), 1)
            card = replace(card, text=paragraphs(found.reply.reply, card.text), rows=(*places, *card.rows))
        return Turn(card, counts=(ASKED, ANSWERED))
    if not found.reply and (other := scene.answers.language_of(scene.library, scene.pack, text, scene.said)):
        return in_language(scene, other.language, lambda there: _hears_at_once(there, text))
    if found.reply:
        return replace(_replied(scene, found.reply, found.suggestions), counts=(ASKED, ANSWERED))
    if found.suggestions:
        rows: tuple[Row, ...] = in_rows((_to(scene, each) for each in found.suggestions[:OFFERED]), 1)
        up = back_button(scene, words.title, Go("faq"))
        return Turn(
            Screen(words.did_you_mean, (*rows, (up, menu_button(scene)))), counts=(ASKED, OFFERED_SOME)
        )
    nearest = file.categories.get(found.nearest.category) if found.nearest else None
    line = words.unknown_nearest.fill(category=nearest.title) if nearest else ""
    asked = notable(text)
    noted = words.unknown_noted if asked else ""
    turn = _elsewhere(scene, paragraphs(words.unknown, line, noted), nearest)
    changes = (Asked(asked, scene.pack.language),) if asked else ()
    return replace(turn, changes=changes, counts=(ASKED, UNANSWERED))


def _hears_at_once(scene: Scene, text: str) -> Turn | None:
    """Answer in a language that nobody spoke until now: in full as soon as its answers are ready to be searched."""
    if scene.answers.ready(scene.pack):
        return hears(scene, text)
    said = scene.answers.said(scene.pack, text, scene.said)
    turn, outcome = (_replied(scene, said, ()), ANSWERED) if said else (home(scene), UNANSWERED)
    return replace(turn, counts=(ASKED, outcome))


def _replied(scene: Scene, reply: Reply, near: tuple[Question, ...]) -> Turn:
    """A kind word about what is no question for the FAQ, and what may have been meant after all."""
    linked = set(reply.links.faq)
    ways = [
        *place_buttons(scene, reply.opens),
        *link_buttons(scene, reply.links),
        *(_to(scene, each) for each in near if linked.isdisjoint(each.ids)),
    ]
    if reply.alone:
        return Turn(Screen(reply.reply, (*in_rows(ways, 1), (menu_button(scene),))))
    up = back_button(scene, scene.words(FaqWords).title, Go("faq"))
    rows = (*in_rows(ways, 1), (up, menu_button(scene)), *resume_rows(scene))
    return Turn(Screen(reply.reply, rows))


def _elsewhere(scene: Scene, text: Rich, category: Category | None) -> Turn:
    """Where else to look: a category, all of them, the menu, and on with the steps."""
    rows: list[Row] = [(TapButton(category.title, OpenCategory(category.id)),)] if category else []
    rows.append((back_button(scene, scene.words(FaqWords).title, Go("faq")), menu_button(scene)))
    return Turn(Screen(text, (*rows, *resume_rows(scene))))


def command(scene: Scene, question: str) -> Turn:
    """``/faq`` opens the categories, ``/faq question`` answers at once."""
    turn = hears(scene, question) if question.strip() else None
    return turn or home(scene)


AREA = Area(
    AreaSpec("faq", FaqWords, (FaqFile,)),
    home=home,
    taps=(on(OpenCategory, open_category), on(Rate, rate)),
    opens={"faq": open_question},
    links={"faq": "faq"},
    hears=hears,
)

"""The words of the trade: by group, by link, or by typing the word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from bot.content.fields import AtMost, Rich, Slots, Template
from bot.content.kinds.faq import FaqFile
from bot.content.kinds.glossary import GlossaryFile, Term
from bot.content.library import AreaSpec, Pack
from bot.content.markup import bold, italic, paragraphs
from bot.content.per_pack import per_pack
from bot.guide.answers import normalised
from bot.guide.area import Area, Scene, TitledWords, on
from bot.guide.areas.common import back_button, bare, menu_button, page_row, up_row
from bot.guide.screen import Row, Screen, TapButton, Turn, in_rows
from bot.guide.taps import Go, Open, Tap

PAGE = 16


class GlossaryWords(TitledWords):
    intro: Annotated[Rich, AtMost(300)]
    group_intro: Annotated[Rich, AtMost(150)]
    example: Annotated[Template, Slots("text"), AtMost(60)]
    also: Annotated[Template, Slots("words"), AtMost(60)]


@dataclass(frozen=True, slots=True)
class OpenGroup(Tap):
    """Show a page of the words of a group; ``page`` counts from 0."""

    tag: ClassVar[str] = "gg"
    group: str
    page: int = 0


def home(scene: Scene) -> Turn:
    words, file = scene.words(GlossaryWords), scene.pack[GlossaryFile]
    rows = in_rows((TapButton(group.title, OpenGroup(group.id)) for group in file.groups), 1)
    return Turn(Screen(paragraphs(bold(words.title), words.intro), (*rows, (menu_button(scene),))))


def open_group(scene: Scene, tap: OpenGroup) -> Turn | None:
    words, group = scene.words(GlossaryWords), scene.pack[GlossaryFile].groups.get(tap.group)
    if group is None:
        return None
    terms = [term for term in scene.pack[GlossaryFile].glossary if term.group in group.ids]
    pages = max(1, -(-len(terms) // PAGE))
    page = min(max(tap.page, 0), pages - 1)
    rows: list[Row] = [*in_rows((_to(term) for term in terms[page * PAGE : (page + 1) * PAGE]), 2)]
    rows.extend(page_row(scene, page, pages, lambda number: OpenGroup(group.id, number)))
    rows.append((back_button(scene, words.title, Go("glossary")), menu_button(scene)))
    return Turn(Screen(paragraphs(bold(group.title), words.group_intro), tuple(rows)))


def _to(term: Term, back: str = "") -> TapButton:
    return TapButton(term.term, Open("glossary", term.id, back))


def open_term(scene: Scene, id_: str, back: str) -> Turn | None:
    term = scene.pack[GlossaryFile].glossary.get(id_)
    return Turn(_card(scene, term, back)) if term else None


def _card(scene: Scene, term: Term, back: str = "") -> Screen:
    words, file = scene.words(GlossaryWords), scene.pack[GlossaryFile]
    group = file.groups.get(term.group)
    assert group is not None
    text = paragraphs(
        bold(term.term),
        term.meaning,
        words.example.fill(text=term.example) if term.example else "",
        italic(words.also.fill(words=", ".join(term.also))) if term.also else "",
    )
    related = in_rows((_to(each, back) for id_ in term.related if (each := file.glossary.get(id_))), 2)
    up = back_button(scene, group.title, OpenGroup(group.id))
    return Screen(text, (*related, up_row(scene, back, up)))


@per_pack
def _index(pack: Pack) -> dict[str, Term]:
    index: dict[str, Term] = {}
    for term in pack[GlossaryFile].glossary:
        for name in (*term.also, term.term):
            index[normalised(name)] = term
    return index


@per_pack
def _questions(pack: Pack) -> frozenset[str]:
    """What the FAQ answers to the word: there it says more than a definition does."""
    if not pack.has(FaqFile):
        return frozenset()
    ways = (way for each in pack[FaqFile].faq for way in (each.question, *each.ask))
    return frozenset(normalised(way) for way in ways)


def hears(scene: Scene, text: str) -> Turn | None:
    """The entry of a word typed by itself, or with "what is" or "what is a" before it."""
    if scene.on("faq") and normalised(text[:200]) in _questions(scene.pack):
        return None
    index = _index(scene.pack)
    found = next((index[name] for name in bare(scene, text) if name in index), None)
    return Turn(_card(scene, found)) if found else None


AREA = Area(
    AreaSpec("glossary", GlossaryWords, (GlossaryFile,)),
    home=home,
    taps=(on(OpenGroup, open_group),),
    opens={"glossary": open_term},
    links={"glossary": "glossary", "term": "glossary"},
    hears=hears,
)

"""Words and pieces of screens that all areas share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Annotated

from bot.content.fields import (
    AtMost,
    Label,
    LabelTemplate,
    Links,
    Phrase,
    Rich,
    Slots,
    Source,
    Strict,
    Template,
    Wording,
)
from bot.content.kinds.platforms import Platform
from bot.content.library import AreaSpec, Pack, Words
from bot.content.markup import joined, link, more, paragraphs
from bot.content.per_pack import per_pack
from bot.guide.answers import normalised, respelled, spellings
from bot.guide.area import Area, Scene
from bot.guide.journey import Journey
from bot.guide.screen import Button, Row, TapButton
from bot.guide.taps import Continue, Go, Open, Tap

Line = Annotated[Rich, AtMost(300)]
Notice = Annotated[Wording, AtMost(190)]
Titled = Annotated[LabelTemplate, Slots("title"), AtMost(20)]


class LinkLabels(Strict):
    """How a button to an entry of each collection reads."""

    steps: Titled
    faq: Titled
    equipment: Titled
    platforms: Titled
    task_types: Titled
    glossary: Titled
    doubtful: Titled
    """Instead of ``platforms`` for one that is closed or doubtful."""


class CommonWords(Words):
    menu: Label
    back_to_step: Label
    all_back: Annotated[LabelTemplate, Slots("title"), AtMost(40)]
    resume: Annotated[LabelTemplate, Slots("number", "title"), AtMost(40)]
    previous_page: Label
    next_page: Label
    asked_before: tuple[Phrase, ...]
    """How people ask for a word or a name: ``what is``, ``meaning of``."""
    asked_after: tuple[Phrase, ...]
    """What may follow the word: ``mean`` in "what does it mean"."""
    bar_full: Annotated[Wording, AtMost(2)]
    bar_empty: Annotated[Wording, AtMost(2)]
    bullet: Annotated[Template, Slots("text"), AtMost(8)]
    sources: Annotated[Template, Slots("sources"), AtMost(60)]
    links: LinkLabels
    gone_entry: Notice
    old_button: Notice
    apology: Annotated[Template, Slots("reference"), AtMost(400)]
    in_group: Line
    in_group_button: Label


AREA = Area(AreaSpec("common", CommonWords, always=True))


def bar(scene: Scene, done: int, total: int) -> str:
    """A line of filled and empty marks, one for each up to ten."""
    words = scene.words(CommonWords)
    cells = min(total, 10)
    filled = done * cells // total if total else 0
    return words.bar_full * filled + words.bar_empty * (cells - filled)


def bullets(scene: Scene, points: tuple[Rich, ...]) -> Rich:
    """The points, a line each."""
    bullet = scene.words(CommonWords).bullet
    return joined("\n", (bullet.fill(text=point) for point in points))


def folded(parts: Sequence[Rich], room: int = 600) -> Rich:
    """The first parts, as many as fit into ``room`` characters but at least one, and the rest to be opened."""
    shown, length = 0, 0
    for part in parts:
        length += len(part.plain) + 2
        if shown and length > room:
            break
        shown += 1
    return paragraphs(*parts[:shown], more(paragraphs(*parts[shown:])))


def sources_line(scene: Scene, sources: tuple[Source, ...]) -> Rich:
    """Where facts are from: each site's name a link, further pages of the same site numbered."""
    if not sources:
        return Rich()
    pages: dict[str, list[str]] = {}
    for source in sources:
        pages.setdefault(source.url.split("/")[2].removeprefix("www."), []).append(source.url)
    links = (
        joined(" ", [link(url, site if number == 1 else str(number)) for number, url in enumerate(urls, 1)])
        for site, urls in pages.items()
    )
    return scene.words(CommonWords).sources.fill(sources=joined(", ", links))


def menu_button(scene: Scene) -> Button:
    return TapButton(scene.words(CommonWords).menu, Go("menu"))


def back_button(scene: Scene, title: str, tap: Tap) -> Button:
    """A button up to the screen that ``title`` names."""
    return TapButton(scene.words(CommonWords).all_back.fill(title=title), tap)


def link_buttons(scene: Scene, links: Links, back: str = "") -> list[Button]:
    """A button for each linked entry whose area is on. ``back`` is the step to lead back to."""
    labels = scene.words(CommonWords).links
    buttons: list[Button] = []
    for collection in Links.model_fields:
        usual: LabelTemplate = getattr(labels, collection)
        for id_ in getattr(links, collection):
            entry = scene.pack.find(collection, id_)
            if entry and collection in scene.openable:
                doubtful = isinstance(entry, Platform) and not entry.recommended
                label = labels.doubtful if doubtful else usual
                buttons.append(TapButton(label.fill(title=entry.caption), Open(collection, entry.id, back)))
    return buttons


def bare(scene: Scene, text: str) -> Iterator[str]:
    """What is asked for, normalised: the text as it is, then without "what is" before it or "mean" after it."""
    asked = normalised(text[:100])
    yield asked
    asked = " ".join(respelled(asked.split(), spellings(scene.pack)))
    yield asked
    yield from without(asked, *_asked_around(scene.pack))


@per_pack
def _asked_around(pack: Pack) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """How people ask for a word, before and after it, normalised."""
    words = pack.words(CommonWords)
    return tuple(map(normalised, words.asked_before)), tuple(map(normalised, words.asked_after))


def without(asked: str, before: Iterable[str], after: Iterable[str]) -> Iterator[str]:
    """What is left of a text without one of the phrases ``before`` it, and then without one ``after`` it.

    All of them are normalised.
    """
    for first in before:
        if asked.startswith(f"{first} "):
            rest = asked.removeprefix(f"{first} ")
            yield rest
            for last in after:
                yield rest.removesuffix(f" {last}")


def up_row(scene: Scene, back: str, parent: Button) -> Row:
    """The last row of an entry's screen: to the step that led here if there is one, else up; and the menu."""
    if back and "steps" in scene.openable and scene.pack.find("steps", back):
        return (TapButton(scene.words(CommonWords).back_to_step, Open("steps", back), "primary"), parent)
    return (parent, menu_button(scene))


def resume_row(number: int, title: str, scene: Scene) -> Row:
    """One wide button that goes on with the steps."""
    return (
        TapButton(scene.words(CommonWords).resume.fill(number=number, title=title), Continue(), "primary"),
    )


def resume_rows(scene: Scene) -> tuple[Row, ...]:
    """The button that goes on with the steps, while there is a step to go on with."""
    journey = Journey(scene)
    step = journey.current if scene.on("steps") else None
    return (resume_row(journey.number(step), step.title, scene),) if step else ()


def page_row(scene: Scene, page: int, pages: int, tap: Callable[[int], Tap]) -> tuple[Row, ...]:
    """Buttons to the pages before and after; ``tap`` makes the tap for a page, counted from 0."""
    words = scene.words(CommonWords)
    row: list[Button] = []
    if page > 0:
        row.append(TapButton(words.previous_page, tap(page - 1)))
    if page + 1 < pages:
        row.append(TapButton(words.next_page, tap(page + 1)))
    return (tuple(row),) if row else ()

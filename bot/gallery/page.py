"""The page: the picture of what leads where, what is wrong, and every screen in two languages, in one file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from bot.gallery.chart import HOME, anchor, chart
from bot.gallery.faults import Meter, looks_like, meters
from bot.gallery.markup import html
from bot.gallery.tour import Kind, Shown, Tour
from bot.guide.screen import Button, Turn, UrlButton

STYLE = Path(__file__).with_name("page.css")
AT_ONCE = 6
"""So many screens of one kind are shown; the others unfold."""
NEARLY_FULL = 0.85
_UNSEEN = dict.fromkeys((0x2068, 0x2069))


def page(tour: Tour) -> str:
    """A whole HTML document that loads nothing from anywhere."""
    return "\n".join(_page(tour))


def _page(tour: Tour) -> Iterator[str]:
    style = STYLE.read_text("utf-8")
    screens = sum(len(kind.shown) for kind in tour.kinds.values())
    yield '<!doctype html><html lang="en"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(tour.name)}: every screen</title><style>{style}</style></head><body>"
    yield f"<header><h1>{escape(tour.name)}: every screen</h1>"
    yield (
        f"<p>{screens:,} different screens of {len(tour.kinds)} kinds, found by pressing every button: "
        f"{tour.visits:,} in all. Languages: {escape(', '.join(tour.languages))}.</p>"
    )
    if not tour.complete:
        yield "<p><b>There are more:</b> the walk was ended at its limit.</p>"
    links = (f'<a href="#area-{escape(area)}">{escape(area)}</a>' for area in tour.areas)
    yield f"<nav>{''.join(links)}</nav></header><main>"
    yield from _faults(tour)
    yield '<section id="map"><h2>What leads where</h2><p>A box is an area, a line in it a kind of screen. '
    home = tour.kinds.get(HOME)
    yield f"Ways back to {escape(home.first_line if home else HOME)} are left out. Tap a line to go to its screens.</p>"
    yield f'<div class="scroll">{chart(tour)}</div></section>'
    for area in tour.areas:
        yield f'<section id="area-{escape(area)}"><h2>{escape(area)}</h2>'
        for kind in tour.of(area):
            yield from _kind(tour, kind)
        yield "</section>"
    yield "</main></body></html>"


def _faults(tour: Tour) -> Iterator[str]:
    if not tour.faults:
        yield '<section><p class="good">Nothing is wrong with any of them: each button has an answer, and no screen is a dead end.</p></section>'
        return
    yield f'<section class="faults"><h2>{len(tour.faults)} to mend</h2><ul>'
    for kind, shown, language, fault in tour.faults:
        where = f"{kind.title} · {shown.visit.persona} · {shown.visit.did} · {language}"
        yield f'<li><a href="#{anchor(kind)}">{escape(where)}</a>: {escape(fault)}</li>'
    yield "</ul></section>"


def _kind(tour: Tour, kind: Kind) -> Iterator[str]:
    commands = "".join(f"<code>{escape(name)}</code> " for name in kind.commands)
    yield f'<article id="{anchor(kind)}"><h3>{escape(kind.title)} {commands}<small>{len(kind.shown)}</small></h3>'
    ways = (
        f'<a href="#{anchor(tour.kinds[name])}">{escape(label)}</a>'
        for name, label in kind.leads_to.items()
        if name in tour.kinds and name != kind.name
    )
    if leads := " ".join(ways):
        yield f'<details class="ways"><summary>leads to {len(kind.leads_to)} kinds</summary>{leads}</details>'
    yield from _grid(tour, kind.shown[:AT_ONCE])
    if rest := kind.shown[AT_ONCE:]:
        yield f"<details><summary>{len(rest)} more like these</summary>"
        yield from _grid(tour, rest)
        yield "</details>"
    yield "</article>"


def _grid(tour: Tour, screens: Sequence[Shown]) -> Iterator[str]:
    yield f'<div class="grid n{len(tour.languages)}">'
    for shown in screens:
        yield from _shown(tour, shown)
    yield "</div>"


def _shown(tour: Tour, shown: Shown) -> Iterator[str]:
    visit = shown.visit
    yield f'<div class="shown"><p class="did"><b>{escape(visit.persona)}</b> <span dir="auto">{escape(visit.did)}</span></p>'
    yield '<div class="pair">'
    first = visit.turns[0]
    for language, turn, faults in zip(tour.languages, visit.turns, shown.faults, strict=True):
        same = turn is not first and turn.screen is not None and _words(turn) == _words(first)
        yield f'<div class="one" lang="{escape(language)}"><p class="lang">{escape(language)}'
        yield f"{' · <em>not translated</em>' if same else ''}</p>{''.join(_turn(turn))}"
        yield "".join(f'<p class="fault">{escape(fault)}</p>' for fault in faults)
        yield f'<p class="meters">{"".join(map(_meter, meters(turn)))}</p></div>'
    yield "</div></div>"


def _words(turn: Turn) -> tuple[str, ...]:
    """Without the marks that fence off what is written in the other direction: nobody sees them."""
    text, labels = looks_like(turn.screen)
    return tuple(each.translate(_UNSEEN) for each in (text, *labels))


def _turn(turn: Turn) -> Iterator[str]:
    if turn.notice:
        yield f'<p class="notice" dir="auto">{escape(turn.notice)}</p>'
    if turn.document:
        caption = html(turn.document.caption)
        yield f'<div class="bubble" dir="auto">📎 {escape(turn.document.name)}\n{caption}</div>'
    if turn.picture:
        title, caption = escape(turn.picture.chart.title), html(turn.picture.caption)
        yield f'<div class="bubble" dir="auto">📊 {title}\n{caption}</div>'
    if turn.screen:
        yield f'<div class="bubble" dir="auto">{html(turn.screen.text)}</div>'
        for row in turn.screen.rows:
            yield f'<div class="row">{"".join(map(_button, row))}</div>'


def _button(button: Button) -> str:
    look = "url" if isinstance(button, UrlButton) else button.look
    title = f' title="{escape(button.url)}"' if isinstance(button, UrlButton) else ""
    return f'<span class="key {look}" dir="auto"{title}>{escape(button.label)}</span>'


def _meter(meter: Meter) -> str:
    state = "over" if meter.share > 1 else "near" if meter.share > NEARLY_FULL else ""
    return (
        f'<span class="meter {state}" title="{escape(meter.what)}: {meter.used:,} of {meter.limit:,}">'
        f"{escape(meter.what)} {meter.used:,}/{meter.limit:,}"
        f'<i style="width:{min(100, round(meter.share * 100))}%"></i></span>'
    )

"""How screens lead to one another, as a picture: a box for each area, a line in it for each kind of screen."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from bot.gallery.tour import Kind, Tour

WIDTH, GAP, ROW, HEAD, PAD = 222, 84, 24, 34, 12
COLUMNS = 4
LONGEST = 30
HOME = "go menu"
"""Nearly every screen leads there, so those lines are left out."""


def chart(tour: Tour) -> str:
    """An SVG of its own, whose colours are the page's."""
    places, boxes, height = _layout(tour)
    width = COLUMNS * WIDTH + (COLUMNS - 1) * GAP + 2 * PAD
    parts = [
        f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" aria-label="What leads where">',
        *_lines(tour, places),
        *boxes,
        "</svg>",
    ]
    return "\n".join(parts)


def _layout(tour: Tour) -> tuple[dict[str, tuple[int, int]], list[str], int]:
    """Where each kind's line begins, the boxes, and how high it all is. Each area goes below the shortest column."""
    bottoms = [PAD] * COLUMNS
    places: dict[str, tuple[int, int]] = {}
    boxes: list[str] = []
    for number, area in enumerate(tour.areas):
        kinds = list(tour.of(area))
        column = bottoms.index(min(bottoms))
        x, y = PAD + column * (WIDTH + GAP), bottoms[column]
        for row, kind in enumerate(kinds):
            places[kind.name] = (x, y + HEAD + row * ROW)
        boxes += _box(area, number, kinds, (x, y))
        bottoms[column] = y + HEAD + len(kinds) * ROW + PAD + 24
    return places, boxes, max(bottoms)


def _box(area: str, number: int, kinds: list[Kind], at: tuple[int, int]) -> Iterator[str]:
    x, y = at
    height = HEAD + len(kinds) * ROW + 8
    yield f'<g class="area hue-{number % 8}"><a href="#area-{escape(area)}">'
    yield f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{height}" rx="12"/>'
    yield f'<text class="name" x="{x + 12}" y="{y + 22}">{escape(area)}</text></a>'
    for row, kind in enumerate(kinds):
        top = y + HEAD + row * ROW
        whole = " ".join([kind.title, *kind.commands])
        yield f'<a href="#{anchor(kind)}"><title>{escape(whole)}</title>'
        yield f'<rect class="kind" x="{x + 6}" y="{top}" width="{WIDTH - 12}" height="{ROW - 4}" rx="7"/>'
        yield f'<text x="{x + 14}" y="{top + 14}">{escape(_short(kind.title))}</text></a>'
    yield "</g>"


def _lines(tour: Tour, places: dict[str, tuple[int, int]]) -> Iterator[str]:
    hues = {area: number % 8 for number, area in enumerate(tour.areas)}
    for kind in tour.kinds.values():
        for other, label in kind.leads_to.items():
            if other in (kind.name, HOME) or other not in places or _as_in_the_menu(tour, kind, other):
                continue
            title = f"{_short(kind.title)} → {_short(tour.kinds[other].title)}: {label}"
            path = _path(places[kind.name], places[other])
            near = " within" if tour.kinds[other].area == kind.area else ""
            yield f'<path class="way{near} hue-{hues[kind.area]}" d="{path}"><title>{escape(title)}</title></path>'


def _as_in_the_menu(tour: Tour, kind: Kind, other: str) -> bool:
    """What stands below a notice as it stands in the menu is drawn once."""
    home = tour.kinds.get(HOME)
    return home is not None and kind is not home and kind.area == home.area and other in home.leads_to


def _path(start: tuple[int, int], end: tuple[int, int]) -> str:
    """From the side of one line to that of the other which is nearer; within a box, around its right side."""
    (x1, y1), (x2, y2) = start, end
    y1, y2 = y1 + ROW // 2 - 2, y2 + ROW // 2 - 2
    if x1 == x2:
        out = x1 + WIDTH
        bend = out + 14 + min(60, abs(y2 - y1) // 6)
        return f"M{out - 6} {y1}C{bend} {y1} {bend} {y2} {out - 6} {y2}"
    if x1 < x2:
        x1, x2 = x1 + WIDTH - 6, x2 + 6
        middle = GAP
    else:
        x1, x2 = x1 + 6, x2 + WIDTH - 6
        middle = -GAP
    return f"M{x1} {y1}C{x1 + middle} {y1} {x2 - middle} {y2} {x2} {y2}"


def anchor(kind: Kind) -> str:
    """The name by which the page is jumped into."""
    return "kind-" + "".join(each if each.isalnum() else "-" for each in kind.name)


def _short(title: str) -> str:
    return title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}…"

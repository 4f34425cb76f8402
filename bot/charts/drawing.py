"""A chart as a PNG: large letters and strong contrast, for small phones."""

from __future__ import annotations

import io
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from PIL import Image, ImageDraw

from bot.charts.lettering import fitted, known_letters, typeface
from bot.guide.chart import MOST_BARS, Bar, Chart

WIDTH: Final = 900
_MARGIN, _TITLE, _ROW, _BAR, _FOOT = 40, 96, 104, 40, 70
_VALUE_ROOM = 210
"""Pixels beside the longest bar, for its value."""
_GROUND, _INK, _SOFT, _FILL, _BAND = "#ffffff", "#1b1f24", "#57606a", "#1f6feb", "#ffe7a3"


@dataclass(frozen=True, slots=True)
class _Scale:
    most: Decimal

    def x(self, value: Decimal) -> int:
        """The place of a value, in pixels from the left."""
        room = WIDTH - 2 * _MARGIN - _VALUE_ROOM
        return _MARGIN + int(room * value / self.most) if self.most else _MARGIN


def png(chart: Chart) -> bytes:
    """Draw it. ``ValueError`` for a chart without bars, or with too many."""
    if not 1 <= len(chart.bars) <= MOST_BARS:
        raise ValueError(f"a chart has 1 to {MOST_BARS} bars, not {len(chart.bars)}")
    height = _TITLE + _ROW * len(chart.bars) + (_FOOT if chart.band else _MARGIN // 2)
    image = Image.new("RGB", (WIDTH, height), _GROUND)
    pen = ImageDraw.Draw(image)
    most = max([bar.value for bar in chart.bars] + ([chart.band.high] if chart.band else []))
    scale = _Scale(most)
    _draw_band(pen, chart, scale, height)
    title = typeface(38, "Bold")
    pen.text((_MARGIN, 30), fitted(known_letters(chart.title), title, WIDTH - 2 * _MARGIN), _INK, title)
    for number, bar in enumerate(chart.bars):
        _draw_bar(pen, bar, number, scale)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _draw_bar(pen: ImageDraw.ImageDraw, bar: Bar, number: int, scale: _Scale) -> None:
    top, font = _TITLE + number * _ROW, typeface(30)
    # A name in letters that we cannot draw is told by its number: the caption has the names in the same order.
    label = known_letters(bar.label) or str(number + 1)
    pen.text((_MARGIN, top), fitted(label, font, WIDTH - 2 * _MARGIN), _INK, font)
    end = max(scale.x(bar.value), _MARGIN + 3)
    pen.rounded_rectangle((_MARGIN, top + 42, end, top + 42 + _BAR), 6, _FILL)
    value = typeface(30, "Bold")
    pen.text((end + 14, top + 44), fitted(known_letters(bar.text), value, _VALUE_ROOM - 14), _INK, value)


def _draw_band(pen: ImageDraw.ImageDraw, chart: Chart, scale: _Scale, height: int) -> None:
    if chart.band is None:
        return
    left, right = scale.x(chart.band.low), scale.x(chart.band.high)
    pen.rectangle((left, _TITLE - 6, max(right, left + 3), height - _FOOT), _BAND)
    font = typeface(26)
    pen.rectangle((_MARGIN, height - 48, _MARGIN + 28, height - 20), _BAND)
    label = fitted(known_letters(chart.band.label), font, WIDTH - 2 * _MARGIN - 44)
    pen.text((_MARGIN + 42, height - 52), label, _SOFT, font)

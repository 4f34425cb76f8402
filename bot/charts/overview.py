"""Steps and days in one picture, made to be read on a phone."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw

from bot.charts.lettering import fitted, known_letters, typeface
from bot.guide.overview import DayBar, FunnelRow, Overview

WIDTH = 1080
MARGIN = 48
LARGE, NORMAL, SMALL = 44, 34, 28
_ROW = 108
_BAR = 40
_DAYS_HEIGHT = 330
_PAPER, _INK, _SOFT, _LINE = "#ffffff", "#1c2733", "#5b6b7b", "#d9e0e7"
_PALE, _STRONG, _ACCENT = "#b9d7f5", "#1f78d1", "#f08c00"


def overview_png(overview: Overview) -> bytes:
    """The picture as PNG. It takes some 150 ms: do it beside the event loop."""
    height = MARGIN * 2
    if overview.steps:
        height += LARGE + NORMAL + 44 + len(overview.steps) * _ROW
    height += LARGE + NORMAL + 60 + _DAYS_HEIGHT + SMALL + 20
    image = Image.new("RGB", (WIDTH, height), _PAPER)
    canvas = _Canvas(ImageDraw.Draw(image))
    y = MARGIN
    if overview.steps:
        y = canvas.heading(y, overview.steps_title, ((_PALE, overview.reached), (_STRONG, overview.done)))
        y = canvas.funnel(y, overview.steps)
    y = canvas.heading(y + 16, overview.days_title, ((_STRONG, overview.active), (_ACCENT, overview.new)))
    canvas.days(y, overview.days)
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


class _Canvas:
    def __init__(self, draw: ImageDraw.ImageDraw) -> None:
        self._draw = draw
        self._fonts = {LARGE: typeface(LARGE, "Bold"), NORMAL: typeface(NORMAL), SMALL: typeface(SMALL)}

    def heading(self, y: int, title: str, legend: Sequence[tuple[str, str]]) -> int:
        self._text((MARGIN, y), title, LARGE)
        x, y = MARGIN, y + LARGE + 16
        for colour, word in legend:
            self._draw.rounded_rectangle((x, y + 6, x + 26, y + 32), 6, fill=colour)
            self._text((x + 38, y), word, NORMAL, _SOFT)
            x += 38 + round(self._length(word, NORMAL)) + 40
        return y + NORMAL + 28

    def funnel(self, y: int, steps: Sequence[FunnelRow]) -> int:
        most = max((max(step.reached, step.done) for step in steps), default=0) or 1
        wide = WIDTH - 2 * MARGIN
        for step in steps:
            told = round(self._length(step.told, NORMAL))
            self._text(
                (MARGIN, y), fitted(known_letters(step.title), self._fonts[NORMAL], wide - told - 30), NORMAL
            )
            self._text((WIDTH - MARGIN - told, y), step.told, NORMAL, _SOFT)
            top = y + NORMAL + 14
            self._bar(top, wide, _LINE)
            self._bar(top, wide * step.reached // most, _PALE)
            self._bar(top, wide * step.done // most, _STRONG)
            y += _ROW
        return y

    def days(self, y: int, days: Sequence[DayBar]) -> None:
        most = max((max(day.active, day.new) for day in days), default=0)
        bottom, left = y + _DAYS_HEIGHT, MARGIN + 84
        each = (WIDTH - MARGIN - left) / max(1, len(days))
        for share in (0, 0.5, 1) if most > 1 else (0, 1):
            line = round(bottom - _DAYS_HEIGHT * share)
            self._draw.line((left, line, WIDTH - MARGIN, line), fill=_LINE, width=2)
            told = str(round(max(most, 1) * share))
            self._text(
                (left - 16 - round(self._length(told, SMALL)), line - SMALL // 2 - 4), told, SMALL, _SOFT
            )
        for number, day in enumerate(days):
            x = left + each * number
            for value, colour in ((day.active, _STRONG), (day.new, _ACCENT)):
                if value:
                    top = bottom - max(4, round(_DAYS_HEIGHT * value / most))
                    self._draw.rectangle((x + each * 0.15, top, x + each * 0.85, bottom), fill=colour)
            if day.label:
                self._text((round(x), bottom + 12), day.label, SMALL, _SOFT)

    def _bar(self, top: int, length: int, colour: str) -> None:
        if length > 0:
            self._draw.rounded_rectangle(
                (MARGIN, top, MARGIN + max(length, 10), top + _BAR),
                min(10, max(length, 10) // 2),
                fill=colour,
            )

    def _length(self, text: str, size: int) -> float:
        return self._fonts[size].getlength(text)

    def _text(self, at: tuple[int, int], text: str, size: int, colour: str = _INK) -> None:
        self._draw.text(at, text, fill=colour, font=self._fonts[size])

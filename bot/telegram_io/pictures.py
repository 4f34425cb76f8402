"""Pictures of a turn, written down as what is to be drawn: that is small, and drawn anew when it is shown again."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.guide.chart import Band, Bar, Chart, Picture
from bot.telegram_io.render import html


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart and the caption below it, in Telegram's HTML."""

    chart: Chart
    caption: str


def drawing_of(picture: Picture) -> Drawing:
    return Drawing(picture.chart, html(picture.caption))


def drawing_to_json(drawing: Drawing) -> dict[str, Any]:
    """As JSON has it; numbers as text, so that none changes."""
    chart, band = drawing.chart, drawing.chart.band
    return {
        "caption": drawing.caption,
        "title": chart.title,
        "bars": [[bar.label, str(bar.value), bar.text] for bar in chart.bars],
        "band": band and [band.label, str(band.low), str(band.high)],
    }


def drawing_from_json(fields: dict[str, Any]) -> Drawing:
    bars = tuple(Bar(label, Decimal(value), text) for label, value, text in fields["bars"])
    band = fields["band"] and Band(fields["band"][0], *(Decimal(each) for each in fields["band"][1:]))
    return Drawing(Chart(fields["title"], bars, band), fields["caption"])

"""Draws charts, as pictures. The only place that knows Pillow."""

from __future__ import annotations

import asyncio

from bot.guide.chart import Chart
from bot.guide.overview import Overview


async def draw(chart: Chart) -> bytes:
    """The chart as a PNG. It takes some tens of milliseconds of a thread of its own, none of the loop."""
    return await asyncio.to_thread(_png, chart)


async def draw_overview(overview: Overview) -> bytes:
    """The overview of many people as a PNG, in a thread of its own, too."""
    return await asyncio.to_thread(_overview_png, overview)


def _png(chart: Chart) -> bytes:
    # Loaded when it is needed: most bots draw seldom.
    from bot.charts.drawing import png

    return png(chart)


def _overview_png(overview: Overview) -> bytes:
    from bot.charts.overview import overview_png

    return overview_png(overview)


__all__ = ["draw", "draw_overview"]

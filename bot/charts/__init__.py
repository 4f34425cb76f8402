"""Draws charts, as pictures. The only place that knows Pillow."""

from __future__ import annotations

import asyncio

from bot.guide.chart import Chart


async def draw(chart: Chart) -> bytes:
    """The chart as a PNG. It takes some tens of milliseconds of a thread of its own, none of the loop."""
    return await asyncio.to_thread(_png, chart)


def _png(chart: Chart) -> bytes:
    # Loaded when it is needed: most bots draw seldom.
    from bot.charts.drawing import png

    return png(chart)


__all__ = ["draw"]

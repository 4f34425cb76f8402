"""What the benchmarks show, as a table to read and as JSON to keep."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

FILE = Path(__file__).parents[2] / "build" / "bench" / "bench.json"


@dataclass(frozen=True, slots=True)
class Row:
    """One line. ``value`` is a ratio or has the unit that ``what`` names; ``detail`` tells what it is made of."""

    what: str
    value: float
    goal: float
    better: Literal["more", "less"]
    detail: str

    @property
    def met(self) -> bool:
        return self.value >= self.goal if self.better == "more" else self.value <= self.goal


def machine() -> str:
    """What it was measured on."""
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def table(rows: Sequence[Row]) -> str:
    """For people."""
    lines = [("what", "figure", "goal", "", "made of")]
    for row in rows:
        goal = f"{'>=' if row.better == 'more' else '<='} {row.goal:g}"
        lines.append((row.what, f"{row.value:.2f}", goal, "met" if row.met else "MISSED", row.detail))
    widths = [max(len(line[column]) for line in lines) for column in range(4)]
    body = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(line[:4], widths, strict=True)), line[4]])
        for line in lines
    ]
    return "\n".join([machine(), "", *body])


def keep(rows: Sequence[Row], file: Path = FILE) -> None:
    """For programs."""
    file.parent.mkdir(parents=True, exist_ok=True)
    shown = [{**asdict(row), "met": row.met} for row in rows]
    file.write_text(json.dumps({"machine": machine(), "rows": shown}, indent=1))

"""What the benchmarks show, as a table to read and as JSON to keep."""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Literal

FILE = Path(__file__).parents[2] / "build" / "bench" / "bench.json"
_COLUMNS = ("what", "ours", "peer", "figure", "goal", "", "")


@dataclass(frozen=True, slots=True)
class Row:
    """One line. ``ours`` and ``theirs`` have a value for each round; ``peer`` says whose ``theirs`` are.

    ``by`` says what the goal is for: a ``ratio`` to the peer, what is ``above`` the peer, or ``ours`` alone.
    """

    what: str
    ours: Sequence[float]
    peer: str = ""
    theirs: Sequence[float] = ()
    by: Literal["ratio", "above", "ours"] = "ratio"
    better: Literal["more", "less"] = "more"
    goal: float | None = None
    note: str = ""

    @property
    def figure(self) -> float:
        """The median of the ratios of each round, whose two sides were measured one after the other; or of the rest."""
        match self.by:
            case "ratio":
                return statistics.median(
                    ours / theirs for ours, theirs in zip(self.ours, self.theirs, strict=True)
                )
            case "above":
                return statistics.median(self.ours) - statistics.median(self.theirs)
            case "ours":
                return statistics.median(self.ours)

    @property
    def met(self) -> bool | None:
        """``None`` where there is no goal."""
        if self.goal is None:
            return None
        return self.figure >= self.goal if self.better == "more" else self.figure <= self.goal


def machine() -> str:
    """What it was measured on, and how busy that was with anything in the last minute."""
    packages = ", ".join(f"{each} {version(each)}" for each in ("python-telegram-bot", "aiogram"))
    return (
        f"{_processor()}, {os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}; "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, {packages}"
    )


def table(rows: Sequence[Row], told_by: str) -> str:
    """For people. ``told_by`` is the :func:`machine`."""
    lines = [_COLUMNS, *map(_cells, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_COLUMNS) - 1)]
    body = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(line, widths, strict=False)), line[-1]])
        for line in lines
    ]
    legend = "Medians of the rounds, with the least and the most. A figure with x is a ratio to the peer."
    return "\n".join([told_by, legend, "", *map(str.rstrip, body)])


def keep(rows: Sequence[Row], told_by: str, file: Path = FILE) -> None:
    """For programs: everything, round by round."""
    file.parent.mkdir(parents=True, exist_ok=True)
    kept = [{**asdict(row), "figure": row.figure, "met": row.met} for row in rows]
    file.write_text(json.dumps({"machine": told_by, "rows": kept}, indent=1) + "\n", encoding="utf-8")


def _cells(row: Row) -> tuple[str, ...]:
    sign = "x" if row.by == "ratio" else ""
    goal = "" if row.goal is None else f"{'>=' if row.better == 'more' else '<='} {row.goal:g}{sign}"
    verdict = {None: "", True: "met", False: "MISSED"}[row.met]
    peer = f"{row.peer}: {_spread(row.theirs)}" if row.peer else ""
    return (row.what, _spread(row.ours), peer, f"{row.figure:,.2f}{sign}", goal, verdict, row.note)


def _spread(values: Sequence[float]) -> str:
    digits = 0 if statistics.median(values) >= 100 else 2
    middle, least, most = (
        f"{value:,.{digits}f}" for value in (statistics.median(values), min(values), max(values))
    )
    return f"{middle} ({least} to {most})"


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()

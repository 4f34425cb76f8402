"""The figures of a run, as a table for people and as JSON for whoever compares runs."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.faults.size import SEED, SIZE

FILE = Path(__file__).parents[2] / "build" / "faults" / "figures.json"
Figure = int | float | str


@dataclass(frozen=True, slots=True)
class Row:
    what: str
    backend: str
    figures: dict[str, Figure]


class Figures:
    """Gathers what the tests measured."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def add(self, what: str, backend: str, **figures: Figure) -> None:
        self.rows.append(Row(what, backend, figures))
        # At once: a run of hours may be interrupted.
        self._save()

    def table(self) -> str:
        """A line for each row and database."""
        lines = [
            f"{row.what:<34} | {row.backend:<10} | {', '.join(_told(row.figures.items()))}"
            for row in self.rows
        ]
        head = f"{'row':<34} | {'database':<10} | figures (size: {SIZE.name}, seed: {SEED})"
        return "\n".join([head, "-" * len(head), *lines])

    def _save(self) -> None:
        FILE.parent.mkdir(parents=True, exist_ok=True)
        rows = [{"row": row.what, "database": row.backend, **row.figures} for row in self.rows]
        about = {"size": SIZE.name, "seed": SEED, "machine": platform.platform(), "rows": rows}
        FILE.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


FIGURES = Figures()
"""Of this test session."""


def spread(values: Sequence[float]) -> tuple[float, float]:
    """The median and the highest, to a hundredth."""
    ordered = sorted(values)
    return round(ordered[len(ordered) // 2], 2), round(ordered[-1], 2)


def _told(figures: Iterable[tuple[str, Figure]]) -> Iterable[str]:
    return (f"{name.replace('_', ' ')} {value}" for name, value in figures)

"""How many offers are caught, how many honest messages accused, and how long it takes: python -m tests.bench.offers"""

from __future__ import annotations

import gc
import json
import statistics
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from bot.clock import SystemTime
from bot.content.library import Library
from bot.content.loader import load
from bot.guide.guide import SPECS
from bot.guide.offers.weighing import weigh

ROOT = Path(__file__).parents[2]
LONGEST = 4096
SHAPES = (
    "pay fee ",
    "a ",
    "a.",
    "$1 ",
    "@a",
    "appen-",
    '"',
    "kindly pay deposit fee job telegram usdt code ",
    "💰",
)


def timed(library: Library, text: str) -> tuple[bool, float]:
    """Whether a text is warned of, and how many milliseconds that took."""
    began = time.perf_counter()
    warning = weigh(library, text, library.pack(None)).warning
    return warning, (time.perf_counter() - began) * 1000


def report(library: Library, file: Path) -> str:
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    warned: dict[str, list[bool]] = {}
    spent = []
    for row in rows:
        warning, taken = timed(library, row["text"])
        warned.setdefault(row["style"], []).append(warning)
        spent.append(taken)
    found = "  ".join(
        f"{style} {sum(each)}/{len(each)} ({sum(each) / len(each):.0%})"
        for style, each in sorted(warned.items())
    )
    return f"{file.stem:14} {found}  {_times(spent)}"


def _times(spent: Iterable[float]) -> str:
    values = sorted(spent)
    return f"median {statistics.median(values):.1f} ms, slowest {values[-1]:.1f} ms"


def main() -> None:
    library = load(ROOT / "content", SPECS, today=SystemTime().now().date()).library
    # As the bot does after its start: what stays for good is not looked through again and again.
    gc.freeze()
    _, first = timed(library, "hello")
    sys.stdout.write(f"the first text, which has the patterns compiled: {first:.0f} ms\n")
    for file in sorted((ROOT / "tests" / "offers").glob("*.jsonl")):
        sys.stdout.write(f"{report(library, file)}\n")
    spent = [timed(library, (shape * LONGEST)[:LONGEST])[1] for shape in SHAPES for _ in range(5)]
    sys.stdout.write(f"{'4,096 hostile characters':24} {_times(spent)}\n")


if __name__ == "__main__":
    main()

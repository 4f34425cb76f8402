"""How fast the bot is, against what people would use instead: ``make bench``.

The load generator is this process. It plays Telegram (``telegram.py``) and the people (``crowd.py``), on a core of its
own; the subject is another process on another core. Subjects are measured by turns, each figure is a median over rounds,
and what is promised is a ratio to a peer in the same run.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import uvloop

from tests.bench.loads import Effort
from tests.bench.rows import ROWS
from tests.bench.table import FILE, Row, keep, machine, table
from tests.bench.throughput import COMPARISONS, compared

NAMES = (*COMPARISONS, *ROWS)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", action="append", choices=NAMES, help="this alone; may be repeated")
    parser.add_argument("--rounds", type=int, default=5, metavar="N")
    parser.add_argument("--seconds", type=float, default=1.2, metavar="S", help="how long a round counts")
    parser.add_argument("--file", type=Path, default=FILE, help="where all rounds are kept (%(default)s)")
    options = parser.parse_args(arguments)
    told_by, began = machine(), time.monotonic()
    rows = measured(options.only or NAMES, Effort(options.rounds, options.seconds))
    keep(rows, told_by, options.file)
    print(table(rows, told_by))
    took = time.monotonic() - began
    print(
        f"\n{options.rounds} rounds of {options.seconds:g} s, {took:.0f} s in all; they are in {options.file}"
    )
    return 0


def measured(names: Sequence[str], effort: Effort) -> list[Row]:
    """The rows of these names."""
    rows: list[Row] = []
    # What is loaded by now is never looked through again: that would take as long as many taps.
    gc.freeze()
    if together := [name for name in COMPARISONS if name in names]:
        _say(", ".join(together))
        rows += uvloop.run(compared(together, effort))
    for name, row in ROWS.items():
        if name in names:
            _say(name)
            rows += uvloop.run(row(effort))
    return rows


def _say(what: str) -> None:
    print(f"measuring: {what} ...", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""How fast the bot is, against what people would use instead: ``make bench``.

The load generator is this process. It plays Telegram (``telegram.py``) and the people (``crowd.py``), on a core of its own;
the subject is another process on another core. Subjects are measured by turns, each figure is a median over rounds, and
each promise is a ratio to a peer in the same run.
"""

from __future__ import annotations

import argparse
import asyncio
import sys

from tests.bench.rows import ROWS, Effort
from tests.bench.subjects import CROWD_CORE, pin
from tests.bench.table import FILE, Row, keep, table


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "--only", action="append", choices=sorted(ROWS), help="measure just this; may be repeated"
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.5, help="how long a round counts")
    options = parser.parse_args(arguments)
    pin(CROWD_CORE)
    rows: list[Row] = []
    for name in options.only or ROWS:
        print(f"measuring: {name} ...", file=sys.stderr, flush=True)
        rows += asyncio.run(_measured(name, Effort(options.rounds, options.seconds)))
    keep(rows)
    print(table(rows))
    print(f"\nalso in {FILE}")
    return 0


async def _measured(name: str, effort: Effort) -> list[Row]:
    return await ROWS[name](effort)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""``python -m bot run``, which ends itself as ``kill -9`` does at a point of the code.

python -m tests.faults.killable POINT N: at the N-th time that the point is reached.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys

from bot.app import run
from bot.settings import read_settings
from bot.telegram_io.points import Point, Reached


def killed_at(wanted: str, times: int) -> Reached:
    left = times

    def reached(point: Point) -> None:
        nonlocal left
        left -= point == wanted
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return reached


if __name__ == "__main__":
    asyncio.run(run(read_settings(), reached=killed_at(sys.argv[1], int(sys.argv[2]))))

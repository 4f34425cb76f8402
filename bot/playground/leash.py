"""Runs a command that must not outlive the process that started it, even if that one is killed hard.

    python leash.py PARENT COMMAND [ARGUMENT ...]

Linux only: it asks the kernel for SIGTERM at the parent's end (prctl(2), PR_SET_PDEATHSIG) and then becomes
the command; the wish outlives exec. Run as a file, with nothing but the standard library.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(parent: int, command: list[str]) -> None:
    """Never returns: this process becomes the command, or ends."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        # It was gone before the wish was made.
        sys.exit(0)
    os.execv(command[0], command)  # noqa: S606 - the caller's own command, no shell


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])

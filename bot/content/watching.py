"""Whether anything in a folder of content has changed, told without reading a file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

Fingerprint = frozenset[tuple[str, int, int, int]]
"""Of each file its path, time of change (ns), size and number (an editor that replaces a file gives it a new one)."""


NEVER_READ: Fingerprint = frozenset()
"""Unlike that of any folder that content was read from."""


def fingerprint(directory: Path) -> Fingerprint:
    """Of all files in the folder and the folders in it. Files that come and go meanwhile may be in it or not."""
    return frozenset(_files(str(directory), deeper=True))


def _files(directory: str, *, deeper: bool) -> Iterator[tuple[str, int, int, int]]:
    try:
        entries = list(os.scandir(directory))
    except OSError:
        # Gone, or not to be looked into: whoever reads it says so.
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        try:
            if entry.is_dir():
                if deeper:
                    yield (entry.path, 0, 0, 0)
                    yield from _files(entry.path, deeper=False)
            else:
                stat = entry.stat()
                yield (entry.path, stat.st_mtime_ns, stat.st_size, stat.st_ino)
        except OSError:
            continue

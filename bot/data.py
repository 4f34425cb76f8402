"""What operators do with the data as a whole: back it up, move it to another database."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from bot.errors import SettingsError, StoreError
from bot.store.moving import backup, gone_if_it_fails, move
from bot.store.opening import open_archive, require_unserved

_WIDTH = 30


async def move_data(from_url: str, to_url: str, out: TextIO = sys.stdout, err: TextIO = sys.stderr) -> None:
    """Move everything between two databases and say what each has then.

    Raises :class:`~bot.errors.StoreError` when it cannot be done, or when the two do not agree after it. Nothing is
    changed, not even a schema, when a bot serves from either or one of the URLs is wrong.
    """
    if from_url == to_url:
        raise SettingsError("--from and --to: name the same database")
    # Before anything is changed: opened, a database is brought up to date.
    with _called("--from"):
        await require_unserved(from_url, must_exist=True)
    with _called("--to"):
        await require_unserved(to_url, must_exist=False)
    with gone_if_it_fails(to_url):
        await _move_data(from_url, to_url, out, err)


async def _move_data(from_url: str, to_url: str, out: TextIO, err: TextIO) -> None:
    with _called("--to"):
        target = await open_archive(to_url, must_exist=False)
    with _called("--from"):
        source = await open_archive(from_url, must_exist=True)
    with _Bar(err) as bar:
        before, after = await move(source, target, bar.show)
    _write_table(out, {"from": before, "to": after})
    if before != after:
        raise StoreError(f"{target.place}: has other numbers of rows than {source.place}: do not use it")


async def back_up(url: str, file: Path, out: TextIO = sys.stdout, err: TextIO = sys.stderr) -> None:
    """Write a copy of the database to a new file and say what is in it."""
    with _Bar(err) as bar:
        counts = await backup(url, file, bar.show)
    _write_table(out, {"rows": counts})
    out.write("left out: what was sent and is not answered yet, and broadcasts\n")
    out.write(f"{file}: {_size(file)} bytes\n")


def _size(file: Path) -> int:
    return file.stat().st_size


class _Bar:
    """One line that grows, on a terminal; elsewhere a plain line at the beginning and one at the end."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._drawn = ""

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._drawn:
            self._out.write("\n")

    def show(self, done: int, of: int) -> None:
        if not self._out.isatty():
            if done in {0, of}:
                self._out.write(f"{done} of {of} rows\n")
            return
        filled = _WIDTH * done // of if of else _WIDTH
        self._drawn = f"[{'#' * filled:<{_WIDTH}}] {done} of {of} rows"
        self._out.write(f"\r{self._drawn}")
        self._out.flush()


def _write_table(out: TextIO, columns: Mapping[str, Mapping[str, int]]) -> None:
    names = list(next(iter(columns.values())))
    out.write(f"{'':<18}" + "".join(f"{title:>12}" for title in columns) + "\n")
    for name in names:
        out.write(f"{name:<18}" + "".join(f"{counts[name]:>12}" for counts in columns.values()) + "\n")


@contextmanager
def _called(option: str) -> Iterator[None]:
    """Errors about a URL name the option that it came from."""
    try:
        yield
    except SettingsError as error:
        raise SettingsError(str(error).replace("DATABASE_URL", option)) from None

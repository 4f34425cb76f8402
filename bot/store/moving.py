"""Moving everything from one database to another, and backups."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.errors import SettingsError, StoreError
from bot.store.opening import open_archive, scheme_of
from bot.store.sqlite.archive import copy_file
from bot.store.sqlite.files import path_of
from bot.store.sqlite.serving import require_unserved
from bot.store.tables import BACKED_UP, TABLES, Archive, Counts, Progress, Snapshot, Table

AT_ONCE = 1_000
"""Rows that are moved in one step."""

_COMPANIONS = ("", "-wal", "-shm", "-journal", "-serving")


async def move(source: Archive, target: Archive, progress: Progress) -> tuple[Counts, Counts]:
    """Copy everything into the empty ``target``, in one transaction; the rows that each has after it, by table.

    No bot may serve from either meanwhile. Raises :class:`~bot.errors.StoreError` with the target left empty.
    """
    async with source.unserved(), target.unserved():
        async with source.snapshot() as snapshot:
            await _copy(snapshot, target, TABLES, progress)
        return await source.counts(), await target.counts()


@contextmanager
def gone_if_it_fails(url: str) -> Iterator[None]:
    """A database file that is made in this block goes if the block fails, unless a bot has begun to serve from it."""
    path = path_of(url) if scheme_of(url) == "sqlite" else None
    if path is None or os.path.lexists(path):
        yield
        return
    try:
        yield
    except BaseException:
        with suppress(StoreError, OSError):
            require_unserved(path)
            _remove(path)
        raise


async def backup(url: str, file: Path, progress: Progress) -> Counts:
    """Write what the database behind ``url`` holds to a new SQLite file, while bots go on; its rows, by table.

    Of what waits to be answered or sent no byte is in it (:data:`bot.store.tables.BACKED_UP`).
    The file is there whole, for its owner only, or not at all. Raises :class:`~bot.errors.StoreError` when it is
    there already or cannot be written.
    """
    is_a_file = scheme_of(url) == "sqlite"
    with _written_whole(file) as part:
        if is_a_file:
            return copy_file(path_of(url), part)
        source = await open_archive(url, must_exist=True, up_to_date=False)
        target = await open_archive(f"sqlite:///{part}", must_exist=True)
        async with source.snapshot() as snapshot:
            return await _copy(snapshot, target, BACKED_UP, progress)


async def _copy(snapshot: Snapshot, target: Archive, tables: Sequence[Table], progress: Progress) -> Counts:
    """Fill these tables of ``target``, all or nothing; how many rows of each the snapshot has."""
    all_counts = await snapshot.counts()
    counts = {table.name: all_counts[table.name] for table in tables}
    done, of = 0, sum(counts.values())
    progress(done, of)
    async with target.filling() as filling:
        for table in tables:
            async for rows in snapshot.batches(table, AT_ONCE):
                await filling.add(table, rows)
                done += len(rows)
                progress(done, of)
    return counts


@contextmanager
def _written_whole(file: Path) -> Iterator[Path]:
    """A new, empty file beside ``file``, which takes its name if the block ends well and goes if it does not."""
    _refuse_if_there(file)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{file.name}-", suffix=".part", dir=file.parent)
        os.close(handle)
    except OSError as error:
        raise StoreError(f"{file}: cannot be written ({error.strerror}): is its folder there?") from error
    part = Path(name)
    try:
        yield part
        _keep(part, file)
    except StoreError as error:
        raise StoreError(str(error).replace(str(part), str(file))) from error
    finally:
        _remove(part)


def _remove(file: Path) -> None:
    for companion in _COMPANIONS:
        Path(f"{file}{companion}").unlink(missing_ok=True)


def _keep(part: Path, file: Path) -> None:
    try:
        _to_the_disk(part)
        _refuse_if_there(file)
        part.rename(file)
        _to_the_disk(file.parent)
    except OSError as error:
        raise StoreError(f"{file}: cannot be written ({error.strerror})") from error


def _to_the_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _refuse_if_there(file: Path) -> None:
    if not file.name:
        raise SettingsError(f"{file}: is a folder: name the file to be written")
    if os.path.lexists(file):
        raise StoreError(f"{file}: is there already: name a new file")

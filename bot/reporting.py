"""What operators are told on the command line: figures of what people do."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from bot.admin.asked_in_vain import DAYS, as_yaml, grouped
from bot.admin.report import Report, made
from bot.admin.report_files import as_csv, as_html, as_json
from bot.content.library import Library
from bot.errors import StoreError
from bot.store import open_store
from bot.store.opening import open_archive


async def report(url: str, library: Library, now: datetime | None = None) -> Report:
    """Figures of the database behind ``url``, while the bot goes on. Raises :class:`bot.errors.StoreError`."""
    # A mistyped path shall not become a new, empty database.
    await open_archive(url, must_exist=True)
    store = await open_store(url)
    try:
        return await made(store, library, None, now or datetime.now(UTC))
    finally:
        await store.close()


async def unanswered(url: str, library: Library, now: datetime | None = None) -> str | None:
    """What was asked in vain, as entries for ``faq.yaml``; ``None`` if nothing was. Raises :class:`bot.errors.StoreError`."""
    await open_archive(url, must_exist=True)
    store = await open_store(url)
    try:
        found = await store.unanswered(((now or datetime.now(UTC)) - DAYS).date())
        return as_yaml(grouped(found), library) if found else None
    finally:
        await store.close()


def write_unanswered(text: str | None, file: Path | None, out: TextIO = sys.stdout) -> None:
    """Write it to a new file, or, without one, to ``out``. That there is nothing is a remark there.

    Raises :class:`bot.errors.StoreError` if the file is there already: somebody may be completing the entries in it.
    """
    if text is None:
        out.write(f"# Within the last {DAYS.days} days nothing was asked in vain.\n")
    elif file is None:
        out.write(text)
    elif file.exists():
        raise StoreError(f"{file}: is there already and is not written over; name a new file")
    else:
        _write({file: text})


def write_report(
    report: Report, title: str, *, html: Path | None, csv: Path | None, out: TextIO = sys.stdout
) -> None:
    """Write it as a page, as a folder of CSV, or, with neither, as JSON to ``out``."""
    if html is not None:
        _write({html: as_html(report, title)})
    if csv is not None:
        _write({csv / name: text for name, text in as_csv(report).items()})
    if html is None and csv is None:
        out.write(as_json(report))


def _write(files: Mapping[Path, str]) -> None:
    for path, text in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise StoreError(f"{path}: cannot be written: {error.strerror}") from error

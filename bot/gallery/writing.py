"""``python -m bot gallery``: content -> the page, as a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.content.library import Library
from bot.errors import SettingsError
from bot.gallery.page import page
from bot.gallery.tour import Tour, take_tour
from bot.guide.guide import Guide

USERNAME = "the_bot"
MOST_LANGUAGES = 2


def write_gallery(library: Library, out: Path, languages: Sequence[str] = ()) -> Tour:
    """Write the page, whole or not at all. ``languages``: one or two; by default the first two that there are.

    Raises :class:`~bot.errors.SettingsError` with one line for a language that there is not, and for a file that cannot be
    written.
    """
    chosen = tuple(languages) or library.bot.languages[:MOST_LANGUAGES]
    for language in chosen:
        if language not in library.bot.languages:
            there = ", ".join(library.bot.languages)
            raise SettingsError(f"--languages: there is no {language!r}; there are: {there}")
    if len(chosen) > MOST_LANGUAGES:
        raise SettingsError(f"--languages: {MOST_LANGUAGES} at most stand side by side")
    tour = take_tour(Guide(library, USERNAME), chosen)
    try:
        part = out.with_name(f".{out.name}.part")
        part.write_text(page(tour), "utf-8")
        part.replace(out)
    except OSError as error:
        raise SettingsError(f"{out}: cannot be written ({error.strerror})") from None
    return tour

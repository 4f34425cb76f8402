"""A small, complete pack of content on another subject, to begin one's own bot with."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

from bot.content.library import AreaSpec
from bot.content.schemas import write_schemas
from bot.errors import ContentError, Fault

PACK = Path(__file__).with_name("pack")

_NAMED = "<this folder>"
"""Stands in these files for the folder that the pack is written into."""
_NAMING = ("bot.yaml", "README.md")


def write_pack(directory: Path, areas: tuple[AreaSpec, ...]) -> None:
    """Write the pack into a folder that is not there yet, or is empty, and the schemas for editors beside it.

    Raises :class:`~bot.errors.ContentError` with one line if that cannot be done; nothing is then written over.
    """
    if directory.exists() and not directory.is_dir():
        raise _fault(directory, "this is a file; name a folder that is not there yet")
    try:
        if directory.is_dir() and any(directory.iterdir()):
            raise _fault(directory, "this folder is not empty, and nothing is written over; name a new one")
        shutil.copytree(PACK, directory, dirs_exist_ok=True)
        for file in (directory / name for name in _NAMING):
            text = file.read_text("utf-8").replace(_NAMED, shlex.quote(str(directory)))
            file.write_text(text, "utf-8")
    except OSError as error:
        raise _fault(directory, f"cannot be written ({error.strerror or 'in part'})") from None
    write_schemas(directory, areas)


def _fault(directory: Path, message: str) -> ContentError:
    return ContentError([Fault(str(directory), 0, "", message)])

"""Where the database file is, and who may read it."""

from __future__ import annotations

import logging
import os
import stat
from pathlib import Path

from bot.errors import SettingsError, StoreError

_PREFIX = "sqlite:///"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO

logger = logging.getLogger(__name__)


def path_of(url: str) -> Path:
    """``sqlite:///data/bot.db`` is relative to the working folder, ``sqlite:////srv/bot.db`` absolute.

    What follows the three slashes is the path as it is: nothing in it is decoded. A database in memory
    (``:memory:``) is refused, for it would forget everybody at the next start.
    """
    if not url.lower().startswith(_PREFIX):
        raise SettingsError(
            "DATABASE_URL: write sqlite:///folder/file.db (three slashes) for a path in the working folder, "
            "sqlite:////folder/file.db (four) for one from the root"
        )
    path = url[len(_PREFIX) :]
    if not path or path == ":memory:" or "\x00" in path:
        raise SettingsError("DATABASE_URL: needs the path of a file, such as sqlite:///data/firstlabel.db")
    return Path(path)


def prepare_file(path: Path) -> None:
    """Make the file, and its folder, if missing; let nobody but its owner read it.

    SQLite gives its ``-wal`` and ``-shm`` files the mode of the database file. Raises
    :class:`~bot.errors.StoreError` when there cannot be a file.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _created(path):
            logger.info("%s: is new: nobody is known yet", path)
        else:
            _close_to_others(path)
    except OSError as error:
        raise StoreError(
            f"{path}: cannot be opened ({error.strerror}): DATABASE_URL needs a file in a folder that the bot may "
            "write"
        ) from error


def _created(path: Path) -> bool:
    """Whether the file is new.

    It has its final mode from the first moment: one made first and closed to others afterwards can be opened in
    between. One that is there already is not opened here, for closing it again would take away the locks that this
    process may hold on it: https://www.sqlite.org/howtocorrupt.html, section 2.2.
    """
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    except FileExistsError as error:
        if path.is_dir():
            raise StoreError(f"{path}: is a folder: DATABASE_URL needs the path of a file in it") from error
        if not path.exists():
            raise StoreError(f"{path}: is a link to nothing: remove it, or change DATABASE_URL") from error
        return False
    return True


def _close_to_others(path: Path) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    if not mode & _OTHERS:
        return
    try:
        path.chmod(mode & ~_OTHERS)
    except OSError as error:
        # A file system without modes, or a file of another user: usable, so the operator is told and decides.
        logger.warning("%s: other users may read it, and that cannot be changed (%s)", path, error.strerror)

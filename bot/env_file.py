"""What ``.env`` and the environment say, each value with the place that says it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from dotenv.parser import parse_stream

from bot.errors import SettingsError


class Given(NamedTuple):
    """A value, and where it stands: a file and line, or the environment."""

    value: str
    origin: str


def chosen(
    names: Iterable[str], in_file: Mapping[str, Given], in_process: Mapping[str, str]
) -> dict[str, Given]:
    """What is given of these settings: the process's environment wins, and an empty value is an unset one."""
    given: dict[str, Given] = {}
    for name in names:
        if value := in_process.get(name):
            given[name] = Given(value, "environment")
        elif name in in_file and in_file[name].value:
            given[name] = in_file[name]
    return given


def read_env_file(path: Path) -> dict[str, Given]:
    """What the file says, by name; the last one wins. Raises :class:`~bot.errors.SettingsError`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError:
        raise SettingsError(f"{path}: is not UTF-8 text: save it again with the encoding UTF-8") from None
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from error
    given: dict[str, Given] = {}
    faults: list[str] = []
    for binding in parse_stream(io.StringIO(text)):
        source = binding.original.string
        blank = source[: len(source) - len(source.lstrip())]
        origin = f"{path}:{binding.original.line + blank.count(chr(10))}"
        if binding.error or (binding.key is not None and binding.value is None):
            faults.append(f"{origin}: cannot be read: write NAME=value, or # before a comment")
        elif binding.key is not None:
            given[binding.key] = Given(binding.value or "", origin)
    if faults:
        raise SettingsError("\n".join(faults))
    return given

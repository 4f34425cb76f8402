"""What ``.env`` and the environment say, each value with the place that says it."""

from __future__ import annotations

import io
import os
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


def with_values(text: str, values: Mapping[str, str]) -> str:
    """The text of such a file with these values: in place of the last one of that name, which wins, or at its end.

    All other lines stay as they are. The values must need no quotes.
    """
    bindings = list(parse_stream(io.StringIO(text)))
    last = {binding.key: number for number, binding in enumerate(bindings) if binding.key in values}
    parts = [
        _assigned(binding.original.string, binding.key, values[binding.key])
        if binding.key is not None and last.get(binding.key) == number
        else binding.original.string
        for number, binding in enumerate(bindings)
    ]
    missing = [f"{name}={value}\n" for name, value in values.items() if name not in last]
    whole = "".join(parts)
    return whole + ("\n" if missing and whole and not whole.endswith("\n") else "") + "".join(missing)


def write_env_file(path: Path, values: Mapping[str, str], template: Path | None = None) -> None:
    """Put these values into the file; only its owner may then read it. It is written whole or not at all.

    Where there is none yet, it begins as ``template`` does. Raises :class:`~bot.errors.SettingsError`.
    """
    source = path if path.exists() or template is None or not template.exists() else template
    draft = path.with_name(f"{path.name}.new")
    try:
        text = source.read_text(encoding="utf-8-sig") if source.exists() else ""
        draft.unlink(missing_ok=True)
        with os.fdopen(
            os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
        ) as file:
            file.write(with_values(text, values))
        draft.replace(path)
    except UnicodeDecodeError:
        raise SettingsError(f"{source}: is not UTF-8 text: save it again with the encoding UTF-8") from None
    except OSError as error:
        raise SettingsError(f"{path}: cannot be written: {error.strerror}") from error


def _assigned(original: str, name: str, value: str) -> str:
    # A binding begins with the blank lines before it and ends with its line.
    blank = original[: len(original) - len(original.lstrip())]
    return f"{blank}{name}={value}\n"

"""An independent look at what the bot sent: every call must be one that aiogram's typed methods accept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import aiogram.methods
import pydantic
from aiogram.methods import TelegramMethod
from aiogram.types import BufferedInputFile

from bot.playground.standin import Call


def assert_calls_parse_as_aiogram(calls: Iterable[Call]) -> int:
    """Checks each recorded call against aiogram's model of the method; returns how many there were.

    Parameters that came as text (a form) are read by the type that aiogram gives them. Raises AssertionError
    with one line for each method, parameter or value that aiogram does not know or accept.
    """
    count = 0
    faults = []
    for call in calls:
        count += 1
        faults += [f"{call.method}: {fault}" for fault in call_faults(call.method, call.params)]
    assert not faults, "\n".join(dict.fromkeys(faults))
    return count


def call_faults(method: str, params: Mapping[str, Any]) -> list[str]:
    """What aiogram has against a call; empty when nothing."""
    model = _model(method)
    if model is None:
        return ["no such method"]
    values, faults = {}, []
    for name, value in params.items():
        field = model.model_fields.get(name)
        if field is not None:
            values[name] = _read(value, field.annotation)
        elif not _attached(name, value, params):
            faults.append(f"{name}: no such parameter")
    try:
        model.model_validate(values)
    except pydantic.ValidationError as error:
        faults += [f"{_place(item)}: {item['msg']}, got {item['input']!r}" for item in error.errors()]
    return faults


def _model(method: str) -> type[TelegramMethod[Any]] | None:
    found = getattr(aiogram.methods, method[:1].upper() + method[1:], None)
    known = isinstance(found, type) and issubclass(found, TelegramMethod) and found is not TelegramMethod
    return found if known else None


def _place(item: Any) -> str:
    return ".".join(str(part) for part in item["loc"])


def _read(value: Any, annotation: Any) -> Any:
    if _uploaded(value):
        return BufferedInputFile(b"", filename=value["file_name"])
    if not isinstance(value, str) or _takes_text(annotation):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _uploaded(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {"file_name", "mime_type", "size"}


def _attached(name: str, value: Any, params: Mapping[str, Any]) -> bool:
    """Whether this is a file that another parameter refers to."""
    return _uploaded(value) and f"attach://{name}" in json.dumps(dict(params))


def _takes_text(annotation: Any) -> bool:
    if get_origin(annotation) is Annotated:
        return _takes_text(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return any(_takes_text(part) for part in get_args(annotation))
    return annotation is str

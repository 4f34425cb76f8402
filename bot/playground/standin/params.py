"""The parameters of one call, read as leniently as the Bot API reads them.

A value may come as text (query string, form, multipart) or as JSON of the right type; both mean the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from .rules import bad_request

Json = dict[str, Any]

_INTEGER: Final = re.compile(r"\s*([+-]?\d+)")
_TRUE: Final = frozenset({"true", "yes", "1"})


@dataclass(frozen=True)
class Upload:
    """A file sent along as multipart."""

    file_name: str
    mime_type: str
    data: bytes

    def shown(self) -> Json:
        """What a record of the call keeps of it."""
        return {"file_name": self.file_name, "mime_type": self.mime_type, "size": len(self.data)}


class Params:
    """Typed access to what came with a call."""

    def __init__(self, values: Mapping[str, Any], uploads: Mapping[str, Upload] | None = None) -> None:
        self.values = values
        self.uploads = uploads or {}

    def given(self, name: str) -> bool:
        """Whether the parameter was sent with some value."""
        return self.values.get(name) not in (None, "")

    def text(self, name: str, default: str = "") -> str:
        """The parameter as text; numbers and booleans become theirs."""
        value = self.values.get(name)
        if value is None:
            return default
        if isinstance(value, str):
            return value
        return json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0) -> int:
        """The whole number at the start of the parameter; text without one counts as 0."""
        if not self.given(name):
            return default
        value = self.values[name]
        if isinstance(value, int):
            return int(value)
        match = _INTEGER.match(str(value))
        return int(match.group(1)) if match else 0

    def number(self, name: str) -> float | None:
        """A decimal number, or None when it is missing or none."""
        try:
            return float(self.text(name))
        except ValueError:
            return None

    def flag(self, name: str) -> bool:
        """True for true, yes and 1."""
        return self.text(name).lower() in _TRUE

    def json(self, name: str) -> Any:
        """The parameter as JSON; None when missing. Raises ApiError when it is not JSON."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def object(self, name: str) -> Json | None:
        """The parameter as a JSON object; None when missing."""
        value = self.json(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise bad_request(f"object expected as {name.replace('_', ' ')}")
        return value

    def array(self, name: str) -> list[Any]:
        """The parameter as a JSON array; empty when missing."""
        value = self.json(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise bad_request(f"can't parse {name.replace('_', ' ')}: expected an Array")
        return value

    def recorded(self) -> Json:
        """What a record of the call keeps: values as sent, files without their bytes."""
        shown = {name: upload.shown() for name, upload in self.uploads.items()}
        return {**self.values, **shown}

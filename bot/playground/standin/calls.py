"""A record of one method call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """One method the bot called.

    `at` is the world's clock and `monotonic` the machine's, both in seconds, when the call came in; `ms` is
    how long it took. `params` are as sent (text when it came as a form); an uploaded file is shown as
    `{"file_name", "mime_type", "size"}`. `response` is the answer's body, also when a fault hid it from the
    bot; `fault` names that fault. `via` is "http", or "webhook" for a call in a webhook's own answer.
    """

    method: str
    params: Mapping[str, Any]
    response: Json
    at: float
    ms: float
    monotonic: float
    fault: str | None = None
    via: str = "http"

"""A bare client of the Bot API, for tests that speak HTTP themselves."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp

Json = dict[str, Any]
TOKEN = "4242:test-token"


def cut(text: str, entity: Json) -> str:
    """The part of the text that an entity covers."""
    units = text.encode("utf-16-le")
    return units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")


class Clock:
    """A world's time that only moves when told to."""

    def __init__(self, now: float = 1_760_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def forward(self, seconds: float) -> None:
        """Lets that much time pass."""
        self.now += seconds


@dataclass(frozen=True)
class Api:
    """Calls methods of one bot over one session."""

    session: aiohttp.ClientSession
    url: str
    token: str = TOKEN

    def address(self, method: str) -> str:
        """The method's URL."""
        return f"{self.url}/bot{self.token}/{method}"

    async def answer(self, method: str, /, **params: Any) -> tuple[int, Json]:
        """Status and body of a call with a JSON body."""
        async with self.session.post(self.address(method), json=params) as response:
            return response.status, await response.json()

    async def ok(self, method: str, /, **params: Any) -> Any:
        """The result of a call that must succeed."""
        status, body = await self.answer(method, **params)
        assert (status, body.get("ok")) == (200, True), body
        return body["result"]

    async def refused(self, method: str, /, **params: Any) -> str:
        """The description of a refusal."""
        status, body = await self.answer(method, **params)
        assert body["ok"] is False, body
        assert body["error_code"] == status
        return str(body["description"])

    async def upload(
        self, method: str, files: Mapping[str, tuple[str, bytes]], /, **params: Any
    ) -> tuple[int, Json]:
        """Status and body of a multipart call."""
        form = aiohttp.FormData()
        for name, value in params.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        for name, (file_name, data) in files.items():
            form.add_field(name, io.BytesIO(data), filename=file_name)
        async with self.session.post(self.address(method), data=form) as response:
            return response.status, await response.json()

"""The page with every screen, made anew by the program for each visit: the content may have changed."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from aiohttp import web

COMMAND: Final = (sys.executable, "-m", "bot", "gallery")
POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""The page has its style in itself, no script, and loads nothing."""

PATIENCE: Final = 120.0
_LANGUAGES = re.compile(r"[a-z][a-z0-9-]{1,19}(,[a-z][a-z0-9-]{1,19})?")


class Gallery:
    """Serves ``GET /gallery?languages=en,es``. ``out`` is where the page is kept meanwhile."""

    def __init__(self, out: Path, command: Sequence[str] = COMMAND) -> None:
        self._out = out
        self._command = tuple(command)
        self._one_at_a_time = asyncio.Lock()

    async def serve(self, request: web.Request) -> web.Response:
        """The page, or what is wrong with the content, as lines of text."""
        languages = request.query.get("languages", "")
        if languages and not _LANGUAGES.fullmatch(languages):
            raise web.HTTPBadRequest(text="languages: use one or two codes, such as en,es")
        async with self._one_at_a_time:
            output = await self._run(languages)
            page = self._page()
        if page is None:
            return web.Response(text=output, status=409)
        headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
        return web.Response(text=page, content_type="text/html", headers=headers)

    async def _run(self, languages: str) -> str:
        self._out.unlink(missing_ok=True)
        options = ("--languages", languages) if languages else ()
        process = await asyncio.create_subprocess_exec(
            *self._command,
            str(self._out),
            *options,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        try:
            async with asyncio.timeout(PATIENCE):
                output, _ = await process.communicate()
        except BaseException:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
            raise
        return output.decode("utf-8", "replace")

    def _page(self) -> str | None:
        with suppress(FileNotFoundError):
            text = self._out.read_text("utf-8")
            self._out.unlink()
            return text
        return None

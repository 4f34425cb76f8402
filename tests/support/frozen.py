"""A way to a PostgreSQL server on which bytes can stop, as when its host freezes or the network between is cut."""

from __future__ import annotations

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

_SOCKET = ".s.PGSQL.5432"


class Way:
    """Passes bytes on, in both directions, until it is frozen. Connections stay open."""

    def __init__(self, url: str, folder: Path) -> None:
        before, _, there = url.partition("host=")
        self.direct = url
        self.url = f"{before}host={folder}"
        self._there, self._here = Path(there) / _SOCKET, folder / _SOCKET
        self._open = asyncio.Event()
        self._pumps: set[asyncio.Task[None]] = set()
        self.thaw()

    def freeze(self) -> None:
        self._open.clear()

    def thaw(self) -> None:
        self._open.set()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        server = await asyncio.start_unix_server(self._connected, self._here)
        try:
            yield
        finally:
            server.close()
            for pump in self._pumps:
                pump.cancel()
            await asyncio.gather(*self._pumps, return_exceptions=True)

    async def _connected(self, reader: StreamReader, writer: StreamWriter) -> None:
        there = await asyncio.open_unix_connection(self._there)
        for pair in ((reader, there[1]), (there[0], writer)):
            pump = asyncio.create_task(self._pump(*pair))
            self._pumps.add(pump)

    async def _pump(self, reader: StreamReader, writer: StreamWriter) -> None:
        try:
            while data := await reader.read(65_536):
                await self._open.wait()
                writer.write(data)
        except OSError:
            pass  # One end is gone, and the other learns it now.
        finally:
            writer.close()

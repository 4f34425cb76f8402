"""HTTP as servers really speak it, over connections of our own."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from telegram.error import NetworkError, TimedOut

from bot.telegram_io.failures import NotSentError
from bot.telegram_io.seconds import Seconds
from bot.telegram_io.wire import Wire, request_head

PATIENT = Seconds(pool=30, connect=30, write=30, read=30)
CERTIFICATE = Path(__file__).with_name("localhost.pem")
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


class Speaker:
    """A server that answers each request with the next of its bytes, and counts who connects."""

    def __init__(self, *answers: bytes) -> None:
        self.answers = list(answers)
        self.connections = 0
        self.requests: list[bytes] = []
        self.silent = asyncio.Event()
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
                self.requests.append(head + await reader.readexactly(length))
                if not self.answers:
                    self.silent.set()
                    continue
                answer = self.answers.pop(0)
                writer.write(answer.removesuffix(b"<close>"))
                await writer.drain()
                if answer.endswith(b"<close>"):
                    return
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def speaking(
    *answers: bytes, connections: int = 1, tls: ssl.SSLContext | None = None
) -> AsyncIterator[tuple[Speaker, Wire]]:
    speaker = Speaker(*answers)
    server = await asyncio.start_server(speaker.serve, "127.0.0.1", 0, ssl=tls)
    speaker.port = server.sockets[0].getsockname()[1]
    scheme, host = ("https", "localhost") if tls else ("http", "127.0.0.1")
    wire = Wire(scheme, host, speaker.port, connections)
    try:
        yield speaker, wire
    finally:
        await wire.close()
        server.close()
        await server.wait_closed()


async def ask(wire: Wire, body: bytes = b"{}", seconds: Seconds = PATIENT) -> tuple[int, bytes]:
    head = request_head("/botX/getMe", "127.0.0.1", "tests")
    return await wire.ask(head(len(body)), body, seconds)


@pytest.mark.parametrize(
    ("answer", "status", "body"),
    [
        (OK, 200, b"{}"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n", 200, b"abc"),
        (b"HTTP/1.1 200 OK\r\n\r\nuntil it closes<close>", 200, b"until it closes"),
        (b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK, 200, b"{}"),
        (b"HTTP/1.1 204 No Content\r\n\r\n", 204, b""),
        (b"HTTP/1.0 502 Bad Gateway\r\nContent-Length: 3\r\n\r\nbad", 502, b"bad"),
    ],
)
async def test_an_answer_may_be_framed_in_any_way(answer: bytes, status: int, body: bytes) -> None:
    async with speaking(answer, OK) as (_, wire):
        assert await ask(wire) == (status, body)
        assert await ask(wire) == (200, b"{}"), "and the next call is not troubled by it"


@pytest.mark.parametrize(
    ("answer", "connections"),
    [
        (OK, 1),
        (OK.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"), 2),
        (OK + OK, 2),
        (OK + b"noise", 2),
        (OK + b"<close>", 2),
    ],
)
async def test_a_connection_is_used_again_unless_something_speaks_against_it(
    answer: bytes, connections: int
) -> None:
    async with speaking(answer, OK) as (speaker, wire):
        assert await ask(wire) == (200, b"{}")
        await asyncio.sleep(0.02)  # What comes after an answer comes when nobody waits for it.
        assert await ask(wire) == (200, b"{}")
        assert speaker.connections == connections


@pytest.mark.parametrize(
    "answer",
    [
        b"<close>",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}<close>",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"this is no HTTP\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
    ],
)
async def test_half_an_answer_or_none_leaves_unknown_what_was_done(answer: bytes) -> None:
    async with speaking(answer, OK) as (speaker, wire):
        with pytest.raises(NetworkError) as caught:
            await ask(wire)
        assert not isinstance(caught.value, NotSentError)
        assert await ask(wire) == (200, b"{}")
        assert speaker.connections == 2


async def test_who_gives_up_gets_nobody_elses_answer() -> None:
    async with speaking(connections=2) as (speaker, wire):
        given_up = asyncio.create_task(ask(wire, b"[1]"))
        await speaker.silent.wait()
        given_up.cancel()
        await asyncio.wait([given_up])
        speaker.answers = [OK]
        assert await ask(wire, b"[2]") == (200, b"{}")
        assert (speaker.connections, speaker.requests[-1][-3:]) == (2, b"[2]")


async def test_calls_that_wait_for_a_connection_may_be_given_up_all_at_once() -> None:
    async with speaking() as (speaker, wire):
        calls = [asyncio.create_task(ask(wire)) for _ in range(20)]
        await speaker.silent.wait()
        for call in calls:
            call.cancel()
        done, _ = await asyncio.wait(calls, timeout=10)
        assert len(done) == 20
        assert all(call.cancelled() for call in calls)
        speaker.answers = [OK] * 5
        assert await asyncio.gather(*(ask(wire) for _ in range(5))) == [(200, b"{}")] * 5


async def test_silence_is_told_apart_from_not_being_heard() -> None:
    async with speaking() as (_, wire):
        with pytest.raises(TimedOut):
            await ask(wire, seconds=Seconds(30, 30, 30, read=0.01))


async def test_a_body_that_nobody_takes_is_not_waited_for_forever() -> None:
    async def deaf(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await gone.wait()
        writer.close()

    gone = asyncio.Event()
    server = await asyncio.start_server(deaf, "127.0.0.1", 0, limit=1)
    wire = Wire("http", "127.0.0.1", server.sockets[0].getsockname()[1], 1)
    with pytest.raises(TimedOut):
        await ask(wire, b"x" * 20_000_000, Seconds(30, 30, write=0.05, read=30))
    await wire.close()
    gone.set()
    server.close()
    await server.wait_closed()


async def test_closing_ends_what_is_under_way() -> None:
    async with speaking() as (speaker, wire):
        call = asyncio.create_task(ask(wire))
        await speaker.silent.wait()
        await wire.close()
        with pytest.raises(NetworkError):
            await call


async def test_over_tls_a_certificate_must_be_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    served = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    served.load_cert_chain(CERTIFICATE)
    async with speaking(OK, tls=served) as (speaker, wire):
        with pytest.raises(NotSentError) as caught:
            await ask(wire)
        assert "botX" not in repr(caught.value)
        assert speaker.requests == []
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    async with speaking(OK, OK, tls=served) as (speaker, wire):
        assert [await ask(wire), await ask(wire)] == [(200, b"{}")] * 2
        assert speaker.connections == 1

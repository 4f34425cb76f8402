"""The HTTP client under python-telegram-bot, with a server that notes what reaches it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from telegram.error import NetworkError, TimedOut
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.telegram_io.failures import NotSentError
from bot.telegram_io.transport import Transport

SECRET = "4242:canary-token"


class Server:
    """Answers everything with its path; what comes after ``/slow`` waits for the gate."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.entered = asyncio.Event()
        self.peers: list[Any] = []
        self.bodies: list[dict[str, Any]] = []
        self.url = ""

    async def answer(self, request: web.Request) -> web.Response:
        assert request.transport is not None
        self.peers.append(request.transport.get_extra_info("peername"))
        self.bodies.append(
            await request.json() if request.content_type == "application/json" else dict(await request.post())
        )
        self.entered.set()
        if request.path.endswith("/slow"):
            await self.gate.wait()
        if request.path.endswith("/elsewhere"):
            return web.Response(status=302, headers={"Location": "/moved"})
        return web.Response(text=str(request.url), status=404 if request.path.endswith("/lost") else 200)


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    server = Server()
    app = web.Application()
    app.router.add_route("*", "/{anything:.*}", server.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.01)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/bot{SECRET}"
    yield server
    server.gate.set()
    await runner.cleanup()


@pytest.fixture
async def transport() -> AsyncIterator[Transport]:
    async with Transport(2, read_timeout=30) as transport:
        yield transport


async def test_the_status_and_the_body_of_the_answer_are_told_whatever_they_are(
    transport: Transport, server: Server
) -> None:
    assert (await transport.do_request(f"{server.url}/getMe", "POST"))[0] == 200
    assert (await transport.do_request(f"{server.url}/lost", "POST"))[0] == 404
    assert (await transport.do_request(f"{server.url}/elsewhere", "POST"))[0] == 302, (
        "no token goes elsewhere"
    )


async def test_parameters_and_files_arrive_as_they_were_given(transport: Transport, server: Server) -> None:
    data = RequestData(
        [
            RequestParameter("text", "<b>ü</b> \u2066", None),
            RequestParameter("chat_id", 7, None),
            RequestParameter("markup", {"a": [1]}, None),
        ]
    )
    await transport.do_request(f"{server.url}/sendMessage", "POST", data)
    assert server.bodies[-1] == {"text": "<b>ü</b> \u2066", "chat_id": 7, "markup": {"a": [1]}}


async def test_a_connection_is_used_again(transport: Transport, server: Server) -> None:
    for _ in range(3):
        await transport.do_request(f"{server.url}/getMe", "POST")
    assert len(set(server.peers)) == 1


async def test_who_finds_no_free_connection_in_time_has_surely_sent_nothing(
    transport: Transport, server: Server
) -> None:
    slow = [asyncio.create_task(transport.do_request(f"{server.url}/slow", "POST")) for _ in range(2)]
    await server.entered.wait()
    with pytest.raises(NotSentError):
        await transport.do_request(f"{server.url}/getMe", "POST", pool_timeout=0.01)
    server.gate.set()
    assert [(await each)[0] for each in slow] == [200, 200]


async def test_who_gets_no_answer_in_time_cannot_know(transport: Transport, server: Server) -> None:
    with pytest.raises(TimedOut):
        await transport.do_request(f"{server.url}/slow", "POST", read_timeout=0.01)


async def test_a_call_that_is_given_up_leaves_room_for_the_next(transport: Transport, server: Server) -> None:
    for _ in range(5):
        server.entered.clear()
        call = asyncio.create_task(transport.do_request(f"{server.url}/slow", "POST"))
        await server.entered.wait()
        call.cancel()
        await asyncio.wait([call])
        assert call.cancelled()
    assert (await transport.do_request(f"{server.url}/getMe", "POST"))[0] == 200


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "http://no-such-host.invalid", "http://"])
async def test_without_a_connection_nothing_was_sent_and_no_url_is_told(
    transport: Transport, url: str
) -> None:
    with pytest.raises(NotSentError) as caught:
        await transport.do_request(f"{url}/bot{SECRET}/getMe", "POST")
    assert SECRET not in repr(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


async def test_a_connection_that_breaks_off_is_told_without_a_url(transport: Transport) -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.close()

    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as listener:
        port = listener.sockets[0].getsockname()[1]
        with pytest.raises(NetworkError) as caught:
            await transport.do_request(f"http://127.0.0.1:{port}/bot{SECRET}/getMe", "POST")
    assert not isinstance(caught.value, NotSentError)
    assert SECRET not in repr(caught.value)


async def test_a_proxy_named_in_the_environment_is_used(
    transport: Transport, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", server.url.partition("/bot")[0])
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    status, body = await transport.do_request("http://telegram.invalid/getMe", "POST")
    assert (status, body) == (200, b"http://telegram.invalid/getMe")


async def test_a_transport_that_is_closed_may_be_opened_again(server: Server) -> None:
    transport = Transport(1, read_timeout=30)
    for _ in range(2):
        async with transport:
            await transport.do_request(f"{server.url}/getMe", "POST")
        await transport.shutdown()
    with pytest.raises(RuntimeError, match="not initialized"):
        await transport.do_request(f"{server.url}/getMe", "POST")

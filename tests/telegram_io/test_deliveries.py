"""Who may speak to the webhook, how much of it is listened to, and what is answered."""

from __future__ import annotations

import asyncio
import gzip
import io
import json
import logging
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any, Literal

import aiohttp
import pytest

from bot.errors import StoreError
from bot.playground.standin.world import World
from bot.telegram_io.connection import Bot
from bot.telegram_io.deliveries import BODY_BYTES, PROOF_HEADER, Deliveries
from bot.telegram_io.inlet import Inlet
from bot.telegram_io.keeping import Keeper
from bot.telegram_io.ports import RawUpdate
from bot.telegram_io.rides import Rides
from tests.telegram_io.fakes import Basket
from tests.telegram_io.webhooking import SECRET, WORDS, Sender, free_site, serving, update

GOOD = json.dumps(update(1)).encode()
PHASES: tuple[Literal["setup", "call", "teardown"], ...] = ("setup", "call", "teardown")


@pytest.fixture
def basket() -> Basket:
    return Basket()


@pytest.fixture
def patience() -> float:
    """Seconds after which a body that does not come is given up."""
    return 60.0


@pytest.fixture
async def sender(
    bot: Bot, world: World, basket: Basket, patience: float, caplog: pytest.LogCaptureFixture
) -> AsyncIterator[Sender]:
    """Somebody in front of a webhook; what is logged meanwhile holds no secret and nobody's words."""
    caplog.set_level(logging.WARNING)
    caplog.set_level(logging.DEBUG, "bot")
    site = free_site()
    async with (
        serving(bot, world, basket, site, body_seconds=patience),
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session,
    ):
        yield Sender(session, site)
    log = "".join(caplog.handler.format(each) for at in PHASES for each in caplog.get_records(at))
    assert "updates are delivered to" in log
    for secret in (SECRET, site.segment, *WORDS.split()[:2]):
        assert secret not in log


async def test_an_update_with_the_secret_is_taken(sender: Sender, basket: Basket) -> None:
    assert await sender.posts(GOOD) == 200
    assert basket.taken == [update(1)]


@pytest.mark.parametrize(
    "proof",
    [
        SECRET[:-1] + "x",
        SECRET[:-1],
        SECRET + "x",
        SECRET.upper(),
        SECRET[:5],
        "",
        "ä" * len(SECRET),
        SECRET + "\udcff",
        None,
    ],
)
async def test_without_the_secret_nobody_is_listened_to(
    sender: Sender, basket: Basket, caplog: pytest.LogCaptureFixture, proof: str | None
) -> None:
    header = b"" if proof is None else f"{PROOF_HEADER}: {proof}\r\n".encode("utf-8", "surrogateescape")
    head = f"POST /{sender.site.segment} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(GOOD)}\r\n".encode()
    request = head + header + b"%s\r\n" + GOOD
    answer = await sender.writes(request % b"", request % b"Connection: close\r\n")
    assert answer.count(b"HTTP/1.1 401 Unauthorized") == 2
    assert basket.taken == []
    assert caplog.text.count("came to the webhook's path without its secret") == 1, "told, but not each time"


async def test_any_other_path_is_nowhere(sender: Sender, basket: Basket) -> None:
    segment = sender.site.segment
    for path in ("", "telegram", segment[:-1], segment + "x", segment + "/", segment.upper(), SECRET, "%FF"):
        assert await sender.posts(GOOD, path=path) == 404
        assert await sender.posts(None, path=path, method="GET") == 404
    assert basket.taken == []


async def test_whatever_stands_before_the_last_segment_is_the_proxys_business(
    sender: Sender, basket: Basket
) -> None:
    assert await sender.posts(GOOD, path=f"a/b%20c//{sender.site.segment}?x=/y") == 200
    target = f"POST http://bot.example.org/a/{sender.site.segment} "
    request = sender.request(body=GOOD).replace(f"POST /{sender.site.segment} ".encode(), target.encode())
    assert b" 200 OK" in await sender.writes(request)
    assert len(basket.taken) == 2


async def test_only_post_is_for_updates(sender: Sender, basket: Basket) -> None:
    for method in ("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"):
        assert await sender.posts(None, method=method) == 405
    answer = await sender.writes(sender.request().replace(b"POST", b"PURGE"))
    assert b" 405 " in answer
    assert b"Allow: POST\r\n" in answer
    assert basket.taken == []


def padded(size: int) -> bytes:
    """An update of exactly this many bytes."""
    return GOOD + b" " * (size - len(GOOD))


async def test_a_body_of_the_most_allowed_is_taken_and_one_byte_more_is_not(
    sender: Sender, basket: Basket
) -> None:
    assert await sender.posts(io.BytesIO(padded(BODY_BYTES))) == 200
    assert await sender.posts(io.BytesIO(padded(BODY_BYTES + 1))) == 413
    assert len(basket.taken) == 1


async def test_a_body_that_says_it_is_too_big_is_refused_unread(sender: Sender, basket: Basket) -> None:
    answer = await sender.writes(sender.request(f"Content-Length: {BODY_BYTES + 1}", last=False))
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"Connection: close" in answer


async def test_a_body_in_chunks_is_counted(sender: Sender, basket: Basket) -> None:
    async def chunks(size: int) -> AsyncIterator[bytes]:
        whole = padded(size)
        for start in range(0, size, 32 * 1024):
            yield whole[start : start + 32 * 1024]

    assert await sender.posts(chunks(BODY_BYTES)) == 200
    assert await sender.posts(chunks(2 * BODY_BYTES)) == 413
    assert len(basket.taken) == 1


DEEP = 100_000


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe\x00",
        WORDS.encode(),
        f"message={WORDS}".encode(),
        GOOD[:-1],
        gzip.compress(GOOD, mtime=0),
        json.dumps([update(1)]).encode(),
        json.dumps(WORDS).encode(),
        b"null",
        b"7",
        json.dumps({"message": {"text": WORDS}}).encode(),
        json.dumps({**update(1), "update_id": True}).encode(),
        json.dumps({**update(1), "update_id": "1"}).encode(),
        json.dumps({**update(1), "update_id": 1.0}).encode(),
        json.dumps({**update(1), "update_id": None}).encode(),
        json.dumps(update(2**63)).encode(),
        json.dumps(update(-(2**63) - 1)).encode(),
        b'{"update_id": ' + b"9" * 5000 + b"}",
        b'{"update_id": 1, "message": ' + b"[" * DEEP + b"]" * DEEP + b"}",
        b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    ],
)
async def test_what_is_telegrams_but_no_update_is_noted_and_never_comes_again(
    sender: Sender, basket: Basket, caplog: pytest.LogCaptureFixture, body: bytes
) -> None:
    assert await sender.posts(body) == 200
    assert basket.taken == []
    (reason,) = basket.buried
    assert reason.startswith("the webhook brought no update (")


async def test_a_body_said_to_be_packed_is_not_unpacked(sender: Sender, basket: Basket) -> None:
    headers = {PROOF_HEADER: SECRET, "Content-Encoding": "gzip"}
    assert await sender.posts(gzip.compress(b"0" * 50_000_000), headers) == 200
    assert basket.buried == ["the webhook brought no update (not JSON)"]


@pytest.mark.parametrize(
    ("body", "taken"),
    [
        (json.dumps(update(2**63 - 1)).encode(), update(2**63 - 1)),
        (json.dumps(update(1 - 2**63)).encode(), update(1 - 2**63)),
        (b'{"update_id": 1, "update_id": 2}', {"update_id": 2}),
        (b'{"update_id": 1, "x": "\xff"}', {"update_id": 1, "x": "\ufffd"}),
        (b'{"update_id": 1, "x": "\\ud83d"}', {"update_id": 1, "x": "\ud83d"}),
        (b'{"update_id": 1, "a kind yet unknown": {}}', {"update_id": 1, "a kind yet unknown": {}}),
    ],
)
async def test_whatever_has_an_id_is_taken_as_it_came(
    sender: Sender, basket: Basket, body: bytes, taken: dict[str, Any]
) -> None:
    assert await sender.posts(body) == 200
    assert basket.taken == [taken]


async def test_what_could_not_be_kept_or_noted_is_to_come_again(sender: Sender, basket: Basket) -> None:
    basket.errors = [StoreError("the disk is full"), StoreError("the disk is full"), KeyError(WORDS)]
    assert await sender.posts(GOOD) == 503
    assert await sender.posts(b"no update") == 503
    assert await sender.posts(GOOD) == 503
    assert await sender.posts(b"no update") == 200
    assert await sender.posts(GOOD) == 200


@pytest.mark.parametrize("patience", [0.05])
async def test_half_a_body_and_then_silence_is_not_waited_for(sender: Sender, basket: Basket) -> None:
    answer = await sender.writes(sender.request(f"Content-Length: {len(GOOD)}", last=False) + GOOD[:10])
    assert answer.startswith(b"HTTP/1.1 408 ")
    answer = await sender.writes(sender.request("Transfer-Encoding: chunked", last=False), b"5\r\n")
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert (basket.taken, basket.buried) == ([], [])


async def test_half_a_body_of_one_who_hangs_up_harms_nobody(
    sender: Sender, basket: Basket, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(3):
        _, writer = await asyncio.open_connection(sender.site.host, sender.site.port)
        writer.write(sender.request(f"Content-Length: {len(GOOD)}") + GOOD[:10])
        await writer.drain()
        writer.close()
        await writer.wait_closed()
    assert await sender.posts(GOOD) == 200
    assert (len(basket.taken), basket.buried) == (1, [])
    assert caplog.text == ""


async def test_a_body_that_breaks_the_rules_of_chunks_is_refused(sender: Sender, basket: Basket) -> None:
    answer = await sender.writes(
        sender.request("Transfer-Encoding: chunked", last=False), b"5\r\n{}\r\nzz\r\n"
    )
    assert answer[9:12] == b"400"
    assert (basket.taken, basket.buried) == ([], [])


async def test_one_who_hangs_up_before_the_answer_does_not_lose_the_update(
    sender: Sender, basket: Basket
) -> None:
    gate = basket.hold()
    _, writer = await asyncio.open_connection(sender.site.host, sender.site.port)
    writer.write(sender.request(body=GOOD))
    await writer.drain()
    await basket.entered.wait()
    writer.close()
    await writer.wait_closed()
    gate.set()
    assert await sender.posts(json.dumps(update(2)).encode()) == 200
    assert basket.taken == [update(1), update(2)]


async def test_requests_that_do_not_wait_for_answers_are_answered_in_order(
    sender: Sender, basket: Basket
) -> None:
    bodies = [json.dumps(update(number)).encode() for number in (1, 2)]
    requests = [sender.request(body=body, last=False) for body in bodies]
    answer = await sender.writes(
        b"".join([*requests, sender.request(body=b"[]", last=False), sender.request()])
    )
    assert answer.count(b"HTTP/1.1 200 OK") == 4
    assert basket.taken == [update(1), update(2)]
    assert len(basket.buried) == 2


async def test_a_proxy_of_http_1_0_is_served_and_may_keep_its_connection(
    sender: Sender, basket: Basket
) -> None:
    length = f"Content-Length: {len(GOOD)}"
    once = sender.request(length, body=GOOD, version="1.0", last=False)
    assert (await sender.writes(once)).startswith(b"HTTP/1.0 200 OK")
    more = sender.request(length, "Connection: keep-alive", body=GOOD, version="1.0", last=False)
    assert (await sender.writes(more + more + once)).count(b"HTTP/1.0 200 OK") == 3
    assert len(basket.taken) == 4


async def test_one_who_waits_to_be_asked_for_the_body_is_asked(sender: Sender, basket: Basket) -> None:
    waits = ("Expect: 100-continue", f"Content-Length: {len(GOOD)}")
    answer = await sender.writes(sender.request(*waits), GOOD)
    assert answer.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n")
    refused = sender.request(*waits).replace(SECRET.encode(), b"wrong")
    assert (await sender.writes(refused)).startswith(b"HTTP/1.1 401 ")


@pytest.mark.parametrize(
    "noise",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        f"{WORDS}\r\n\r\n".encode(),
        f"POST /x HTTP/1.1\r\n{PROOF_HEADER} {SECRET}\r\n\r\n".encode(),
        f"POST /x HTTP/1.1\r\nContent-Length: {WORDS}\r\n\r\n".encode(),
        f"POST /{SECRET * 500} HTTP/1.1\r\n\r\n".encode(),
    ],
)
async def test_what_is_no_http_is_refused_and_not_quoted_in_the_log(
    sender: Sender, noise: bytes, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (await sender.writes(noise))[9:12] == b"400"
    assert await sender.posts(GOOD) == 200
    assert (caplog.text, capsys.readouterr().err) == ("", "")


@pytest.mark.parametrize("status", [200, 404])
async def test_noise_after_the_answer_is_not_quoted_either(
    sender: Sender, status: int, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    request = sender.request("Transfer-Encoding: chunked", last=False)
    if status == 404:
        request = request.replace(sender.site.segment.encode(), b"nowhere")
    reader, writer = await asyncio.open_connection(sender.site.host, sender.site.port)
    writer.write(request + (b"%x\r\n%s\r\n0\r\n\r\n" % (len(GOOD), GOOD) if status == 200 else b""))
    assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 %d " % status)
    writer.write(f"{WORDS}\r\n".encode())
    await reader.read()
    writer.close()
    assert await sender.posts(GOOD) == 200
    assert (caplog.text, capsys.readouterr().err) == ("", "")


class BrokenKeeper(Keeper):
    async def keep(self, update: RawUpdate) -> bool:
        raise KeyError(WORDS)


async def test_a_bug_of_our_own_is_reported_without_words_and_the_update_comes_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    site = free_site()
    inlet = Inlet(Deliveries(site, BrokenKeeper(Basket()), Rides()).rules)
    await inlet.listen(site.host, site.port)
    async with aiohttp.ClientSession() as session:
        assert await Sender(session, site).posts(GOOD) == 503
    inlet.refuse_new()
    await inlet.close(1)
    assert "a request of the webhook failed ref=" in caplog.text
    assert WORDS not in caplog.text


async def test_200_side_by_side_are_all_taken(sender: Sender, basket: Basket) -> None:
    bodies = [json.dumps(update(number)).encode() for number in range(200)]
    assert Counter(await asyncio.gather(*map(sender.posts, bodies))) == {200: 200}
    assert sorted(each["update_id"] for each in basket.taken) == list(range(200))

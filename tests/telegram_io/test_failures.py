"""How failures are classified, by their texts and as they come over real HTTP."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)
from telegram.error import TelegramError as ApiError
from telegram.warnings import PTBDeprecationWarning

from bot.playground.standin import faults, rules
from bot.playground.standin.faults import Act
from bot.playground.standin.server import Server
from bot.playground.standin.world import World
from bot.telegram_io.connection import Bot, build
from bot.telegram_io.failures import Kind, NotSentError, classify
from bot.telegram_io.transport import Transport
from tests.telegram_io.conftest import TOKEN


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (BadRequest(f"Bad Request: {rules.NOT_MODIFIED}"), Kind.DONE),
        (BadRequest("Message to edit not found"), Kind.MESSAGE_GONE),
        (BadRequest("Message can't be edited"), Kind.MESSAGE_GONE),
        (BadRequest("MESSAGE_ID_INVALID"), Kind.MESSAGE_GONE),
        (BadRequest("There is no text in the message to edit"), Kind.MESSAGE_GONE),
        (BadRequest(f"Bad Request: {rules.QUERY_TOO_OLD}"), Kind.QUERY_TOO_OLD),
        (BadRequest("Chat not found"), Kind.PERSON_GONE),
        (BadRequest("Can't parse entities: unsupported start tag"), Kind.OUR_FAULT),
        (BadRequest("Message is too long"), Kind.OUR_FAULT),
        (Forbidden("Forbidden: bot was blocked by the user"), Kind.PERSON_GONE),
        (Forbidden("Forbidden: user is deactivated"), Kind.PERSON_GONE),
        (Forbidden("Forbidden: bot can't initiate conversation with a user"), Kind.PERSON_GONE),
        (NetworkError("Too Many Requests: try later"), Kind.NOT_SENT),
        (NotSentError("ConnectError"), Kind.NOT_SENT),
        (TimedOut(), Kind.UNKNOWN),
        (NetworkError("Bad Gateway (502)"), Kind.UNKNOWN),
        (NetworkError("httpx.ReadError: "), Kind.UNKNOWN),
        (ApiError("Invalid server response"), Kind.UNKNOWN),
        (NetworkError("Request Entity Too Large"), Kind.OUR_FAULT),
        (ChatMigrated(-1005), Kind.CHAT_MOVED),
        (Conflict("Conflict: terminated by other getUpdates request"), Kind.CONFLICT),
        (InvalidToken(f"The token `{TOKEN}` was rejected by the server."), Kind.REFUSED),
        (EndPointNotFound("Endpoint 'getUpdates' not found in Bot API"), Kind.REFUSED),
    ],
)
def test_each_failure_has_one_class(error: ApiError, kind: Kind) -> None:
    failure = classify(error)
    assert failure.kind is kind
    assert TOKEN not in failure.detail


def test_a_wait_is_told_in_seconds_whatever_its_type(monkeypatch: pytest.MonkeyPatch) -> None:
    failure = classify(RetryAfter(timedelta(seconds=3)))
    assert (failure.kind, failure.retry_after) == (Kind.NOT_SENT, 3)
    monkeypatch.setenv("PTB_TIMEDELTA", "false")
    with pytest.warns(PTBDeprecationWarning):
        assert classify(RetryAfter(4)).retry_after == 4


def test_the_new_id_of_a_group_is_told() -> None:
    assert classify(ChatMigrated(-1005)).new_chat_id == -1005


def test_the_detail_for_the_log_holds_nobodys_words() -> None:
    error = BadRequest('Can\'t parse entities: unsupported start tag "ann" at byte offset 5')
    assert (
        classify(error).detail == "BadRequest: Can't parse entities: unsupported start tag … at byte offset 5"
    )
    lost = NetworkError("Bad Gateway (502). Parsing the server response b'what ann wrote' failed")
    assert classify(lost).detail == "NetworkError: Bad Gateway (502)"


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        (faults.refuse(429), Kind.NOT_SENT),
        (faults.refuse(429, "slow down"), Kind.NOT_SENT),
        (faults.blocked(), Kind.PERSON_GONE),
        (faults.refuse(403, "user is deactivated"), Kind.PERSON_GONE),
        (faults.refuse(403, "bot can't initiate conversation with a user"), Kind.PERSON_GONE),
        (faults.bad_request("chat not found"), Kind.PERSON_GONE),
        (faults.bad_request("have no rights to send a message"), Kind.OUR_FAULT),
        (faults.refuse(400, "upgraded", migrate_to_chat_id=-1005), Kind.CHAT_MOVED),
        (faults.server_error(502), Kind.UNKNOWN),
        (faults.server_error(500, html=False), Kind.UNKNOWN),
        (faults.server_error(599), Kind.UNKNOWN),
        (faults.refuse(413), Kind.OUR_FAULT),
        (faults.not_json(), Kind.UNKNOWN),
        (faults.reset(), Kind.UNKNOWN),
        (faults.lose_answer(), Kind.UNKNOWN),
        (faults.conflict(), Kind.CONFLICT),
    ],
)
async def test_a_send_that_goes_wrong_is_classified(world: World, bot: Bot, act: Act, kind: Kind) -> None:
    ann = world.add_person("Ann")
    world.say(ann.id, "hello")
    world.faults.add("sendMessage", act)
    with pytest.raises(ApiError) as caught:
        await bot.send_message(ann.id, "my diary")
    assert classify(caught.value).kind is kind
    assert "diary" not in classify(caught.value).detail


async def test_what_telegram_itself_refuses_is_classified(world: World, bot: Bot) -> None:
    ann = world.add_person("Ann")
    world.say(ann.id, "hello")
    message = await bot.send_message(ann.id, "x")
    for call, kind in (
        (bot.edit_message_text("x", ann.id, message.message_id), Kind.DONE),
        (bot.edit_message_text("y", ann.id, 99_999), Kind.MESSAGE_GONE),
        (bot.answer_callback_query("12345"), Kind.QUERY_TOO_OLD),
        (bot.send_message(ann.id, ""), Kind.OUR_FAULT),
        (bot.send_message(ann.id, "<b>"), Kind.OUR_FAULT),
        (bot.send_message(424242, "x"), Kind.PERSON_GONE),
    ):
        with pytest.raises(ApiError) as caught:
            await call
        assert classify(caught.value).kind is kind


async def test_a_slow_answer_leaves_unknown_what_was_done(world: World, server: Server) -> None:
    ann = world.add_person("Ann")
    world.say(ann.id, "hello")
    world.faults.add("sendMessage", faults.slow(30))
    async with Bot(TOKEN, base_url=f"{server.url}/bot", request=Transport(1, read_timeout=0.05)) as bot:
        with pytest.raises(ApiError) as caught:
            await bot.send_message(ann.id, "x")
    assert classify(caught.value).kind is Kind.UNKNOWN
    assert len(world.chat(ann.id)) == 2, "it was done, in this case"


async def test_without_a_connection_nothing_was_sent() -> None:
    listener = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    listener.close()
    await listener.wait_closed()
    application = build(TOKEN, f"http://127.0.0.1:{port}")
    with pytest.raises(NotSentError) as caught:
        await application.initialize()
    await application.bot.shutdown()
    assert TOKEN not in repr(caught.value)
    assert classify(caught.value).kind is Kind.NOT_SENT


@pytest.mark.parametrize("page", ["[1, 2]", '{"ok": true}', "7", ""])
async def test_an_answer_of_another_shape_is_no_answer(world: World, bot: Bot, page: str) -> None:
    world.faults.add("getMe", Act("other", answer="page", page=page, content_type="application/json"))
    with pytest.raises(ApiError) as caught:
        await bot.get_me()
    assert classify(caught.value).kind is Kind.UNKNOWN

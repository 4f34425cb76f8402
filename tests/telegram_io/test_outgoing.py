"""What nobody asked for, on the wire, with Telegram well and unwell."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot.content.markup import bold, rich
from bot.errors import TelegramError
from bot.guide.ports import Sent
from bot.guide.screen import Screen, TapButton
from bot.guide.taps import Go
from bot.playground.standin import faults
from bot.playground.standin.faults import Act
from bot.playground.standin.server import Server
from bot.playground.standin.world import World
from bot.telegram_io.connection import Bot, build
from bot.telegram_io.outgoing import REPEAT_TRIES, Outgoing
from tests.telegram_io.chatting import Visitor, called
from tests.telegram_io.conftest import TOKEN
from tests.telegram_io.fakes import Sleeper

TIP = Screen(rich("Today: ", bold("read twice")), ((TapButton("Save", Go("save")),),))

Send = Callable[..., Awaitable[Sent]]


@pytest.fixture
def send(bot: Bot, sleeper: Sleeper, world: World, ann: Visitor) -> Send:
    """Send Ann a tip."""
    world.say(ann.id, "/start")
    outgoing = Outgoing(bot, sleeper.sleep)

    async def run(
        *, silent: bool = True, repeat: bool = True, within: float | None = None, screen: Screen = TIP
    ) -> Sent:
        return await outgoing.send(ann.id, screen, silent=silent, repeat=repeat, within=within)

    return run


@pytest.mark.parametrize("silent", [True, False])
async def test_a_screen_arrives_with_its_buttons_and_sounds_only_if_told(
    send: Send, ann: Visitor, world: World, silent: bool
) -> None:
    assert await send(silent=silent) is Sent.DONE
    assert ann.sees() == "Today: read twice"
    assert ann.data("Save", ann.from_bot()[-1]) == "g:save"
    (call,) = called(world, "sendMessage")
    assert (str(call.params.get("disable_notification")).lower() == "true") is silent


@pytest.mark.parametrize(
    "act",
    [
        faults.blocked(),
        faults.bad_request("chat not found"),
        faults.refuse(403, "Forbidden: user is deactivated"),
    ],
)
async def test_who_is_gone_is_told_as_gone_and_not_tried_again(send: Send, world: World, act: Act) -> None:
    world.faults.add("sendMessage", act)
    assert await send() is Sent.GONE
    assert len(called(world, "sendMessage")) == 1


async def test_what_telegram_will_not_have_is_told_with_ids_only(
    send: Send, ann: Visitor, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.faults.add("sendMessage", faults.bad_request("can't parse entities"))
    assert await send() is Sent.FAILED
    (record,) = [each for each in caplog.records if each.levelname == "ERROR"]
    assert f"person={ann.id}" in record.getMessage()
    assert "read twice" not in caplog.text
    assert len(called(world, "sendMessage")) == 1


async def test_what_is_surely_not_sent_is_waited_out_even_if_it_may_not_come_twice(
    send: Send, ann: Visitor, world: World
) -> None:
    world.faults.add("sendMessage", faults.too_many(7), times=6)
    assert await send(repeat=False) is Sent.DONE
    assert len(ann.from_bot()) == 1


async def test_a_lost_answer_is_sent_again_only_if_it_may_come_twice(
    send: Send, ann: Visitor, world: World
) -> None:
    world.faults.add("sendMessage", faults.server_error(acts=True), times=1)
    assert await send(repeat=False) is Sent.UNKNOWN
    assert len(ann.from_bot()) == 1
    world.faults.add("sendMessage", faults.server_error(acts=True), times=1)
    assert await send(repeat=True) is Sent.DONE
    assert len(ann.from_bot()) == 3


async def test_repeats_have_an_end_once_others_get_through(bot: Bot, world: World, ann: Visitor) -> None:
    world.say(ann.id, "/start")
    world.faults.add("sendMessage", faults.lose_answer())

    async def others_are_answered(seconds: float) -> None:
        await bot.get_me()

    sent = await Outgoing(bot, others_are_answered).send(ann.id, TIP, silent=True, repeat=True)
    assert sent is Sent.UNKNOWN
    assert len(called(world, "sendMessage")) == 1 + REPEAT_TRIES


async def test_an_outage_is_waited_out(send: Send, ann: Visitor, world: World) -> None:
    world.faults.add("*", faults.reset(), times=20)
    assert await send() is Sent.DONE
    assert len(ann.from_bot()) == 1


async def test_a_refused_token_is_told_in_one_line(send: Send, world: World) -> None:
    world.faults.add("sendMessage", faults.refuse(401, "Unauthorized"))
    with pytest.raises(TelegramError, match="TELEGRAM_BOT_TOKEN"):
        await send()


async def test_what_cannot_be_shown_is_not_sent(send: Send, world: World) -> None:
    with pytest.raises(ValueError, match="64"):
        await send(screen=Screen(rich("?"), ((TapButton("?", Go("x" * 80)),),)))
    assert called(world, "sendMessage") == []


@pytest.fixture
async def patient(server: Server) -> AsyncIterator[Outgoing]:
    """One that waits in earnest."""
    async with build(TOKEN, server.url) as application:
        yield Outgoing(application.bot)


async def test_what_a_pause_holds_up_for_too_long_does_not_go_out_any_more(
    patient: Outgoing, world: World, ann: Visitor
) -> None:
    world.say(ann.id, "/start")
    world.faults.add("sendMessage", faults.too_many(1), times=1)
    with pytest.raises(TimeoutError):
        await patient.send(ann.id, TIP, silent=True, repeat=True, within=0.5)
    # Nothing is left in the lane that would come after all: what is sent next comes alone.
    assert await patient.send(ann.id, TIP, silent=True, repeat=True) is Sent.DONE
    assert len(ann.from_bot()) == 1


async def test_an_outage_that_lasts_too_long_is_told(bot: Bot, world: World, ann: Visitor) -> None:
    world.faults.add("*", faults.reset())

    async def sleep(seconds: float) -> None:
        await asyncio.sleep(0.01)

    with pytest.raises(TimeoutError):
        await Outgoing(bot, sleep).send(ann.id, TIP, silent=True, repeat=True, within=0.05)
    assert called(world, "sendMessage")

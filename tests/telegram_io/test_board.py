"""How far things are, in one message, with Telegram well and unwell; and posts to people who did not ask."""

from __future__ import annotations

import asyncio

import pytest

from bot.content.markup import rich
from bot.errors import TelegramError
from bot.guide.broadcast import Post
from bot.guide.ports import Sent
from bot.guide.screen import Screen, TapButton
from bot.guide.taps import Go
from bot.playground.standin import faults
from bot.playground.standin.faults import Act
from bot.playground.standin.server import Server
from bot.playground.standin.world import World
from bot.telegram_io.connection import Bot, build
from bot.telegram_io.outgoing import Outgoing
from tests.telegram_io.chatting import Visitor, called
from tests.telegram_io.conftest import TOKEN
from tests.telegram_io.fakes import Sleeper

POST = Post("Hi <all>", '[{"type": "bold", "offset": 0, "length": 2}]')


def screen(text: str) -> Screen:
    return Screen(rich(text), ((TapButton("Pause", Go("pause")),),))


@pytest.fixture
def outgoing(bot: Bot, sleeper: Sleeper, world: World, ann: Visitor) -> Outgoing:
    world.say(ann.id, "/start")
    return Outgoing(bot, sleeper.sleep)


async def test_a_message_is_sent_and_then_changed(outgoing: Outgoing, ann: Visitor) -> None:
    message = await outgoing.show(ann.id, None, screen("0 of 5"))
    assert message == ann.from_bot()[-1]["message_id"]
    for text in ("3 of 5", "3 of 5", "5 of 5"):
        assert await outgoing.show(ann.id, message, screen(text)) == message
    assert [each["text"] for each in ann.from_bot()] == ["5 of 5"]
    assert ann.data("Pause", ann.from_bot()[-1]) == "g:pause"


async def test_one_that_is_gone_is_replaced(outgoing: Outgoing, ann: Visitor, world: World) -> None:
    message = await outgoing.show(ann.id, None, screen("0 of 5"))
    assert message is not None
    world.delete(ann.id, message)
    again = await outgoing.show(ann.id, message, screen("1 of 5"))
    assert again is not None
    assert again != message
    assert ann.sees() == "1 of 5"


@pytest.mark.parametrize("old", [None, 3])
async def test_who_blocked_the_bot_sees_nothing(
    outgoing: Outgoing, ann: Visitor, world: World, old: int | None
) -> None:
    world.block(ann.id)
    assert await outgoing.show(ann.id, old, screen("0 of 5")) is None


@pytest.mark.parametrize("act", [faults.server_error(), faults.bad_request("nonsense"), faults.lose_answer()])
async def test_an_edit_that_fails_is_not_tried_again_for_the_next_says_more(
    outgoing: Outgoing, ann: Visitor, world: World, act: Act
) -> None:
    message = await outgoing.show(ann.id, None, screen("0 of 5"))
    world.faults.add("editMessageText", act)
    assert await outgoing.show(ann.id, message, screen("1 of 5")) == message
    assert len(called(world, "editMessageText")) == 1


@pytest.mark.parametrize("act", [faults.server_error(), faults.lose_answer()])
async def test_the_last_edit_is_tried_again_for_no_other_comes(
    outgoing: Outgoing, ann: Visitor, world: World, act: Act
) -> None:
    message = await outgoing.show(ann.id, None, screen("0 of 5"))
    world.faults.add("editMessageText", act, times=2)
    assert await outgoing.show(ann.id, message, Screen(rich("5 of 5")), last=True) == message
    assert [each["text"] for each in ann.from_bot()] == ["5 of 5"]


async def test_a_refused_token_is_told(outgoing: Outgoing, ann: Visitor, world: World) -> None:
    world.faults.add("sendMessage", faults.refuse(401))
    with pytest.raises(TelegramError, match="TELEGRAM_BOT_TOKEN is refused"):
        await outgoing.show(ann.id, None, screen("0 of 5"))


async def test_a_post_arrives_as_it_was_written(outgoing: Outgoing, ann: Visitor) -> None:
    assert await outgoing.post(ann.id, POST, within=5) is Sent.DONE
    (got,) = ann.from_bot()
    assert (got["text"], got["entities"]) == ("Hi <all>", [{"type": "bold", "offset": 0, "length": 2}])


async def test_a_photo_is_told_by_its_id_even_if_a_file_of_that_name_lies_here(
    outgoing: Outgoing, ann: Visitor, world: World, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("etc") / "passwd"
    secret.write_text("secret")
    assert await outgoing.post(ann.id, Post("Look", photo=str(secret)), within=5) is Sent.FAILED
    (call,) = called(world, "sendPhoto")
    assert call.params["photo"] == str(secret), "its bytes did not leave"


@pytest.mark.parametrize(
    ("act", "fate"),
    [
        (faults.blocked(), Sent.GONE),
        (faults.bad_request("nonsense"), Sent.FAILED),
        (faults.lose_answer(), Sent.UNKNOWN),
        (faults.server_error(502), Sent.UNKNOWN),
    ],
)
async def test_the_fate_of_a_post_is_told_and_it_is_never_sent_again(
    outgoing: Outgoing, ann: Visitor, world: World, act: Act, fate: Sent
) -> None:
    world.faults.add("sendMessage", act)
    assert await outgoing.post(ann.id, POST, within=5) is fate
    assert len(called(world, "sendMessage")) == 1


async def test_a_post_that_could_not_go_out_in_time_was_surely_not_sent(
    server: Server, ann: Visitor, world: World
) -> None:
    async def never(seconds: float) -> None:
        await asyncio.Event().wait()

    world.say(ann.id, "/start")
    world.faults.add("sendMessage", faults.too_many(3600), times=1)
    # The pause that Telegram asks for lasts for ever by a clock that stands still.
    async with build(TOKEN, server.url, sleep=never, monotonic=lambda: 1_000.0) as application:
        with pytest.raises(TimeoutError):
            await Outgoing(application.bot, never).post(ann.id, POST, within=0.05)
    assert ann.from_bot() == []

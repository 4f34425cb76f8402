"""A turn on the wire, with Telegram well and unwell."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from decimal import Decimal

import pytest

from bot.charts import draw
from bot.content.markup import Rich, rich
from bot.guide.action import Command, Event, Press
from bot.guide.chart import Bar, Chart, Picture
from bot.guide.person import Person
from bot.guide.ports import Letter
from bot.guide.screen import Document, Screen, TapButton, Turn
from bot.guide.taps import Go
from bot.playground.standin import faults
from bot.playground.standin.faults import Act
from bot.playground.standin.world import World
from bot.telegram_io.connection import Bot
from bot.telegram_io.failures import Failure, Kind
from bot.telegram_io.incoming import Incoming
from bot.telegram_io.messenger import REPEAT_TRIES, SEND_TRIES, Messenger
from bot.telegram_io.reply import written
from bot.telegram_io.turns import NotShownError, TurnRunner
from bot.telegram_io.work import Part
from tests.telegram_io.chatting import Visitor, called
from tests.telegram_io.fakes import NOW, MemoryStore, Sleeper, SmallGuide

SCREEN = Screen(rich("Step 2"), ((TapButton("Next", Go("next")),),))


TROUBLES = 4

Show = Callable[[Incoming, Turn], Awaitable[Failure | None]]


class OneTurn(SmallGuide):
    """Answers everything with the same turn."""

    def __init__(self, turn: Turn) -> None:
        super().__init__()
        self._turn = turn

    def turn(self, person: Person, event: Event, now: datetime) -> Turn:
        return self._turn


@pytest.fixture
def show(bot: Bot, sleeper: Sleeper) -> Show:
    """Shows a turn in answer to what came in; why it could not be shown."""
    messenger = Messenger(bot, sleeper.sleep)

    async def run(incoming: Incoming, turn: Turn) -> Failure | None:
        part = Part(Letter(incoming.update_id, incoming.event.person_id, "{}"), incoming)
        try:
            await TurnRunner(OneTurn(turn), MemoryStore(), messenger, lambda: NOW).run([part])
        except NotShownError as error:
            return error.failure
        return None

    return run


@pytest.fixture
async def said(world: World, ann: Visitor) -> Incoming:
    """Ann sent a command."""
    world.say(ann.id, "/start")
    return Incoming(1, Event(ann.id, Command("start")), ann.id, True)


@pytest.fixture
async def tapped(world: World, ann: Visitor, bot: Bot, said: Incoming) -> Incoming:
    """Ann tapped the button of a screen."""
    shown = await bot.send_message(ann.id, "Step 1")
    query_id = world.tap(ann.id, shown.message_id, "g:next")
    return Incoming(2, Event(ann.id, Press(Go("next"))), ann.id, True, None, query_id, shown.message_id)


async def test_a_command_gets_a_message_of_its_own(show: Show, said: Incoming, ann: Visitor) -> None:
    assert await show(said, Turn(SCREEN, notice="not for commands")) is None
    assert ann.sees() == "Step 2"
    assert ann.data("Next", ann.from_bot()[-1]) == "g:next"


async def test_a_tap_changes_the_message_tapped(
    show: Show, tapped: Incoming, ann: Visitor, world: World
) -> None:
    assert await show(tapped, Turn(SCREEN, notice="Well done")) is None
    assert [message["text"] for message in ann.from_bot()] == ["Step 2"]
    assert world.answers[-1]["text"] == "Well done"


async def test_answer_and_edit_go_side_by_side(
    show: Show, tapped: Incoming, ann: Visitor, world: World
) -> None:
    world.faults.add("*", faults.slow(0.2))
    assert await show(tapped, Turn(SCREEN)) is None
    answered, edited = called(world, "answerCallbackQuery")[0], called(world, "editMessageText")[0]
    assert abs(answered.monotonic - edited.monotonic) < 0.2, "neither waited for the other"


async def test_a_turn_without_a_screen_only_answers(
    show: Show, tapped: Incoming, ann: Visitor, world: World
) -> None:
    assert await show(tapped, Turn(notice="Well done")) is None
    assert ann.sees() == "Step 1"
    assert world.answers[-1]["text"] == "Well done"


async def test_a_fresh_turn_leaves_the_message_tapped_alone(
    show: Show, tapped: Incoming, ann: Visitor
) -> None:
    assert await show(tapped, Turn(SCREEN, fresh=True)) is None
    assert [message["text"] for message in ann.from_bot()] == ["Step 1", "Step 2"]


async def test_a_file_comes_before_its_screen(show: Show, said: Incoming, ann: Visitor, world: World) -> None:
    document = Document("my-data.json", b'{"a": 1}', rich("<yours>"))
    assert await show(said, Turn(SCREEN, document=document)) is None
    first, second = ann.from_bot()
    assert (first["document"]["file_name"], first["caption"], second["text"]) == (
        "my-data.json",
        "<yours>",
        "Step 2",
    )
    stored = world.files.get(first["document"]["file_id"])
    assert stored is not None
    assert stored.data == b'{"a": 1}'


async def test_a_file_without_a_caption_has_none(show: Show, said: Incoming, ann: Visitor) -> None:
    assert await show(said, Turn(document=Document("a.json", b"{}", Rich()))) is None
    assert "caption" not in ann.from_bot()[-1]


async def test_a_screen_that_is_already_so_is_a_success(show: Show, tapped: Incoming, ann: Visitor) -> None:
    assert await show(tapped, Turn(Screen(rich("Step 1")))) is None
    assert [message["text"] for message in ann.from_bot()] == ["Step 1"]


async def test_a_message_deleted_in_between_is_replaced(
    show: Show, tapped: Incoming, ann: Visitor, world: World
) -> None:
    world.delete(ann.id, tapped.message_id or 0)
    assert await show(tapped, Turn(SCREEN)) is None
    assert [message["text"] for message in ann.from_bot()] == ["Step 2"]


async def test_a_message_that_cannot_be_edited_is_followed_by_a_new_one(
    show: Show, tapped: Incoming, ann: Visitor, world: World
) -> None:
    world.faults.add("editMessageText", faults.bad_request("message can't be edited"))
    assert await show(tapped, Turn(SCREEN)) is None
    assert [message["text"] for message in ann.from_bot()] == ["Step 1", "Step 2"]


async def test_a_tap_too_old_to_answer_still_counts(
    show: Show, tapped: Incoming, ann: Visitor, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.queries.close(tapped.query_id or "")
    assert await show(tapped, Turn(SCREEN, notice="late")) is None
    assert ann.sees() == "Step 2"
    assert "not answered" not in caplog.text


async def test_a_tap_that_cannot_be_answered_for_another_reason_is_logged(
    show: Show, tapped: Incoming, ann: Visitor, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.faults.add("answerCallbackQuery", faults.bad_request("nonsense"))
    assert await show(tapped, Turn(SCREEN)) is None
    assert ann.sees() == "Step 2"
    assert f"a tap was not answered person={ann.id}" in caplog.text


async def test_a_halt_is_kept_to_the_second_and_the_message_is_kept(
    show: Show, said: Incoming, ann: Visitor, world: World, sleeper: Sleeper
) -> None:
    world.faults.add("sendMessage", faults.too_many(7), times=3)
    assert await show(said, Turn(SCREEN)) is None
    assert sleeper.waits == [7, 7, 7]
    assert [message["text"] for message in ann.from_bot()] == ["Step 2"]


@pytest.mark.parametrize(
    "act", [faults.server_error(), faults.lose_answer(), faults.reset(), faults.not_json(acts=True)]
)
async def test_an_edit_of_unknown_fate_is_repeated_and_shown_once(
    show: Show, tapped: Incoming, ann: Visitor, world: World, act: Act
) -> None:
    world.faults.add("editMessageText", act, times=TROUBLES)
    world.faults.add("answerCallbackQuery", act, times=TROUBLES)
    assert await show(tapped, Turn(SCREEN)) is None
    assert [message["text"] for message in ann.from_bot()] == ["Step 2"]
    assert len(called(world, "editMessageText")) == TROUBLES + 1


async def test_an_edit_is_repeated_after_growing_pauses(
    show: Show, tapped: Incoming, world: World, sleeper: Sleeper
) -> None:
    world.faults.add("editMessageText", faults.server_error(), times=3)
    assert await show(tapped, Turn(SCREEN)) is None
    first, second, third = sleeper.waits
    assert 0.25 <= first <= 0.5 <= second <= 1 <= third <= 2


async def test_an_edit_that_fails_while_telegram_answers_others_is_given_up_in_the_end(
    bot: Bot, said: Incoming, tapped: Incoming, world: World
) -> None:
    world.faults.add("editMessageText", faults.server_error())
    messenger: Messenger

    async def others_are_answered(seconds: float) -> None:
        assert await messenger.show(said, written(Turn(SCREEN))) is None

    messenger = Messenger(bot, others_are_answered)
    failure = await messenger.show(tapped, written(Turn(SCREEN)))
    assert failure is not None
    assert failure.kind is Kind.UNKNOWN
    assert len(called(world, "editMessageText")) == 1 + REPEAT_TRIES


async def test_a_message_whose_answer_was_lost_may_stand_there_twice_but_never_not_at_all(
    show: Show, said: Incoming, ann: Visitor, world: World
) -> None:
    world.faults.add("sendMessage", faults.lose_answer(), times=1)
    assert await show(said, Turn(SCREEN)) is None
    assert [message["text"] for message in ann.from_bot()] == ["Step 2", "Step 2"]


async def test_a_message_that_fails_while_telegram_answers_others_is_given_up_soon(
    bot: Bot, said: Incoming, tapped: Incoming, world: World
) -> None:
    world.faults.add("sendMessage", faults.lose_answer())
    messenger: Messenger

    async def others_are_answered(seconds: float) -> None:
        await messenger.answer(tapped, None)

    messenger = Messenger(bot, others_are_answered)
    failure = await messenger.show(said, written(Turn(SCREEN)))
    assert failure is not None
    assert failure.kind is Kind.UNKNOWN
    sent = [call for call in called(world, "sendMessage") if call.params["text"] == "Step 2"]
    assert len(sent) == 1 + SEND_TRIES


async def test_an_outage_is_waited_out_however_long_it_lasts(
    show: Show, said: Incoming, ann: Visitor, world: World, sleeper: Sleeper
) -> None:
    world.faults.add("*", faults.reset(), times=40)
    assert await show(said, Turn(SCREEN)) is None
    assert [message["text"] for message in ann.from_bot()] == ["Step 2"]
    assert max(sleeper.waits) <= 30
    assert sum(sleeper.waits) > 300


@pytest.mark.parametrize(
    ("act", "kind"), [(faults.blocked(), Kind.PERSON_GONE), (faults.bad_request("nonsense"), Kind.OUR_FAULT)]
)
async def test_a_plain_no_is_not_asked_twice(
    bot: Bot, said: Incoming, world: World, act: Act, kind: Kind
) -> None:
    world.faults.add("send*", act)
    turn = Turn(SCREEN, document=Document("a.json", b"{}", rich("x")))
    failure = await Messenger(bot).show(said, written(turn))
    assert failure is not None
    assert failure.kind is kind
    assert len(called(world, "sendDocument")) == 1
    assert called(world, "sendMessage") == []


async def test_a_screen_that_cannot_be_written_down_sends_nothing(
    show: Show, tapped: Incoming, world: World
) -> None:
    sent = len(called(world, "answerCallbackQuery"))
    with pytest.raises(ValueError, match="64 bytes"):
        await show(tapped, Turn(Screen(rich("x"), ((TapButton("x", Go("y" * 80)),),))))
    assert len(called(world, "answerCallbackQuery")) == sent


async def test_link_previews_are_off_and_sound_is_left_alone(
    show: Show, said: Incoming, world: World
) -> None:
    await show(said, Turn(Screen(rich("https://a.example"))))
    params = called(world, "sendMessage")[-1].params
    assert params["link_preview_options"] == {"is_disabled": True}
    assert params["parse_mode"] == "HTML"
    assert "disable_notification" not in params


PICTURE = Picture(Chart("Pay", (Bar("A", Decimal(2), "2"),)), rich("A: <2> an hour"))


async def test_a_picture_comes_before_the_screen_and_its_caption_tells_the_same(
    bot: Bot, sleeper: Sleeper, said: Incoming, ann: Visitor, world: World
) -> None:
    messenger = Messenger(bot, sleeper.sleep, draw)
    assert await messenger.show(said, written(Turn(SCREEN, picture=PICTURE, fresh=True))) is None
    first, second = ann.from_bot()
    assert (first["caption"], second["text"]) == ("A: <2> an hour", "Step 2")
    stored = world.files.get(first["photo"][-1]["file_id"])
    assert stored is not None
    assert stored.data == await draw(PICTURE.chart)


async def test_without_somebody_who_draws_the_words_stand_alone(
    show: Show, said: Incoming, ann: Visitor
) -> None:
    assert await show(said, Turn(SCREEN, picture=PICTURE)) is None
    assert [message["text"] for message in ann.from_bot()] == ["A: <2> an hour", "Step 2"]


async def test_a_screen_waits_for_its_picture(bot: Bot, said: Incoming, world: World) -> None:
    world.faults.add("sendPhoto", faults.blocked())
    failure = await Messenger(bot, draw=draw).show(said, written(Turn(SCREEN, picture=PICTURE)))
    assert failure is not None
    assert failure.kind is Kind.PERSON_GONE
    assert called(world, "sendMessage") == []

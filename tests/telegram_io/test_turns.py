"""Turns: stored before they are shown, decided once however often they are shown."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.errors import TelegramError
from bot.guide.action import Command, Event, Press
from bot.guide.ports import Letter
from bot.guide.taps import Go, Tap
from bot.playground.standin import faults
from bot.playground.standin.world import World
from bot.telegram_io.connection import Bot
from bot.telegram_io.incoming import Incoming
from bot.telegram_io.messenger import Messenger
from bot.telegram_io.points import POINTS, Point
from bot.telegram_io.turns import NotShownError, TurnRunner
from bot.telegram_io.work import Part
from tests.telegram_io.chatting import Visitor, called
from tests.telegram_io.fakes import NOW, MemoryStore, Sleeper, SmallGuide, Tick


class Stage:
    """Ann in front of a screen with buttons; what she taps is in the inbox."""

    def __init__(self, world: World, bot: Bot, store: MemoryStore, sleeper: Sleeper) -> None:
        self.world, self.bot, self.store = world, bot, store
        self.ann = Visitor(world, "Ann")
        self.points: list[Point] = []
        self.runner = TurnRunner(
            SmallGuide(), store, Messenger(bot, sleeper.sleep), lambda: NOW, self.points.append
        )
        self.message_id = 0
        self._incoming: dict[int, Incoming] = {}

    async def begin(self) -> None:
        self.world.say(self.ann.id, "/start")
        self.message_id = (await self.bot.send_message(self.ann.id, "Screen")).message_id

    async def tapped(self, number: int, tap: Tap) -> None:
        query_id = self.world.tap(self.ann.id, self.message_id, "x")
        event = Event(self.ann.id, Press(tap))
        incoming = Incoming(number, event, self.ann.id, True, None, query_id, self.message_id)
        await self.store.put([Letter(number, self.ann.id, "{}")], NOW)
        self._incoming[number] = incoming

    def parts(self, numbers: Sequence[int]) -> list[Part]:
        """As the inbox has them."""
        return [Part(self.store.letters[number], self._incoming[number]) for number in numbers]

    def taps(self) -> str | None:
        mark = self.store.mark(self.ann.id, "count", "taps")
        return mark.value if mark else None


@pytest.fixture
async def stage(world: World, bot: Bot, store: MemoryStore, sleeper: Sleeper) -> Stage:
    stage = Stage(world, bot, store, sleeper)
    await stage.begin()
    return stage


async def test_taps_on_one_message_are_all_counted_and_answered_and_shown_once(
    stage: Stage, world: World
) -> None:
    for number in range(1, 6):
        await stage.tapped(number, Go("count"))
    await stage.runner.run(stage.parts(range(1, 6)))
    assert stage.taps() == "5"
    assert stage.ann.sees() == "5 taps"
    assert len(called(world, "editMessageText")) == 1
    assert len(called(world, "answerCallbackQuery")) == 5
    assert len(stage.store.saves) == 1


async def test_the_last_screen_is_shown_even_if_a_tap_without_one_follows(stage: Stage) -> None:
    await stage.tapped(1, Tick("laptop", True))
    await stage.tapped(2, Go("silent"))
    await stage.runner.run(stage.parts([1, 2]))
    assert "Laptop: yes" in stage.ann.sees()


async def test_a_new_message_among_taps_is_sent_all_the_same(stage: Stage) -> None:
    await stage.tapped(1, Go("fresh"))
    await stage.tapped(2, Go("count"))
    await stage.runner.run(stage.parts([1, 2]))
    assert [each["text"] for each in stage.ann.from_bot()] == ["1 taps", "A new message"]


async def test_a_turn_whose_screen_could_not_be_shown_is_shown_later_and_not_decided_again(
    stage: Stage, world: World
) -> None:
    await stage.tapped(1, Go("count"))
    world.faults.add("editMessageText", faults.bad_request("nonsense"), times=1)
    with pytest.raises(NotShownError, match="BadRequest"):
        await stage.runner.run(stage.parts([1]))
    assert stage.taps() == "1"
    await stage.runner.run(stage.parts([1]))
    assert (stage.taps(), stage.ann.sees()) == ("1", "1 taps")


async def test_what_was_decided_before_an_interruption_stays_before_what_was_not(stage: Stage) -> None:
    await stage.tapped(7, Go("count"))
    await stage.tapped(8, Go("count"))
    await stage.runner.run(stage.parts([8]))
    await stage.runner.run(stage.parts([7, 8]))
    assert stage.taps() == "2"
    assert stage.ann.sees() == "2 taps"


async def test_of_screens_that_are_shown_again_a_person_sees_no_earlier_one(
    stage: Stage, world: World
) -> None:
    for number in (1, 2):
        await stage.tapped(number, Go("count"))
        await stage.runner.run(stage.parts([number]))
    before = len(called(world, "editMessageText"))
    await stage.runner.run(stage.parts([1, 2]))
    (again,) = called(world, "editMessageText")[before:]
    assert again.params["text"] == "2 taps"


async def test_a_refused_token_is_no_fault_of_the_turn(stage: Stage, world: World) -> None:
    await stage.tapped(1, Go("count"))
    world.faults.add("editMessageText", faults.refuse(401), times=1)
    with pytest.raises(TelegramError, match="TELEGRAM_BOT_TOKEN is refused"):
        await stage.runner.run(stage.parts([1]))


async def test_a_turn_that_changes_nothing_is_not_stored(stage: Stage) -> None:
    await stage.tapped(1, Go("fresh"))
    await stage.runner.run(stage.parts([1]))
    assert stage.store.saves == []
    assert stage.store.letters[1].answer is None


async def test_a_turn_passes_its_points_in_order(stage: Stage) -> None:
    await stage.tapped(1, Go("count"))
    await stage.runner.run(stage.parts([1]))
    passed = [point for point in POINTS if point in stage.points]
    assert stage.points == passed == ["decided", "stored", "shown"]


async def test_a_file_is_kept_with_the_turn_too(stage: Stage) -> None:
    await stage.store.put([Letter(1, stage.ann.id, "{}")], NOW)
    incoming = Incoming(1, Event(stage.ann.id, Command("file")), stage.ann.id, True)
    await stage.runner.run([Part(stage.store.letters[1], incoming)])
    assert stage.ann.from_bot()[-2]["document"]["file_name"] == "my-data.json"


async def test_a_tap_that_a_newer_one_overtook_is_answered_and_changes_nothing(
    stage: Stage, world: World
) -> None:
    await stage.tapped(1, Go("count"))
    (part,) = stage.parts([1])
    await stage.runner.run([part._replace(late=True)])
    assert stage.taps() is None
    assert len(called(world, "answerCallbackQuery")) == 1
    assert called(world, "editMessageText") == []


async def test_taps_that_did_the_same_before_are_all_answered(stage: Stage, world: World) -> None:
    await stage.tapped(1, Go("count"))
    (part,) = stage.parts([1])
    queries = [world.tap(stage.ann.id, stage.message_id, "x") for _ in range(3)]
    await stage.runner.run([part._replace(again=tuple(queries))])
    assert stage.taps() == "1"
    answered = [call.params["callback_query_id"] for call in called(world, "answerCallbackQuery")]
    assert sorted(answered) == sorted([part.incoming.query_id or "", *queries])

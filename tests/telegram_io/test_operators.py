"""Operators' own menus, buttons and words; nobody else has any of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

import pytest
from telegram import Update

from bot.content.markup import rich
from bot.errors import StoreError
from bot.guide.action import Event, Press
from bot.guide.broadcast import Post
from bot.guide.screen import Screen, Turn
from bot.guide.taps import COMMON_TAPS, Go, Tap, TapCodec, encode
from bot.playground.standin import faults
from bot.playground.standin.world import World
from bot.telegram_io.connection import Bot
from bot.telegram_io.incoming import Incoming, read
from bot.telegram_io.messenger import Messenger
from bot.telegram_io.operators import NOTE, publish_to_operators
from bot.telegram_io.turns import TurnRunner
from bot.telegram_io.work import Part
from tests.telegram_io.chatting import Visitor, called
from tests.telegram_io.fakes import NOW, MemoryStore, Sleeper, SmallGuide
from tests.telegram_io.test_incoming import message, sent

BOLD = [{"type": "bold", "offset": 0, "length": 2}]


@dataclass(frozen=True, slots=True)
class Ring(Tap):
    tag: ClassVar[str] = "zz"
    bell: int


@dataclass
class SmallDesk:
    """Rings bells. The port :class:`bot.telegram_io.ports.Desk`."""

    people: Collection[int] = frozenset({1001})
    codec: TapCodec = field(default_factory=lambda: TapCodec([Ring]))
    asked: list[tuple[Event, int | None, Post | None]] = field(default_factory=list)

    def commands(self, language: str | None) -> Sequence[tuple[str, str]]:
        return (("ring", f"ring ({language or 'en'})"),)

    async def turn(
        self, event: Event, now: datetime, *, message: int | None, post: Post | None
    ) -> Turn | None:
        self.asked.append((event, message, post))
        match event.action:
            case Press(Ring(bell)):
                return Turn(Screen(rich(f"Bell {bell}")), notice="Ding", area="desk")
            case _:
                return None


def reading(update: dict[str, Any], desk: SmallDesk) -> Incoming:
    found = read(Update.de_json({"update_id": 5, **update}, None), TapCodec(COMMON_TAPS), "the_bot", desk)
    assert found is not None
    return found


def photo(**fields: Any) -> dict[str, Any]:
    return message(**sent("photo"), **fields)


@pytest.mark.parametrize("people", [{1001}, {1002}])
def test_only_an_operators_words_are_carried_and_those_exactly(people: set[int]) -> None:
    desk = SmallDesk(people)
    text = reading(message("Hi <b>", entities=BOLD), desk).post
    picture = reading(photo(caption="Hi", caption_entities=BOLD), desk).post
    assert (text is not None) == (picture is not None) == (1001 in people)
    if text and picture:
        largest = sent("photo")["photo"][-1]["file_id"]
        assert (text.text, text.photo, picture.text, picture.photo) == ("Hi <b>", None, "Hi", largest)
        assert text.entities == picture.entities == '[{"length": 2, "offset": 0, "type": "bold"}]'


@pytest.mark.parametrize(
    "update",
    [
        message("Hi", forward_origin={"type": "hidden_user", "sender_user_name": "B", "date": 1}),
        photo(media_group_id="7"),
        message(**sent("sticker")),
        message(**sent("document")),
    ],
)
def test_nothing_forwarded_no_album_and_nothing_else_is_taken_for_words(update: dict[str, Any]) -> None:
    assert reading(update, SmallDesk()).post is None


@pytest.mark.parametrize("people", [{1001}, {1002}])
def test_only_an_operators_buttons_are_read_by_the_desk(people: set[int]) -> None:
    def press(data: str) -> object:
        query = {
            "id": "1",
            "from": {"id": 1001, "is_bot": False, "first_name": "Ann"},
            "message": message("?")["message"],
            "chat_instance": "1",
            "data": data,
        }
        action = reading({"callback_query": query}, SmallDesk(people)).event.action
        assert isinstance(action, Press)
        return action.tap

    assert press(encode(Ring(7))) == (Ring(7) if 1001 in people else None)
    assert press(encode(Go("menu"))) == Go("menu")
    assert press("zz:x") is None


async def test_what_is_not_the_desks_business_is_the_guides(
    world: World, bot: Bot, store: MemoryStore, sleeper: Sleeper
) -> None:
    ann, bob = Visitor(world, "Ann"), Visitor(world, "Bob")
    desk = SmallDesk({ann.id})
    runner = TurnRunner(SmallGuide(), store, Messenger(bot, sleeper.sleep), lambda: NOW, desk=desk)
    for number, (visitor, tap) in enumerate([(ann, Ring(3)), (ann, Go("fresh")), (bob, Ring(3))], 1):
        world.say(visitor.id, "hello")
        from bot.guide.ports import Letter

        await store.put([Letter(number, visitor.id, "{}")], NOW)
        event = Event(visitor.id, Press(tap))
        shown = (await bot.send_message(visitor.id, "Screen")).message_id
        query = world.tap(visitor.id, shown, "x")
        incoming = Incoming(number, event, visitor.id, True, None, query, shown, Post("words"))
        await runner.run([Part(store.letters[number], incoming)])
    assert [each["text"] for each in ann.from_bot()] == ["Bell 3", "Screen", "A new message"]
    assert bob.sees().startswith("That button is old")
    assert [(event.person_id, words) for event, _, words in desk.asked] == [(ann.id, Post("words"))] * 2


async def test_a_post_is_sent_before_the_screen_and_again_if_the_turn_is_shown_again(
    world: World, bot: Bot, store: MemoryStore, sleeper: Sleeper
) -> None:
    ann = Visitor(world, "Ann")
    world.say(ann.id, "hello")
    incoming = Incoming(1, Event(ann.id, Press(None)), ann.id, True)
    from bot.telegram_io.reply import Reply, written

    turn = Turn(Screen(rich("Below")), post=Post("*as* <it> {is}", '[{"type":"bold","offset":0,"length":4}]'))
    reply = Reply.from_json(written(turn).to_json())
    assert await Messenger(bot, sleeper.sleep).show(incoming, reply) is None
    post, screen = ann.from_bot()
    assert (post["text"], screen["text"]) == ("*as* <it> {is}", "Below")
    assert post["entities"] == [{"type": "bold", "offset": 0, "length": 4}]
    world.faults.add("sendMessage", faults.bad_request("nonsense"), times=1)
    failure = await Messenger(bot, sleeper.sleep).show(incoming, reply)
    assert failure is not None
    assert len(ann.from_bot()) == 2, "no screen that speaks of a post which is not there"


def scope(person: int) -> dict[str, object]:
    return {"type": "chat", "chat_id": person}


async def test_operators_have_their_commands_first_and_nobody_else_has_them(world: World, bot: Bot) -> None:
    ann, bob = Visitor(world, "Ann"), Visitor(world, "Bob")
    await publish_to_operators(bot, SmallGuide(), SmallDesk({ann.id}), MemoryStore())
    assert [each["command"] for each in world.menu(ann.id)] == ["ring", "start", "help"]
    assert world.commands("es", scope(ann.id))[0]["description"] == "ring (es)"
    assert "ring" not in [each["command"] for each in world.menu(bob.id)]


async def test_a_menu_that_is_so_already_is_left_alone(world: World, bot: Bot, store: MemoryStore) -> None:
    ann = Visitor(world, "Ann")
    for _ in range(2):
        await publish_to_operators(bot, SmallGuide(), SmallDesk({ann.id}), store)
    assert len(called(world, "setMyCommands")) == 2, "one for each language"


async def test_who_is_no_operator_any_more_loses_the_menu(world: World, bot: Bot, store: MemoryStore) -> None:
    ann, bob = Visitor(world, "Ann"), Visitor(world, "Bob")
    await publish_to_operators(bot, SmallGuide(), SmallDesk({ann.id, bob.id}), store)
    await publish_to_operators(bot, SmallGuide(), SmallDesk({bob.id}), store)
    assert world.commands("es", scope(ann.id)) == world.commands(None, scope(ann.id)) == []
    assert world.menu(bob.id)[0]["command"] == "ring"
    await publish_to_operators(bot, SmallGuide(), SmallDesk(set()), store)
    assert "ring" not in [each["command"] for each in world.menu(bob.id)]
    assert store.notes[NOTE] == ""


async def test_without_operators_nothing_is_asked_or_noted(
    world: World, bot: Bot, store: MemoryStore
) -> None:
    before = len(world.calls)
    await publish_to_operators(bot, SmallGuide(), SmallDesk(set()), store)
    assert len(world.calls) == before
    assert store.notes == {}


async def test_an_operator_who_never_wrote_to_the_bot_is_told_in_the_log_and_holds_up_nobody(
    world: World, bot: Bot, store: MemoryStore, caplog: pytest.LogCaptureFixture
) -> None:
    ann = Visitor(world, "Ann")
    await publish_to_operators(bot, SmallGuide(), SmallDesk({5, ann.id}), store)
    assert "they must /start the bot" in caplog.text
    assert "person=5" in caplog.text
    assert world.menu(ann.id)[0]["command"] == "ring"
    await publish_to_operators(bot, SmallGuide(), SmallDesk({ann.id}), store)
    assert store.notes[NOTE] == str(ann.id)


@pytest.mark.parametrize("kind", ["telegram", "store", "bug"])
async def test_a_failure_with_the_menus_is_logged_and_no_more(
    world: World, bot: Bot, store: MemoryStore, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    ann, guide = Visitor(world, "Ann"), SmallGuide()
    if kind == "telegram":
        world.faults.add("getMyCommands", faults.server_error())
    if kind == "bug":
        guide.languages = ()

    class Broken(MemoryStore):
        async def note(self, name: str) -> str | None:
            if kind == "store":
                raise StoreError("bot.db: is locked")
            return await super().note(name)

    await publish_to_operators(bot, guide, SmallDesk({ann.id}), Broken())
    assert ("menus were not brought" in caplog.text) == (kind != "bug")
    assert ("failed ref=" in caplog.text) == (kind == "bug")

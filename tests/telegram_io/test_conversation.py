"""People talking to the whole bot over real HTTP, against a stand-in for Telegram."""

from __future__ import annotations

import pytest

from bot.guide.taps import encode
from bot.playground.standin.world import World
from tests.support.wire import assert_calls_parse_as_aiogram
from tests.telegram_io.chatting import Visitor, called
from tests.telegram_io.fakes import MemoryStore, Tick


@pytest.mark.usefixtures("working")
async def test_a_command_is_answered_with_a_new_screen(ann: Visitor) -> None:
    first = await ann.says("/start hello")
    second = await ann.says("/start")
    assert first["text"].startswith("Hello, Ann! hello")
    assert first["message_id"] != second["message_id"]


@pytest.mark.usefixtures("working")
async def test_a_tap_changes_the_screen_in_place_and_is_answered_with_a_notice(
    ann: Visitor, store: MemoryStore
) -> None:
    await ann.says("/start")
    answer = await ann.taps("Yes")
    assert answer["text"] == "Noted"
    assert len(ann.from_bot()) == 1
    assert "Laptop: yes" in ann.sees()
    assert store.mark(ann.id, "tick", "laptop") is not None


@pytest.mark.usefixtures("working")
async def test_the_same_tap_twice_is_as_if_tapped_once(ann: Visitor, store: MemoryStore) -> None:
    await ann.says("/start")
    await ann.taps("Yes")
    await ann.taps("Yes")
    assert ann.sees().startswith("Ticked")
    assert len(ann.from_bot()) == 1
    mark = store.mark(ann.id, "tick", "laptop")
    assert mark is not None
    assert mark.value == "1"


@pytest.mark.usefixtures("working")
async def test_an_update_delivered_twice_is_handled_once(
    world: World, ann: Visitor, store: MemoryStore
) -> None:
    await ann.says("/start")
    message = ann.from_bot()[-1]
    query = {
        "id": "77",
        "from": world.person(ann.id).user(),
        "message": message,
        "chat_instance": "1",
        "data": ann.data("Count", message),
    }
    for _ in range(3):
        world.push({"update_id": 900_001, "callback_query": query})
    await world.wait_until(lambda: ann.sees() == "1 taps")
    await ann.says("and now")
    assert store.people[ann.id].marks.value("count", "taps") == "1"


@pytest.mark.usefixtures("working")
async def test_of_a_hundred_different_taps_at_once_none_is_lost(
    world: World, ann: Visitor, store: MemoryStore
) -> None:
    await ann.says("/start")
    message_id = ann.from_bot()[-1]["message_id"]

    def ann_marks() -> list[object]:
        known = store.people.get(ann.id)
        return list(known.marks) if known else []

    for number in range(100):
        world.tap(ann.id, message_id, encode(Tick(f"item-{number}", True)))
    await world.wait_until(lambda: len(ann_marks()) == 100, timeout=60)


@pytest.mark.usefixtures("working")
async def test_a_hundred_equal_taps_at_once_all_stop_spinning_and_do_what_one_does(
    world: World, ann: Visitor, store: MemoryStore
) -> None:
    await ann.says("/start")
    message_id = ann.from_bot()[-1]["message_id"]
    taps = [world.tap(ann.id, message_id, encode(Tick("laptop", True))) for _ in range(100)]
    await world.wait_until(lambda: all(ann.answer(each) for each in taps), timeout=60)
    assert "Laptop: yes" in ann.sees()
    assert store.people[ann.id].marks.value("tick", "laptop") == "1"
    assert len(called(world, "editMessageText")) < 50, (
        "who taps again and again is shown the same once in a while"
    )


@pytest.mark.usefixtures("working")
async def test_a_slow_turn_of_one_person_does_not_hold_up_another(
    world: World, ann: Visitor, bob: Visitor, store: MemoryStore
) -> None:
    gate = store.hold(ann.id)
    world.say(ann.id, "slow")
    await world.wait_until(lambda: called(world, "getUpdates"))
    for word in ("one", "two", "three"):
        await bob.says(word)
    assert ann.from_bot() == []
    assert ann.id in {letter.person for letter in store.letters.values()}, "what is in hand is still kept"
    gate.set()
    await world.wait_until(lambda: bool(ann.from_bot()))
    assert store.entered.count(ann.id) == 1


@pytest.mark.usefixtures("working")
async def test_a_persons_messages_are_answered_in_their_order(world: World, ann: Visitor) -> None:
    for number in range(20):
        world.say(ann.id, f"n{number}")
    await world.wait_until(lambda: len(ann.from_bot()) == 20)
    assert [message["text"] for message in ann.from_bot()] == [f"You said: n{number}" for number in range(20)]


@pytest.mark.usefixtures("working")
@pytest.mark.parametrize(
    "name",
    [
        "<b>&_*",
        "</b></blockquote>",
        "\u202eAnna",
        "محمد",
        "👩🏽‍💻",
        "a\x00b\x1bc",
        'O"Neill\'s <a href="x">',
        "\ud800half",
        "x" * 64,
        "{reference}",
    ],
)
async def test_any_name_is_shown_as_text(world: World, name: str) -> None:
    person = Visitor(world, name)
    message = await person.says("/start")
    assert message["text"].startswith("Hello, ")
    assert [entity["type"] for entity in message["entities"]][:1] == ["bold"]


@pytest.mark.usefixtures("working")
async def test_words_are_shown_back_as_they_were_written(ann: Visitor) -> None:
    for words in ("<b>&amp;_*[x](y)", "שלום 123", "🏳️‍🌈" * 20, "x" * 4_000):
        assert (await ann.says(words))["text"] == f"You said: {words}"


@pytest.mark.usefixtures("working")
async def test_input_of_4096_characters_has_an_answer(ann: Visitor) -> None:
    assert await ann.says("y" * 4_096)


@pytest.mark.usefixtures("working")
@pytest.mark.parametrize(
    "kind", ["sticker", "photo", "voice", "location", "contact", "dice", "poll", "document"]
)
async def test_what_is_not_text_has_an_answer(ann: Visitor, kind: str) -> None:
    assert (await ann.sends(kind))["text"] == "I can't look at that"


@pytest.mark.usefixtures("working")
async def test_an_old_or_forged_button_opens_a_screen(world: World, ann: Visitor) -> None:
    message = await ann.says("/start")
    for data in ("t:laptop:2", "zz", "t", "💥", "t:laptop:1:extra"):
        query_id = world.tap(ann.id, message["message_id"], data)
        await world.wait_until(lambda query_id=query_id: ann.answer(query_id))  # type: ignore[misc]
        answer = ann.answer(query_id)
        assert answer is not None
        assert answer["text"] == "Old button"
    await ann.taps("Yes", message)


@pytest.mark.usefixtures("working")
async def test_every_call_is_one_that_an_independent_library_knows(world: World, ann: Visitor) -> None:
    message = await ann.says("/start")
    for label in ("Yes", "Count", "Again", "File"):
        await ann.taps(label, message)
    await ann.says("/file")
    group = world.add_group("Friends")
    world.say_in_group(group, ann.id, "/help@firstlabel_bot")
    await world.wait_until(lambda: any(message["from"]["is_bot"] for message in world.chat(group)))
    await world.wait_until(lambda: called(world, "setMyShortDescription"))
    assert assert_calls_parse_as_aiogram(world.calls) > 15

"""What is not said in a private chat by a person: groups, channels, edits, other people's buttons."""

from __future__ import annotations

import asyncio

import pytest

from bot.playground.standin import faults
from bot.playground.standin.world import World
from tests.telegram_io.chatting import Visitor
from tests.telegram_io.fakes import MemoryStore


@pytest.mark.usefixtures("working")
async def test_edited_messages_and_channel_posts_are_ignored(
    world: World, ann: Visitor, store: MemoryStore
) -> None:
    await ann.says("hello")
    own = next(message for message in world.chat(ann.id) if not message["from"]["is_bot"])
    world.edit_own(ann.id, own["message_id"], "hello again")
    world.post_in_channel(world.add_channel("News"), "/start")
    await ann.says("still there?")
    assert len(ann.from_bot()) == 2
    assert store.entered == [ann.id, ann.id]


@pytest.mark.usefixtures("working")
async def test_a_group_gets_one_line_when_the_bot_is_spoken_to(world: World, ann: Visitor) -> None:
    group = world.add_group("Friends")
    world.say_in_group(group, ann.id, "just chatting")
    world.say_in_group(group, ann.id, "/start@other_bot")
    world.say_in_group(group, ann.id, "hello @firstlabel_bot")
    await world.wait_until(lambda: any(message["from"]["is_bot"] for message in world.chat(group)))
    await ann.says("private")
    sent = [message for message in world.chat(group) if message["from"]["is_bot"]]
    assert [message["text"] for message in sent] == ["Let's talk in private"]
    assert sent[0]["reply_markup"]["inline_keyboard"][0][0]["url"].startswith(
        "https://t.me/firstlabel_bot?start="
    )


@pytest.mark.usefixtures("working")
async def test_questions_asked_in_a_group_at_the_same_time_are_answered_each_and_a_flood_is_not(
    world: World, ann: Visitor, bob: Visitor, store: MemoryStore
) -> None:
    group = world.add_group("Friends")

    def sent() -> list[str]:
        return [message["text"] for message in world.chat(group) if message["from"]["is_bot"]]

    world.say_in_group(group, ann.id, "/faq@firstlabel_bot one")
    world.say_in_group(group, bob.id, "/faq two")
    world.say_in_group(group, bob.id, "/faq@other_bot three")
    await world.wait_until(lambda: len(sent()) == 2)
    assert sent() == ["The answer to one", "The answer to two"]
    for number in range(10):
        world.say_in_group(group, bob.id, f"/faq {number}")
    await world.wait_until(lambda: sent()[-1] == "The answer to 9")
    assert len(sent()) < 12, "of what piles up, only the last few are answered"
    assert store.saves == []
    assert all(each not in store.people for each in (ann.id, bob.id))


@pytest.mark.usefixtures("working")
async def test_a_group_that_became_a_supergroup_is_followed(world: World, ann: Visitor) -> None:
    old, new = world.add_group("Friends", "group"), world.add_group("Friends")
    world.faults.add(
        "sendMessage",
        faults.refuse(400, "group chat was upgraded to a supergroup chat", migrate_to_chat_id=new),
        times=1,
    )
    world.say_in_group(old, ann.id, "/help@firstlabel_bot")
    await world.wait_until(lambda: any(message["from"]["is_bot"] for message in world.chat(new)))


@pytest.mark.usefixtures("working")
async def test_trouble_in_a_group_makes_no_noise(world: World, ann: Visitor, store: MemoryStore) -> None:
    group = world.add_group("Friends")
    store.error = OSError()
    world.say_in_group(group, ann.id, "/help@firstlabel_bot")
    async with asyncio.timeout(10):
        while not store.dead:  # noqa: ASYNC110  # it is put away without a word to anybody
            await asyncio.sleep(0)
    store.error = None
    kicked = world.faults.add(
        "sendMessage",
        faults.refuse(403, "bot was kicked from the supergroup chat"),
        when=lambda call: call["chat_id"] == group,
    )
    world.say_in_group(group, ann.id, "/help@firstlabel_bot")
    await world.wait_until(lambda: kicked.struck)
    await ann.says("private")
    assert not any(message["from"]["is_bot"] for message in world.chat(group))
    assert store.saves == [], "thrown out of a group is not gone"


@pytest.mark.usefixtures("working")
async def test_a_button_in_somebody_elses_chat_changes_nothing(
    world: World, ann: Visitor, bob: Visitor, store: MemoryStore
) -> None:
    message = await ann.says("/start")
    query = {
        "id": "1",
        "from": world.person(bob.id).user(),
        "message": message,
        "chat_instance": "1",
        "data": ann.data("Yes", message),
    }
    world.push({"callback_query": query})
    world.push({"callback_query": {**query, "id": "2", "inline_message_id": "i", "message": None}})
    await bob.says("hello")
    assert store.saves == []

"""People, what they do, what can be seen, and keeping it all over a restart."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from bot.playground.standin import World
from bot.playground.standin.events import BACKLOG, Recent
from bot.playground.standin.people import Person

from .client import TOKEN, Api, Clock

KINDS = [
    "sticker",
    "photo",
    "voice",
    "audio",
    "video",
    "video_note",
    "document",
    "location",
    "venue",
    "contact",
    "animation",
    "dice",
    "poll",
]


async def pending(api: Api) -> list[dict[str, Any]]:
    updates: list[dict[str, Any]] = await api.ok("getUpdates")
    return updates


async def test_people_have_ids_from_1001_on_and_keep_them(world: World) -> None:
    first, second = world.add_person("Ann"), world.add_person("Bea", "es", username="bea")
    assert (first.id, second.id) == (1001, 1002)
    assert second.user() == {
        "id": 1002,
        "is_bot": False,
        "first_name": "Bea",
        "username": "bea",
        "language_code": "es",
    }
    world.rename(second.id, "Bea <b>&")
    world.set_language(second.id, "pt-br")
    assert (world.person(1002).name, world.person(1002).language) == ("Bea <b>&", "pt-br")
    world.remove_person(first.id)
    assert world.add_person("Cid").id == 1003


async def test_somebody_unknown_is_named_in_one_line(world: World) -> None:
    for act in (
        lambda: world.say(5, "x"),
        lambda: world.rename(5, "x"),
        lambda: world.remove_person(5),
        lambda: world.tap(5, 1, "x"),
    ):
        with pytest.raises(LookupError, match="person 5 is not here"):
            act()
    with pytest.raises(LookupError, match="group or channel -5 is not here"):
        world.post_in_channel(-5, "x")


async def test_a_reset_person_is_new_to_the_bot(api: Api, ann: Person, world: World) -> None:
    bea = world.add_person("Bea")
    await api.ok("sendMessage", chat_id=ann.id, text="x")
    new = world.reset_person(ann.id)
    assert (new.name, new.language, new.username) == (ann.name, ann.language, ann.username)
    assert list(world.people) == [new.id, bea.id]
    assert world.chat(new.id) == world.chat(ann.id) == []
    assert await api.refused("sendMessage", chat_id=ann.id, text="x") == "Bad Request: chat not found"


@pytest.mark.parametrize("kind", KINDS)
async def test_a_person_can_send_anything(api: Api, ann: Person, world: World, kind: str) -> None:
    update_id = world.send_other(ann.id, kind, caption="with words")
    [update] = await pending(api)
    assert update["update_id"] == update_id
    assert kind in update["message"]
    assert update["message"]["caption"] == "with words"


async def test_an_unknown_kind_names_those_there_are(ann: Person, world: World) -> None:
    with pytest.raises(ValueError, match=r"kind: 'hologram' is unknown; use one of animation, audio"):
        world.send_other(ann.id, "hologram")


async def test_a_command_is_marked_and_an_edit_is_an_edited_message(
    api: Api, ann: Person, world: World, clock: Clock
) -> None:
    world.say(ann.id, "/start faq_vpn")
    message = world.chat(ann.id)[-1]
    assert message["entities"] == [{"offset": 0, "length": 6, "type": "bot_command"}]
    clock.forward(10)
    world.edit_own(ann.id, message["message_id"], "no command")
    edited = (await pending(api))[-1]["edited_message"]
    assert (edited["text"], edited["edit_date"] - edited["date"]) == ("no command", 10)
    assert "entities" not in edited
    assert world.chat(ann.id)[-1] == edited
    for message_id in (999, (await api.ok("sendMessage", chat_id=ann.id, text="x"))["message_id"]):
        with pytest.raises(LookupError, match=f"message {message_id} of person {ann.id} is not there"):
            world.edit_own(ann.id, message_id, "x")


async def test_groups_and_channels_have_their_updates(api: Api, ann: Person, world: World) -> None:
    group, channel = world.add_group("Friends"), world.add_channel("News")
    assert group != channel
    world.say_in_group(group, ann.id, "@firstlabel_bot hi", message_thread_id=7)
    world.post_in_channel(channel, "breaking")
    in_group, in_channel = await pending(api)
    assert in_group["message"]["chat"] == {"id": group, "title": "Friends", "type": "supergroup"}
    assert in_group["message"]["message_thread_id"] == 7
    assert in_group["message"]["entities"][0]["type"] == "mention"
    assert in_channel["channel_post"]["sender_chat"]["title"] == "News"


async def test_blocking_and_unblocking_tell_both_states(api: Api, ann: Person, world: World) -> None:
    world.block(ann.id)
    world.unblock(ann.id)
    blocked, unblocked = (update["my_chat_member"] for update in await pending(api))
    assert (blocked["old_chat_member"]["status"], blocked["new_chat_member"]["status"]) == (
        "member",
        "kicked",
    )
    assert (unblocked["old_chat_member"]["status"], unblocked["new_chat_member"]["status"]) == (
        "kicked",
        "member",
    )
    assert blocked["from"]["id"] == blocked["chat"]["id"] == ann.id


async def test_everything_that_happens_is_told_to_subscribers(api: Api, ann: Person, world: World) -> None:
    events = world.subscribe()
    sent = await api.ok(
        "sendMessage", chat_id=ann.id, text="x", reply_markup={"keyboard": [["A"]]}, disable_notification=True
    )
    where = {"chat_id": ann.id, "message_id": sent["message_id"]}
    await api.ok("editMessageText", **where, text="y")
    await api.ok("setMessageReaction", **where, reaction=[{"type": "emoji", "emoji": "👍"}])
    await api.ok("deleteMessage", **where)
    await api.ok("sendChatAction", chat_id=ann.id, action="typing")
    await api.ok("answerCallbackQuery", callback_query_id=world.tap(ann.id, 1, "x"))
    await api.ok("setMyCommands", commands=[])
    await api.ok("setMyName", name="New")
    world.rename(ann.id, "Anna")
    seen = [events.get_nowait() for _ in range(events.qsize())]
    assert [event["type"] for event in seen if event["type"] not in ("call", "updates")] == [
        "message",
        "keyboard",
        "edited",
        "reaction",
        "deleted",
        "typing",
        "answer",
        "commands",
        "profile",
        "person",
    ]
    assert sum(event["type"] == "call" for event in seen) == 8
    assert seen[0]["message"] == sent
    assert all(event["chat_id"] == ann.id for event in seen[:2])
    world.unsubscribe(events)
    world.unsubscribe(events)
    world.rename(ann.id, "Ann")
    assert events.empty()


async def test_a_subscriber_that_falls_far_behind_is_told_so(ann: Person, world: World) -> None:
    events = world.subscribe()
    for _ in range(BACKLOG + 1):
        world.set_keyboard(ann.id, None)
    assert [events.get_nowait()["type"] for _ in range(events.qsize())] == ["lost", "keyboard"]


async def test_waiting_ends_with_the_event_that_makes_it_true(ann: Person, world: World) -> None:
    waiting = asyncio.create_task(world.wait_until(lambda: [m["text"] for m in world.chat(ann.id)][2:]))
    await asyncio.sleep(0)
    world.say(ann.id, "first")
    world.say(ann.id, "second")
    assert await waiting == ["second"]


async def test_waiting_in_vain_tells_the_last_calls(api: Api, ann: Person, world: World) -> None:
    with pytest.raises(TimeoutError, match="not so after 0 s; the last calls were\n  none"):
        await world.wait_until(lambda: False, timeout=0)
    await api.ok("sendMessage", chat_id=ann.id, text="the last one")
    with pytest.raises(TimeoutError, match=r"sendMessage .*the last one"):
        await world.wait_until(lambda: False, timeout=0)


async def test_only_the_last_calls_are_kept(api: Api) -> None:
    small = World("1:x", keep_calls=3)
    assert list(small.calls) == []
    recent = Recent(3, range(5))
    assert (list(recent), recent[-1], recent[1:], len(recent)) == ([2, 3, 4], 4, [3, 4], 3)
    assert repr(recent) == "Recent([2, 3, 4])"


async def test_a_world_goes_on_after_a_restart_where_it_was(
    api: Api, ann: Person, world: World, clock: Clock
) -> None:
    group = world.add_group("Friends")
    keyboard = {"keyboard": [[{"text": "A"}]]}
    await api.upload(
        "sendDocument", {"document": ("a.txt", b"\x00\xff")}, chat_id=ann.id, reply_markup=keyboard
    )
    poll = await api.ok("sendPoll", chat_id=ann.id, question="?", options=["a", "b"])
    world.vote(ann.id, poll["message_id"], [1])
    await api.ok(
        "setMessageReaction", chat_id=ann.id, message_id=1, reaction=[{"type": "emoji", "emoji": "👍"}]
    )
    await api.ok("setMyCommands", commands=[{"command": "a", "description": "b"}], language_code="es")
    await api.ok("setMyDescription", description="d")
    await api.ok("setChatMenuButton", chat_id=ann.id, menu_button={"type": "web_app"})
    await api.ok("getUpdates", allowed_updates=["message", "callback_query", "poll"])
    query_id = world.tap(ann.id, 1, "x")

    kept = json.loads(json.dumps(world.to_dict()))
    again = World.from_dict(kept, TOKEN, clock=clock)

    assert json.loads(json.dumps(again.to_dict())) == kept
    assert again.chat(ann.id) == world.chat(ann.id)
    assert again.person(ann.id) == ann
    assert again.keyboard(ann.id) == keyboard
    assert again.room(group).title == "Friends"
    assert again.commands("es") == world.commands("es")
    assert again.updates.ready(0, 100) == world.updates.ready(0, 100)
    assert again.queries.close(query_id)["person_id"] == ann.id
    document = again.chat(ann.id)[1]["document"]
    stored = again.files.get(document["file_id"])
    assert stored is not None
    assert stored.data == b"\x00\xff"
    assert again.say(ann.id, "on") == world.say(ann.id, "on")
    assert again.chat(ann.id)[-1]["message_id"] == world.chat(ann.id)[-1]["message_id"]


def test_a_token_without_a_number_still_has_a_bot() -> None:
    assert World("nonsense").bot_id == 1
    assert repr(World("1:x")) == "World(@firstlabel_bot, 0 people, 0 pending updates)"

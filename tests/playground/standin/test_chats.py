"""Chats and members; forwarding, copying, pinning; polls."""

from __future__ import annotations

from typing import Any

import pytest

from bot.playground.standin import World
from bot.playground.standin.others import flat_png
from bot.playground.standin.people import Person

from .client import Api


async def test_a_chat_and_its_members_are_told(api: Api, ann: Person, world: World) -> None:
    chat = await api.ok("getChat", chat_id=ann.id)
    assert (chat["first_name"], chat["type"]) == ("Ann", "private")
    assert await api.ok("getChatMemberCount", chat_id=ann.id) == 2
    member = await api.ok("getChatMember", chat_id=ann.id, user_id=ann.id)
    assert (member["status"], member["user"]["id"]) == ("member", ann.id)
    world.block(ann.id)
    assert (await api.ok("getChatMember", chat_id=ann.id, user_id=4242))["status"] == "kicked"
    group = world.add_group("Friends", "group")
    assert -1_000_000_000_000 < group < 0
    assert (await api.ok("getChat", chat_id=group))["type"] == "group"
    assert await api.ok("getChatAdministrators", chat_id=group) == []
    assert await api.ok("getChatMemberCount", chat_id=group) == 2
    await api.ok("leaveChat", chat_id=group)
    assert (await api.ok("getChatMember", chat_id=group, user_id=4242))["status"] == "left"
    assert await api.ok("getUserProfilePhotos", user_id=ann.id) == {"total_count": 0, "photos": []}


@pytest.mark.parametrize(
    ("method", "params", "complaint"),
    [
        ("getChatMember", {"user_id": 5}, "user not found"),
        ("getChatMember", {}, "invalid user_id specified"),
        ("getChatAdministrators", {}, "there are no administrators in the private chat"),
        ("leaveChat", {}, "chat member status can't be changed in private chats"),
        ("getUserProfilePhotos", {"user_id": 5}, "user not found"),
        ("pinChatMessage", {"message_id": 99}, "message to pin not found"),
        ("unpinChatMessage", {"message_id": 99}, "message to unpin not found"),
    ],
)
async def test_chats_and_members_are_checked(
    api: Api, ann: Person, method: str, params: dict[str, Any], complaint: str
) -> None:
    assert await api.refused(method, chat_id=ann.id, **params) == f"Bad Request: {complaint}"


async def test_a_message_is_pinned_and_unpinned(api: Api, ann: Person, world: World) -> None:
    message = world.chat(ann.id)[0]["message_id"]
    assert await api.ok("pinChatMessage", chat_id=ann.id, message_id=message) is True
    assert await api.ok("unpinChatMessage", chat_id=ann.id, message_id=message) is True
    assert await api.ok("unpinChatMessage", chat_id=ann.id) is True


async def test_a_forwarded_message_tells_where_it_is_from(api: Api, ann: Person, world: World) -> None:
    bea = world.add_person("Bea")
    world.say(bea.id, "a #story")
    message = world.chat(bea.id)[0]["message_id"]
    forwarded = await api.ok("forwardMessage", chat_id=ann.id, from_chat_id=bea.id, message_id=message)
    assert (forwarded["text"], forwarded["entities"][0]["type"]) == ("a #story", "hashtag")
    origin = {"type": "user", "sender_user": bea.user(), "date": world.now()}
    assert forwarded["forward_origin"] == origin
    again = await api.ok(
        "forwardMessage", chat_id=bea.id, from_chat_id=ann.id, message_id=forwarded["message_id"]
    )
    assert again["forward_origin"] == origin
    refusal = await api.refused(
        "editMessageText", chat_id=ann.id, message_id=forwarded["message_id"], text="mine"
    )
    assert refusal == "Bad Request: message can't be edited"
    channel = world.add_channel("News")
    world.post_in_channel(channel, "breaking")
    posted = world.chat(channel)[0]["message_id"]
    news = await api.ok("forwardMessage", chat_id=ann.id, from_chat_id=channel, message_id=posted)
    assert (news["forward_origin"]["type"], news["forward_origin"]["message_id"]) == ("channel", posted)


async def test_a_copied_message_is_the_bots_own(api: Api, ann: Person, world: World) -> None:
    world.send_other(ann.id, "photo", caption="mine")
    message = world.chat(ann.id)[-1]
    where = {"chat_id": ann.id, "from_chat_id": ann.id, "message_id": message["message_id"]}
    assert await api.ok("copyMessage", **where) == {"message_id": message["message_id"] + 1}
    copy = world.chat(ann.id)[-1]
    assert (copy["photo"], copy["caption"], copy["from"]["id"]) == (message["photo"], "mine", 4242)
    await api.ok("copyMessage", **where, caption="<b>new</b>", parse_mode="HTML")
    assert (world.chat(ann.id)[-1]["caption"], len(world.chat(ann.id)[-1]["caption_entities"])) == ("new", 1)


async def test_several_messages_are_forwarded_and_copied(api: Api, ann: Person, world: World) -> None:
    for text in "abc":
        world.say(ann.id, text)
    ids = [message["message_id"] for message in world.chat(ann.id)]
    where = {"chat_id": ann.id, "from_chat_id": ann.id}
    copied = await api.ok("copyMessages", **where, message_ids=[*ids, 999])
    assert [item["message_id"] for item in copied] == [number + len(ids) for number in ids]
    assert "forward_origin" not in world.chat(ann.id)[-1]
    assert len(await api.ok("forwardMessages", **where, message_ids=ids)) == len(ids)
    assert "forward_origin" in world.chat(ann.id)[-1]


@pytest.mark.parametrize(
    ("method", "params", "complaint"),
    [
        ("forwardMessage", {"message_id": 99}, "message to forward not found"),
        ("copyMessage", {"message_id": 99}, "message to copy not found"),
        ("copyMessages", {"message_ids": [99]}, "there are no messages to copy"),
        ("forwardMessages", {"message_ids": [99]}, "there are no messages to forward"),
        ("forwardMessages", {}, "message identifiers are not specified"),
        ("copyMessages", {"message_ids": list(range(101))}, "too many message identifiers specified"),
        ("copyMessage", {"from_chat_id": 5, "message_id": 1}, "chat not found"),
    ],
)
async def test_what_is_not_there_is_not_passed_on(
    api: Api, ann: Person, method: str, params: dict[str, Any], complaint: str
) -> None:
    where = {"chat_id": ann.id, "from_chat_id": ann.id, **params}
    assert await api.refused(method, **where) == f"Bad Request: {complaint}"


async def test_protected_content_is_not_forwarded(api: Api, ann: Person) -> None:
    sent = await api.ok("sendMessage", chat_id=ann.id, text="secret", protect_content=True)
    where = {"chat_id": ann.id, "from_chat_id": ann.id, "message_id": sent["message_id"]}
    assert await api.refused("forwardMessage", **where) == "Bad Request: message can't be forwarded"


async def test_a_quiz_is_sent_voted_in_and_closed(api: Api, ann: Person, world: World) -> None:
    sent = await api.ok(
        "sendPoll",
        chat_id=ann.id,
        question="<b>2 + 2?</b>",
        question_parse_mode="HTML",
        options=[{"text": "3"}, "4"],
        type="quiz",
        correct_option_id=1,
        explanation="<i>count</i>",
        explanation_parse_mode="HTML",
        is_anonymous=False,
        open_period=60,
    )
    poll = sent["poll"]
    assert (poll["question"], poll["correct_option_ids"], poll["explanation"]) == ("2 + 2?", [1], "count")
    assert (poll["allows_revoting"], poll["open_period"]) == (False, 60)
    world.vote(ann.id, sent["message_id"], [1])
    answer, update = (await api.ok("getUpdates"))[-2:]
    assert answer["poll_answer"]["option_ids"] == [1]
    assert [option["voter_count"] for option in update["poll"]["options"]] == [0, 1]
    with pytest.raises(ValueError, match="no second vote"):
        world.vote(ann.id, sent["message_id"], [0])
    closed = await api.ok("stopPoll", chat_id=ann.id, message_id=sent["message_id"])
    assert (closed["is_closed"], closed["total_voter_count"]) == (True, 1)
    refusal = await api.refused("stopPoll", chat_id=ann.id, message_id=sent["message_id"])
    assert refusal == "Bad Request: poll has already been closed"
    with pytest.raises(ValueError, match="closed"):
        world.vote(ann.id, sent["message_id"], [0])


async def test_a_vote_in_an_anonymous_poll_can_be_changed_and_names_nobody(
    api: Api, ann: Person, world: World
) -> None:
    sent = await api.ok("sendPoll", chat_id=ann.id, question="Tea?", options=["Yes", "No"], close_date=1)
    world.vote(ann.id, sent["message_id"], [0])
    world.vote(ann.id, sent["message_id"], [1])
    polls = [update["poll"] for update in await api.ok("getUpdates")]
    assert [[option["voter_count"] for option in poll["options"]] for poll in polls] == [[1, 0], [0, 1]]
    assert polls[-1]["total_voter_count"] == 1
    with pytest.raises(ValueError, match="options 0 to 1"):
        world.vote(ann.id, sent["message_id"], [2])
    with pytest.raises(ValueError, match="one answer"):
        world.vote(ann.id, sent["message_id"], [0, 1])
    with pytest.raises(ValueError, match="no poll"):
        world.vote(ann.id, world.chat(ann.id)[0]["message_id"], [0])


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ({"question": ""}, "poll question must be non-empty"),
        ({"question": "x" * 301}, "poll question length must not exceed 300"),
        ({"options": []}, "poll must have at least 1 option"),
        ({"options": ["x"] * 13}, "poll can't have more than 12 options"),
        ({"options": ["x", " "]}, "poll options must be non-empty"),
        ({"options": ["x" * 101, "y"]}, "poll options length must not exceed 100"),
        ({"type": "riddle"}, "unsupported poll type specified"),
        ({"type": "quiz"}, "wrong correct option ID specified"),
        ({"type": "quiz", "correct_option_ids": [2]}, "wrong correct option ID specified"),
        (
            {"type": "quiz", "correct_option_ids": [0], "explanation": "x" * 201},
            "poll explanation length must not exceed 200",
        ),
    ],
)
async def test_polls_are_checked(api: Api, ann: Person, params: dict[str, Any], complaint: str) -> None:
    poll = {"question": "Tea?", "options": ["Yes", "No"], **params}
    assert await api.refused("sendPoll", chat_id=ann.id, **poll) == f"Bad Request: {complaint}"


def test_pictures_that_people_send_differ() -> None:
    assert flat_png(9, 9, 1) != flat_png(9, 9, 2)

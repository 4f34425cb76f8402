"""Changing and deleting messages, and Telegram's words when that cannot be."""

from __future__ import annotations

from typing import Any

import pytest

from bot.playground.standin import World
from bot.playground.standin.others import flat_png
from bot.playground.standin.people import Person

from .client import Api, Clock

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
KEYBOARD = {"inline_keyboard": [[{"text": "a", "callback_data": "x"}]]}


async def send(api: Api, person: Person, **params: Any) -> int:
    sent = await api.ok("sendMessage", chat_id=person.id, **{"text": "old", **params})
    return int(sent["message_id"])


async def test_an_edited_message_keeps_its_place_and_tells_when(
    api: Api, ann: Person, world: World, clock: Clock
) -> None:
    message = await send(api, ann, reply_markup=KEYBOARD)
    later = await send(api, ann)
    clock.forward(60)
    edited = await api.ok(
        "editMessageText", chat_id=ann.id, message_id=message, text="<b>new</b>", parse_mode="HTML"
    )
    assert (edited["text"], edited["entities"]) == ("new", [{"offset": 0, "length": 3, "type": "bold"}])
    assert edited["edit_date"] - edited["date"] == 60
    assert "reply_markup" not in edited
    assert [item["message_id"] for item in world.chat(ann.id)[-2:]] == [message, later]
    assert world.chat(ann.id)[-2] == edited


@pytest.mark.parametrize(
    "change",
    [
        {"text": "old", "reply_markup": KEYBOARD},
        {"text": " old ", "reply_markup": KEYBOARD},
        {"text": "old", "reply_markup": KEYBOARD, "link_preview_options": {"is_disabled": True}},
    ],
)
async def test_an_edit_that_changes_nothing_is_refused(api: Api, ann: Person, change: dict[str, Any]) -> None:
    message = await send(api, ann, reply_markup=KEYBOARD)
    assert await api.refused("editMessageText", chat_id=ann.id, message_id=message, **change) == NOT_MODIFIED


@pytest.mark.parametrize(
    "change",
    [
        {"text": "old"},
        {"text": "<b>old</b>", "parse_mode": "HTML", "reply_markup": KEYBOARD},
        {"text": "old", "reply_markup": {"inline_keyboard": [[{"text": "b", "callback_data": "x"}]]}},
    ],
)
async def test_a_changed_keyboard_or_entity_alone_is_an_edit(
    api: Api, ann: Person, change: dict[str, Any]
) -> None:
    message = await send(api, ann, reply_markup=KEYBOARD)
    assert await api.ok("editMessageText", chat_id=ann.id, message_id=message, **change)


async def test_the_keyboard_alone_can_be_changed_and_taken_away(api: Api, ann: Person) -> None:
    message = await send(api, ann)
    where = {"chat_id": ann.id, "message_id": message}
    assert (await api.ok("editMessageReplyMarkup", **where, reply_markup=KEYBOARD))[
        "reply_markup"
    ] == KEYBOARD
    assert await api.refused("editMessageReplyMarkup", **where, reply_markup=KEYBOARD) == NOT_MODIFIED
    assert "reply_markup" not in await api.ok("editMessageReplyMarkup", **where)
    assert await api.refused("editMessageReplyMarkup", **where) == NOT_MODIFIED


@pytest.mark.parametrize(
    ("method", "params", "complaint"),
    [
        ("editMessageText", {"message_id": 999, "text": "x"}, "message to edit not found"),
        ("editMessageText", {"text": "x"}, "message identifier is not specified"),
        ("editMessageText", {"message_id": "abc", "text": "x"}, "message identifier is not specified"),
        ("editMessageText", {"message_id": 999}, "message text is empty"),
        (
            "editMessageText",
            {"message_id": 999, "text": "x", "reply_markup": {"keyboard": []}},
            "inline keyboard expected",
        ),
        ("editMessageReplyMarkup", {"message_id": 999}, "message to edit not found"),
        ("editMessageCaption", {"message_id": 999}, "message to edit not found"),
        ("stopPoll", {"message_id": 999}, "message with poll to stop not found"),
        ("deleteMessage", {"message_id": 999}, "message to delete not found"),
        ("deleteMessage", {}, "message identifier is not specified"),
        ("deleteMessages", {}, "message identifiers are not specified"),
        ("deleteMessages", {"message_ids": list(range(1, 102))}, "too many message identifiers specified"),
        ("deleteMessages", {"message_ids": "5"}, "can't parse message ids: expected an Array"),
        ("setMessageReaction", {"message_id": 999}, "message to react not found"),
    ],
)
async def test_what_is_not_there_cannot_be_changed(
    api: Api, ann: Person, method: str, params: dict[str, Any], complaint: str
) -> None:
    assert await api.refused(method, chat_id=ann.id, **params) == f"Bad Request: {complaint}"


async def test_an_inline_message_is_not_known(api: Api) -> None:
    assert (
        await api.refused("editMessageText", inline_message_id="abc", text="x")
        == "Bad Request: MESSAGE_ID_INVALID"
    )


async def test_a_persons_own_message_cannot_be_edited(api: Api, ann: Person, world: World) -> None:
    theirs = world.chat(ann.id)[0]["message_id"]
    assert (
        await api.refused("editMessageText", chat_id=ann.id, message_id=theirs, text="x")
        == "Bad Request: message can't be edited"
    )


async def test_text_and_caption_are_not_mixed_up(api: Api, ann: Person) -> None:
    message = await send(api, ann)
    _, sent = await api.upload("sendDocument", {"document": ("a.txt", b"a")}, chat_id=ann.id, caption="c")
    document = sent["result"]["message_id"]
    assert (
        await api.refused("editMessageCaption", chat_id=ann.id, message_id=message, caption="x")
        == "Bad Request: there is no caption in the message to edit"
    )
    assert (
        await api.refused("editMessageText", chat_id=ann.id, message_id=document, text="x")
        == "Bad Request: there is no text in the message to edit"
    )
    assert (
        await api.refused("stopPoll", chat_id=ann.id, message_id=message)
        == "Bad Request: message is not a poll"
    )
    edited = await api.ok(
        "editMessageCaption",
        chat_id=ann.id,
        message_id=document,
        caption="<i>x</i>",
        parse_mode="HTML",
        show_caption_above_media=True,
    )
    assert (edited["caption"], edited["caption_entities"][0]["type"]) == ("x", "italic")
    assert edited["show_caption_above_media"] is True
    assert "caption" not in await api.ok("editMessageCaption", chat_id=ann.id, message_id=document)


async def test_media_can_be_replaced_by_other_media(api: Api, ann: Person, world: World) -> None:
    _, sent = await api.upload("sendDocument", {"document": ("a.txt", b"a")}, chat_id=ann.id, caption="c")
    where = {"chat_id": ann.id, "message_id": sent["result"]["message_id"]}
    media = {"type": "photo", "media": "attach://new", "caption": "picture"}
    status, body = await api.upload(
        "editMessageMedia", {"new": ("a.png", flat_png(20, 10, 1))}, **where, media=media
    )
    assert status == 200
    assert "document" not in body["result"]
    assert (body["result"]["photo"][0]["width"], body["result"]["caption"]) == (20, "picture")
    same = {"type": "photo", "media": body["result"]["photo"][0]["file_id"], "caption": "picture"}
    assert await api.refused("editMessageMedia", **where, media=same) == NOT_MODIFIED
    assert await api.refused("editMessageMedia", **where) == "Bad Request: media is empty"
    refusal = await api.refused("editMessageMedia", **where, media={"type": "text"})
    assert refusal.startswith("Bad Request: can't parse InputMedia")
    dice = (await api.ok("sendDice", chat_id=ann.id))["message_id"]
    assert (
        await api.refused("editMessageMedia", chat_id=ann.id, message_id=dice, media=same)
        == "Bad Request: there is no media in the message to edit"
    )


async def test_messages_are_deleted_one_by_one_and_together(api: Api, ann: Person, world: World) -> None:
    ids = [await send(api, ann) for _ in range(3)]
    assert await api.ok("deleteMessage", chat_id=ann.id, message_id=ids[0]) is True
    assert await api.ok("deleteMessages", chat_id=ann.id, message_ids=[*ids[1:], 999]) is True
    left = [message["message_id"] for message in world.chat(ann.id)]
    assert not set(ids) & set(left)
    assert world.delete(ann.id, ids[0]) is False


async def test_after_two_days_a_message_can_no_longer_be_deleted(api: Api, ann: Person, clock: Clock) -> None:
    message = await send(api, ann)
    clock.forward(48 * 3600 + 1)
    refusal = "Bad Request: message can't be deleted for everyone"
    assert await api.refused("deleteMessage", chat_id=ann.id, message_id=message) == refusal
    assert await api.refused("deleteMessages", chat_id=ann.id, message_ids=[message]) == refusal


async def test_in_a_group_only_own_messages_are_deleted(api: Api, ann: Person, world: World) -> None:
    group = world.add_group("Friends")
    world.say_in_group(group, ann.id, "hello")
    theirs = world.chat(group)[0]["message_id"]
    own = (await api.ok("sendMessage", chat_id=group, text="x"))["message_id"]
    assert (
        await api.refused("deleteMessage", chat_id=group, message_id=theirs)
        == "Bad Request: message can't be deleted"
    )
    assert await api.ok("deleteMessage", chat_id=group, message_id=own) is True


async def test_a_reaction_is_set_and_taken_back(api: Api, ann: Person, world: World) -> None:
    message = world.chat(ann.id)[0]["message_id"]
    where = {"chat_id": ann.id, "message_id": message}
    thumb = [{"type": "emoji", "emoji": "👍"}]
    assert await api.ok("setMessageReaction", **where, reaction=thumb) is True
    assert world.reactions[ann.id, message] == thumb
    assert await api.ok("setMessageReaction", **where) is True
    assert world.reactions[ann.id, message] == []


@pytest.mark.parametrize(
    ("reaction", "complaint"),
    [
        ([{"type": "emoji", "emoji": "🧦"}], "REACTION_INVALID"),
        ([{"type": "emoji", "emoji": "👍"}, {"type": "emoji", "emoji": "👎"}], "REACTIONS_TOO_MANY"),
        ([{"type": "paid"}], "invalid reaction type specified"),
        (["👍"], "invalid reaction type specified"),
    ],
)
async def test_reactions_are_checked(
    api: Api, ann: Person, world: World, reaction: list[Any], complaint: str
) -> None:
    message = world.chat(ann.id)[0]["message_id"]
    refusal = await api.refused("setMessageReaction", chat_id=ann.id, message_id=message, reaction=reaction)
    assert refusal == f"Bad Request: {complaint}"

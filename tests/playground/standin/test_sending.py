"""What Telegram takes and refuses when a message is sent, in its own words."""

from __future__ import annotations

from typing import Any

import pytest

from bot.playground.standin import World
from bot.playground.standin.people import Person

from .client import Api, Clock, cut


async def test_a_message_is_stored_as_it_is_answered(
    api: Api, ann: Person, world: World, clock: Clock
) -> None:
    sent = await api.ok("sendMessage", chat_id=ann.id, text="Hello")
    assert sent == {
        "message_id": sent["message_id"],
        "from": {"id": 4242, "is_bot": True, "first_name": "Firstlabel", "username": "firstlabel_bot"},
        "chat": {"id": ann.id, "first_name": "Ann", "username": "ann_of_green", "type": "private"},
        "date": int(clock.now),
        "text": "Hello",
    }
    assert world.chat(ann.id)[-1] == sent


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ({}, "message text is empty"),
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "text must be non-empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "<b>" + "x" * 4097 + "</b>", "parse_mode": "HTML"}, "message is too long"),
        ({"text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        (
            {"text": "x", "parse_mode": "MarkdownV2"},
            "the stand-in does not know parse_mode Markdown; use HTML or entities",
        ),
        ({"text": "x", "reply_parameters": {"message_id": 999}}, "message to be replied not found"),
        ({"text": "x", "reply_parameters": {"quote": "x"}}, 'can\'t find field "message_id"'),
        ({"text": "x", "reply_to_message_id": 999}, "message to be replied not found"),
        ({"text": "x", "message_thread_id": 7}, "message thread not found"),
        (
            {"text": "x", "link_preview_options": {"is_disabled": "yes"}},
            'field "is_disabled" must be of type Boolean',
        ),
        ({"text": "x", "link_preview_options": "{"}, "can't parse link preview options JSON object"),
        ({"text": "x", "link_preview_options": [1]}, "object expected as link preview options"),
    ],
)
async def test_a_message_telegram_would_refuse_is_refused_in_its_words(
    api: Api, ann: Person, params: dict[str, Any], complaint: str
) -> None:
    assert await api.refused("sendMessage", chat_id=ann.id, **params) == f"Bad Request: {complaint}"


@pytest.mark.parametrize(
    ("chat_id", "complaint"),
    [
        ("", "chat_id is empty"),
        (None, "chat_id is empty"),
        (0, "chat not found"),
        (-1, "chat not found"),
        ("not_a_chat", "chat not found"),
        ("@nobody_here", "chat not found"),
        (987654321, "chat not found"),
    ],
)
async def test_a_chat_that_is_not_there_is_refused(api: Api, chat_id: Any, complaint: str) -> None:
    assert await api.refused("sendMessage", chat_id=chat_id, text="x") == f"Bad Request: {complaint}"


async def test_the_text_is_checked_before_the_chat(api: Api) -> None:
    assert await api.refused("sendMessage", chat_id=0) == "Bad Request: message text is empty"


async def test_exactly_4096_characters_after_parsing_are_taken(api: Api, ann: Person) -> None:
    text = "<b>" + "&lt;" * 4096 + "</b>"
    sent = await api.ok("sendMessage", chat_id=ann.id, text=text, parse_mode="html")
    assert sent["text"] == "<" * 4096
    assert sent["entities"] == [{"offset": 0, "length": 4096, "type": "bold"}]


async def test_white_space_is_cut_off_both_ends_and_control_characters_become_spaces(
    api: Api, ann: Person
) -> None:
    sent = await api.ok("sendMessage", chat_id=ann.id, text=" \n a\tb\r\n\u202ec \n ")
    assert sent["text"] == "a b\nc"


async def test_a_bot_cannot_write_first(api: Api, world: World) -> None:
    stranger = world.add_person("Bea")
    assert (
        await api.refused("sendMessage", chat_id=stranger.id, text="x")
        == "Forbidden: bot can't initiate conversation with a user"
    )


async def test_a_person_who_blocked_the_bot_gets_nothing_until_they_come_back(
    api: Api, ann: Person, world: World
) -> None:
    world.block(ann.id)
    assert (await api.answer("sendMessage", chat_id=ann.id, text="x"))[1] == {
        "ok": False,
        "error_code": 403,
        "description": "Forbidden: bot was blocked by the user",
    }
    assert await api.refused("sendChatAction", chat_id=ann.id, action="typing") == (
        "Forbidden: bot was blocked by the user"
    )
    world.say(ann.id, "/start")
    kinds = [next(key for key in update if key != "update_id") for update in await api.ok("getUpdates")]
    assert kinds == ["my_chat_member", "my_chat_member", "message"]
    assert await api.ok("sendMessage", chat_id=ann.id, text="x")


async def test_a_reply_holds_the_message_it_answers(api: Api, ann: Person, world: World) -> None:
    first = await api.ok("sendMessage", chat_id=ann.id, text="one")
    second = await api.ok(
        "sendMessage", chat_id=ann.id, text="two", reply_parameters={"message_id": first["message_id"]}
    )
    assert second["reply_to_message"] == first
    third = await api.ok(
        "sendMessage", chat_id=ann.id, text="three", reply_parameters={"message_id": second["message_id"]}
    )
    assert "reply_to_message" not in third["reply_to_message"]
    alone = await api.ok(
        "sendMessage",
        chat_id=ann.id,
        text="four",
        reply_parameters={"message_id": 999, "allow_sending_without_reply": True},
    )
    assert "reply_to_message" not in alone


async def test_the_extras_of_a_message_are_kept(api: Api, ann: Person) -> None:
    sent = await api.ok(
        "sendMessage",
        chat_id=ann.id,
        text="x",
        protect_content=True,
        message_effect_id="5107584321108051014",
        link_preview_options={"is_disabled": True},
    )
    assert sent["has_protected_content"] is True
    assert sent["effect_id"] == "5107584321108051014"
    assert sent["link_preview_options"] == {"is_disabled": True}


async def test_links_commands_mentions_tags_and_addresses_are_marked(api: Api, ann: Person) -> None:
    text = "😀 /next@firstlabel_bot see https://example.org/a?b, example.com. @ann_of_green a@b.org #one $USD 1/2"
    sent = await api.ok("sendMessage", chat_id=ann.id, text=text)
    assert [(entity["type"], cut(text, entity)) for entity in sent["entities"]] == [
        ("bot_command", "/next@firstlabel_bot"),
        ("url", "https://example.org/a?b"),
        ("url", "example.com"),
        ("mention", "@ann_of_green"),
        ("email", "a@b.org"),
        ("hashtag", "#one"),
        ("cashtag", "$USD"),
    ]


async def test_nothing_is_marked_within_code(api: Api, ann: Person) -> None:
    sent = await api.ok("sendMessage", chat_id=ann.id, text="<code>/start</code> /help", parse_mode="HTML")
    assert [(entity["type"], entity["offset"]) for entity in sent["entities"]] == [
        ("code", 0),
        ("bot_command", 7),
    ]


async def test_a_reply_keyboard_is_shown_until_it_is_removed(api: Api, ann: Person, world: World) -> None:
    keyboard = {"keyboard": [["A", {"text": "B"}], []], "resize_keyboard": True}
    sent = await api.ok("sendMessage", chat_id=ann.id, text="x", reply_markup=keyboard)
    assert "reply_markup" not in sent
    assert world.keyboard(ann.id) == {"keyboard": [[{"text": "A"}, {"text": "B"}]], "resize_keyboard": True}
    await api.ok("sendMessage", chat_id=ann.id, text="x")
    assert world.keyboard(ann.id) is not None
    await api.ok("sendMessage", chat_id=ann.id, text="x", reply_markup={"remove_keyboard": True})
    assert world.keyboard(ann.id) is None
    await api.ok(
        "sendMessage", chat_id=ann.id, text="x", reply_markup={"force_reply": True, "selective": True}
    )
    assert world.keyboard(ann.id) == {"force_reply": True, "selective": True}


async def test_typing_shows_for_five_seconds_or_until_the_message(
    api: Api, ann: Person, world: World, clock: Clock
) -> None:
    assert world.typing(ann.id) is False
    await api.ok("sendChatAction", chat_id=ann.id, action="typing")
    assert world.typing(ann.id) is True
    clock.forward(5)
    assert world.typing(ann.id) is False
    await api.ok("sendChatAction", chat_id=ann.id, action="upload_document")
    await api.ok("sendMessage", chat_id=ann.id, text="x")
    assert world.typing(ann.id) is False
    assert (
        await api.refused("sendChatAction", chat_id=ann.id, action="dancing")
        == "Bad Request: wrong parameter action in request"
    )


async def test_places_contacts_and_dice_are_sent(api: Api, ann: Person) -> None:
    place = {"latitude": 52.5, "longitude": 13.4}
    assert (await api.ok("sendLocation", chat_id=ann.id, **place))["location"] == place
    venue = await api.ok("sendVenue", chat_id=ann.id, **place, title="Café", address="Street 1")
    assert venue["venue"] == {"location": place, "title": "Café", "address": "Street 1"}
    contact = await api.ok("sendContact", chat_id=ann.id, phone_number="+1", first_name="B", last_name="C")
    assert contact["contact"] == {"phone_number": "+1", "first_name": "B", "last_name": "C"}
    for emoji, best in (("🎲", 6), ("🎰", 64)):
        dice = (await api.ok("sendDice", chat_id=ann.id, emoji=emoji))["dice"]
        assert dice["emoji"] == emoji
        assert 1 <= dice["value"] <= best


@pytest.mark.parametrize(
    ("method", "params", "complaint"),
    [
        ("sendLocation", {"longitude": 1}, "latitude is empty"),
        ("sendLocation", {"latitude": 1, "longitude": "x"}, "longitude is empty"),
        ("sendLocation", {"latitude": 91, "longitude": 1}, "wrong location specified"),
        ("sendVenue", {"latitude": 1, "longitude": 1, "address": "a"}, "venue title must be non-empty"),
        (
            "sendContact",
            {"first_name": "B"},
            "field phone_number must contain a valid phone number",
        ),
        ("sendDice", {"emoji": "🐶"}, "wrong dice emoji specified"),
    ],
)
async def test_places_contacts_and_dice_are_checked(
    api: Api, ann: Person, method: str, params: dict[str, Any], complaint: str
) -> None:
    assert await api.refused(method, chat_id=ann.id, **params) == f"Bad Request: {complaint}"


async def test_a_message_to_a_group_and_to_a_channel(api: Api, world: World) -> None:
    group, channel = world.add_group("Friends"), world.add_channel("News", username="news_of_us")
    sent = await api.ok("sendMessage", chat_id=group, text="x")
    assert (sent["chat"]["type"], sent["from"]["id"]) == ("supergroup", 4242)
    posted = await api.ok("sendMessage", chat_id="@news_of_us", text="x")
    assert (
        posted["sender_chat"]
        == posted["chat"]
        == {
            "id": channel,
            "title": "News",
            "type": "channel",
            "username": "news_of_us",
        }
    )
    assert "from" not in posted
    assert await api.ok("leaveChat", chat_id=group) is True
    assert (
        await api.refused("sendMessage", chat_id=group, text="x")
        == "Forbidden: bot is not a member of the supergroup chat"
    )

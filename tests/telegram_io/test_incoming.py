"""Each kind of update, and what it is read as."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Update

from bot.guide.action import Action, Block, Command, Event, GroupMessage, Press, Say, Send, Share
from bot.guide.cards import Inquiry
from bot.guide.taps import COMMON_TAPS, Go, TapCodec
from bot.playground.standin.entities import detect
from bot.playground.standin.files import Files
from bot.playground.standin.others import content
from bot.telegram_io.incoming import Incoming, read, read_inquiry

Json = dict[str, Any]

ME = {"id": 4242, "is_bot": True, "first_name": "Firstlabel", "username": "firstlabel_bot"}
ANN = {"id": 1001, "is_bot": False, "first_name": "Ann", "language_code": "pt-br"}
OTHER_BOT = {"id": 77, "is_bot": True, "first_name": "Other", "username": "other_bot"}
PRIVATE = {"id": 1001, "type": "private", "first_name": "Ann"}
GROUP = {"id": -1002, "type": "supergroup", "title": "Friends"}
CODEC = TapCodec(COMMON_TAPS)


def reading(update: Json) -> Incoming | None:
    return read(Update.de_json({"update_id": 5, **update}, None), CODEC, "firstlabel_bot")


def message(text: str | None = None, **fields: Any) -> Json:
    body: Json = {"message_id": 9, "date": 1, "chat": PRIVATE, "from": ANN}
    if text is not None:
        body |= {"text": text, "entities": detect(text)}
    return {"message": body | fields}


def sent(kind: str) -> Json:
    """What makes a message one of this kind."""
    return content(kind, 1, Files())


def action(update: Json) -> Action | None:
    incoming = reading(update)
    return incoming.event.action if incoming else None


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("hello", Say("hello")),
        ("/start", Command("start")),
        ("/START", Command("start")),
        ("/start faq_vpn", Command("start", "faq_vpn")),
        ("/start@firstlabel_bot  faq_vpn ", Command("start", "faq_vpn")),
        ("/Start@FirstLabel_Bot", Command("start")),
        ("/faq\nhow much?", Command("faq", "how much?")),
        ("/nonsense", Command("nonsense")),
        ("/start@other_bot", None),
        ("/", Say("/")),
        ("/ start", Say("/ start")),
        ("/home/user", Say("/home/user")),
        ("/début", Say("/début")),
        ("say /start", Say("say /start")),
        ("x" * 4096, Say("x" * 4096)),
    ],
)
def test_private_text_is_words_or_a_command(text: str, read_as: Action | None) -> None:
    assert action(message(text)) == read_as


def test_an_event_says_who_and_where_and_nothing_else() -> None:
    incoming = reading(message("hello"))
    assert incoming == Incoming(5, Event(1001, Say("hello"), "Ann", "pt-br"), 1001, True)


@pytest.mark.parametrize(
    "kind",
    [
        "sticker",
        "photo",
        "voice",
        "audio",
        "video",
        "video_note",
        "document",
        "animation",
        "contact",
        "dice",
        "poll",
    ],
)
def test_what_is_not_text_is_something_sent(kind: str) -> None:
    assert action(message(**sent(kind))) == Send()


@pytest.mark.parametrize("kind", ["location", "venue"])
def test_a_place_on_the_map_is_shared(kind: str) -> None:
    assert action(message(**sent(kind))) == Share(52.52, 13.405)


def test_a_photo_with_words_under_it_is_something_sent() -> None:
    assert action(message(**sent("photo"), caption="/start")) == Send()


def test_the_words_below_a_picture_are_heard_as_text() -> None:
    assert action(message(**sent("photo"), caption="Earn 500 a day!")) == Say("Earn 500 a day!")


def test_a_forwarded_text_is_heard_as_text() -> None:
    origin = {"type": "hidden_user", "sender_user_name": "HR", "date": 1}
    assert action(message(text="Earn 500 a day!", forward_origin=origin)) == Say("Earn 500 a day!")


@pytest.mark.parametrize(
    "note",
    [
        {"pinned_message": {"message_id": 1, "date": 0, "chat": PRIVATE}},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
        {"write_access_allowed": {}},
        {},
    ],
)
def test_telegrams_own_notes_are_ignored(note: Json) -> None:
    assert action(message(**note)) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"from": OTHER_BOT},
        {"via_bot": OTHER_BOT},
        {"sender_chat": GROUP},
        {"business_connection_id": "b"},
        {"sender_business_bot": OTHER_BOT},
        {"guest_query_id": "g"},
        {"guest_bot_caller_user": ANN},
        {"guest_bot_caller_chat": GROUP},
        {"chat": {**PRIVATE, "id": 1002}},
        {"chat": {"id": -5, "type": "channel", "title": "News"}},
        {"chat": {"id": -5, "type": "a new type"}},
    ],
)
def test_whoever_speaks_for_somebody_else_is_ignored(fields: Json) -> None:
    assert action(message("/start", **fields)) is None


@pytest.mark.parametrize(
    "kind",
    [
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "guest_message",
        "business_message",
        "edited_business_message",
    ],
)
def test_only_new_messages_count(kind: str) -> None:
    assert action({kind: message("/start")["message"]}) is None


def inquiry(**fields: Any) -> tuple[str, Inquiry] | None:
    query = {"id": "77", "from": ANN, "query": "how much?", "offset": "", "chat_type": "group"} | fields
    return read_inquiry(Update.de_json({"update_id": 5, "inline_query": query}, None))


def test_an_inline_query_is_what_was_typed_and_nothing_about_whom() -> None:
    assert inquiry() == ("77", Inquiry("how much?", "pt-br"))
    assert inquiry(query="") == ("77", Inquiry("", "pt-br"))
    assert inquiry(**{"from": OTHER_BOT}) is None
    assert read_inquiry(Update.de_json({"update_id": 5, **message("hello")}, None)) is None


def test_an_inline_query_is_no_event() -> None:
    assert action({"inline_query": {"id": "1", "from": ANN, "query": "x", "offset": ""}}) is None


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("/faq how much?", GroupMessage("faq", "how much?")),
        ("/FAQ@FirstLabel_Bot\n how\nmuch? ", GroupMessage("faq", "how\nmuch?")),
        ("/faq", GroupMessage("faq")),
        ("/faq@other_bot how much?", None),
        ("what about /faq how much?", None),
        ("hello @firstlabel_bot", GroupMessage()),
    ],
)
def test_a_command_in_a_group_is_read_with_what_follows_it(text: str, read_as: Action | None) -> None:
    assert action(message(text, chat=GROUP)) == read_as


def test_a_message_without_a_sender_is_ignored() -> None:
    update = message("/start")
    del update["message"]["from"]
    assert action(update) is None


def test_a_topic_is_answered_in_the_topic() -> None:
    incoming = reading(message("hello", message_thread_id=3, is_topic_message=True))
    assert incoming is not None
    assert incoming.thread_id == 3
    incoming = reading(message("hello", message_thread_id=3))
    assert incoming is not None
    assert incoming.thread_id is None


def replied(to: Json) -> Json:
    return {"reply_to_message": {"message_id": 1, "date": 1, "chat": GROUP, "from": to}}


@pytest.mark.parametrize(
    ("update", "addressed"),
    [
        (message("hello", chat=GROUP), False),
        (message("hello @firstlabel_bot", chat=GROUP), True),
        (message("hello @FirstLabel_Bot!", chat=GROUP), True),
        (message("hello @firstlabel_bot2", chat=GROUP), False),
        (message("mail me@firstlabel_bot", chat=GROUP), False),
        (message("/help", chat=GROUP), True),
        (message("/help@firstlabel_bot", chat=GROUP), True),
        (message("/help@other_bot", chat=GROUP), False),
        (message("yes", chat=GROUP, **replied(ME)), True),
        (message("yes", chat=GROUP, **replied(OTHER_BOT)), False),
        (message("yes", chat=GROUP, **replied(ANN)), False),
        (message(chat=GROUP, new_chat_members=[ANN, ME]), True),
        (message(chat=GROUP, new_chat_members=[ANN]), False),
        (message(chat=GROUP, group_chat_created=True), True),
        (message(chat=GROUP, **sent("photo")), False),
        (
            message(
                chat=GROUP,
                **sent("photo"),
                caption="@firstlabel_bot look",
                caption_entities=[{"type": "mention", "offset": 0, "length": 15}],
            ),
            True,
        ),
        (message("/help", chat=GROUP, sender_chat=GROUP), False),
        (message("/help", chat=GROUP, **{"from": OTHER_BOT}), False),
        (message("/help", chat={**GROUP, "type": "group"}), True),
    ],
)
def test_a_group_is_heard_only_when_it_speaks_to_the_bot(update: Json, addressed: bool) -> None:
    incoming = reading(update)
    assert (incoming is not None) == addressed
    if incoming is not None:
        assert isinstance(incoming.event.action, GroupMessage)
        assert (incoming.chat_id, incoming.private, incoming.event.person_id) == (-1002, False, 1001)


def press(data: str | None = "g:menu", **fields: Any) -> Json:
    own = {"message_id": 9, "date": 1, "chat": PRIVATE, "from": ME, "text": "x"}
    query: Json = {"id": "q1", "from": ANN, "message": own, "chat_instance": "1"}
    if data is not None:
        query["data"] = data
    return {"callback_query": query | fields}


@pytest.mark.parametrize(
    ("data", "tap"),
    [("g:menu", Go("menu")), ("nonsense", None), ("g:menu:more", None), (None, None), ("💥" * 16, None)],
)
def test_a_tap_is_what_its_data_says_or_nothing_known(data: str | None, tap: Go | None) -> None:
    incoming = reading(press(data))
    assert incoming is not None
    assert incoming.event.action == Press(tap)
    assert (incoming.chat_id, incoming.query_id, incoming.message_id) == (1001, "q1", 9)


def test_a_tap_on_a_message_that_telegram_forgot_has_no_message_to_edit() -> None:
    incoming = reading(press(message={"message_id": 9, "date": 0, "chat": PRIVATE}))
    assert incoming is not None
    assert incoming.event.action == Press(Go("menu"))
    assert incoming.message_id is None


@pytest.mark.parametrize(
    "fields",
    [
        {"message": None, "inline_message_id": "i1"},
        {"message": {"message_id": 9, "date": 1, "chat": GROUP, "from": ME, "text": "x"}},
        {"message": {"message_id": 9, "date": 0, "chat": GROUP}},
        {"message": {"message_id": 9, "date": 1, "chat": {**PRIVATE, "id": 1002}, "from": ME, "text": "x"}},
        {"message": {"message_id": 9, "date": 1, "chat": PRIVATE, "business_connection_id": "b"}},
        {"from": OTHER_BOT},
    ],
)
def test_a_tap_elsewhere_is_ignored(fields: Json) -> None:
    assert reading(press(**fields)) is None


def membership(status: str, **fields: Any) -> Json:
    old: Json = {"status": "member", "user": ME}
    changed = {"chat": PRIVATE, "from": ANN, "date": 1, "old_chat_member": old}
    new = {"status": status, "user": ME} | ({"until_date": 0} if status == "kicked" else {})
    return {"my_chat_member": changed | {"new_chat_member": new} | fields}


@pytest.mark.parametrize(
    ("update", "read_as"),
    [
        (membership("kicked"), Block(blocked=True)),
        (membership("member"), Block(blocked=False)),
        (membership("left"), None),
        (membership("kicked", chat=GROUP), None),
        (membership("member", **{"from": OTHER_BOT}), None),
    ],
)
def test_blocking_is_noticed_in_private_chats_alone(update: Json, read_as: Action | None) -> None:
    assert action(update) == read_as

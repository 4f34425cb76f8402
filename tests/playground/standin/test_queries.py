"""Taps, inline queries and their answers."""

from __future__ import annotations

from typing import Any

import pytest

from bot.playground.standin import World
from bot.playground.standin.people import Person

from .client import Api, Clock

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def screen(api: Api, person: Person) -> dict[str, Any]:
    keyboard = {"inline_keyboard": [[{"text": "a", "callback_data": "go"}]]}
    sent: dict[str, Any] = await api.ok("sendMessage", chat_id=person.id, text="x", reply_markup=keyboard)
    return sent


async def test_a_tap_carries_the_message_as_it_now_is(api: Api, ann: Person, world: World) -> None:
    message = await screen(api, ann)
    edited = await api.ok("editMessageText", chat_id=ann.id, message_id=message["message_id"], text="y")
    query_id = world.tap(ann.id, message["message_id"], "go")
    query = (await api.ok("getUpdates"))[-1]["callback_query"]
    assert (query["id"], query["data"], query["message"]) == (query_id, "go", edited)
    assert query["from"]["id"] == ann.id


async def test_a_tap_on_a_deleted_message_carries_an_inaccessible_one(
    api: Api, ann: Person, world: World
) -> None:
    message = await screen(api, ann)
    world.delete(ann.id, message["message_id"])
    world.tap(ann.id, message["message_id"], "go")
    query = (await api.ok("getUpdates"))[-1]["callback_query"]
    assert query["message"] == {"chat": ann.chat(), "message_id": message["message_id"], "date": 0}


async def test_an_answered_query_is_remembered_and_cannot_be_answered_again(
    api: Api, ann: Person, world: World
) -> None:
    message = await screen(api, ann)
    query_id = world.tap(ann.id, message["message_id"], "go")
    assert (
        await api.ok("answerCallbackQuery", callback_query_id=query_id, text="done", show_alert=True) is True
    )
    assert world.answers[-1] == {
        "query_id": query_id,
        "text": "done",
        "show_alert": True,
        "url": "",
        "person_id": ann.id,
        "chat_id": ann.id,
        "message_id": message["message_id"],
    }
    assert await api.refused("answerCallbackQuery", callback_query_id=query_id) == TOO_OLD


@pytest.mark.parametrize(("seconds", "answered"), [(150, True), (151, False)])
async def test_a_query_can_be_answered_for_150_seconds(
    api: Api, ann: Person, world: World, clock: Clock, *, seconds: int, answered: bool
) -> None:
    query_id = world.tap(ann.id, (await screen(api, ann))["message_id"], "go")
    clock.forward(seconds)
    _, body = await api.answer("answerCallbackQuery", callback_query_id=query_id)
    assert body["ok"] is answered
    assert body.get("description") == (None if answered else TOO_OLD)


async def test_old_queries_are_forgotten(api: Api, ann: Person, world: World, clock: Clock) -> None:
    message = (await screen(api, ann))["message_id"]
    for _ in range(3):
        world.tap(ann.id, message, "go")
        clock.forward(100)
    assert len(world.queries.to_dict()["open"]) == 2


async def test_an_unknown_query_is_refused(api: Api) -> None:
    assert await api.refused("answerCallbackQuery", callback_query_id="77") == TOO_OLD
    assert await api.refused("answerCallbackQuery") == TOO_OLD


async def test_an_answer_has_at_most_200_characters_and_the_query_stays_open(
    api: Api, ann: Person, world: World
) -> None:
    query_id = world.tap(ann.id, (await screen(api, ann))["message_id"], "go")
    refusal = await api.refused("answerCallbackQuery", callback_query_id=query_id, text="x" * 201)
    assert refusal == "Bad Request: MESSAGE_TOO_LONG"
    assert await api.ok("answerCallbackQuery", callback_query_id=query_id, text="x" * 200)


async def test_a_tap_in_a_group_carries_the_groups_message(api: Api, ann: Person, world: World) -> None:
    group = world.add_group("Friends")
    message = await api.ok("sendMessage", chat_id=group, text="x")
    world.tap(ann.id, message["message_id"], "go", chat_id=group)
    assert (await api.ok("getUpdates"))[-1]["callback_query"]["message"] == message


def article(number: int) -> dict[str, Any]:
    return {
        "type": "article",
        "id": str(number),
        "title": "t",
        "input_message_content": {"message_text": "x"},
    }


async def test_an_inline_query_is_answered_once(api: Api, ann: Person, world: World) -> None:
    query_id = world.ask_inline(ann.id, "tax")
    query = (await api.ok("getUpdates"))[-1]["inline_query"]
    assert (query["id"], query["query"], query["from"]["id"]) == (query_id, "tax", ann.id)
    assert await api.ok("answerInlineQuery", inline_query_id=query_id, results=[article(1)]) is True
    assert world.answers[-1]["results"] == [article(1)]
    assert world.answers[-1]["button"] is None
    assert await api.refused("answerInlineQuery", inline_query_id=query_id, results=[]) == TOO_OLD


@pytest.mark.parametrize(
    ("results", "complaint"),
    [
        ([article(n) for n in range(51)], "RESULTS_TOO_MUCH"),
        ([article(1), article(1)], "RESULT_ID_DUPLICATE"),
        ([{"type": "article", "id": "x" * 65}], "RESULT_ID_INVALID"),
        ([{"type": "article"}], "RESULT_ID_INVALID"),
        ([{"id": "1"}], "can't parse inline query result: Can't find field \"type\""),
        ([{**article(1), "title": ""}], "can't parse inline query result: Can't find field \"title\""),
        (
            [{**article(1), "input_message_content": {}}],
            "can't parse inline query result: Can't find field \"message_text\"",
        ),
        ([{**article(1), "input_message_content": {"message_text": " "}}], "message text is empty"),
        ([{**article(1), "input_message_content": {"message_text": "x" * 4097}}], "MESSAGE_TOO_LONG"),
        (
            [{**article(1), "input_message_content": {"message_text": "<b>x", "parse_mode": "HTML"}}],
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        (
            [{**article(1), "reply_markup": {"inline_keyboard": [[{"text": "a"}]]}}],
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
    ],
)
async def test_inline_results_are_checked(
    api: Api, ann: Person, world: World, results: list[Any], complaint: str
) -> None:
    query_id = world.ask_inline(ann.id, "x")
    refusal = await api.refused("answerInlineQuery", inline_query_id=query_id, results=results)
    assert refusal == f"Bad Request: {complaint}"


async def test_articles_become_cards_with_the_message_that_they_send(
    api: Api, ann: Person, world: World
) -> None:
    query_id = world.ask_inline(ann.id, "x")
    content = {"message_text": "<b>Yes</b>", "parse_mode": "HTML"}
    markup = {"inline_keyboard": [[{"text": "More", "url": "https://t.me/some_bot?start=faq_a"}]]}
    card = {**article(1), "description": "d", "input_message_content": content, "reply_markup": markup}
    button = {"text": "Ask", "start_parameter": "src_inline"}
    await api.ok("answerInlineQuery", inline_query_id=query_id, results=[card], button=button)
    answer = world.answers[-1]
    bold = {"type": "bold", "offset": 0, "length": 3}
    message = {"text": "Yes", "entities": [bold], "reply_markup": markup}
    assert answer["cards"] == [{"id": "1", "title": "t", "description": "d", "message": message}]
    assert answer["button"] == button


@pytest.mark.parametrize(
    "button", [{"text": "Ask", "start_parameter": "a b"}, {"text": "Ask"}, {"start_parameter": "a"}]
)
async def test_the_line_above_the_cards_is_checked(api: Api, ann: Person, world: World, button: Any) -> None:
    query_id = world.ask_inline(ann.id, "x")
    await api.refused("answerInlineQuery", inline_query_id=query_id, results=[], button=button)

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Client, Json


async def state_of(client: Client, person: int) -> Json:
    _, state = await client.call("GET", "/api/state")
    found: Json = next(item for item in state["people"] if item["id"] == person)
    return found


async def test_somebody_is_there_from_the_start_and_has_said_nothing(client: Client) -> None:
    status, state = await client.call("GET", "/api/state")
    assert status == 200
    assert [(person["name"], person["language"], person["chat"]) for person in state["people"]] == [
        ("Sam", "en", [])
    ]
    assert state["bot"]["name"] == "Firstlabel"
    assert state["process"] == {"state": "stopped", "detail": ""}


async def test_a_person_is_added_renamed_speaks_another_language_and_goes(client: Client) -> None:
    status, answer = await client.call("POST", "/api/people", {"name": "  Amara ", "language": "PT-BR"})
    assert status == 201
    amara = answer["person"]
    assert (amara["name"], amara["language"]) == ("Amara", "pt-br")

    status, answer = await client.call(
        "PATCH", f"/api/people/{amara['id']}", {"name": "Ama", "language": "es"}
    )
    assert status == 200
    assert (answer["person"]["name"], answer["person"]["language"]) == ("Ama", "es")

    assert await client.call("DELETE", f"/api/people/{amara['id']}") == (200, {})
    assert await client.call("DELETE", f"/api/people/{amara['id']}") == (
        404,
        {"error": f"person {amara['id']} is not here; known are [{client.person}]"},
    )


async def test_what_a_person_says_reaches_the_bot_and_their_chat(client: Client) -> None:
    status, answer = await client.call(
        "POST", f"/api/people/{client.person}/messages", {"text": "/start faq_taxes"}
    )
    assert status == 200
    [message] = (await state_of(client, client.person))["chat"]
    assert message["text"] == "/start faq_taxes"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert answer["update_id"] in [update["update_id"] for update in pending(client)]


async def test_what_is_typed_after_the_bots_name_reaches_the_bot_as_an_inline_query(client: Client) -> None:
    where = f"/api/people/{client.person}/inline"
    for typed in ("how much", "", "  "):
        status, answer = await client.call("POST", where, {"query": typed})
        assert status == 200
        query = pending(client)[-1]["inline_query"]
        assert (query["id"], query["query"]) == (answer["query_id"], typed.strip())
        assert query["from"]["id"] == client.person
    status, answer = await client.call("POST", where, {"query": "x" * 257})
    assert (status, answer) == (400, {"error": "query: at most 256 characters, this has 257"})
    assert (await client.call("POST", where, {"query": 5}))[0] == 400


async def test_a_tap_an_edit_and_other_kinds_reach_the_bot(client: Client) -> None:
    person = client.person
    await client.call("POST", f"/api/people/{person}/messages", {"text": "one"})
    message_id = client.playground.world.chat(person)[0]["message_id"]
    status, _ = await client.call("PATCH", f"/api/people/{person}/messages/{message_id}", {"text": "two"})
    assert status == 200
    status, tapped = await client.call(
        "POST", f"/api/people/{person}/taps", {"message_id": message_id, "data": "x"}
    )
    assert status == 200
    status, _ = await client.call("POST", f"/api/people/{person}/others", {"kind": "photo"})
    assert status == 200
    edited, query, photo = pending(client)[-3:]
    assert edited["edited_message"]["text"] == "two"
    assert (query["callback_query"]["id"], query["callback_query"]["data"]) == (tapped["query_id"], "x")
    assert photo["message"]["photo"]


async def test_what_can_have_a_caption_is_sent_with_it_and_its_links(client: Client) -> None:
    others = f"/api/people/{client.person}/others"
    await client.call("POST", others, {"kind": "photo", "caption": "See https://a.example"})
    sent = pending(client)[-1]["message"]
    assert sent["caption"] == "See https://a.example"
    assert [(each["type"], each["offset"]) for each in sent["caption_entities"]] == [("url", 4)]
    assert (await client.call("POST", others, {"kind": "dice", "caption": "x"}))[0] == 400
    assert (await client.call("POST", others, {"kind": "photo", "caption": "x" * 4097}))[0] == 400


async def test_who_begins_anew_keeps_name_and_place_under_a_new_id(client: Client) -> None:
    await client.call("POST", "/api/people", {"name": "Second"})
    await client.call("POST", f"/api/people/{client.person}/messages", {"text": "hello"})
    old = client.person
    status, answer = await client.call("POST", f"/api/people/{old}/reset", {})
    assert status == 200
    assert answer["person"]["id"] != old
    _, state = await client.call("GET", "/api/state")
    assert [(person["name"], person["chat"]) for person in state["people"]] == [("Sam", []), ("Second", [])]


async def test_who_blocked_the_bot_cannot_write_until_they_unblock_it(client: Client) -> None:
    path = f"/api/people/{client.person}"
    assert (await client.call("POST", f"{path}/block", {}))[1]["person"]["blocked"] is True
    refused = await client.call("POST", f"{path}/messages", {"text": "hello"})
    assert refused == (409, {"error": "this person has blocked the bot; unblock it first"})
    assert (await client.call("POST", f"{path}/unblock", {}))[1]["person"]["blocked"] is False
    assert (await client.call("POST", f"{path}/messages", {"text": "hello"}))[0] == 200


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "name: give a text that is not empty"),
        ({"name": "   "}, "name: give a text that is not empty"),
        ({"name": 7}, "name: give a text that is not empty"),
        ({"name": "x" * 65}, "name: at most 64 characters, this has 65"),
        ({"name": "\ud800"}, "name: holds half a character (a lone surrogate)"),
        (
            {"name": "A", "language": "english!"},
            "language: 'english!' is not a language code such as en or pt-br",
        ),
        (["name"], "the body is not a JSON object"),
    ],
)
async def test_a_wrong_person_is_refused_with_the_field_to_mend(
    client: Client, body: Any, error: str
) -> None:
    assert await client.call("POST", "/api/people", body) == (400, {"error": error})


@pytest.mark.parametrize(
    ("path", "body", "error"),
    [
        ("messages", {"text": ""}, "text: give a text that is not empty"),
        ("messages", {"text": "🙂" * 2049}, "text: at most 4096 characters, this has 4098"),
        ("taps", {"message_id": "1", "data": "x"}, "message_id: give a whole number"),
        ("taps", {"message_id": True, "data": "x"}, "message_id: give a whole number"),
        ("taps", {"message_id": 1, "data": "я" * 33}, "data: at most 64 bytes"),
        ("others", {"kind": "elephant"}, "kind: 'elephant' is unknown; use one of"),
        ("votes", {"message_id": 1, "options": 0}, "options: give a list of whole numbers"),
        ("votes", {"message_id": 1, "options": [0]}, "message 1 is no poll"),
    ],
)
async def test_a_wrong_message_is_refused_with_the_field_to_mend(
    client: Client, path: str, body: Json, error: str
) -> None:
    status, answer = await client.call("POST", f"/api/people/{client.person}/{path}", body)
    assert status == 400
    assert answer["error"].startswith(error)


async def test_a_text_of_4096_units_is_let_through(client: Client) -> None:
    status, _ = await client.call("POST", f"/api/people/{client.person}/messages", {"text": "🙂" * 2048})
    assert status == 200


@pytest.mark.parametrize("body", [b"{", b"[" * 100_000, b"\xff\xfe", b""])
async def test_a_body_that_is_no_json_is_refused(client: Client, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    async with client.session.post(f"{client.url}/api/people", data=body, headers=headers) as response:
        assert response.status in (400, 413)
        assert "error" in await response.json()


async def test_a_body_that_is_too_big_is_refused(client: Client) -> None:
    status, answer = await client.call("POST", "/api/people", {"name": "x" * 70_000})
    assert status == 413
    assert "size" in answer["error"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/api/nowhere", 404),
        ("DELETE", "/api/state", 405),
        ("POST", "/api/people/1/reset", 404),
    ],
)
async def test_what_is_not_there_is_said_in_json(client: Client, method: str, path: str, status: int) -> None:
    answered, answer = await client.call(method, path)
    assert answered == status
    assert answer["error"]


async def test_a_picture_is_shown_and_any_other_file_is_a_download(client: Client) -> None:
    files = client.playground.world.files
    picture = files.add("photo", "a.png", "image/png", b"\x89PNG")
    drawing = files.add("document", 'b"\r\nX: y.svg', "image/svg+xml", b"<svg onload='alert(1)'/>")
    async with client.session.get(f"{client.url}/api/files/{picture.file_id}") as response:
        assert (response.status, response.content_type) == (200, "image/png")
    async with client.session.get(f"{client.url}/api/files/{drawing.file_id}") as response:
        assert response.content_type == "application/octet-stream"
        assert response.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''b%22%0D%0AX")
    assert await client.call("GET", "/api/files/unknown") == (404, {"error": "this file is not here"})


async def test_the_bot_api_can_be_told_to_misbehave_and_to_stop_that(client: Client) -> None:
    spec = {"method": "send*", "act": "too_many", "retry_after": 3, "times": 2}
    status, answer = await client.call("POST", "/api/faults", spec)
    assert status == 200
    assert [(fault["method"], fault["act"]) for fault in answer["faults"]] == [("send*", "too_many")]
    assert (await client.call("POST", "/api/faults", {"act": "nonsense"}))[0] == 400
    assert await client.call("DELETE", "/api/faults") == (200, {"faults": []})


async def test_the_wire_shows_requests_with_their_answers_and_never_the_token(client: Client) -> None:
    world = client.playground.world
    url = client.playground.telegram
    async with client.session.post(
        f"{url}/bot{world.token}/sendMessage", json={"chat_id": client.person, "text": ""}
    ) as response:
        assert response.status == 400
    _, wire = await client.call("GET", "/api/wire")
    [call] = wire["calls"]
    assert (call["method"], call["params"]["chat_id"], call["response"]["error_code"]) == (
        "sendMessage",
        client.person,
        400,
    )
    _, state = await client.call("GET", "/api/state")
    assert world.token.partition(":")[2] not in str((wire, state))


def pending(client: Client) -> list[Json]:
    found: list[Json] = client.playground.world.to_dict()["updates"]["pending"]
    return found

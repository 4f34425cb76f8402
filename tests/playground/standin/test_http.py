"""How calls reach the stand-in: tokens, names of methods, kinds of bodies, files."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from bot.playground.standin import Server, World
from bot.playground.standin.people import Person

from .client import Api


async def test_a_wrong_token_is_unauthorized(api: Api) -> None:
    other = Api(api.session, api.url, token="4242:another")
    assert await other.answer("getMe") == (
        401,
        {"ok": False, "error_code": 401, "description": "Unauthorized"},
    )


@pytest.mark.parametrize("token", ["nonsense", "abc:def", "42:"])
async def test_what_cannot_be_a_token_is_not_found(api: Api, token: str) -> None:
    assert await Api(api.session, api.url, token=token).refused("getMe") == "Not Found"


async def test_a_method_telegram_does_not_have_is_not_found(api: Api) -> None:
    assert await api.answer("makeCoffee") == (
        404,
        {"ok": False, "error_code": 404, "description": "Not Found"},
    )


async def test_a_path_outside_the_bot_api_is_not_found(api: Api) -> None:
    async with api.session.get(f"{api.url}/elsewhere") as response:
        assert (response.status, (await response.json())["description"]) == (404, "Not Found")


async def test_method_names_are_the_same_in_any_case(api: Api) -> None:
    for name in ("getMe", "getme", "GETME"):
        assert (await api.ok(name))["username"] == "firstlabel_bot"


@pytest.mark.parametrize("way", ["query", "form", "multipart", "json", "json and query"])
async def test_parameters_may_come_in_any_body(api: Api, ann: Person, way: str) -> None:
    params = {"chat_id": str(ann.id), "text": "Grüße & 😀"}
    url = api.address("sendMessage")
    multipart = aiohttp.MultipartWriter("form-data")
    for name, value in params.items():
        multipart.append(value).set_content_disposition("form-data", name=name)
    requests: dict[str, Any] = {
        "query": api.session.get(url, params=params),
        "form": api.session.post(url, data=params),
        "multipart": api.session.post(url, data=multipart),
        "json": api.session.post(url, json=params),
        "json and query": api.session.post(url, params={"chat_id": ann.id}, json={"text": params["text"]}),
    }
    pending = requests.pop(way)
    for unused in requests.values():
        unused.close()
    async with pending as response:
        assert (await response.json())["result"]["text"] == "Grüße & 😀"


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"{"),
        ("application/json", b"[1]"),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\nno name\r\n--x--\r\n"),
        ("multipart/form-data", b"without a boundary"),
    ],
)
async def test_a_body_that_cannot_be_read_is_a_bad_request(api: Api, content_type: str, body: bytes) -> None:
    headers = {"Content-Type": content_type}
    async with api.session.post(api.address("getMe"), data=body, headers=headers) as response:
        assert response.status == 400
        assert (await response.json())["description"] == "Bad Request: can't parse the request body"


async def test_an_empty_json_body_is_a_call_without_parameters(api: Api) -> None:
    headers = {"Content-Type": "application/json"}
    async with api.session.post(api.address("getMe"), data=b" ", headers=headers) as response:
        assert response.status == 200


async def test_text_that_is_not_utf_8_is_refused(api: Api, ann: Person) -> None:
    assert (
        await api.refused("sendMessage", chat_id=ann.id, text="half a \ud83d pair")
        == "Bad Request: strings must be encoded in UTF-8"
    )


async def test_an_uploaded_document_can_be_downloaded_again(api: Api, ann: Person) -> None:
    _, sent = await api.upload("sendDocument", {"document": ("me.json", b'{"id":1}')}, chat_id=ann.id)
    document = sent["result"]["document"]
    assert (document["file_name"], document["mime_type"]) == ("me.json", "application/json")
    file = await api.ok("getFile", file_id=document["file_id"])
    async with api.session.get(f"{api.url}/file/bot{api.token}/{file['file_path']}") as response:
        assert (response.status, await response.read()) == (200, b'{"id":1}')


@pytest.mark.parametrize(
    ("token", "status"), [("4242:test-token", 404), ("4242:another", 401), ("nonsense", 404)]
)
async def test_a_file_that_is_not_there_or_not_ours_is_not_served(api: Api, token: str, status: int) -> None:
    async with api.session.get(f"{api.url}/file/bot{token}/documents/none.txt") as response:
        assert response.status == status


async def test_a_body_over_telegrams_limit_is_refused_and_the_server_lives(api: Api, ann: Person) -> None:
    huge = b"x" * (52 * 1024 * 1024)
    status, body = await api.upload("sendDocument", {"document": ("big.bin", huge)}, chat_id=ann.id)
    assert (status, body["description"]) == (413, "Request Entity Too Large")
    assert await api.ok("getMe")


async def test_every_call_is_recorded_with_its_time_and_answer(
    api: Api, ann: Person, world: World, server: Server
) -> None:
    world.calls.clear()
    await api.upload("sendDocument", {"document": ("a.txt", b"abc")}, chat_id=ann.id, caption="hi")
    await api.answer("sendmessage", chat_id=ann.id, text="")
    document, message = world.calls
    assert document.method == "sendDocument"
    assert document.params == {
        "chat_id": str(ann.id),
        "caption": "hi",
        "document": {"file_name": "a.txt", "mime_type": "application/octet-stream", "size": 3},
    }
    assert document.response["result"]["caption"] == "hi"
    assert (message.method, message.response["error_code"]) == ("sendMessage", 400)
    assert document.at == message.at == world.clock()
    assert document.monotonic <= message.monotonic
    assert message.ms >= 0
    assert server.url.endswith(str(server.port))


async def test_the_token_is_nowhere_in_what_a_world_says_about_itself(world: World) -> None:
    assert "test-token" not in repr(world)
    assert "test-token" not in str(world.to_dict())

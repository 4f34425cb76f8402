"""Files: what can be sent, how it is described, and Telegram's limits."""

from __future__ import annotations

import struct
from typing import Any

import pytest

from bot.playground.standin import World
from bot.playground.standin.images import picture_size
from bot.playground.standin.others import flat_png
from bot.playground.standin.people import Person

from .client import Api

PNG = flat_png(40, 30, 7)
KINDS = ("photo", "document", "audio", "voice", "video", "animation", "video_note", "sticker")


def method(kind: str) -> str:
    return "send" + kind.title().replace("_", "")


async def send(api: Api, person: Person, kind: str, data: bytes = PNG, **params: Any) -> dict[str, Any]:
    status, body = await api.upload(method(kind), {kind: ("file.png", data)}, chat_id=person.id, **params)
    assert status == 200, body
    result: dict[str, Any] = body["result"]
    return result


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_of_file_is_sent_and_sent_again_by_its_id(api: Api, ann: Person, kind: str) -> None:
    first = await send(api, ann, kind, caption="hello", duration=7)
    shown = first[kind][-1] if kind == "photo" else first[kind]
    again = await api.ok(
        method(kind), chat_id=ann.id, **{kind: shown["file_id"]}, caption="hello", duration=7
    )
    assert again[kind] == first[kind]
    assert first.get("caption") == (None if kind in ("sticker", "video_note") else "hello")
    assert (await api.ok("getFile", file_id=shown["file_id"]))["file_size"] == len(PNG)


async def test_a_photo_tells_its_size_and_its_extras(api: Api, ann: Person) -> None:
    sent = await send(api, ann, "photo", has_spoiler=True, show_caption_above_media=True, caption="x")
    assert (sent["photo"][0]["width"], sent["photo"][0]["height"]) == (40, 30)
    assert sent["has_media_spoiler"] is True
    assert sent["show_caption_above_media"] is True


async def test_the_same_bytes_are_kept_once(api: Api, ann: Person, world: World) -> None:
    first, second = await send(api, ann, "photo"), await send(api, ann, "photo")
    assert first["photo"] == second["photo"]
    assert first["message_id"] != second["message_id"]


@pytest.mark.parametrize(
    ("kind", "data", "complaint"),
    [
        ("photo", b"", "file must be non-empty"),
        ("photo", b"no picture", "IMAGE_PROCESS_FAILED"),
        ("photo", flat_png(100, 4, 1), "PHOTO_INVALID_DIMENSIONS"),
        (
            "photo",
            PNG + b"x" * 10 * 1024 * 1024,
            f"file of size {len(PNG) + 10485760} bytes is too big for a photo; the maximum size is 10485760 bytes",
        ),
    ],
)
async def test_a_picture_telegram_would_refuse_is_refused(
    api: Api, ann: Person, kind: str, data: bytes, complaint: str
) -> None:
    status, body = await api.upload(method(kind), {kind: ("file.png", data)}, chat_id=ann.id)
    assert (status, body["description"]) == (400, f"Bad Request: {complaint}")


async def test_a_document_over_50_mb_is_refused(api: Api, ann: Person) -> None:
    data = b"x" * (50 * 1024 * 1024 + 1)
    status, body = await api.upload("sendDocument", {"document": ("a.bin", data)}, chat_id=ann.id)
    assert (status, body["description"]) == (413, "Request Entity Too Large")


async def test_a_file_over_20_mb_can_be_sent_but_not_fetched(api: Api, ann: Person, world: World) -> None:
    sent = await send(api, ann, "document", b"x" * (20 * 1024 * 1024 + 1))
    file_id = sent["document"]["file_id"]
    assert await api.refused("getFile", file_id=file_id) == "Bad Request: file is too big"
    stored = world.files.get(file_id)
    assert stored is not None
    async with api.session.get(f"{api.url}/file/bot{api.token}/{stored.path}") as response:
        assert response.status == 404


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ({}, "there is no photo in the request"),
        ({"photo": "AgACAgIAAxkB-unknown"}, "wrong file identifier/HTTP URL specified"),
        ({"photo": "attach://missing"}, "wrong file identifier/HTTP URL specified"),
        ({"photo": "https://example.org/a.png"}, "failed to get HTTP URL content"),
    ],
)
async def test_a_file_that_is_not_there_is_refused(
    api: Api, ann: Person, params: dict[str, Any], complaint: str
) -> None:
    assert await api.refused("sendPhoto", chat_id=ann.id, **params) == f"Bad Request: {complaint}"


async def test_a_document_is_no_photo(api: Api, ann: Person) -> None:
    file_id = (await send(api, ann, "document"))["document"]["file_id"]
    assert (
        await api.refused("sendPhoto", chat_id=ann.id, photo=file_id)
        == "Bad Request: can't use file of type Document as Photo"
    )
    assert await api.refused("getFile", file_id="none") == "Bad Request: invalid file_id"


async def test_a_caption_has_1024_characters_after_parsing(api: Api, ann: Person) -> None:
    sent = await send(api, ann, "photo", caption="<b>" + "&amp;" * 1024 + "</b>", parse_mode="HTML")
    assert sent["caption"] == "&" * 1024
    status, body = await api.upload(
        "sendPhoto", {"photo": ("a.png", PNG)}, chat_id=ann.id, caption="x" * 1025
    )
    assert (status, body["description"]) == (400, "Bad Request: message caption is too long")


async def test_an_album_has_two_to_ten_items(api: Api, ann: Person) -> None:
    item = {"type": "photo", "media": "attach://one", "caption": "c"}
    status, body = await api.upload(
        "sendMediaGroup", {"one": ("a.png", PNG)}, chat_id=ann.id, media=[item, item]
    )
    assert status == 200
    assert len({message["media_group_id"] for message in body["result"]}) == 1
    assert len(body["result"]) == 2
    for media, complaint in (
        ([item], "there must be 2-10 items in the album"),
        ([], "there are no media to send"),
    ):
        assert await api.refused("sendMediaGroup", chat_id=ann.id, media=media) == f"Bad Request: {complaint}"
    assert (await api.refused("sendMediaGroup", chat_id=ann.id, media=[item, "x"])).startswith(
        "Bad Request: "
    )


async def test_what_a_person_sent_can_be_fetched_and_sent_on(api: Api, ann: Person, world: World) -> None:
    world.send_other(ann.id, "photo", caption="look")
    photo = world.chat(ann.id)[-1]["photo"][-1]
    file = await api.ok("getFile", file_id=photo["file_id"])
    async with api.session.get(f"{api.url}/file/bot{api.token}/{file['file_path']}") as response:
        assert picture_size(await response.read()) == (320, 240)
    assert (await api.ok("sendPhoto", chat_id=ann.id, photo=photo["file_id"]))["photo"][0]["width"] == 320


JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08" + struct.pack(">HH", 30, 40)


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (PNG, (40, 30)),
        (b"GIF89a" + struct.pack("<HH", 40, 30), (40, 30)),
        (JPEG, (40, 30)),
        (b"RIFF0000WEBPVP8X" + bytes(8) + bytes((39, 0, 0, 29, 0, 0)), (40, 30)),
        (b"RIFF0000WEBPVP8 " + bytes(10) + struct.pack("<HH", 40, 30), (40, 30)),
        (b"RIFF0000WEBPVP8L" + bytes(5) + struct.pack("<I", 39 | 29 << 14), (40, 30)),
        (b"RIFF0000WEBPVP9 ", None),
        (b"\xff\xd8no marker", None),
        (b"\xff\xd8\xff\xe0\x00\x04ab", None),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"BM", None),
    ],
)
def test_a_pictures_size_is_read_from_its_first_bytes(data: bytes, size: tuple[int, int] | None) -> None:
    assert picture_size(data) == size

"""Photos, documents and the other files; getFile."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from .. import rules
from ..files import StoredFile
from ..images import picture_size
from ..params import Params, Upload
from ..rules import bad_request
from ..texts import formatted, too_long
from ..world import World
from .sending import deliver
from .targets import user

Json = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """One kind of file: what Telegram calls it, its numbers and texts, and whether it has a caption."""

    name: str
    title: str
    numbers: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    captioned: bool = True


KINDS: Final = {
    kind.name: kind
    for kind in (
        Kind("photo", "Photo"),
        Kind("document", "Document"),
        Kind("audio", "Audio", ("duration",), ("performer", "title")),
        Kind("voice", "VoiceNote", ("duration",)),
        Kind("video", "Video", ("width", "height", "duration")),
        Kind("animation", "Animation", ("width", "height", "duration")),
        Kind("video_note", "VideoNote", ("length", "duration"), captioned=False),
        Kind("sticker", "Sticker", ("width", "height"), ("emoji",), captioned=False),
    )
}
CAPTIONED: Final = tuple(kind.name for kind in KINDS.values() if kind.captioned)
EDITABLE: Final = ("photo", "document", "audio", "video", "animation")
FIELDS: Final = (*KINDS, "caption", "caption_entities", "show_caption_above_media", "has_media_spoiler")


def sender(kind: Kind) -> Callable[[World, Params], Json]:
    """The method that sends this kind."""

    def send(world: World, params: Params) -> Json:
        body = content(world, kind, params, params.values.get(kind.name), params)
        return deliver(world, params, body)

    return send


def content(world: World, kind: Kind, params: Params, source: Any, settings: Params) -> Json:
    """The fields of a message with this file; `settings` holds its caption and numbers."""
    stored = _stored(world, kind, params, source)
    body = {kind.name: described(kind, stored, settings)}
    if kind.name == "animation":
        body["document"] = described(KINDS["document"], stored, settings)
    if not kind.captioned:
        return body
    text, entities = caption(world, settings)
    if text:
        body["caption"] = text
    if entities:
        body["caption_entities"] = entities
    for flag, name in (
        ("show_caption_above_media", "show_caption_above_media"),
        ("has_spoiler", "has_media_spoiler"),
    ):
        if settings.flag(flag):
            body[name] = True
    return body


def caption(world: World, params: Params) -> tuple[str, list[Json]]:
    """The `caption` parameter, checked for its length after parsing."""
    text, entities = formatted(
        params, "caption", lambda uid: user(world, uid), entities_name="caption_entities"
    )
    if too_long(text, rules.CAPTION_LIMIT):
        raise bad_request("message caption is too long")
    return text, entities


def _stored(world: World, kind: Kind, params: Params, source: Any) -> StoredFile:
    upload = params.uploads.get(kind.name)
    text = source if isinstance(source, str) else ""
    if text.startswith("attach://"):
        upload = params.uploads.get(text.removeprefix("attach://"))
    if upload is not None:
        return _take(world, kind, upload)
    if not text:
        raise bad_request(f"there is no {kind.name.replace('_', ' ')} in the request")
    if text.startswith(("http://", "https://")):
        # The stand-in reaches nothing outside this machine.
        raise bad_request("failed to get HTTP URL content")
    stored = world.files.get(text)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind.name:
        raise bad_request(f"can't use file of type {KINDS[stored.kind].title} as {kind.title}")
    return stored


def _take(world: World, kind: Kind, upload: Upload) -> StoredFile:
    if not upload.data:
        raise bad_request("file must be non-empty")
    if len(upload.data) > rules.UPLOAD_BYTES:
        raise rules.ApiError(413)
    size = (0, 0)
    if kind.name == "photo":
        if len(upload.data) > rules.PHOTO_BYTES:
            raise bad_request(
                f"file of size {len(upload.data)} bytes is too big for a photo; "
                f"the maximum size is {rules.PHOTO_BYTES} bytes"
            )
        size = picture_size(upload.data) or (0, 0)
        if not all(size):
            raise bad_request("IMAGE_PROCESS_FAILED")
        if sum(size) > 10_000 or max(size) > 20 * min(size):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
    mime = mimetypes.guess_type(upload.file_name)[0] or upload.mime_type
    return world.files.add(kind.name, upload.file_name, mime, upload.data, size)


def described(kind: Kind, stored: StoredFile, settings: Params) -> Any:
    """The file as a message shows it: a list of sizes for a photo, an object for the rest."""
    file: Json = {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.data),
    }
    if kind.name == "photo":
        return [{**file, "width": stored.width, "height": stored.height}]
    if kind.name == "sticker":
        file |= {"type": "regular", "is_animated": False, "is_video": False}
    elif kind.name != "video_note":
        file["mime_type"] = stored.mime_type
    if kind.name in ("document", "audio", "video", "animation"):
        file["file_name"] = stored.name
    for name in kind.numbers:
        file[name] = settings.integer(name, 512 if kind.name == "sticker" else 0)
    for name in kind.texts:
        if settings.given(name):
            file[name] = settings.text(name)
    return file


def input_media(world: World, params: Params) -> Json:
    """The `media` parameter of editMessageMedia as fields of a message."""
    given = params.object("media")
    if given is None:
        raise bad_request("media is empty")
    return _one_of_many(world, params, given)


def _one_of_many(world: World, params: Params, given: Any) -> Json:
    kind = given.get("type") if isinstance(given, dict) else None
    if kind not in EDITABLE:
        raise bad_request("can't parse InputMedia: type must be one of " + ", ".join(EDITABLE))
    return content(world, KINDS[kind], params, given.get("media"), Params(given))


def send_media_group(world: World, params: Params) -> list[Json]:
    given = params.array("media")
    if not 2 <= len(given) <= 10:
        raise bad_request("there must be 2-10 items in the album" if given else "there are no media to send")
    bodies = [_one_of_many(world, params, item) for item in given]
    group = {"media_group_id": str(9_000_000_000 + world.chats.next_id())}
    return [deliver(world, params, {**group, **body}) for body in bodies]


def get_file(world: World, params: Params) -> Json:
    stored = world.files.get(params.text("file_id"))
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.data) > rules.DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.data),
        "file_path": stored.path,
    }


METHODS: Final[dict[str, Callable[[World, Params], Any]]] = {
    "sendPhoto": sender(KINDS["photo"]),
    "sendDocument": sender(KINDS["document"]),
    "sendAudio": sender(KINDS["audio"]),
    "sendVoice": sender(KINDS["voice"]),
    "sendVideo": sender(KINDS["video"]),
    "sendAnimation": sender(KINDS["animation"]),
    "sendVideoNote": sender(KINDS["video_note"]),
    "sendSticker": sender(KINDS["sticker"]),
    "sendMediaGroup": send_media_group,
    "getFile": get_file,
}

"""What people send besides text: one builder for each kind of message, with real (tiny) files."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from typing import Any, Final

from .files import Files, StoredFile

Json = dict[str, Any]

CAPTIONED: Final = frozenset({"animation", "audio", "document", "photo", "video", "voice"})
"""The kinds that can have words below them."""

_PLACE: Final = {"latitude": 52.52, "longitude": 13.405}


def content(kind: str, number: int, files: Files) -> Json:
    """The fields that make a message one of this kind; a different number gives different files.

    Raises ValueError, naming the kinds there are, when it is unknown.
    """
    if kind not in _MAKERS:
        raise ValueError(f"kind: {kind!r} is unknown; use one of {', '.join(sorted(_MAKERS))}")
    return _MAKERS[kind](number, files)


def flat_png(width: int, height: int, number: int) -> bytes:
    """A PNG picture of one colour, which the number decides."""
    colour = bytes((80 + number * 53 % 150, 80 + number * 97 % 150, 80 + number * 29 % 150))
    rows = (b"\0" + colour * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    packed = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def _shown(file: StoredFile) -> Json:
    return {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": len(file.data)}


def _simple(kind: str, name: str, mime: str, /, **fields: Any) -> Callable[[int, Files], Json]:
    def make(number: int, files: Files) -> Json:
        file = files.add(kind, name, mime, f"{kind} {number}".encode())
        return {kind: {**_shown(file), **fields}}

    return make


def _photo(number: int, files: Files) -> Json:
    sizes = []
    for width, height in ((90, 68), (320, 240)):
        file = files.add("photo", "photo.png", "image/png", flat_png(width, height, number), (width, height))
        sizes.append({**_shown(file), "width": width, "height": height})
    return {"photo": sizes}


def _animation(number: int, files: Files) -> Json:
    file = files.add("animation", "wave.mp4", "video/mp4", f"animation {number}".encode())
    document = {**_shown(file), "file_name": "wave.mp4", "mime_type": "video/mp4"}
    return {"animation": {**document, "width": 320, "height": 240, "duration": 2}, "document": document}


def _venue(number: int, files: Files) -> Json:
    return {"venue": {"location": _PLACE, "title": "A place", "address": "A street 1"}, "location": _PLACE}


def _poll(number: int, files: Files) -> Json:
    texts = ("Tea", "Coffee")
    options = [{"persistent_id": str(at), "text": text, "voter_count": 0} for at, text in enumerate(texts)]
    poll: Json = {"id": str(5_000_000_000 + number), "question": "Tea or coffee?", "options": options}
    flags = {"is_closed": False, "is_anonymous": True, "allows_multiple_answers": False}
    more = {"allows_revoting": True, "members_only": False, "type": "regular", "total_voter_count": 0}
    return {"poll": {**poll, **flags, **more}}


def _still(kind: str, value: Any) -> Callable[[int, Files], Json]:
    return lambda number, files: {kind: value}


_MAKERS: Final[dict[str, Callable[[int, Files], Json]]] = {
    "photo": _photo,
    "sticker": _simple(
        "sticker",
        "sticker.webp",
        "image/webp",
        type="regular",
        width=512,
        height=512,
        is_animated=False,
        is_video=False,
        emoji="👍",
    ),
    "voice": _simple("voice", "voice.ogg", "audio/ogg", duration=3, mime_type="audio/ogg"),
    "audio": _simple("audio", "song.mp3", "audio/mpeg", duration=120, mime_type="audio/mpeg", title="A song"),
    "video": _simple(
        "video", "clip.mp4", "video/mp4", duration=5, width=640, height=360, mime_type="video/mp4"
    ),
    "video_note": _simple("video_note", "note.mp4", "video/mp4", duration=5, length=240),
    "document": _simple(
        "document", "notes.pdf", "application/pdf", file_name="notes.pdf", mime_type="application/pdf"
    ),
    "animation": _animation,
    "location": _still("location", _PLACE),
    "venue": _venue,
    "contact": _still("contact", {"phone_number": "+10000000000", "first_name": "Somebody"}),
    "dice": lambda number, files: {"dice": {"emoji": "🎲", "value": 1 + number % 6}},
    "poll": _poll,
}

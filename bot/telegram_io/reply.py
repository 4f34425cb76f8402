"""A turn, written down as Telegram will show it. What a turn shows is kept, in this form, until it is shown."""

from __future__ import annotations

import base64
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot import fast_json
from bot.guide.broadcast import Post
from bot.guide.screen import Document, Turn
from bot.telegram_io.pictures import Drawing, drawing_from_json, drawing_of, drawing_to_json
from bot.telegram_io.render import Keyboard, html, keyboard


@dataclass(frozen=True, slots=True)
class File:
    """A file and the caption below it, in Telegram's HTML."""

    name: str
    content: bytes
    caption: str
    photo: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """All that a turn shows: file, picture and post, each a message of its own, and then the screen.

    ``text`` is Telegram's HTML; without one there is no screen.

    ``notice`` is the line over the chat; ``fresh`` asks for a new message where a tap would change the one tapped.
    """

    text: str | None = None
    markup: Keyboard | None = None
    notice: str | None = None
    file: File | None = None
    picture: Drawing | None = None
    post: Post | None = None
    fresh: bool = False
    area: str = ""

    @property
    def edits(self) -> bool:
        """Whether it changes the message that was tapped."""
        return self.text is not None and not self.fresh

    def without_screen(self) -> Reply:
        return replace(self, text=None, markup=None)

    def to_json(self) -> str:
        file = self.file and {
            "name": self.file.name,
            "content": base64.b64encode(self.file.content).decode(),
            "caption": self.file.caption,
            "photo": self.file.photo,
        }
        fields = {
            "text": self.text,
            "markup": self.markup,
            "notice": self.notice,
            "file": file,
            "picture": self.picture and drawing_to_json(self.picture),
            "post": self.post and asdict(self.post),
            "fresh": self.fresh,
            "area": self.area,
        }
        return fast_json.dumps({name: value for name, value in fields.items() if value is not None})

    @classmethod
    def from_json(cls, text: str) -> Reply:
        fields: dict[str, Any] = fast_json.loads(text)
        file, picture, post = (fields.pop(name, None) for name in ("file", "picture", "post"))
        return cls(
            **fields,
            file=file
            and File(
                file["name"], base64.b64decode(file["content"]), file["caption"], file.get("photo", False)
            ),
            picture=picture and drawing_from_json(picture),
            post=post and Post(**post),
        )


def written(turn: Turn) -> Reply:
    """The turn, written down. ``ValueError`` for a screen that cannot be."""
    screen = turn.screen
    return Reply(
        text=html(screen.text) if screen else None,
        markup=keyboard(screen.rows) if screen else None,
        notice=turn.notice,
        file=_file(turn.document) if turn.document else None,
        picture=drawing_of(turn.picture) if turn.picture else None,
        post=turn.post,
        fresh=turn.fresh,
        area=turn.area,
    )


def _file(document: Document) -> File:
    return File(document.name, document.content, html(document.caption), document.photo)

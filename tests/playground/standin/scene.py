"""A chat with something in it for every method to work on."""

from __future__ import annotations

from typing import Any

from bot.playground.standin import World
from bot.playground.standin.others import flat_png
from bot.playground.standin.people import Person

Json = dict[str, Any]
PNG = flat_png(40, 30, 1)


class Scene:
    """Ann's chat and a group, prepared without calling a method."""

    def __init__(self, world: World, ann: Person) -> None:
        self.world = world
        self.ann = ann.id
        self.group = world.add_group("Friends")
        self.text = self._sent({"text": "old"})
        self.theirs = world.chat(ann.id)[0]["message_id"]
        document = world.files.add("document", "a.txt", "text/plain", b"abc")
        self.file_id = document.file_id
        shown = {"file_id": document.file_id, "file_unique_id": document.unique_id, "file_name": "a.txt"}
        self.document = self._sent({"document": shown, "caption": "old"})
        world.send_other(ann.id, "poll")
        self.poll = self._sent({"poll": world.chat(ann.id)[-1]["poll"]})

    def _sent(self, body: Json) -> int:
        person = self.world.person(self.ann)
        message = {"from": self.world.bot, "chat": person.chat(), "date": self.world.now(), **body}
        return int(self.world.add(message)["message_id"])

    def tap(self) -> str:
        """A fresh query."""
        return self.world.tap(self.ann, self.text, "go")

    def ask(self) -> str:
        """A fresh inline query."""
        return self.world.ask_inline(self.ann, "x")

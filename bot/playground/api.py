"""The page's JSON API: what people do, and what is done with the bot."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any, Final
from urllib.parse import quote

from aiohttp import web

from . import body, views
from .clock import Clock
from .content import ContentState
from .process import BotProcess
from .standin.others import CAPTIONED
from .standin.world import World

Json = dict[str, Any]

PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""Kinds of files that the browser may show; all others (SVG above all) are handed out as downloads."""


class Api:
    """Handlers over one world and one bot. Unknown people and messages are a 404 with one line.

    Whoever is reset is noted in `replaced`: their old id and the one they go on under.
    """

    def __init__(
        self,
        world: World,
        process: BotProcess,
        clock: Clock,
        content: ContentState,
        replaced: MutableMapping[int, int],
    ) -> None:
        self._world = world
        self._process = process
        self._clock = clock
        self._content = content
        self._replaced = replaced

    def routes(self) -> list[web.AbstractRouteDef]:
        """All routes below /api except the stream of events."""
        one = r"/api/people/{person:\d{1,15}}"
        return [
            web.get("/api/state", self.state),
            web.get("/api/wire", self.wire),
            web.get("/api/files/{file:[A-Za-z0-9_-]+}", self.file),
            web.get("/api/faults", self.faults),
            web.post("/api/faults", self.add_fault),
            web.delete("/api/faults", self.clear_faults),
            web.post("/api/bot/restart", self.restart),
            web.post("/api/clock", self.set_clock),
            web.post("/api/people", self.add_person),
            web.patch(one, self.change_person),
            web.delete(one, self.remove_person),
            web.post(one + "/reset", self.reset_person),
            web.post(one + "/block", self.block),
            web.post(one + "/unblock", self.unblock),
            web.post(one + "/messages", self.say),
            web.patch(one + r"/messages/{message:\d{1,15}}", self.edit),
            web.post(one + "/taps", self.tap),
            web.post(one + "/inline", self.ask_inline),
            web.post(one + "/votes", self.vote),
            web.post(one + "/others", self.send_other),
        ]

    async def state(self, request: web.Request) -> web.Response:
        return web.json_response(views.state(self._world, self._process, self._clock, self._content))

    async def wire(self, request: web.Request) -> web.Response:
        return web.json_response(
            {"calls": [views.call(call) for call in self._world.calls[-views.SHOWN_CALLS :]]}
        )

    async def add_person(self, request: web.Request) -> web.Response:
        sent = await body.read(request)
        person = self._world.add_person(body.name(sent), body.language(sent, "en"))
        return self._person(person.id, status=201)

    async def change_person(self, request: web.Request) -> web.Response:
        person_id = self._known(request)
        sent = await body.read(request)
        name = body.name(sent) if "name" in sent else None
        language = body.language(sent) if "language" in sent else None
        if name is not None:
            self._world.rename(person_id, name)
        if language is not None:
            self._world.set_language(person_id, language)
        return self._person(person_id)

    async def remove_person(self, request: web.Request) -> web.Response:
        self._world.remove_person(self._known(request))
        return web.json_response({})

    async def reset_person(self, request: web.Request) -> web.Response:
        old = self._known(request)
        new = self._world.reset_person(old)
        self._replaced[old] = new.id
        return self._person(new.id)

    async def block(self, request: web.Request) -> web.Response:
        person_id = self._known(request)
        self._world.block(person_id)
        return self._person(person_id)

    async def unblock(self, request: web.Request) -> web.Response:
        person_id = self._known(request)
        self._world.unblock(person_id)
        return self._person(person_id)

    async def say(self, request: web.Request) -> web.Response:
        person_id = self._talking(request)
        return web.json_response(
            {"update_id": self._world.say(person_id, body.text(await body.read(request)))}
        )

    async def edit(self, request: web.Request) -> web.Response:
        person_id = self._talking(request)
        text = body.text(await body.read(request))
        try:
            update_id = self._world.edit_own(person_id, int(request.match_info["message"]), text)
        except LookupError as error:
            raise web.HTTPNotFound(text=_line(error)) from None
        return web.json_response({"update_id": update_id})

    async def tap(self, request: web.Request) -> web.Response:
        person_id = self._known(request)
        sent = await body.read(request)
        query_id = self._world.tap(person_id, body.integer(sent, "message_id"), body.data(sent))
        return web.json_response({"query_id": query_id})

    async def ask_inline(self, request: web.Request) -> web.Response:
        """What the person types after the bot's name in any chat; the answer is an event."""
        person_id = self._known(request)
        query = body.query(await body.read(request))
        return web.json_response({"query_id": self._world.ask_inline(person_id, query)})

    async def vote(self, request: web.Request) -> web.Response:
        person_id = self._known(request)
        sent = await body.read(request)
        options = body.integers(sent, "options")
        try:
            update_id = self._world.vote(person_id, body.integer(sent, "message_id"), options)
        except ValueError as error:
            raise body.bad(str(error)) from None
        return web.json_response({"update_id": update_id})

    async def send_other(self, request: web.Request) -> web.Response:
        person_id = self._talking(request)
        sent = await body.read(request)
        kind, caption = body.string(sent, "kind"), body.text(sent, "caption") if "caption" in sent else ""
        if caption and kind not in CAPTIONED:
            raise body.bad(f"caption: only one of {', '.join(sorted(CAPTIONED))} can have one")
        try:
            return web.json_response({"update_id": self._world.send_other(person_id, kind, caption)})
        except ValueError as error:
            raise body.bad(str(error)) from None

    async def file(self, request: web.Request) -> web.Response:
        stored = self._world.files.get(request.match_info["file"])
        if stored is None:
            raise web.HTTPNotFound(text="this file is not here")
        shown = stored.mime_type in PICTURES
        disposition = f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(stored.name, safe='')}"
        return web.Response(
            body=stored.data,
            content_type=stored.mime_type if shown else "application/octet-stream",
            headers={"Content-Disposition": disposition, "Cache-Control": "private, max-age=3600"},
        )

    async def restart(self, request: web.Request) -> web.Response:
        await self._process.restart()
        return web.json_response(views.process_state(self._process))

    async def set_clock(self, request: web.Request) -> web.Response:
        """Jump (`{"jump": "next" | "hour" | "day" | "week"}`) or run at another speed (`{"speed": 60}`)."""
        sent = await body.read(request)
        try:
            if "speed" in sent:
                self._clock.run(sent["speed"])
            else:
                self._clock.jump(body.string(sent, "jump"))
        except ValueError as error:
            raise body.bad(str(error)) from None
        self._world.events.emit("clock")
        return web.json_response(views.clock(self._clock))

    async def faults(self, request: web.Request) -> web.Response:
        return web.json_response({"faults": self._world.faults.listing()})

    async def add_fault(self, request: web.Request) -> web.Response:
        try:
            self._world.faults.add_spec(await body.read(request))
        except (ValueError, TypeError) as error:
            raise body.bad(str(error)) from None
        return await self.faults(request)

    async def clear_faults(self, request: web.Request) -> web.Response:
        self._world.faults.clear()
        return await self.faults(request)

    def _person(self, person_id: int, status: int = 200) -> web.Response:
        return web.json_response({"person": views.person(self._world, person_id)}, status=status)

    def _known(self, request: web.Request) -> int:
        person_id = int(request.match_info["person"])
        try:
            return self._world.person(person_id).id
        except LookupError as error:
            raise web.HTTPNotFound(text=_line(error)) from None

    def _talking(self, request: web.Request) -> int:
        """A known person whose app lets them write: not after they blocked the bot."""
        person_id = self._known(request)
        if self._world.person(person_id).blocked:
            raise web.HTTPConflict(text="this person has blocked the bot; unblock it first")
        return person_id


def _line(error: LookupError) -> str:
    return str(error.args[0])

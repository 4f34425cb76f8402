from __future__ import annotations

import asyncio
import json
from pathlib import Path

import aiohttp

from bot.playground.run import playground

from .conftest import NO_BOT, Client, Json


class Events:
    """The live events as the page reads them."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._response = response

    async def next(self) -> Json:
        async with asyncio.timeout(10):
            while True:
                line = await self._response.content.readline()
                if line.startswith(b"data: "):
                    event: Json = json.loads(line.removeprefix(b"data: "))
                    return event

    async def until(self, kind: str) -> Json:
        while (event := await self.next())["type"] != kind:
            pass
        return event


async def test_a_page_gets_the_whole_state_first_and_then_each_change(client: Client) -> None:
    async with client.session.get(f"{client.url}/api/events") as response:
        assert response.content_type == "text/event-stream"
        events = Events(response)
        first = await events.next()
        assert first["type"] == "state"
        assert first["state"]["people"][0]["id"] == client.person

        world = client.playground.world
        world.say(client.person, "line one\nline two\u2028and three")
        said = await events.until("message")
        assert said["message"]["text"] == "line one\nline two\u2028and three"

        world.edit_own(client.person, said["message"]["message_id"], "other")
        assert (await events.until("edited"))["message"]["text"] == "other"

        world.rename(client.person, "Samira")
        assert (await events.until("person"))["person"]["name"] == "Samira"

        world.set_commands("", {"type": "default"}, [{"command": "start", "description": "Go"}])
        commands = (await events.until("commands"))["commands"]
        assert commands == {str(client.person): [{"command": "start", "description": "Go"}]}


async def test_a_page_learns_under_which_id_somebody_goes_on(client: Client) -> None:
    async with client.session.get(f"{client.url}/api/events") as response:
        events = Events(response)
        await events.next()
        old = client.person
        _, answer = await client.call("POST", f"/api/people/{old}/reset", {})
        removed = await events.until("person_removed")
        assert (removed["id"], removed["replacement"]) == (old, answer["person"]["id"])


async def test_what_happens_in_groups_is_not_sent_to_the_page(client: Client) -> None:
    async with client.session.get(f"{client.url}/api/events") as response:
        events = Events(response)
        await events.next()
        world = client.playground.world
        world.say_in_group(world.add_group("Club"), client.person, "in the group")
        world.say(client.person, "in private")
        assert (await events.until("message"))["message"]["text"] == "in private"


async def test_a_vote_is_shown_to_the_person_who_cast_it(client: Client) -> None:
    world = client.playground.world
    world.send_other(client.person, "poll")
    [message] = world.chat(client.person)
    async with client.session.get(f"{client.url}/api/events") as response:
        events = Events(response)
        await events.next()
        body = {"message_id": message["message_id"], "options": [1]}
        status, _ = await client.call("POST", f"/api/people/{client.person}/votes", body)
        assert status == 200
        edited = (await events.until("edited"))["message"]
        assert edited["chosen"] == [1]
        assert [option["voter_count"] for option in edited["poll"]["options"]] == [0, 1]


async def test_a_page_that_stays_open_does_not_hold_up_the_end(tmp_path: Path) -> None:
    async with asyncio.timeout(30), aiohttp.ClientSession() as session:
        async with playground("127.0.0.1:0", data=tmp_path, command=NO_BOT, log=lambda text: None) as running:
            response = await session.get(f"{running.address.url}/api/events")
            await Events(response).next()
        assert (await response.content.read()).strip() == b""

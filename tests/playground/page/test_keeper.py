from __future__ import annotations

import asyncio
import json
import stat
from pathlib import Path

import aiohttp
import pytest

from bot.errors import SettingsError
from bot.playground.keeper import Keeper, load
from bot.playground.run import playground

from .conftest import NO_BOT

TOKEN = "7:made-up"


async def test_chats_survive_a_restart_of_the_playground(tmp_path: Path) -> None:
    async with playground("127.0.0.1:0", data=tmp_path, command=NO_BOT, log=lambda text: None) as first:
        person = first.world.add_person("Amara", "es").id
        first.world.say(person, "still here?")
    async with (
        playground("127.0.0.1:0", data=tmp_path, command=NO_BOT, log=lambda text: None) as second,
        aiohttp.ClientSession() as session,
        session.get(f"{second.address.url}/api/state") as response,
    ):
        people = (await response.json())["people"]
    assert [(item["name"], [message["text"] for message in item["chat"]]) for item in people] == [
        ("Sam", []),
        ("Amara", ["still here?"]),
    ]


class Counted(Keeper):
    """Tells when it has written."""

    written: asyncio.Event

    def save(self) -> None:
        super().save()
        self.written.set()


async def test_a_change_is_in_the_file_soon_and_not_only_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "playground.json"
    world = load(path, TOKEN, lambda text: None)
    keeper = Counted(path, world, lambda text: None)
    keeper.written = asyncio.Event()
    task = asyncio.create_task(keeper.run())
    await asyncio.sleep(0)  # it subscribes
    world.add_person("Amara")
    async with asyncio.timeout(10):
        await keeper.written.wait()
    assert "Amara" in path.read_text()
    task.cancel()


async def test_a_disk_that_is_full_for_a_while_is_reported_and_does_not_end_the_keeping(
    tmp_path: Path,
) -> None:
    world = load(tmp_path / "none.json", TOKEN, lambda text: None)
    lines: asyncio.Queue[str] = asyncio.Queue()
    folder = tmp_path / "data"
    folder.write_text("in the way")
    keeper = Counted(folder / "playground.json", world, lines.put_nowait)
    keeper.written = asyncio.Event()
    task = asyncio.create_task(keeper.run())
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        world.add_person("Amara")
        assert "cannot be written" in await lines.get()
        folder.unlink()
        world.add_person("Ben")
        await keeper.written.wait()
    assert "Ben" in (folder / "playground.json").read_text()
    task.cancel()


async def test_the_file_is_for_its_owner_only_and_holds_no_token(tmp_path: Path) -> None:
    async with playground("127.0.0.1:0", data=tmp_path, command=NO_BOT, log=lambda text: None) as running:
        secret = running.world.token.partition(":")[2]
    path = tmp_path / "playground.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert secret not in path.read_text()
    assert sorted(item.name for item in tmp_path.iterdir()) == [
        "playground.clock",
        "playground.json",
        "playground.lock",
    ]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"people": 7}', "null", '{"bot_username": "x", "people": [{}]}']
)
def test_a_broken_file_is_set_aside_with_one_line_and_all_begins_anew(tmp_path: Path, text: str) -> None:
    path = tmp_path / "playground.json"
    path.write_text(text)
    lines: list[str] = []
    world = load(path, TOKEN, lines.append)
    assert [person.name for person in world.people.values()] == ["Sam"]
    [aside] = tmp_path.glob("playground.broken-*.json")
    assert aside.read_text() == text
    assert lines == [f"{path}: not a playground's file; it is now {aside.name}, and the chats begin anew\n"]


def test_a_new_world_reuses_no_id_that_the_bot_may_remember(tmp_path: Path) -> None:
    world = load(tmp_path / "none.json", TOKEN, lambda text: None)
    person = next(iter(world.people))
    assert person > 1_700_000_000
    assert world.say(person, "hello") > 1_700_000_000


def test_a_folder_that_cannot_be_written_to_stops_the_start_with_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    path = tmp_path / "file" / "playground.json"
    world = load(tmp_path / "none.json", TOKEN, lambda text: None)
    with pytest.raises(SettingsError, match=r"playground\.json: cannot be written \(.+\); check the folder"):
        Keeper(path, world, lambda text: None).save()


def test_a_failed_write_leaves_the_old_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "playground.json"
    world = load(path, TOKEN, lambda text: None)
    keeper = Keeper(path, world, lambda text: None)
    keeper.save()
    before = path.read_text()
    world.profile.texts["name"]["x"] = object()  # type: ignore[assignment]
    with pytest.raises(TypeError):
        keeper.save()
    assert path.read_text() == before
    assert json.loads(before)["people"]

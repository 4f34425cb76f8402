"""``python -m bot setup``: a new bot, by a few questions, against the stand-in for Telegram over real HTTP."""

from __future__ import annotations

import asyncio
import os
import pty
import re
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.content.library import Library
from bot.env_file import with_values
from bot.errors import FirstlabelError, SettingsError, TelegramError
from bot.guide.commands import ProfileWords
from bot.guide.guide import Guide
from bot.playground.standin import World, faults, serve
from bot.setting_up import Setup
from bot.settings import read_settings
from tests.support.bot_process import TOKEN, environment
from tests.support.packs import pack_library

WRONG = "123456789:BBwrong-token-of-nobody-0123456789abcd"
CODE = "7K3QZ4"


@dataclass
class Owner:
    """Somebody at the terminal, who gives these answers; and what they read."""

    tokens: list[str] = field(default_factory=lambda: [TOKEN])
    renames: str = "n"
    operates: str = "n"
    read: list[str] = field(default_factory=list)
    on_link: Callable[[], None] = lambda: None
    """What they do when they are told to open the bot."""

    def secret(self, question: str) -> str:
        self.read.append(question)
        return self.tokens.pop(0)

    def ask(self, question: str) -> str:
        self.read.append(question)
        return self.operates if "operator" in question else self.renames

    def say(self, text: str) -> None:
        self.read.append(text)
        if "t.me/" in text:
            self.on_link()

    @property
    def text(self) -> str:
        return "\n".join(self.read)


@pytest.fixture
def world() -> World:
    return World(TOKEN)


@pytest.fixture
async def url(world: World) -> AsyncIterator[str]:
    async with serve(world) as telegram:
        yield telegram.url


@pytest.fixture
def owner() -> Owner:
    return Owner()


async def set_up(owner: Owner, content: Library, folder: Path, url: str, wait: float = 20) -> None:
    environ = {"BOT_API_URL": url}
    setup = Setup(owner, content, folder=folder, environ=environ, new_code=lambda: CODE, wait=wait)
    await asyncio.to_thread(setup.run)


async def test_the_token_is_proved_and_written_for_its_owner_only(
    owner: Owner, content: Library, tmp_path: Path, url: str
) -> None:
    await set_up(owner, content, tmp_path, url)
    file = tmp_path / ".env"
    settings = read_settings(file, {})
    assert settings.require_token().get_secret_value() == TOKEN
    assert file.stat().st_mode & 0o777 == 0o600
    assert "@firstlabel_bot" in owner.text
    assert TOKEN not in owner.text


async def test_descriptions_and_menu_are_set_and_the_name_if_wanted(
    owner: Owner, tmp_path: Path, world: World, url: str
) -> None:
    ana = world.add_person("Ana").id
    owner.renames, bread = "y", pack_library("bread")
    await set_up(owner, bread, tmp_path, url)
    listed = [name for name, _ in Guide(bread, "the_bot").menu(None).commands]
    assert [each["command"] for each in world.menu(ana)] == listed
    sent = {call.method: call.params for call in world.calls}
    assert sent["setMyName"]["name"] == bread.bot.name
    about = [call.params["description"] for call in world.calls if call.method == "setMyDescription"]
    assert about[0] == bread.pack(None).words(ProfileWords).about


async def test_the_name_stays_unless_the_owner_says_so(
    owner: Owner, tmp_path: Path, world: World, url: str
) -> None:
    owner.renames = ""
    await set_up(owner, pack_library("bread"), tmp_path, url)
    assert "Change it to" in owner.text
    assert not [call for call in world.calls if call.method == "setMyName"]


@pytest.mark.parametrize("said", [f"/start {CODE}", CODE, f" {CODE.lower()} "])
async def test_whoever_sends_the_code_is_the_operator(  # noqa: PLR0917
    owner: Owner, content: Library, tmp_path: Path, world: World, url: str, said: str
) -> None:
    olga, eve = world.add_person("Olga").id, world.add_person("Eve").id
    loop = asyncio.get_running_loop()

    def both() -> None:
        world.say(eve, "7K3QZ5")
        world.say(olga, said)

    owner.operates = ""

    def on_link() -> None:
        loop.call_soon_threadsafe(both)

    owner.on_link = on_link
    await set_up(owner, content, tmp_path, url)
    assert read_settings(tmp_path / ".env", {}).admin_ids == {olga}
    assert f"?start={CODE}" in owner.text
    assert len(world.updates) == 2, "it is left for the bot to answer"


async def test_operators_that_there_are_stay(
    owner: Owner, content: Library, tmp_path: Path, world: World, url: str
) -> None:
    (tmp_path / ".env").write_text("ADMIN_IDS=5\n", encoding="utf-8")
    olga = world.add_person("Olga").id
    world.say(olga, CODE)
    owner.operates = "y"
    await set_up(owner, content, tmp_path, url)
    assert read_settings(tmp_path / ".env", {}).admin_ids == {5, olga}


async def test_a_code_that_does_not_come_leaves_the_bot_without_operator(
    owner: Owner, content: Library, tmp_path: Path, url: str
) -> None:
    owner.operates = "y"
    await set_up(owner, content, tmp_path, url, wait=0)
    assert "The code did not come" in owner.text
    assert read_settings(tmp_path / ".env", {}).admin_ids == frozenset()


async def test_while_the_bot_runs_elsewhere_the_operator_is_told_what_to_do(
    owner: Owner, content: Library, tmp_path: Path, world: World, url: str
) -> None:
    world.faults.add("getUpdates", faults.conflict())
    owner.operates = "y"
    await set_up(owner, content, tmp_path, url)
    assert "stop it first" in owner.text
    assert "Done." in owner.text


async def test_a_wrong_token_is_asked_for_again(
    owner: Owner, content: Library, tmp_path: Path, url: str
) -> None:
    owner.tokens = ["nonsense", WRONG, TOKEN]
    await set_up(owner, content, tmp_path, url)
    assert "is not a token: copy it from @BotFather's message whole" in owner.text
    assert "is refused by Telegram" in owner.text
    assert read_settings(tmp_path / ".env", {}).require_token().get_secret_value() == TOKEN
    assert WRONG not in owner.text


@pytest.mark.parametrize(
    ("wrong", "told"),
    [("", "is missing"), ("nonsense", "is not a token"), (WRONG, "is refused by Telegram")],
)
async def test_after_three_wrong_ones_it_ends_and_writes_nothing(  # noqa: PLR0917
    owner: Owner, content: Library, tmp_path: Path, url: str, wrong: str, told: str
) -> None:
    owner.tokens = [wrong] * 3
    with pytest.raises(FirstlabelError, match=told):
        await set_up(owner, content, tmp_path, url)
    assert not (tmp_path / ".env").exists()


async def test_without_a_network_that_is_said_and_nothing_is_written(
    owner: Owner, content: Library, tmp_path: Path
) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        nowhere = f"http://127.0.0.1:{probe.getsockname()[1]}"
    with pytest.raises(TelegramError, match=r"^Telegram cannot be reached .*is this machine online"):
        await set_up(owner, content, tmp_path, nowhere)
    assert not (tmp_path / ".env").exists()


async def test_the_token_that_is_there_can_be_kept(
    owner: Owner, content: Library, tmp_path: Path, url: str
) -> None:
    (tmp_path / ".env").write_text(f"TELEGRAM_BOT_TOKEN={TOKEN}\n", encoding="utf-8")
    owner.tokens = [""]
    await set_up(owner, content, tmp_path, url)
    assert "press Enter to keep the one you have" in owner.text
    assert read_settings(tmp_path / ".env", {}).telegram_bot_token is not None


async def test_a_new_file_begins_as_the_example(
    owner: Owner, content: Library, tmp_path: Path, url: str
) -> None:
    (tmp_path / ".env.example").write_text(
        "# Explained.\nTELEGRAM_BOT_TOKEN=\nLOG_LEVEL=\n", encoding="utf-8"
    )
    await set_up(owner, content, tmp_path, url)
    assert (tmp_path / ".env").read_text(encoding="utf-8") == (
        f"# Explained.\nTELEGRAM_BOT_TOKEN={TOKEN}\nLOG_LEVEL=\n"
    )


async def test_a_file_that_cannot_be_written_is_one_clear_line(
    owner: Owner, content: Library, tmp_path: Path, url: str
) -> None:
    (tmp_path / ".env.new").mkdir()
    with pytest.raises(SettingsError, match=r"\.env: cannot be written: "):
        await set_up(owner, content, tmp_path, url)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "A=1\n"),
        ("B=2", "B=2\nA=1\n"),
        ("# x\n\nA=0\nB='a b'\n", "# x\n\nA=1\nB='a b'\n"),
        ("A=0\nA=\n", "A=0\nA=1\n"),
        ("export A='old'  # why\nB=2\n", "A=1\nB=2\n"),
        ("AA=0\n#A=5\n", "AA=0\n#A=5\nA=1\n"),
    ],
)
def test_only_the_line_that_counts_is_changed(before: str, after: str) -> None:
    assert with_values(before, {"A": "1"}) == after


async def test_in_a_real_terminal_the_token_is_not_shown(tmp_path: Path, url: str) -> None:
    """As people run it: a process of its own, with a terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(  # noqa: ASYNC220  # no await while it starts
        [sys.executable, "-m", "bot", "setup"],
        cwd=tmp_path,
        env=environment(BOT_API_URL=url),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)

    def talk() -> str:
        seen = ""
        for wanted, answer in (("hidden: ", TOKEN), ("operator", "n"), ("Done", "")):
            while not re.search(wanted, seen.rpartition("\n")[2] if answer else seen):
                seen += os.read(ours, 4096).decode()
            os.write(ours, f"{answer}\n".encode())
        return seen

    try:
        seen = await asyncio.wait_for(asyncio.to_thread(talk), 60)
        assert await asyncio.to_thread(process.wait, 20) == 0
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    assert TOKEN not in seen
    assert "@firstlabel_bot" in seen
    assert read_settings(tmp_path / ".env", {}).telegram_bot_token is not None


def test_without_a_terminal_it_says_so(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "setup"],
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stderr == "setup asks questions: run it in a terminal, or fill in .env by hand\n"

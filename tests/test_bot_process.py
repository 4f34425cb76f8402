"""The whole bot, as people run it: its own process, real HTTP, a real database file."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.content.kinds.faq import FaqFile
from bot.content.kinds.steps import Step, StepsFile
from bot.content.library import Library
from bot.guide.areas.settings import SettingsWords
from bot.guide.areas.steps import StepsWords
from bot.guide.areas.welcome_words import WelcomeWords
from bot.guide.areas.work_taps import ShowChart
from bot.guide.areas.worked_words import WorkedWords
from bot.guide.commands import COMMANDS
from bot.guide.taps import encode
from bot.playground.naming import username_of
from bot.playground.standin import World, faults
from tests.support.bot_process import PATIENCE, TOKEN, BotProcess, Chatter, environment, running_bot
from tests.support.packs import PACKS, pack_library
from tests.support.wire import assert_calls_parse_as_aiogram


@pytest.fixture
def world() -> World:
    return World(TOKEN)


async def to_step_one(ana: Chatter, content: Library) -> None:
    words = content.pack("en").words(WelcomeWords)
    await ana.says("/start")
    await ana.taps(words.begin)
    await ana.taps(words.skip_all)


async def do_step(ana: Chatter, step: Step) -> None:
    assert step.title in ana.text
    for task in step.tasks:
        await ana.taps(task.text)


async def test_a_newcomer_is_taken_from_start_to_the_end_of_the_steps(
    world: World, content: Library, tmp_path: Path
) -> None:
    pack = content.pack("en")
    async with running_bot(world, tmp_path / "bot.db"):
        ana = Chatter(world, "Ana")
        await to_step_one(ana, content)
        for step in pack[StepsFile].steps:
            await do_step(ana, step)
            assert step.done.plain in ana.text
            await ana.taps(ana.labels[len(step.tasks)])  # the one big button: on to the next
        assert pack[StepsFile].finish.title in ana.text
        assert all(step.done.plain in ana.text for step in pack[StepsFile].steps)
        assert_calls_parse_as_aiogram(world.calls)


async def test_after_kill_9_everyone_is_where_their_screen_said(
    world: World, content: Library, tmp_path: Path
) -> None:
    steps = content.pack("en")[StepsFile].steps
    async with running_bot(world, tmp_path / "bot.db") as bot:
        ana, ben = Chatter(world, "Ana"), Chatter(world, "Ben")
        for person in (ana, ben):
            await to_step_one(person, content)
        await do_step(ana, steps[0])
        await ben.taps(steps[0].tasks[0].text)
        await bot.kill()
        await bot.start()
        await ana.says("/next")
        assert steps[1].title in ana.text
        await ben.says("/next")
        ticked, unticked = ben.labels[:2]
        words = content.pack("en").words(StepsWords)
        assert ticked == words.ticked.fill(task=steps[0].tasks[0].text)
        assert unticked == words.unticked.fill(task=steps[0].tasks[1].text)


async def test_what_was_sent_while_the_bot_was_down_is_answered_when_it_is_back(
    world: World, content: Library, tmp_path: Path
) -> None:
    async with running_bot(world, tmp_path / "bot.db") as bot:
        ana = Chatter(world, "Ana")
        await ana.says("/start")
        await bot.kill()
        world.say(ana.id, "/steps")
        await bot.start()
        await world.wait_until(lambda: content.pack("en").words(StepsWords).title in ana.text)


async def test_deleteme_leaves_no_row_of_the_person(world: World, content: Library, tmp_path: Path) -> None:
    words = content.pack("en").words(SettingsWords)
    database = tmp_path / "bot.db"
    async with running_bot(world, database) as bot:
        ana, ben = Chatter(world, "Anacardia"), Chatter(world, "Ben")
        for person in (ana, ben):
            await to_step_one(person, content)
            await do_step(person, content.pack("en")[StepsFile].steps[0])
        await ana.says("/deleteme")
        await ana.taps(words.delete_yes)
        assert words.deleted.plain in ana.text
        await bot.stop()
    with closing(sqlite3.connect(database)) as connection:
        tables = [
            name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")
        ]
        rows = [row for table in tables for row in connection.execute(f'select * from "{table}"')]
    assert not [row for row in rows if ana.id in row]
    assert [row for row in rows if ben.id in row], "the other person's rows stay"
    assert b"Anacardia" not in database.read_bytes(), "nor a byte of what they sent"


async def test_a_chart_that_a_kill_held_up_is_drawn_after_the_restart(
    world: World, content: Library, tmp_path: Path
) -> None:
    words = content.pack("en").words(WorkedWords)
    async with running_bot(world, tmp_path / "bot.db") as bot:
        ana = Chatter(world, "Ana")
        await ana.says("2h paid 30m unpaid 14.50 USD")
        await ana.taps(words.title)
        assert words.chart.fill(currency="USD") in ana.labels
        world.faults.add("sendPhoto", faults.server_error(), times=1000)
        world.tap(ana.id, ana.screen["message_id"], encode(ShowChart("usd")))
        await world.wait_until(lambda: any(call.method == "sendPhoto" for call in world.calls), PATIENCE)
        await bot.kill()
        world.faults.clear()
        await bot.start()
        await world.wait_until(lambda: any("photo" in message for message in ana.messages), PATIENCE)
        await world.wait_until(lambda: words.title in ana.screen.get("text", ""), PATIENCE)
        assert_calls_parse_as_aiogram(world.calls)
    (photo,) = (message for message in ana.messages if "photo" in message)
    assert "US$5.80" in photo["caption"]
    stored = world.files.get(photo["photo"][-1]["file_id"])
    assert stored is not None
    assert stored.data.startswith(b"\x89PNG")


async def test_outside_the_private_chat_it_answers_and_knows_nobody(
    world: World, content: Library, tmp_path: Path
) -> None:
    database, question = tmp_path / "bot.db", content.pack("en")[FaqFile].faq[0]
    ben = world.add_person("Ben").id
    group = world.add_group("Friends")
    async with running_bot(world, database) as bot:
        await world.wait_until(lambda: world.updates.polled)
        query_id = world.ask_inline(ben, question.question)
        world.say_in_group(group, ben, f"/faq {question.question}")
        await world.wait_until(
            lambda: any(each["query_id"] == query_id for each in world.answers) and len(world.chat(group)) > 1
        )
        await bot.stop()
    (cards,) = (each["cards"] for each in world.answers if each["query_id"] == query_id)
    said = world.chat(group)[-1]
    for message in (cards[0]["message"], said):
        assert question.answer.plain in message["text"]
        ((button,),) = message["reply_markup"]["inline_keyboard"]
        assert button["url"] == f"https://t.me/{world.bot_username}?start=faq_{question.id}"
    assert len(world.chat(group)) == 2
    assert assert_calls_parse_as_aiogram(world.calls)
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("select count(*) from people").fetchone() == (0,)
        assert connection.execute("select count(*) from marks").fetchone() == (0,)


async def test_telegrams_menu_lists_every_command_with_its_words(
    world: World, content: Library, tmp_path: Path
) -> None:
    async with running_bot(world, tmp_path / "bot.db"):
        ana = Chatter(world, "Ana")
        await ana.says("/start")
        await world.wait_until(lambda: len(world.menu(ana.id)) == len(COMMANDS))
        assert [each["command"] for each in world.menu(ana.id)] == [command.name for command in COMMANDS]


async def test_a_stop_by_the_service_manager_is_clean(world: World, tmp_path: Path) -> None:
    async with running_bot(world, tmp_path / "bot.db") as bot:
        ana = Chatter(world, "Ana")
        await ana.says("/start")
        assert await bot.stop() == 0
        assert "Traceback" not in bot.log


@pytest.mark.parametrize("log_format", ["text", "json"])
async def test_the_log_holds_no_secret_no_name_and_nobodys_words_even_at_debug(
    world: World, tmp_path: Path, log_format: str
) -> None:
    name, words = "Kanarienvogel", "my canary diary"
    async with running_bot(world, tmp_path / "bot.db", LOG_LEVEL="DEBUG", LOG_FORMAT=log_format) as bot:
        ana = Chatter(world, name)
        world.faults.add("sendMessage", faults.not_json(), times=1)
        await ana.says(words)
        world.push({"message": {"text": words, "from": {"id": ana.id, "first_name": name}, "chat": words}})
        world.faults.add(
            "sendMessage",
            faults.bad_request(f'can\'t parse entities: unsupported start tag "{words}"'),
            times=1,
        )
        world.say(ana.id, words)
        await ana.says("/menu")
        await bot.stop()
    for canary in (TOKEN.partition(":")[2], name, words):
        assert canary not in bot.log
    assert "reading an update failed ref=" in bot.log
    assert "a screen was not shown ref=" in bot.log
    assert f"person={ana.id}" in bot.log


async def test_two_bots_on_one_database_are_one_too_many_and_the_second_says_so(
    world: World, tmp_path: Path
) -> None:
    async with running_bot(world, tmp_path / "bot.db") as bot:
        await Chatter(world, "Ana").says("/start")
        second = BotProcess(bot.environment, tmp_path)
        await second.start()
        assert await second.ended() == 1
        assert second.log.splitlines()[-1].endswith(
            "another bot serves from it: stop that one, or give each its own DATABASE_URL"
        )
        await Chatter(world, "Ben").says("/start")


async def test_the_bot_does_not_start_on_faulty_content_and_says_what_check_says(
    world: World, tmp_path: Path
) -> None:
    (tmp_path / "content").mkdir()
    bot = BotProcess(environment(TELEGRAM_BOT_TOKEN=TOKEN, CONTENT_DIR=str(tmp_path / "content")), tmp_path)
    await bot.start()
    assert await bot.ended() == 1
    check = BotProcess(environment(), tmp_path, ("check", str(tmp_path / "content")))
    await check.start()
    assert await check.ended() == 1
    assert "bot.yaml" in check.log
    assert bot.log == check.log


async def test_run_without_a_token_is_one_line_that_names_the_setting(tmp_path: Path) -> None:
    bot = BotProcess(environment(), tmp_path)
    await bot.start()
    assert await bot.ended() == 1
    assert bot.log.startswith("TELEGRAM_BOT_TOKEN")
    assert len(bot.log.splitlines()) == 1


async def test_check_of_the_shipped_content_is_clean(content: Library, tmp_path: Path) -> None:
    check = BotProcess(environment(), tmp_path, ("check",))
    await check.start()
    assert await check.ended() == 0
    assert check.log.startswith(content.bot.name)


async def test_playground_prints_its_address_serves_the_page_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    bot = BotProcess(environment(), tmp_path, ("playground", "--listen", "127.0.0.1:0"))
    await bot.start()
    assert bot.process is not None
    assert bot.process.stdout is not None
    line = (await asyncio.wait_for(bot.process.stdout.readline(), PATIENCE)).decode()
    address = line.removeprefix("Open ").strip()
    async with ClientSession() as session, session.get(address) as page:
        assert page.status == 200
        assert "text/html" in page.headers["Content-Type"]
    bot.process.send_signal(signal.SIGINT)
    assert await bot.ended() == 0
    assert "Traceback" not in bot.log


async def test_the_playground_s_bot_has_the_name_that_its_content_gives_it(tmp_path: Path) -> None:
    settings = environment(CONTENT_DIR=str(PACKS["bread"]))
    bot = BotProcess(settings, tmp_path, ("playground", "--listen", "127.0.0.1:0"))
    await bot.start()
    assert bot.process is not None
    assert bot.process.stdout is not None
    line = (await asyncio.wait_for(bot.process.stdout.readline(), PATIENCE)).decode()
    async with ClientSession() as session, session.get(f"{line.split()[1]}/api/state") as response:
        shown = (await response.json())["bot"]
    bot.process.send_signal(signal.SIGINT)
    assert await bot.ended() == 0
    assert shown["name"] == pack_library("bread").bot.name
    assert shown["username"] == username_of(shown["name"]) != "firstlabel_bot"


async def test_without_a_command_a_token_means_telegram(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    bot = BotProcess(
        environment(TELEGRAM_BOT_TOKEN=TOKEN, CONTENT_DIR=str(tmp_path / "content")), tmp_path, ()
    )
    await bot.start()
    assert await bot.ended() == 1
    assert "bot.yaml" in bot.log


async def test_the_playground_is_for_this_computer_only(tmp_path: Path) -> None:
    bot = BotProcess(environment(), tmp_path, ("playground", "--listen", "0.0.0.0:8080"))
    await bot.start()
    assert await bot.ended() == 1
    assert "--listen" in bot.log
    assert len(bot.log.splitlines()) == 1

"""The figures of a whole bot at work, as Prometheus reads them, against what its database says."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest
from aiohttp import ClientSession
from prometheus_client.parser import text_string_to_metric_families

from bot.playground.standin import World, faults
from tests.support.bot_process import PATIENCE, ROOT, TOKEN, Chatter, running_bot

Samples = Mapping[tuple[str, frozenset[tuple[str, str]]], float]


@pytest.fixture
def world() -> World:
    return World(TOKEN)


@pytest.fixture
def listen() -> str:
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        return f"127.0.0.1:{probe.getsockname()[1]}"


async def fetched(listen: str, path: str) -> tuple[int, str]:
    async with ClientSession(f"http://{listen}") as client, client.get(path) as answer:
        return answer.status, await answer.text()


async def samples(listen: str) -> Samples:
    status, text = await fetched(listen, "/metrics")
    assert status == 200
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def total(found: Samples, metric: str, /, **labels: str) -> float:
    return sum(
        value for (each, its), value in found.items() if each == metric and set(labels.items()) <= set(its)
    )


async def after_turns(listen: str, number: int) -> Samples:
    """The figures once so many turns have ended and nothing waits: both come a little after the screens are there."""
    async with asyncio.timeout(PATIENCE):
        while not _at_rest(found := await samples(listen), number):  # noqa: ASYNC110  # no event tells it
            await asyncio.sleep(0.02)
    assert total(found, "firstlabel_turns_total") == number
    return found


def _at_rest(found: Samples, turns: int) -> bool:
    return (
        total(found, "firstlabel_turns_total") >= turns
        # What is done is let go of in the background, in groups.
        and total(found, "firstlabel_inbox_letters") == 0
    )


def rows(database: Path, statement: str) -> int:
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute(statement).fetchone()[0])


async def test_the_figures_agree_with_the_database_after_real_turns(
    world: World, tmp_path: Path, listen: str
) -> None:
    database = tmp_path / "bot.db"
    async with running_bot(world, database, HTTP_LISTEN=listen) as bot:
        ana, ben = Chatter(world, "Ana"), Chatter(world, "Ben")
        for person in (ana, ben):
            for said in ("/start", "/steps", "is it free?"):
                await person.says(said)
        world.faults.add("sendMessage", faults.blocked(), times=1)
        world.say(ben.id, "/menu")
        await world.wait_until(
            lambda: any(each.response.get("error_code") == 403 for each in world.calls), PATIENCE
        )
        await ana.says("/faq")
        assert await fetched(listen, "/healthz") == (200, "alive\n")
        assert await fetched(listen, "/readyz") == (200, "ready\n")
        found = await after_turns(listen, 8)
        assert total(found, "firstlabel_updates_total", kind="new") == rows(
            database, "SELECT COUNT(*) FROM known_updates"
        )
        assert total(found, "firstlabel_turns_total", outcome="gone") == rows(
            database, "SELECT COUNT(*) FROM people WHERE gone_at IS NOT NULL"
        )
        assert total(found, "firstlabel_turns_total", area="steps", outcome="shown") == 2
        assert total(found, "firstlabel_turn_seconds_count") == 8
        assert total(found, "firstlabel_calls_total", lane="reply", outcome="done") == 7
        assert total(found, "firstlabel_calls_total", outcome="person_gone") == 1
        assert total(found, "firstlabel_events_total", name="active") == 2
        assert total(found, "firstlabel_ready") == 1
        await bot.stop()
        assert rows(database, "SELECT SUM(value) FROM counts WHERE name = 'turns'") == 8
        assert rows(database, "SELECT SUM(value) FROM counts WHERE name = 'active'") == 2


async def test_the_bot_is_not_ready_while_telegram_is_away_and_says_why(
    world: World, tmp_path: Path, listen: str
) -> None:
    world.faults.add("getMe", faults.server_error())
    async with running_bot(world, tmp_path / "bot.db", HTTP_LISTEN=listen):
        await world.wait_until(lambda: bool(world.calls), PATIENCE)
        assert (await fetched(listen, "/healthz"))[0] == 200
        assert await fetched(listen, "/readyz") == (503, "intake: has not begun\n")


async def test_without_the_setting_nothing_listens_and_the_library_is_not_loaded(
    world: World, tmp_path: Path
) -> None:
    async with running_bot(world, tmp_path / "bot.db", PYTHONPROFILEIMPORTTIME="1") as bot:
        await Chatter(world, "Ana").says("/start")
        await bot.stop()
    assert "prometheus_client" not in bot.log
    assert "sentry_sdk" not in bot.log
    assert "aiohttp" not in bot.log
    assert "bot.admin.health" in bot.log, "what is loaded is told"


async def test_a_wrong_place_to_listen_stops_the_start_with_one_line(world: World, tmp_path: Path) -> None:
    async with running_bot(world, tmp_path / "bot.db", HTTP_LISTEN="9101") as bot:
        assert await bot.ended() == 1
    assert re.fullmatch(r"environment: HTTP_LISTEN: must be a host and a port .*\n", bot.log)


async def test_every_metric_of_the_dashboard_exists(world: World, tmp_path: Path, listen: str) -> None:
    async with running_bot(world, tmp_path / "bot.db", HTTP_LISTEN=listen):
        await Chatter(world, "Ana").says("/start")
        _, text = await fetched(listen, "/metrics")
    there = set(re.findall(r"^# TYPE (\w+)", text, re.MULTILINE))
    dashboard = json.loads((ROOT / "deploy/grafana.json").read_text(encoding="utf-8"))
    asked = [target["expr"] for panel in dashboard["panels"] for target in panel.get("targets", ())]
    named = {name for expr in asked for name in re.findall(r"\b(?:firstlabel|process|python)_\w+", expr)}
    assert len(named) > 8
    assert {re.sub(r"_(bucket|count|sum|info)$", "", name) for name in named} <= {
        re.sub(r"_info$", "", name) for name in there
    }

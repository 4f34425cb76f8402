"""Turns that fail: an apology, a reference code, and nobody's words in the log."""

from __future__ import annotations

import logging
import re

import pytest

from bot.playground.standin.world import World
from bot.telegram_io.attempts import TRIES
from tests.telegram_io.chatting import Visitor
from tests.telegram_io.conftest import TOKEN, Running
from tests.telegram_io.fakes import MemoryStore


@pytest.mark.usefixtures("working")
async def test_an_update_that_cannot_be_read_is_logged_and_the_rest_flow_on(
    world: World, ann: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    world.say(ann.id, "before")
    world.push({"message": "not a message", "note": "private words"})
    world.push(
        {
            "message": {
                "message_id": 1,
                "date": 0,
                "chat": {"id": ann.id, "type": "private"},
                "from": {"id": []},
            }
        }
    )
    world.push({"callback_query": {"id": "1", "from": {"id": "x", "is_bot": False, "first_name": "A"}}})
    world.push({"message": {"message_id": 1}})
    world.push({})
    world.say(ann.id, "after")
    await world.wait_until(lambda: len(ann.from_bot()) == 2)
    assert ann.sees() == "You said: after"
    reports = [
        record.getMessage() for record in caplog.records if "reading an update failed" in record.getMessage()
    ]
    assert len(reports) == 4
    assert all(re.search(r"ref=[0-9A-Z]{6} update=\d+", report) for report in reports)
    assert "private words" not in caplog.text


@pytest.mark.usefixtures("working")
async def test_a_failure_ends_in_a_kind_sentence_with_a_code_that_is_in_the_log(
    ann: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    message = await ann.says("/break my diary")
    code = re.search(r"Code ([0-9A-Z]{6})", message["text"])
    assert code is not None
    assert f"ref={code[1]} person={ann.id}" in caplog.text
    assert "KeyError" in caplog.text
    assert "in _command" in caplog.text
    assert "my diary" not in caplog.text


@pytest.mark.usefixtures("working")
async def test_a_failed_tap_is_answered_too(ann: Visitor) -> None:
    await ann.says("/start")
    await ann.taps("Break")
    assert ann.sees().startswith("Sorry")
    assert len(ann.from_bot()) == 2


@pytest.mark.usefixtures("working")
async def test_a_broken_store_ends_in_an_apology_and_the_next_turn_works(
    ann: Visitor, store: MemoryStore
) -> None:
    store.error = OSError("disk I/O error")
    assert (await ann.says("hello"))["text"].startswith("Sorry")
    store.error = None
    assert (await ann.says("hello"))["text"] == "You said: hello"


@pytest.mark.usefixtures("working")
@pytest.mark.parametrize("command", ["/empty", "/unfit"])
async def test_a_screen_that_telegram_cannot_show_ends_in_an_apology(ann: Visitor, command: str) -> None:
    assert (await ann.says(command))["text"].startswith("Sorry")
    assert (await ann.says("hello"))["text"] == "You said: hello"


async def test_the_log_has_one_line_a_turn_with_ids_only(
    running: Running, ann: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with running():
        await ann.says("my diary")
    turns = [record for record in caplog.records if record.getMessage().startswith("turn ")]
    assert [record.levelno for record in turns] == [logging.INFO]
    assert re.fullmatch(
        rf"turn person={ann.id} update=\d+ area=echo ms=\d+\.\d outcome=shown", turns[0].getMessage()
    )
    for record in caplog.records:
        line = logging.Formatter().format(record)
        if record.name.startswith("bot."):
            assert TOKEN.partition(":")[2] not in line
            assert "diary" not in line
            assert "Ann" not in line


@pytest.mark.usefixtures("working")
async def test_a_turn_that_fails_has_its_line_too_and_its_code_can_be_looked_up(
    ann: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    apology = (await ann.says("/break my diary"))["text"]
    reference = apology.rpartition(" ")[2]
    turns = [record.getMessage() for record in caplog.records if record.getMessage().startswith("turn ")]
    assert len(turns) == TRIES
    assert all(line.endswith("outcome=failed") for line in turns)
    (told,) = (record for record in caplog.records if f"ref={reference}" in record.getMessage())
    assert told.fields["ref"] == reference  # type: ignore[attr-defined]
    assert "diary" not in told.getMessage()

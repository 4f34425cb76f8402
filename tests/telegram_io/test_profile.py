from __future__ import annotations

import pytest

from bot.playground.standin import faults
from bot.playground.standin.world import World
from bot.telegram_io.connection import Bot
from bot.telegram_io.profile import publish
from tests.telegram_io.fakes import Sleeper, SmallGuide, SmallMenu


def changes(world: World) -> list[str]:
    return [call.method for call in world.calls if call.method.startswith("set")]


async def test_every_language_has_its_commands_and_descriptions(world: World, bot: Bot) -> None:
    await publish(bot, SmallGuide(("en", "es")))
    assert world.commands() == [
        {"command": "start", "description": "begin (en)"},
        {"command": "help", "description": "help (en)"},
    ]
    assert world.commands("es")[0]["description"] == "begin (es)"
    assert world.descriptions["description"] == {"": "about (en)", "es": "about (es)"}
    assert world.descriptions["short_description"] == {"": "short (en)", "es": "short (es)"}
    assert world.descriptions["name"] == {"": "Firstlabel"}, "the name is its owner's to choose"


async def test_what_is_so_already_is_left_alone(world: World, bot: Bot) -> None:
    await publish(bot, SmallGuide())
    first = changes(world)
    await publish(bot, SmallGuide())
    assert changes(world) == first
    assert len(first) == 6


async def test_a_language_is_told_by_its_two_letters_once(world: World, bot: Bot) -> None:
    await publish(bot, SmallGuide(("en", "pt-br", "pt", "fil", "en-gb", "zh-hant")))
    assert world.descriptions["description"] == {
        "": "about (en)",
        "pt": "about (pt)",
        "zh": "about (zh-hant)",
    }


async def test_a_failure_is_logged_and_no_more(
    world: World, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    world.faults.add("setMyDescription", faults.server_error())
    await publish(bot, SmallGuide())
    assert "profile was not brought up to date (NetworkError" in caplog.text


async def test_a_pause_that_telegram_asks_for_is_waited_out(world: World, bot: Bot, sleeper: Sleeper) -> None:
    world.faults.add("setMyDescription", faults.too_many(3600), times=1)
    await publish(bot, SmallGuide())
    assert sleeper.waits == [3600]
    assert world.descriptions["description"][""] == "about (en)"


async def test_a_profile_that_cannot_be_written_is_reported_and_no_more(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    class Wordless(SmallGuide):
        def menu(self, language: str | None) -> SmallMenu:
            raise LookupError(language)

    await publish(bot, Wordless())
    assert "bringing the bot's profile up to date failed ref=" in caplog.text

"""Commands, names, descriptions and menu buttons."""

from __future__ import annotations

from typing import Any

import pytest

from bot.playground.standin import World
from bot.playground.standin.people import Person

from .client import Api

START = {"command": "start", "description": "Begin"}
HELP = {"command": "help", "description": "Help"}


async def test_a_person_sees_the_commands_of_their_language_and_chat(
    api: Api, ann: Person, world: World
) -> None:
    private = {"type": "all_private_chats"}
    await api.ok("setMyCommands", commands=[START])
    await api.ok("setMyCommands", commands=[HELP], language_code="es")
    assert world.menu(ann.id) == [START]
    world.set_language(ann.id, "es-MX")
    assert world.menu(ann.id) == [HELP]
    await api.ok("setMyCommands", commands=[START, HELP], scope=private)
    assert world.menu(ann.id) == [START, HELP]
    await api.ok("setMyCommands", commands=[HELP, START], scope={"type": "chat", "chat_id": ann.id})
    assert world.menu(ann.id) == [HELP, START]
    for scope in ({"type": "chat", "chat_id": ann.id}, private, {"type": "default"}):
        assert await api.ok("deleteMyCommands", scope=scope) is True
    assert world.menu(ann.id) == [HELP]
    assert world.commands() == world.commands("es", "all_private_chats") == []
    assert world.commands("es") == await api.ok("getMyCommands", language_code="es") == [HELP]
    assert await api.ok("getMyCommands", scope=private) == []
    await api.ok("deleteMyCommands", language_code="es")
    assert world.menu(ann.id) == []


async def test_a_slash_and_white_space_around_a_command_are_dropped(api: Api, world: World) -> None:
    await api.ok("setMyCommands", commands=[{"command": " /start ", "description": " Begin "}])
    assert world.commands() == [START]


@pytest.mark.parametrize(
    ("commands", "complaint"),
    [
        ([{"command": "", "description": "d"}], "command must be non-empty"),
        ([{"command": "x" * 33, "description": "d"}], "command length must not exceed 32"),
        ([{"command": "x", "description": " "}], "command description must be non-empty"),
        ([{"command": "x", "description": "d" * 257}], "command description length must not exceed 256"),
        ([{"command": "Start", "description": "d"}], "BOT_COMMAND_INVALID"),
        ([{"command": "my-data", "description": "d"}], "BOT_COMMAND_INVALID"),
        ([{"command": "é", "description": "d"}], "BOT_COMMAND_INVALID"),
        ([START] * 101, "BOT_COMMANDS_TOO_MUCH"),
        ([{"command": "x"}], "can't parse BotCommand: Can't find field \"description\""),
        (["start"], "can't parse BotCommand: expected an Object"),
    ],
)
async def test_a_command_telegram_would_refuse_is_refused(
    api: Api, commands: list[Any], complaint: str
) -> None:
    assert await api.refused("setMyCommands", commands=commands) == f"Bad Request: {complaint}"


async def test_the_limits_themselves_are_taken(api: Api) -> None:
    command = {"command": "x" * 32, "description": "d" * 256}
    assert await api.ok("setMyCommands", commands=[command] * 100)


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ({"language_code": "english"}, "invalid language code specified"),
        ({"language_code": "EN"}, "invalid language code specified"),
        ({"scope": {"type": "galaxy"}}, "can't parse BotCommandScope: Unsupported type specified"),
        ({"scope": {"type": "chat", "chat_id": 5}}, "chat not found"),
        ({"scope": {"type": "chat"}}, "chat_id is empty"),
    ],
)
async def test_languages_and_scopes_are_checked(api: Api, params: dict[str, Any], complaint: str) -> None:
    assert await api.refused("getMyCommands", **params) == f"Bad Request: {complaint}"


@pytest.mark.parametrize(
    ("method", "key", "limit", "complaint"),
    [
        ("Name", "name", 64, "BOT_TITLE_INVALID"),
        ("Description", "description", 512, "DESCRIPTION_TOO_LONG"),
        ("ShortDescription", "short_description", 120, "ABOUT_TOO_LONG"),
    ],
)
async def test_names_and_descriptions_are_kept_by_language_within_their_limits(
    api: Api, world: World, *, method: str, key: str, limit: int, complaint: str
) -> None:
    assert await api.ok(f"setMy{method}", **{key: "x" * limit})
    assert await api.ok(f"setMy{method}", **{key: "hola"}, language_code="es")
    assert await api.ok(f"getMy{method}", language_code="es") == {key: "hola"}
    assert await api.ok(f"getMy{method}", language_code="fr") == {key: "x" * limit}
    assert world.descriptions[key] == {"": "x" * limit, "es": "hola"}
    assert await api.ok(f"setMy{method}", language_code="es")
    assert await api.ok(f"getMy{method}", language_code="es") == {key: "x" * limit}
    refusal = await api.refused(f"setMy{method}", **{key: "x" * (limit + 1)})
    assert refusal == f"Bad Request: {complaint}"


async def test_the_menu_button_is_set_for_one_chat_or_all(api: Api, ann: Person) -> None:
    app = {"type": "web_app", "text": "Open", "web_app": {"url": "https://example.org/"}}
    assert await api.ok("getChatMenuButton") == {"type": "commands"}
    await api.ok("setChatMenuButton", menu_button=app)
    assert await api.ok("getChatMenuButton", chat_id=ann.id) == app
    await api.ok("setChatMenuButton", chat_id=ann.id, menu_button={"type": "commands"})
    assert await api.ok("getChatMenuButton", chat_id=ann.id) == {"type": "commands"}
    await api.ok("setChatMenuButton", chat_id=ann.id)
    await api.ok("setChatMenuButton")
    assert await api.ok("getChatMenuButton", chat_id=ann.id) == {"type": "commands"}
    assert (
        await api.refused("setChatMenuButton", menu_button={"type": "pizza"})
        == "Bad Request: can't parse MenuButton: Unsupported type specified"
    )


async def test_a_bot_cannot_be_without_a_name(api: Api) -> None:
    assert await api.ok("setMyName", name="")
    assert await api.ok("getMyName") == {"name": "Firstlabel"}

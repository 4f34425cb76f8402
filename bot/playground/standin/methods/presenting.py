"""How the bot presents itself: commands, names, descriptions, menu buttons."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from .. import rules
from ..params import Params
from ..rules import bad_request
from ..world import World
from .targets import target

Json = dict[str, Any]

SCOPES: Final = frozenset(
    [
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    ]
)
_COMMAND: Final = re.compile(r"[a-z0-9_]+")
_LANGUAGE: Final = re.compile(r"[a-z]{2}")


def set_my_commands(world: World, params: Params) -> bool:
    commands = [_command(item) for item in params.array("commands")]
    if len(commands) > rules.COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    language, scope = _language(params), _scope(world, params)
    world.set_commands(language, scope, commands)
    return True


def _command(item: Any) -> Json:
    if not isinstance(item, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    for field in ("command", "description"):
        if not isinstance(item.get(field), str):
            raise bad_request(f"can't parse BotCommand: Can't find field \"{field}\"")
    command, description = item["command"].strip().removeprefix("/"), item["description"].strip()
    if not command:
        raise bad_request("command must be non-empty")
    if len(command) > rules.COMMAND_LENGTH:
        raise bad_request(f"command length must not exceed {rules.COMMAND_LENGTH}")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > rules.COMMAND_DESCRIPTION:
        raise bad_request(f"command description length must not exceed {rules.COMMAND_DESCRIPTION}")
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": command, "description": description}


def _language(params: Params) -> str:
    code = params.text("language_code")
    if code and not _LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code


def _scope(world: World, params: Params) -> Json:
    scope = params.object("scope") or {"type": "default"}
    if scope.get("type") not in SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if str(scope["type"]).startswith("chat"):
        scope = {**scope, "chat_id": target(world, Params(scope)).id}
    return scope


def delete_my_commands(world: World, params: Params) -> bool:
    world.set_commands(_language(params), _scope(world, params), [])
    return True


def get_my_commands(world: World, params: Params) -> list[Json]:
    return world.profile.commands(_language(params), _scope(world, params))


def setter(key: str, limit: int, complaint: str) -> Callable[[World, Params], bool]:
    """The method that sets a name or description."""

    def change(world: World, params: Params) -> bool:
        text = params.text(key).strip()
        if len(text) > limit:
            raise bad_request(complaint)
        world.set_profile_text(key, _language(params), text)
        return True

    return change


def getter(key: str) -> Callable[[World, Params], Json]:
    """The method that tells a name or description."""

    def tell(world: World, params: Params) -> Json:
        return {key: world.profile.text(key, _language(params))}

    return tell


def set_chat_menu_button(world: World, params: Params) -> bool:
    chat_id = target(world, params).id if params.given("chat_id") else 0
    button = params.object("menu_button") or {"type": "default"}
    if button.get("type") not in ("commands", "web_app", "default"):
        raise bad_request("can't parse MenuButton: Unsupported type specified")
    world.profile.set_menu_button(chat_id, button)
    return True


def get_chat_menu_button(world: World, params: Params) -> Json:
    return world.profile.menu_button(target(world, params).id if params.given("chat_id") else 0)


METHODS: Final[dict[str, Callable[[World, Params], Any]]] = {
    "setMyCommands": set_my_commands,
    "deleteMyCommands": delete_my_commands,
    "getMyCommands": get_my_commands,
    "setMyName": setter("name", rules.NAME_LIMIT, "BOT_TITLE_INVALID"),
    "setMyDescription": setter("description", rules.DESCRIPTION_LIMIT, "DESCRIPTION_TOO_LONG"),
    "setMyShortDescription": setter("short_description", rules.SHORT_DESCRIPTION_LIMIT, "ABOUT_TOO_LONG"),
    "getMyName": getter("name"),
    "getMyDescription": getter("description"),
    "getMyShortDescription": getter("short_description"),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}

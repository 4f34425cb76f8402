"""Telegram's menu for operators, each in their own chat: what everybody has, and the commands that only they have."""

from __future__ import annotations

import logging
from collections.abc import Collection

from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import BadRequest, Forbidden
from telegram.error import TelegramError as ApiError

from bot.errors import StoreError
from bot.references import report
from bot.telegram_io.failures import classify
from bot.telegram_io.ports import Desk, Notes, Turns
from bot.telegram_io.profile import codes

NOTE = "menus of operators"
"""Under this name is noted in whose chats such a menu was set, so that it can be taken from whoever is none any more."""

_log = logging.getLogger(__name__)


async def publish_to_operators(bot: Bot, guide: Turns, desk: Desk, notes: Notes) -> None:
    """Make these menus what guide and desk say, changing only what differs.

    The bot works without any of it, so a failure is logged and no more.
    """
    try:
        noted = await notes.note(NOTE) or ""
        former = {int(each) for each in noted.split()}
        if former or desk.people:
            await notes.take_note(NOTE, _listed(former | set(desk.people)))
        for person in sorted(desk.people):
            await _menu(bot, guide, desk, person)
        for person in sorted(former - set(desk.people)):
            await _no_menu(bot, guide, person)
        if former - set(desk.people):
            await notes.take_note(NOTE, _listed(desk.people))
    except (ApiError, StoreError) as error:
        detail = classify(error).detail if isinstance(error, ApiError) else error
        _log.warning("the operators' menus were not brought up to date (%s)", detail)
    except Exception as error:
        report(_log, "bringing the operators' menus up to date", error)


async def _menu(bot: Bot, guide: Turns, desk: Desk, person: int) -> None:
    scope = BotCommandScopeChat(person)
    try:
        for language, code in codes(guide.languages):
            listed = (*desk.commands(language), *guide.menu(language).commands)
            commands = tuple(BotCommand(name, description) for name, description in listed)
            if await bot.get_my_commands(scope=scope, language_code=code) != commands:
                await bot.set_my_commands(commands, scope=scope, language_code=code)
    except (BadRequest, Forbidden) as error:
        _log.warning(
            "an operator has no menu of their own yet: they must /start the bot, and it must start anew after that"
            " person=%d (%s)",
            person,
            classify(error).detail,
        )


async def _no_menu(bot: Bot, guide: Turns, person: int) -> None:
    try:
        for _, code in codes(guide.languages):
            await bot.delete_my_commands(scope=BotCommandScopeChat(person), language_code=code)
    except (BadRequest, Forbidden) as error:
        _log.info("a former operator's menu is out of reach person=%d (%s)", person, classify(error).detail)


def _listed(people: Collection[int]) -> str:
    return " ".join(str(each) for each in sorted(people))

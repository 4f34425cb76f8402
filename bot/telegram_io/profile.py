"""The bot's profile at Telegram: its commands and descriptions in each language."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence

from telegram import Bot, BotCommand
from telegram.error import TelegramError as ApiError

from bot.references import report
from bot.telegram_io.failures import classify
from bot.telegram_io.ports import Menu, Turns

_log = logging.getLogger(__name__)


async def publish(bot: Bot, guide: Turns) -> None:
    """Make the profile what the guide says, changing only what differs: Telegram limits how often one may.

    The bot works without any of it, so a failure is logged and no more. The bot's name is its owner's to
    choose, at @BotFather.
    """
    try:
        await bring_up_to_date(bot, guide)
    except ApiError as error:
        _log.warning("the bot's profile was not brought up to date (%s)", classify(error).detail)
    except Exception as error:
        report(_log, "bringing the bot's profile up to date", error)


async def bring_up_to_date(bot: Bot, guide: Turns) -> None:
    """As :func:`publish`. Raises :class:`telegram.error.TelegramError`."""
    for language, code in codes(guide.languages):
        await _publish(bot, guide.menu(language), code)


async def _publish(bot: Bot, menu: Menu, code: str | None) -> None:
    commands = tuple(BotCommand(name, description) for name, description in menu.commands)
    if await bot.get_my_commands(language_code=code) != commands:
        await bot.set_my_commands(commands, language_code=code)
    if (await bot.get_my_description(language_code=code)).description != menu.about:
        await bot.set_my_description(menu.about, language_code=code)
    if (await bot.get_my_short_description(language_code=code)).short_description != menu.short_about:
        await bot.set_my_short_description(menu.short_about, language_code=code)


def codes(languages: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """Each language and what Telegram calls it: two letters, or nothing for all languages without their own."""
    base, *others = languages
    yield None, None
    taken = {base.partition("-")[0]}
    # The shorter tag first: "pt" speaks for all Portuguese before "pt-br" may.
    for language in sorted(others, key=len):
        code = language.partition("-")[0]
        if len(code) == 2 and code not in taken:
            taken.add(code)
            yield language, code

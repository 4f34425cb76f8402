"""``python -m bot setup``: from a token to a bot that knows its operator, by a few questions."""

from __future__ import annotations

import asyncio
import getpass
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from bot.content.library import Library
from bot.env_file import chosen, read_env_file, write_env_file
from bot.errors import SettingsError, TelegramError
from bot.guide.guide import Guide
from bot.references import new_reference
from bot.settings import Settings, read_settings
from bot.telegram_io.first_contact import FirstContact, RefusedError

TRIES = 3
"""So many tokens may be wrong before it ends."""

WAIT_SECONDS = 300.0
"""How long the code is waited for."""

_TOKEN, _ADMINS = "TELEGRAM_BOT_TOKEN", "ADMIN_IDS"
_NAMES = (_TOKEN, "BOT_API_URL", _ADMINS)


class Console(Protocol):
    """Whoever is asked."""

    def secret(self, question: str) -> str:
        """An answer that nobody sees."""

    def ask(self, question: str) -> str:
        """An answer."""

    def say(self, text: str) -> None:
        """Tell something."""


class Terminal:
    """A :class:`Console` on standard input and output."""

    def secret(self, question: str) -> str:
        if not sys.stdin.isatty():
            raise SettingsError("setup asks questions: run it in a terminal, or fill in .env by hand")
        return getpass.getpass(question)

    def ask(self, question: str) -> str:
        return input(question)

    def say(self, text: str) -> None:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()


class Setup:
    """Asks ``console`` and writes ``folder``'s ``.env``. ``library`` has what the bot says about itself."""

    def __init__(
        self,
        console: Console,
        library: Library,
        *,
        folder: Path = Path(),
        environ: Mapping[str, str] | None = None,
        new_code: Callable[[], str] = new_reference,
        wait: float = WAIT_SECONDS,
    ) -> None:
        self._console = console
        self._library = library
        self._file = folder / ".env"
        self._template = folder / ".env.example"
        self._environ = os.environ if environ is None else environ
        self._new_code = new_code
        self._wait = wait

    def run(self) -> None:
        """Everything. Raises :class:`bot.errors.FirstlabelError`; what was found out by then is in the file."""
        settings = self._proven()
        token = settings.require_token().get_secret_value()
        write_env_file(self._file, {_TOKEN: token}, self._template)
        self._console.say(f"{self._file}: has the token now; nobody but you can read it.")
        if self._environ.get(_TOKEN):
            self._console.say(f"{_TOKEN} is set in the environment, too, which wins over the file.")
        asyncio.run(self._publish(settings))
        self._operator(settings)
        self._console.say("Done. Start the bot: make run")

    def _proven(self) -> Settings:
        """Settings with a token that Telegram knows."""
        known = self._given().get(_TOKEN, "")
        keep = " (or press Enter to keep the one you have)" if known else ""
        for tries_left in range(TRIES - 1, -1, -1):
            token = (
                self._console.secret(f"The token from @BotFather{keep}; it stays hidden: ").strip() or known
            )
            try:
                settings = self._settings_with(token)
                settings.require_token()
                username = asyncio.run(self._username(settings))
            except (SettingsError, RefusedError) as error:
                if not tries_left:
                    raise
                self._console.say(_without_place(str(error)))
            else:
                self._console.say(f"Telegram knows it: this is @{username}.")
                return settings
        raise AssertionError("the last try returns or raises")

    async def _username(self, settings: Settings) -> str:
        async with self._contact(settings) as contact:
            return contact.username

    async def _publish(self, settings: Settings) -> None:
        name = self._library.bot.name
        async with self._contact(settings) as contact:
            rename = contact.name != name and self._yes(
                f'Its name is "{contact.name}". Change it to "{name}"? [y/N] ', default=False
            )
            await contact.publish(Guide(self._library, contact.username), name if rename else None)
        self._console.say("Its descriptions and its menu are set.")

    def _operator(self, settings: Settings) -> None:
        if not self._yes(
            "Do you want to be its operator (/stats, /broadcast and more)? [Y/n] ", default=True
        ):
            return
        try:
            operator = asyncio.run(self._sender(settings))
        except TelegramError as error:
            self._console.say(f"{error}. You can set {_ADMINS} in {self._file} yourself.")
            return
        if operator is None:
            self._console.say(
                f"The code did not come. Run this again, or set {_ADMINS} in {self._file} yourself."
            )
            return
        ids = sorted(settings.admin_ids | {operator})
        write_env_file(self._file, {_ADMINS: ",".join(map(str, ids))})
        self._console.say(f"You are its operator: your number is {operator}.")

    async def _sender(self, settings: Settings) -> int | None:
        code = self._new_code()
        async with self._contact(settings) as contact:
            self._console.say(
                f"Open https://t.me/{contact.username}?start={code} and press Start; or send the bot this code: {code}"
            )
            return await contact.sender_of(code, self._wait)

    def _contact(self, settings: Settings) -> FirstContact:
        return FirstContact(settings.require_token().get_secret_value(), settings.bot_api_url)

    def _settings_with(self, token: str) -> Settings:
        # Of the file only what matters here: what else is wrong in it is told at the start of the bot.
        return read_settings(Path(os.devnull), {**self._given(), _TOKEN: token})

    def _given(self) -> dict[str, str]:
        found = chosen(_NAMES, read_env_file(self._file), self._environ)
        return {name: given.value for name, given in found.items()}

    def _yes(self, question: str, *, default: bool) -> bool:
        answer = self._console.ask(question).strip().lower()
        return default if not answer else answer.startswith("y")


def _without_place(error: str) -> str:
    return error.removeprefix(f"environment: {_TOKEN}: ").removeprefix(f"{_TOKEN}: ")

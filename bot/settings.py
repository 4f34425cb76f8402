"""Environment and ``.env`` become one frozen :class:`Settings`, or one line for each value that is wrong.

No message repeats a value: a token pasted into the wrong place would be in the log for good.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import parse_qs, unquote, urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from bot.env_file import Given, chosen, read_env_file
from bot.errors import SettingsError
from bot.webhook_site import (
    HOW_TO_MAKE_ONE,
    TELEGRAMS_API,
    WebhookSite,
    check_port,
    checked_secret,
    checked_url,
    segment_of,
    split_listen,
)

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{20,}")
_EXAMPLE = "123456789:AA..."
_QUOTES = "\"'`“”‘’«»"


def _token(secret: SecretStr) -> SecretStr:
    value = secret.get_secret_value()
    if value.strip() != value or any(character.isspace() for character in value):
        raise ValueError(f"has a space or a line break in it: write the token alone, such as {_EXAMPLE}")
    if value.strip(_QUOTES) != value:
        raise ValueError(f"has quotes around it: write the token alone, such as {_EXAMPLE}")
    if "/" in value:
        raise ValueError(f"is an address: write only the token from it, such as {_EXAMPLE}")
    if re.match(r"bot\d+:", value, re.IGNORECASE):
        raise ValueError(f'begins with "bot", which belongs to the address: leave it out, {_EXAMPLE}')
    if not _TOKEN.fullmatch(value):
        raise ValueError(f"is not a token: copy it from @BotFather's message whole, it looks like {_EXAMPLE}")
    return secret


def _api_url(url: str) -> str:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
        parts = urlsplit("")
    if not usable or any(character.isspace() for character in url):
        raise ValueError("is not an address: write one such as https://api.telegram.org")
    if parts.query or parts.fragment or parts.username is not None or "/bot" in parts.path:
        raise ValueError(
            "holds more than the address: leave out /bot and what follows, user and password, ? and #"
        )
    return url.rstrip("/")


def _database_url(url: str) -> str:
    try:
        usable = re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", url) and urlsplit(url)
    except ValueError:
        usable = None
    if not usable:
        raise ValueError("is not a database's URL: write one such as sqlite:///data/firstlabel.db")
    return url


def _listen(listen: str) -> str:
    split_listen(listen)
    return listen


def _webhook_secret(secret: SecretStr) -> SecretStr:
    checked_secret(secret.get_secret_value())
    return secret


def _sentry_dsn(secret: SecretStr) -> SecretStr:
    try:
        parts = urlsplit(secret.get_secret_value())
        usable = (
            parts.scheme in {"http", "https"} and parts.hostname and parts.username and len(parts.path) > 1
        )
    except ValueError:
        usable = False
    if not usable:
        raise ValueError("is not a DSN: copy it whole from Sentry (Settings, Client Keys)")
    return secret


def _admin_ids(value: object) -> object:
    if not isinstance(value, str):
        return value
    ids = value.replace(",", " ").split()
    if not all(re.fullmatch(r"[1-9][0-9]{0,15}", each) for each in ids):
        raise ValueError(
            "must be numbers, separated by commas, such as 123456789,987654321: Telegram's ids of people (names do not"
            " count, for anybody may take them)"
        )
    return frozenset(map(int, ids))


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]


class Settings(BaseModel):
    """How this bot runs here. Each field but the last is the setting of that name in capitals."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    telegram_bot_token: Annotated[SecretStr, AfterValidator(_token)] | None = None
    bot_api_url: Annotated[str, AfterValidator(_api_url)] = TELEGRAMS_API
    database_url: Annotated[str, AfterValidator(_database_url)] = Field(
        default="sqlite:///data/firstlabel.db", repr=False
    )
    """May hold a password, so it is in no ``repr``."""
    webhook_url: Annotated[str | None, AfterValidator(checked_url)] = None
    """``None``: the bot polls."""
    webhook_listen: Annotated[str, AfterValidator(_listen)] = "127.0.0.1:8081"
    webhook_secret: Annotated[SecretStr, AfterValidator(_webhook_secret)] | None = Field(
        default=None, validate_default=True
    )
    content_dir: Path = Path("content")
    admin_ids: Annotated[frozenset[int], BeforeValidator(_admin_ids)] = frozenset()
    """Telegram's ids of those who may do what operators may."""
    http_listen: Annotated[str, AfterValidator(_listen)] | None = None
    """Where health and metrics are told; ``None``: nowhere."""
    sentry_dsn: Annotated[SecretStr, AfterValidator(_sentry_dsn)] | None = None
    """Where failures are sent to; ``None``: nowhere."""
    semantic: Annotated[Literal["on", "off"], BeforeValidator(_lower)] = "on"
    """Whether the sentence encoder is used where it is installed."""
    bulk_rate: Annotated[int, Field(ge=1, le=1000)] = 25
    log_level: Annotated[LogLevel, BeforeValidator(_upper)] = "INFO"
    log_format: Annotated[Literal["text", "json"], BeforeValidator(_lower)] = "text"

    warnings: tuple[str, ...] = ()
    """One line for each name in ``.env`` that looks like a setting mistyped; to be logged at the start."""

    @field_validator("webhook_url")
    @classmethod
    def _to_a_port_that_is_delivered_to(cls, url: str | None, info: ValidationInfo) -> str | None:
        if url is not None and info.data.get("bot_api_url") == TELEGRAMS_API:
            check_port(url)
        return url

    @field_validator("webhook_secret")
    @classmethod
    def _needed_by_url(cls, secret: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if secret is None and info.data.get("webhook_url"):
            raise ValueError(f"is missing, and WEBHOOK_URL needs it: make one with {HOW_TO_MAKE_ONE}")
        return secret

    def webhook_site(self) -> WebhookSite | None:
        """Where the webhook is; ``None`` when the bot polls."""
        if self.webhook_url is None or self.webhook_secret is None:
            return None
        host, port = split_listen(self.webhook_listen)
        return WebhookSite(self.webhook_url, host, port, self.webhook_secret.get_secret_value())

    def require_token(self) -> SecretStr:
        """The token. Raises :class:`~bot.errors.SettingsError` when there is none."""
        if self.telegram_bot_token is None:
            hints = [warning for warning in self.warnings if "TELEGRAM_BOT_TOKEN" in warning]
            raise SettingsError(
                "\n".join(
                    [f"TELEGRAM_BOT_TOKEN: is missing: write TELEGRAM_BOT_TOKEN={_EXAMPLE} in .env", *hints]
                )
            )
        return self.telegram_bot_token

    def secrets(self) -> tuple[str, ...]:
        """What may never be seen: the token, whole and its secret half, the database's password, the webhook's
        secret and the path that follows from it, the key for Sentry."""
        token = self.telegram_bot_token.get_secret_value() if self.telegram_bot_token else ""
        webhook = self.webhook_secret.get_secret_value() if self.webhook_secret else ""
        segment = segment_of(webhook) if webhook else ""
        dsn = self.sentry_dsn.get_secret_value() if self.sentry_dsn else ""
        secrets = (token, token.partition(":")[2], *passwords_in(self.database_url), webhook, segment, dsn)
        return tuple(filter(None, secrets))


def passwords_in(database_url: str) -> tuple[str, ...]:
    """In each form in which they may be seen; all of a URL that cannot be read."""
    try:
        parts = urlsplit(database_url)
    except ValueError:
        return (database_url,)
    password = parts.password or ""
    # PostgreSQL's URLs may also have it behind the question mark.
    return (password, unquote(password), *parse_qs(parts.query).get("password", []))


NAMES = tuple(field.upper() for field in Settings.model_fields if field != "warnings")
"""The settings there are."""

_ADVICE = {"BULK_RATE": "must be a whole number from 1 to 1000"}
"""Where what the model says of a wrong value is not for people."""

_ASKED_FOR_BY = {"WEBHOOK_SECRET": "WEBHOOK_URL"}
"""What may be missing, and the setting that makes it so."""


def read_settings(env_file: Path = Path(".env"), environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from ``environ`` (by default the process's own), then from ``env_file``, if there is one.

    An empty value is an unset one. A name in the file that is no setting is left alone, for other programs may
    read the same file; if it looks like a setting mistyped, ``Settings.warnings`` says so. Raises
    :class:`~bot.errors.SettingsError` with a line for each wrong value.
    """
    in_file = read_env_file(env_file)
    given = chosen(NAMES, in_file, os.environ if environ is None else environ)
    warnings = tuple(filter(None, (_mistyped(name, at.origin) for name, at in in_file.items())))
    try:
        return Settings(
            **{name.lower(): at.value for name, at in given.items()},
            warnings=warnings,
        )
    except ValidationError as error:
        # Pydantic's own error knows the values, so it goes no further.
        lines = [_line(str(fault["loc"][0]).upper(), fault["msg"], given) for fault in error.errors()]
        raise SettingsError("\n".join(lines)) from None


def read_content_dir(env_file: Path = Path(".env"), environ: Mapping[str, str] | None = None) -> Path:
    """``CONTENT_DIR`` alone, for those who work on content: what else is wrong in the settings is not theirs."""
    in_process = os.environ if environ is None else environ
    given = chosen(("CONTENT_DIR",), read_env_file(env_file), in_process)
    return Path(given["CONTENT_DIR"].value) if given else Settings().content_dir


def _line(name: str, message: str, given: Mapping[str, Given]) -> str:
    advice = _ADVICE.get(name) or message.removeprefix("Value error, ")
    if advice.startswith("Input should be "):
        advice = "must be " + advice.removeprefix("Input should be ").replace("'", "")
    at = given.get(name) or given[_ASKED_FOR_BY[name]]
    return f"{at.origin}: {name}: {advice}"


def _mistyped(name: str, origin: str) -> str | None:
    if name in NAMES:
        return None
    near = get_close_matches(name.upper(), NAMES, n=1, cutoff=0.66)
    return f"{origin}: {name}: is not a setting: did you mean {near[0]}?" if near else None

"""Settings come from the environment and ``.env``; what is wrong is told in one line, and no secret ever."""

from __future__ import annotations

import os
import re
import traceback
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from bot.errors import SettingsError
from bot.settings import NAMES, Settings, passwords_in, read_settings
from bot.webhook_site import WebhookSite

CANARY = "AAkanarienvogelkanarienvogelkanarie"
TOKEN = f"123456789:{CANARY}"
SECRET = f"webhook-{CANARY}"
EXAMPLE = Path(__file__).parent.parent / ".env.example"


@pytest.fixture
def env_file(tmp_path: Path) -> Path:
    return tmp_path / ".env"


def _told(env_file: Path, **environ: str) -> list[str]:
    with pytest.raises(SettingsError) as refused:
        read_settings(env_file, environ)
    return str(refused.value).splitlines()


def test_without_anything_given_everything_has_its_default(env_file: Path) -> None:
    settings = read_settings(env_file, {})
    assert settings == Settings()
    assert settings.telegram_bot_token is None
    assert settings.bot_api_url == "https://api.telegram.org"
    assert settings.database_url == "sqlite:///data/firstlabel.db"
    assert settings.content_dir == Path("content")
    assert settings.webhook_site() is None
    assert settings.admin_ids == frozenset()
    assert settings.bulk_rate == 25
    assert (settings.log_level, settings.log_format) == ("INFO", "text")
    assert settings.warnings == ()


def test_every_setting_can_be_given(env_file: Path) -> None:
    env_file.write_text(
        f"""\
# A comment
export TELEGRAM_BOT_TOKEN="{TOKEN}"
BOT_API_URL = http://127.0.0.1:8081/   # and another

DATABASE_URL=postgresql://bot:pa$$word@db/bot
CONTENT_DIR='packs/my pack'
WEBHOOK_URL=https://bot.example.org/telegram/
WEBHOOK_LISTEN=[::1]:9000
WEBHOOK_SECRET={SECRET}
ADMIN_IDS=123456789, 987654321,
SEMANTIC=OFF
BULK_RATE=1000
LOG_LEVEL=debug
LOG_FORMAT=JSON
"""
    )
    settings = read_settings(env_file, {})
    assert settings.require_token().get_secret_value() == TOKEN
    assert settings.bot_api_url == "http://127.0.0.1:8081"
    assert settings.database_url == "postgresql://bot:pa$$word@db/bot"
    assert settings.content_dir == Path("packs/my pack")
    assert settings.webhook_site() == WebhookSite("https://bot.example.org/telegram", "::1", 9000, SECRET)
    assert settings.admin_ids == {123456789, 987654321}
    assert settings.semantic == "off"
    assert settings.bulk_rate == 1000
    assert (settings.log_level, settings.log_format) == ("DEBUG", "json")


def test_the_environment_wins_over_the_file_and_an_empty_value_is_none(env_file: Path) -> None:
    env_file.write_text("LOG_LEVEL=ERROR\nLOG_FORMAT=json\nCONTENT_DIR=\n")
    settings = read_settings(env_file, {"LOG_LEVEL": "DEBUG", "LOG_FORMAT": "", "PATH": "/bin"})
    assert settings.log_level == "DEBUG"
    assert settings.log_format == "json"
    assert settings.content_dir == Path("content")


def test_without_an_environment_the_one_of_the_process_is_read(
    env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "CONTENT_DIR", "elsewhere")
    assert read_settings(env_file).content_dir == Path("elsewhere")


def test_a_file_saved_on_windows_is_read(env_file: Path) -> None:
    env_file.write_bytes("\ufeffLOG_LEVEL=DEBUG\r\nLOG_FORMAT=json\r\n".encode())
    settings = read_settings(env_file, {})
    assert (settings.log_level, settings.log_format) == ("DEBUG", "json")


@pytest.mark.parametrize(
    ("token", "told"),
    [
        (f'"{TOKEN}"', "has quotes around it"),
        (f"“{TOKEN}”", "has quotes around it"),
        (f" {TOKEN}", "has a space or a line break in it"),
        (f"{TOKEN}\n", "has a space or a line break in it"),
        (f"123456789: {CANARY}", "has a space or a line break in it"),
        (f"bot{TOKEN}", 'begins with "bot"'),
        (f"https://api.telegram.org/bot{TOKEN}/getMe", "is an address"),
        (CANARY, "is not a token"),
        ("123456789", "is not a token"),
        (f"123456789:{CANARY[:10]}", "is not a token"),
        (f"{TOKEN}…", "is not a token"),
        (f"TELEGRAM_BOT_TOKEN={TOKEN}", "is not a token"),
    ],
)
def test_a_token_pasted_wrongly_is_told_how_without_showing_it(env_file: Path, token: str, told: str) -> None:
    (line,) = _told(env_file, TELEGRAM_BOT_TOKEN=token)
    assert line.startswith(f"environment: TELEGRAM_BOT_TOKEN: {told}")
    assert "123456789:AA..." in line
    assert CANARY[:10] not in line


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("BOT_API_URL", "api.telegram.org", "is not an address: write one such as https://api.telegram.org"),
        ("BOT_API_URL", "ftp://x", "is not an address"),
        ("BOT_API_URL", "https://", "is not an address"),
        ("BOT_API_URL", "https://x:99999", "is not an address"),
        ("BOT_API_URL", "https://[x", "is not an address"),
        ("BOT_API_URL", "https://x y", "is not an address"),
        ("BOT_API_URL", f"https://x/bot{TOKEN}", "holds more than the address"),
        ("BOT_API_URL", "https://x?a=b", "holds more than the address"),
        ("BOT_API_URL", f"https://me:{CANARY}@x", "holds more than the address"),
        (
            "DATABASE_URL",
            "data/bot.db",
            "is not a database's URL: write one such as sqlite:///data/firstlabel.db",
        ),
        ("DATABASE_URL", f"postgresql://me:{CANARY}@[x", "is not a database's URL"),
        ("WEBHOOK_URL", "bot.example.org", "is not an address: write one such as https://bot."),
        ("WEBHOOK_URL", "https://", "is not an address"),
        ("WEBHOOK_URL", "https://x:99999", "is not an address"),
        ("WEBHOOK_URL", "https://x/a b", "is not an address"),
        ("WEBHOOK_URL", "https://x/a\x00", "is not an address"),
        *(
            (
                "WEBHOOK_URL",
                url,
                "has a port that Telegram does not deliver to: leave it out for 443, or write",
            )
            for url in ("https://x:8081/telegram", "https://x:444", "https://127.0.0.1.example.org:81")
        ),
        ("WEBHOOK_URL", "http://bot.example.org", "must begin with https://"),
        ("WEBHOOK_URL", "http://127.0.0.1.example.org", "must begin with https://"),
        ("WEBHOOK_URL", f"https://me:{CANARY}@x", "holds more than the address"),
        ("WEBHOOK_URL", f"https://x/?{CANARY}", "holds more than the address"),
        ("WEBHOOK_URL", "https://x/?", "holds more than the address"),
        ("WEBHOOK_URL", f"https://x/#{CANARY}", "holds more than the address"),
        *(
            ("WEBHOOK_LISTEN", value, "must be a host and a port from 1 to 65535, such as 127.0.0.1:8081")
            for value in (
                "8081",
                "127.0.0.1",
                ":8081",
                "127.0.0.1:0",
                "127.0.0.1:65536",
                "127.0.0.1:x",
                "::1:8081",
                "[::x]:8081",
                "[127.0.0.1]:8081",
                "[1::2::3]:80",
                "http://127.0.0.1:8081",
                "127.0.0.1:８０８１",
            )
        ),
        ("HTTP_LISTEN", "9101", "must be a host and a port from 1 to 65535"),
        ("HTTP_LISTEN", "http://127.0.0.1:9101", "must be a host and a port"),
        *(
            ("SENTRY_DSN", value, "is not a DSN: copy it whole from Sentry")
            for value in (
                CANARY,
                f"https://{CANARY}",
                "https://sentry.io/1",
                f"https://{CANARY}@sentry.io/",
                "https://[x",
            )
        ),
        *(
            (
                "WEBHOOK_SECRET",
                value,
                "must be 32 to 256 of the characters A-Z a-z 0-9 _ -: make one with python3",
            )
            for value in (CANARY[:31], CANARY * 8, f"{CANARY} {CANARY}", f"{CANARY}\n", f"{CANARY}ä", TOKEN)
        ),
        *(
            ("ADMIN_IDS", value, "must be numbers, separated by commas, such as 123456789,987654321")
            for value in ("@ann", "123;456", "-5", "0", "1.5", "12345678901234567", "１２", CANARY)
        ),
        ("BULK_RATE", "0", "must be a whole number from 1 to 1000"),
        ("BULK_RATE", "1001", "must be a whole number from 1 to 1000"),
        ("BULK_RATE", "2.5", "must be a whole number from 1 to 1000"),
        ("BULK_RATE", "fast", "must be a whole number from 1 to 1000"),
        ("LOG_LEVEL", "loud", "must be DEBUG, INFO, WARNING, ERROR or CRITICAL"),
        ("LOG_FORMAT", "xml", "must be text or json"),
    ],
)
def test_a_wrong_value_is_one_line_with_the_setting_and_what_to_write(
    env_file: Path, name: str, value: str, told: str
) -> None:
    (line,) = _told(env_file, **{name: value})
    assert line.startswith(f"environment: {name}: {told}")
    assert CANARY not in line


def test_all_that_is_wrong_is_told_at_once_with_the_line_of_the_file(env_file: Path) -> None:
    env_file.write_text(f"# mine\n\n\nLOG_LEVEL=loud\n\nTELEGRAM_BOT_TOKEN=bot{TOKEN}\n")
    lines = _told(env_file, LOG_FORMAT="xml")
    assert sorted(line.split(": ")[:2] for line in lines) == sorted(
        [
            [f"{env_file}:4", "LOG_LEVEL"],
            [f"{env_file}:6", "TELEGRAM_BOT_TOKEN"],
            ["environment", "LOG_FORMAT"],
        ]
    )


@pytest.mark.parametrize("port", ["", ":443", ":80", ":88", ":8443"])
def test_telegram_delivers_to_these_ports(env_file: Path, port: str) -> None:
    url = f"https://bot.example.org{port}/a"
    assert read_settings(env_file, {"WEBHOOK_URL": url, "WEBHOOK_SECRET": SECRET}).webhook_url == url


def test_a_bot_api_server_of_ones_own_delivers_to_any_port(env_file: Path) -> None:
    url, mine = "https://bot.example.org:9000/a", "http://127.0.0.1:8082"
    given = {"WEBHOOK_URL": url, "WEBHOOK_SECRET": SECRET, "BOT_API_URL": mine}
    assert read_settings(env_file, given).webhook_url == url


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/a", "http://localhost", "http://[::1]:9"])
def test_a_webhook_on_this_machine_needs_no_https(env_file: Path, url: str) -> None:
    assert read_settings(env_file, {"WEBHOOK_URL": url, "WEBHOOK_SECRET": SECRET}).webhook_url == url


@pytest.mark.parametrize("off", ["off", "OFF", ""])
def test_a_webhook_can_be_off_and_then_needs_no_secret(env_file: Path, off: str) -> None:
    assert read_settings(env_file, {"WEBHOOK_URL": off}).webhook_site() is None


def test_the_environment_can_turn_off_the_webhook_of_the_file(env_file: Path) -> None:
    env_file.write_text(f"WEBHOOK_URL=https://x\nWEBHOOK_SECRET={SECRET}\n")
    assert read_settings(env_file, {}).webhook_site() is not None
    assert read_settings(env_file, {"WEBHOOK_URL": "off"}).webhook_site() is None


def test_a_webhook_without_its_secret_is_told_where_it_is_asked_for_beside_all_else(env_file: Path) -> None:
    env_file.write_text("\nWEBHOOK_URL=https://x\nLOG_LEVEL=loud\n")
    missing, loud = _told(env_file)
    assert missing.startswith(
        f"{env_file}:2: WEBHOOK_SECRET: is missing, and WEBHOOK_URL needs it: make one with "
    )
    assert 'python3 -c "import secrets; print(secrets.token_urlsafe(48))"' in missing
    assert loud.startswith(f"{env_file}:3: LOG_LEVEL: ")


def test_neither_secret_nor_token_stands_in_the_webhooks_path_and_each_secret_has_its_own() -> None:
    site = WebhookSite("https://x/a", "127.0.0.1", 1, SECRET)
    assert site.address == f"https://x/a/{site.segment}"
    assert re.fullmatch("[0-9a-f]{64}", site.segment)
    assert site.segment != WebhookSite("https://x/a", "127.0.0.1", 1, f"{SECRET}x").segment
    assert SECRET not in repr(site)


@pytest.mark.parametrize(
    "line", ["TELEGRAM_BOT_TOKEN", f"TELEGRAM_BOT_TOKEN {TOKEN}", f'LOG_LEVEL="{TOKEN}', "='x'"]
)
def test_a_line_that_is_no_setting_is_named_by_its_number(env_file: Path, line: str) -> None:
    env_file.write_text(f"LOG_FORMAT=json\n\n{line}\n")
    assert _told(env_file) == [f"{env_file}:3: cannot be read: write NAME=value, or # before a comment"]


def test_a_file_in_another_encoding_is_refused(env_file: Path) -> None:
    env_file.write_text(f"TELEGRAM_BOT_TOKEN={TOKEN}", encoding="utf-16")
    assert _told(env_file) == [f"{env_file}: is not UTF-8 text: save it again with the encoding UTF-8"]


def test_a_folder_in_the_files_place_is_refused(env_file: Path) -> None:
    env_file.mkdir()
    (line,) = _told(env_file)
    assert line.startswith(f"{env_file}: cannot be read: ")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("TELEGRAM_TOKEN", "TELEGRAM_BOT_TOKEN"),
        ("BOT_TOKEN", "TELEGRAM_BOT_TOKEN"),
        ("telegram_bot_token", "TELEGRAM_BOT_TOKEN"),
        ("LOGLEVEL", "LOG_LEVEL"),
        ("DB_URL", "DATABASE_URL"),
    ],
)
def test_a_name_mistyped_in_the_file_is_warned_of(env_file: Path, name: str, meant: str) -> None:
    env_file.write_text(f"\n{name}={TOKEN}\n")
    assert read_settings(env_file, {}).warnings == (
        f"{env_file}:2: {name}: is not a setting: did you mean {meant}?",
    )


def test_names_of_other_programs_are_left_alone(env_file: Path) -> None:
    env_file.write_text("COMPOSE_PROJECT_NAME=x\nPOSTGRES_PASSWORD=y\nTZ=UTC\nCADDY_EMAIL=z\nHTTP_PROXY=p\n")
    assert read_settings(env_file, {}).warnings == ()


def test_a_missing_token_is_told_with_the_name_that_was_mistyped(env_file: Path) -> None:
    env_file.write_text(f"TELEGRAM_TOKEN={TOKEN}\nLOGLEVEL=DEBUG\n")
    with pytest.raises(SettingsError) as refused:
        read_settings(env_file, {}).require_token()
    first, second = str(refused.value).splitlines()
    assert first == "TELEGRAM_BOT_TOKEN: is missing: write TELEGRAM_BOT_TOKEN=123456789:AA... in .env"
    assert second == f"{env_file}:1: TELEGRAM_TOKEN: is not a setting: did you mean TELEGRAM_BOT_TOKEN?"


def test_no_secret_is_in_any_view_of_the_settings(env_file: Path) -> None:
    settings = read_settings(
        env_file,
        {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "DATABASE_URL": f"postgresql://me:{CANARY}@db/x",
            "WEBHOOK_URL": "https://x",
            "WEBHOOK_SECRET": SECRET,
        },
    )
    views = [
        repr(settings),
        str(settings),
        f"{settings}",
        f"{settings.require_token()}",
        repr(vars(settings)["telegram_bot_token"]),
        repr(settings.webhook_site()),
    ]
    assert not [view for view in views if CANARY in view]


def test_no_secret_is_in_the_traceback_of_a_refusal(env_file: Path) -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings(env_file, {"TELEGRAM_BOT_TOKEN": f"bot{TOKEN}"})
    assert CANARY not in "".join(traceback.format_exception(refused.value))
    with pytest.raises(ValidationError) as invalid:
        Settings(telegram_bot_token=SecretStr(f"bot{TOKEN}"))
    assert CANARY not in "".join(traceback.format_exception(invalid.value))


def test_the_settings_know_what_to_hide_from_the_log() -> None:
    settings = Settings(
        telegram_bot_token=SecretStr(TOKEN), database_url="postgresql://me:p%40ss%2Fword@db/x"
    )
    assert settings.secrets() == (TOKEN, CANARY, "p%40ss%2Fword", "p@ss/word")
    assert Settings().secrets() == ()
    site = Settings(webhook_url="https://x", webhook_secret=SecretStr(SECRET)).webhook_site()
    assert site is not None
    assert Settings(webhook_secret=SecretStr(SECRET)).secrets() == (SECRET, site.segment)
    elsewhere = Settings(database_url=f"postgresql://me@/x?host=/run&password={CANARY}")
    assert elsewhere.secrets() == (CANARY,)


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        Settings().log_level = "DEBUG"  # type: ignore[misc]  # that it is refused is the point


def test_the_example_explains_every_setting_and_no_other_and_sets_none() -> None:
    assert tuple(re.findall(r"^([A-Z_]+)=$", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE)) == NAMES
    assert read_settings(EXAMPLE, {}) == Settings()


def test_the_example_tells_each_default() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    defaults = Settings()
    for default in (
        defaults.bot_api_url,
        defaults.database_url,
        defaults.webhook_listen,
        defaults.content_dir,
        defaults.log_level,
        defaults.log_format,
    ):
        assert f"Empty: {default}" in text


def test_a_url_that_cannot_be_read_is_a_secret_as_a_whole() -> None:
    url = "postgresql://me:hunter2@[::1/bot"
    assert passwords_in(url) == (url,)

"""The log: one line a record, in UTC, from which no secret can be read, wherever it came in."""

from __future__ import annotations

import io
import json
import logging
import re
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from typing import get_args

import pytest

from bot.logs import HIDDEN, LogFormat, make_handler, redactor, set_up_logging

CANARY = "AAkanarienvogelkanarienvogelkanarie"
TOKEN = f"123456789:{CANARY}"
PASSWORD = "p@ss wörd\\'x"

FORMATS = get_args(LogFormat)
Speak = Callable[[logging.Logger], None]


@pytest.fixture(params=FORMATS)
def log(request: pytest.FixtureRequest) -> tuple[logging.Logger, io.StringIO]:
    """A logger that knows ``TOKEN`` and ``PASSWORD`` as secrets, and what it wrote."""
    stream = io.StringIO()
    logger = logging.Logger("bot.test", logging.DEBUG)
    logger.addHandler(make_handler(request.param, [TOKEN, CANARY, PASSWORD], stream))
    return logger, stream


class Careless:
    """Shows everything, as many a library does."""

    def __repr__(self) -> str:
        return f"Bot(token={TOKEN!r})"


def _in_message(logger: logging.Logger) -> None:
    logger.info(f"token {TOKEN}")


def _in_arguments(logger: logging.Logger) -> None:
    logger.info("%s %r %s", TOKEN, {"token": TOKEN}, Careless())


def _in_address(logger: logging.Logger) -> None:
    logger.info('HTTP Request: POST https://api.telegram.org/bot%s/getMe "200"', TOKEN)


def _in_encoded_address(logger: logging.Logger) -> None:
    logger.info("http://127.0.0.1/file/bot%s/x", TOKEN.replace(":", "%3a"))


def _secret_half_alone(logger: logging.Logger) -> None:
    logger.info("key %s", CANARY)


def _in_exception(logger: logging.Logger) -> None:
    try:
        raise ValueError(f"bad address https://api.telegram.org/bot{TOKEN}/getMe")
    except ValueError:
        logger.exception("failed")


def _in_nested_exceptions(logger: logging.Logger) -> None:
    try:
        try:
            try:
                raise KeyError(TOKEN)
            except KeyError as first:
                first.add_note(f"while asking with {TOKEN}")
                raise RuntimeError(Careless()) from first
        except RuntimeError as second:
            raise ExceptionGroup(f"all of {TOKEN}", [second, OSError(1, TOKEN, TOKEN)]) from None
    except ExceptionGroup as group:
        logger.warning("failed: %r", group, exc_info=group)


def _in_stack(logger: logging.Logger) -> None:
    logger.info(TOKEN, stack_info=True)


@pytest.mark.parametrize(
    "speak",
    [
        _in_message,
        _in_arguments,
        _in_address,
        _in_encoded_address,
        _secret_half_alone,
        _in_exception,
        _in_nested_exceptions,
        _in_stack,
    ],
)
def test_the_token_is_hidden_wherever_it_comes_in(
    log: tuple[logging.Logger, io.StringIO], speak: Speak
) -> None:
    logger, stream = log
    speak(logger)
    assert CANARY not in stream.getvalue()
    assert "[secret]" in stream.getvalue()


def test_a_record_that_cannot_be_formatted_shows_where_and_not_what(
    log: tuple[logging.Logger, io.StringIO], capsys: pytest.CaptureFixture[str]
) -> None:
    logger, stream = log
    logger.info("%d updates", TOKEN)
    written = stream.getvalue() + "".join(capsys.readouterr())
    assert CANARY not in written
    assert re.fullmatch(r"a log record of \S+test_logs\.py:\d+ could not be written: TypeError\n", written)


@pytest.mark.parametrize("log_format", FORMATS)
def test_standard_error_that_is_gone_is_no_trouble(log_format: LogFormat) -> None:
    class Gone(io.StringIO):
        def write(self, _: str) -> int:
            raise BrokenPipeError

    logger = logging.Logger("bot.test")
    logger.addHandler(make_handler(log_format, [], Gone()))
    logger.error("nobody hears this")


@pytest.mark.parametrize(
    "text",
    [
        f"/bot{TOKEN}/getMe",
        "/bot1:short/getMe",
        f"987654321:{'x' * 35}",
        f"987654321%3A{'x' * 35}",
        PASSWORD,
        repr(PASSWORD),
        "p%40ss%20w%C3%B6rd%5C%27x",
        "postgresql://me:hunter2@db.example/bot",
        "redis://:hunter2@db",
    ],
)
def test_whatever_looks_like_a_secret_is_hidden_even_if_nobody_named_it(text: str) -> None:
    hidden = redactor([PASSWORD])(f"before {text} after")
    assert "[secret]" in hidden
    assert hidden.startswith("before ")
    assert hidden.endswith(" after")
    for secret in ("short", "xxx", "ss", "hunter2"):
        assert secret not in hidden


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01T12:00:00 person 123456789: step pick-platforms done",
        "https://api.telegram.org/x?a=1:2@3 at 127.0.0.1:8080",
        "ratio 10:30, robot 5",
    ],
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert redactor(["", "abc"])(text) == text


def test_text_is_one_line_with_time_level_and_place() -> None:
    stream = io.StringIO()
    logger = logging.Logger("bot.app")
    logger.addHandler(make_handler("text", [], stream))
    logger.handle(logger.makeRecord("bot.app", logging.INFO, "f", 1, "%s people é", (3,), None, extra=None))
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z INFO bot\.app: 3 people é\n", stream.getvalue()
    )


def test_what_a_record_brings_more_is_a_field_of_json() -> None:
    stream = io.StringIO()
    logger = logging.Logger("bot.app")
    logger.addHandler(make_handler("json", [CANARY], stream))
    fields = {"person": 7, "ms": 1.5, "area": "faq", "message": "another", "token": CANARY}
    logger.info("turn person=%(person)d", fields, extra={"fields": fields})
    told = json.loads(stream.getvalue())
    assert (told["person"], told["ms"], told["area"]) == (7, 1.5, "faq")
    assert told["message"] == "turn person=7", "what every record has stays what it is"
    assert told["token"] == HIDDEN


@pytest.mark.parametrize("log_format", FORMATS)
def test_times_are_utc(log_format: LogFormat) -> None:
    stream = io.StringIO()
    logger = logging.Logger("bot.app")
    logger.addHandler(make_handler(log_format, [], stream))
    record = logger.makeRecord("bot.app", logging.INFO, "f", 1, "x", (), None)
    record.created = 1_772_366_400.25
    logger.handle(record)
    assert "2026-03-01T12:00:00.250Z" in stream.getvalue()


def test_a_message_cannot_pretend_to_be_two_records_nor_steer_a_terminal() -> None:
    stream = io.StringIO()
    logger = logging.Logger("bot.app")
    logger.addHandler(make_handler("text", [], stream))
    logger.warning("%s", "a\nb\r\x1b[31mc\u2028d\x85e\tf")
    (line,) = stream.getvalue().splitlines()
    assert line.endswith(r": a\nb\x0d\x1b[31mc\u2028d\x85e f")


def test_the_traceback_follows_its_line_indented() -> None:
    stream = io.StringIO()
    logger = logging.Logger("bot.app")
    logger.addHandler(make_handler("text", [], stream))
    try:
        raise ValueError("two\nlines")
    except ValueError:
        logger.exception("failed")
    first, *rest = stream.getvalue().splitlines()
    assert first.endswith("ERROR bot.app: failed")
    assert rest[0] == "    Traceback (most recent call last):"
    assert rest[-2:] == ["    ValueError: two", "    lines"]


def test_json_is_one_object_a_line() -> None:
    stream = io.StringIO()
    logger = logging.Logger("bot.app")
    logger.addHandler(make_handler("json", [], stream))
    logger.info('a "b"\n\x00é')
    try:
        raise ValueError("why")
    except ValueError:
        logger.exception("failed")
    first, second = map(json.loads, stream.getvalue().splitlines())
    assert set(first) == {"time", "level", "logger", "message"}
    assert (first["level"], first["logger"], first["message"]) == ("INFO", "bot.app", 'a "b"\n\x00é')
    assert second["exception"].endswith("ValueError: why")


@pytest.fixture
def whole_set_up() -> Iterator[None]:
    """Puts back what :func:`bot.logs.set_up_logging` changes for the whole process."""
    root = logging.getLogger()
    kept = (root.handlers[:], root.level, sys.excepthook, sys.unraisablehook, threading.excepthook)
    levels = {name: logging.getLogger(name).level for name in ("bot", "__main__")}
    yield
    root.handlers[:], root.level, sys.excepthook, sys.unraisablehook, threading.excepthook = kept
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    logging.captureWarnings(False)


@pytest.mark.usefixtures("whole_set_up")
def test_this_program_speaks_from_its_level_on_and_libraries_from_warning_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_up_logging("DEBUG")
    for name in ("bot.app", "__main__", "httpx", "telegram.ext", "aiosqlite"):
        logging.getLogger(name).debug("whisper of %s", name)
        logging.getLogger(name).warning("call of %s", name)
    written = capsys.readouterr().err
    assert re.findall(r"whisper of (\S+)", written) == ["bot.app", "__main__"]
    assert re.findall(r"call of (\S+)", written) == [
        "bot.app",
        "__main__",
        "httpx",
        "telegram.ext",
        "aiosqlite",
    ]


@pytest.mark.usefixtures("whole_set_up")
def test_a_higher_level_holds_for_libraries_too(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("ERROR", "json")
    for name in ("bot.app", "httpx"):
        logging.getLogger(name).warning("call of %s", name)
        logging.getLogger(name).error("cry of %s", name)
    lines = capsys.readouterr().err.splitlines()
    assert [json.loads(line)["message"] for line in lines] == ["cry of bot.app", "cry of httpx"]


@pytest.mark.usefixtures("whole_set_up")
def test_set_up_twice_each_record_is_still_written_once(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging()
    set_up_logging()
    logging.getLogger("bot").info("once")
    assert capsys.readouterr().err.count("once") == 1


@pytest.mark.usefixtures("whole_set_up")
def test_pythons_warnings_come_through_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging(secrets=[TOKEN])
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        # Entering the block above has put back the function that the log had taken.
        logging.captureWarnings(False)
        logging.captureWarnings(True)
        warnings.warn(f"old {TOKEN}", stacklevel=1)
    (line,) = capsys.readouterr().err.splitlines()
    assert " WARNING py.warnings: " in line
    assert CANARY not in line


LEAK = """
import sys, threading
from bot.logs import set_up_logging
token = sys.argv[2]
set_up_logging(secrets=[token])

class Unraisable:
    def __del__(self):
        raise ValueError(f"unraisable {token}")

if sys.argv[1] == "main":
    raise ValueError(f"main {token}")
if sys.argv[1] == "interrupt":
    raise KeyboardInterrupt(token)
if sys.argv[1] == "thread":
    thread = threading.Thread(target=lambda: int(f"thread {token}"))
    thread.start()
    thread.join()
if sys.argv[1] == "unraisable":
    Unraisable()
"""


@pytest.mark.parametrize("place", ["main", "thread", "unraisable"])
def test_an_error_that_nothing_caught_is_logged_without_secrets(place: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", LEAK, place, TOKEN], capture_output=True, text=True, check=False
    )
    assert CANARY not in ended.stdout + ended.stderr
    assert f"{place} [secret]" in ended.stderr
    assert ended.returncode == (1 if place == "main" else 0)


def test_an_interruption_is_no_error_and_shows_nothing() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", LEAK, "interrupt", TOKEN], capture_output=True, text=True, check=False
    )
    assert ended.stdout + ended.stderr == ""
    assert ended.returncode != 0

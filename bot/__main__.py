"""The command line. Without a command: the bot on Telegram if there is a token, else the playground."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.errors import FirstlabelError
from bot.logs import set_up_logging
from bot.settings import passwords_in, read_content_dir, read_settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code of the process. What goes wrong is one clear line on stderr."""
    options = parser().parse_args(arguments)
    try:
        _COMMANDS[options.command](options)
    except FirstlabelError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot",
        description="A Telegram bot that walks beginners into a new field. Without a command: the bot on"
        " Telegram if TELEGRAM_BOT_TOKEN is set, else the playground.",
    )
    commands = parser.add_subparsers(dest="command", metavar="command")
    run = commands.add_parser("run", help="run the bot on Telegram (needs TELEGRAM_BOT_TOKEN)")
    run.add_argument(
        "--clock",
        type=Path,
        metavar="FILE",
        help="go by the clock in this file, as the playground's bot does",
    )
    playground = commands.add_parser("playground", help="try the bot on a chat page on this computer")
    playground.add_argument(
        "--listen", default="127.0.0.1:8080", metavar="HOST:PORT", help="where the page is (%(default)s)"
    )
    check = commands.add_parser("check", help="check content and list every fault")
    check.add_argument("directory", nargs="?", type=Path, metavar="DIR", help="default: CONTENT_DIR")
    offer = commands.add_parser("offer", help="look for warning signs in offers of work")
    offer.add_argument(
        "--lang", metavar="CODE", help="read them in this language (default: as they seem to be)"
    )
    offer.add_argument("--json", action="store_true", help="write a line of JSON for each")
    offered = offer.add_mutually_exclusive_group(required=True)
    offered.add_argument("text", nargs="?", metavar="TEXT", help="the offer")
    offered.add_argument(
        "--file", type=Path, metavar="FILE", help='lines of JSON, {"text": ...}; writes such lines'
    )
    backup = commands.add_parser("backup", help="copy the database to a new file, while the bot runs")
    backup.add_argument("file", type=Path, metavar="FILE", help="an SQLite file that is not there yet")
    move = commands.add_parser("migrate-data", help="move everything to another, empty database")
    move.add_argument("--from", required=True, dest="source", metavar="URL", help="as in DATABASE_URL")
    move.add_argument("--to", required=True, dest="target", metavar="URL", help="as in DATABASE_URL")
    parser.set_defaults(command=None, listen="127.0.0.1:8080", clock=None)
    return parser


def _run_or_playground(options: argparse.Namespace) -> None:
    if read_settings().telegram_bot_token:
        _run(options)
    else:
        _playground(options)


def _run(options: argparse.Namespace) -> None:
    from bot.app import run
    from bot.file_clock import FileTime

    timekeeper = FileTime(options.clock) if options.clock else None
    asyncio.run(run(read_settings(), timekeeper))


def _playground(options: argparse.Namespace) -> None:
    # The page's server is of no use to the bot itself, so only this command loads it.
    from bot.playground.run import run

    read_settings()
    asyncio.run(run(options.listen))


def _check(options: argparse.Namespace) -> None:
    from bot.app import load_content
    from bot.content.check import summarise

    directory: Path = options.directory or read_content_dir()
    for line in summarise(load_content(directory)):
        sys.stdout.write(f"{line}\n")


def _offer(options: argparse.Namespace) -> None:
    from bot.app import load_content
    from bot.offer_check import as_json, as_lines, check_texts, texts_of

    texts = texts_of(options.file) if options.file else [options.text]
    for verdict in check_texts(load_content(read_content_dir()).library, texts, options.lang):
        for line in [as_json(verdict)] if options.json or options.file else as_lines(verdict):
            sys.stdout.write(f"{line}\n")


def _backup(options: argparse.Namespace) -> None:
    from bot.data import back_up

    settings = read_settings()
    set_up_logging(settings.log_level, settings.log_format, settings.secrets())
    asyncio.run(back_up(settings.database_url, options.file))


def _migrate_data(options: argparse.Namespace) -> None:
    from bot.data import move_data

    # Settings have no part in it, so what is wrong in them does not matter.
    set_up_logging(secrets=(*passwords_in(options.source), *passwords_in(options.target)))
    asyncio.run(move_data(options.source, options.target))


_COMMANDS = {
    None: _run_or_playground,
    "run": _run,
    "playground": _playground,
    "check": _check,
    "offer": _offer,
    "backup": _backup,
    "migrate-data": _migrate_data,
}

if __name__ == "__main__":
    sys.exit(main())

"""The command line. Without a command: the bot on Telegram if there is a token, else the playground."""

from __future__ import annotations

import argparse
import asyncio
import gc
import shlex
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from bot.beside import end_process
from bot.errors import FirstlabelError
from bot.logs import set_up_logging
from bot.settings import passwords_in, read_content_dir, read_settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code of the process. What goes wrong is one clear line on stderr."""
    options = parser().parse_args(arguments)
    try:
        return _COMMANDS[options.command](options) or 0
    except FirstlabelError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def entry() -> int:
    """As a process of its own: what still goes on in threads does not hold up its end."""
    code = main()
    end_process(code)
    return code


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
    run.add_argument(
        "--content-state",
        type=Path,
        metavar="FILE",
        help="keep in this file how the content is, as the playground's bot does",
    )
    playground = commands.add_parser("playground", help="try the bot on a chat page on this computer")
    playground.add_argument(
        "--listen", default="127.0.0.1:8080", metavar="HOST:PORT", help="where the page is (%(default)s)"
    )
    check = commands.add_parser("check", help="check content and list every fault")
    check.add_argument("directory", nargs="?", type=Path, metavar="DIR", help="default: CONTENT_DIR")
    ask = commands.add_parser("ask", help="what people would get for questions; needs no token")
    ask.add_argument("questions", nargs="*", metavar="QUESTION", help="each in quotes")
    ask.add_argument("--file", type=Path, metavar="FILE", help="a file with a question on each line")
    ask.add_argument("--lang", metavar="LANG", help="the language of the content; default: its first")
    ask.add_argument(
        "--words-only", action="store_true", help="as without the extra 'semantic', if it is installed"
    )
    ask.add_argument("--json", action="store_true", help="a line of JSON for each question")
    _translations_parser(commands)
    schema = commands.add_parser("schema", help="write JSON Schemas, by which editors help with the content")
    schema.add_argument("directory", nargs="?", type=Path, metavar="DIR", help="default: CONTENT_DIR")
    new = commands.add_parser(
        "new", help="write a small, complete pack of content, to begin a bot of your own"
    )
    new.add_argument("directory", type=Path, metavar="DIR", help="a folder that is not there yet")
    gallery = commands.add_parser("gallery", help="write a page with every screen, and what leads where")
    gallery.add_argument("out", type=Path, metavar="OUT.html")
    gallery.add_argument("--languages", default="", metavar="LANG,LANG", help="default: the first two")
    gallery.add_argument("--content", type=Path, metavar="DIR", help="default: CONTENT_DIR")
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
    stats = commands.add_parser("stats", help="figures of what people do, counts only, as JSON unless told")
    stats.add_argument("--html", type=Path, metavar="FILE", help="as a page, written anew")
    stats.add_argument("--csv", type=Path, metavar="DIR", help="as a folder of CSV, written anew")
    stats.add_argument("--json", action="store_true", help="as JSON on standard output (what it does anyway)")
    vain = commands.add_parser("unanswered", help="what was asked and had no answer, as entries for faq.yaml")
    vain.add_argument("--yaml", type=Path, metavar="FILE", help="write them to this new file")
    commands.add_parser("setup", help="set a new bot up: asks for its token, and who its operator is")
    parser.set_defaults(command=None, listen="127.0.0.1:8080", clock=None, content_state=None)
    return parser


def _translations_parser(commands: Any) -> None:
    translations = commands.add_parser(
        "translations", help="list what translations lack; ends with 1 if they lack anything"
    )
    translations.add_argument("language", nargs="?", metavar="LANG", help="default: all but the first")
    translations.add_argument("--content", type=Path, metavar="DIR", help="default: CONTENT_DIR")
    translations.add_argument(
        "--template", action="store_true", help="write what is missing into new files, ready to fill in"
    )
    translations.add_argument(
        "--accept",
        nargs="*",
        metavar="TEXT",
        help="these texts (all, if none is named) are still right though the base text changed",
    )


def _run_or_playground(options: argparse.Namespace) -> None:
    if read_settings().telegram_bot_token:
        _run(options)
    else:
        _playground(options)


def _run(options: argparse.Namespace) -> None:
    # Nearly all that is made until the bot is at work stays. To look through it again and again meanwhile takes a quarter
    # of the start; `run` has the collector work again.
    gc.disable()
    from bot.app import run
    from bot.file_clock import FileTime

    timekeeper = FileTime(options.clock) if options.clock else None
    asyncio.run(run(read_settings(), timekeeper, content_state=options.content_state))


def _playground(options: argparse.Namespace) -> None:
    # The page's server is of no use to the bot itself, so only this command loads it.
    from bot.content.bot_file import name_in
    from bot.content.watching import fingerprint
    from bot.playground.run import run
    from bot.playground.subject import Subject

    content = read_settings().content_dir
    subject = Subject(content, partial(name_in, content), partial(fingerprint, content))
    asyncio.run(run(options.listen, subject=subject))


def _check(options: argparse.Namespace) -> None:
    from bot.app import load_content
    from bot.content.check import summarise

    directory: Path = options.directory or read_content_dir()
    for line in summarise(load_content(directory)):
        sys.stdout.write(f"{line}\n")


def _ask(options: argparse.Namespace) -> None:
    from bot.app import load_content
    from bot.asking import asked, pack_for, questions_in
    from bot.guide.answers import Answers
    from bot.semantic import meaning

    questions = [*options.questions, *(questions_in(options.file) if options.file else ())]
    if not questions:
        raise FirstlabelError("ask: write a question in quotes, or name a file with --file")
    library = load_content(read_content_dir()).library
    answers, pack = Answers(None if options.words_only else meaning()), pack_for(library, options.lang)
    for line in asked(answers, library, pack, questions, as_json=options.json):
        sys.stdout.write(f"{line}\n")


def _translations(options: argparse.Namespace) -> int:
    from bot.content.translating import translate
    from bot.guide.guide import SPECS

    complete = translate(
        options.content or read_content_dir(),
        options.language,
        SPECS,
        template=options.template,
        accept=options.accept,
        say=lambda line: sys.stdout.write(f"{line}\n"),
    )
    return 0 if complete else 1


def _schema(options: argparse.Namespace) -> int:
    from bot.content.schemas import FOLDER, lacking_lines, write_schemas
    from bot.content.translations import base_language
    from bot.guide.guide import SPECS

    directory: Path = options.directory or read_content_dir()
    base = base_language(directory)
    written = write_schemas(directory, SPECS)
    sys.stdout.write(f"{directory / FOLDER}: {len(written)} files\n")
    lacking = lacking_lines(directory, base)
    for file, line in lacking:
        sys.stdout.write(f"{file}: its first line should be: {line}\n")
    return 1 if lacking else 0


def _new(options: argparse.Namespace) -> None:
    from bot.guide.guide import SPECS
    from bot.starter import write_pack

    write_pack(options.directory, SPECS)
    sys.stdout.write(
        f"{options.directory}: written. Look at it: CONTENT_DIR={shlex.quote(str(options.directory))} make run\n"
        f"Where to begin: {options.directory / 'README.md'}\n"
    )


def _gallery(options: argparse.Namespace) -> int:
    from bot.app import load_content
    from bot.gallery.writing import write_gallery

    library = load_content(options.content or read_content_dir()).library
    languages = [each.strip() for each in options.languages.split(",") if each.strip()]
    tour = write_gallery(library, options.out, languages)
    for kind, shown, language, fault in tour.faults:
        sys.stdout.write(f"{language}: {kind.title}: {shown.visit.persona}: {shown.visit.did}: {fault}\n")
    sys.stdout.write(f"{options.out}: {tour.visits} buttons pressed, {len(tour.faults)} faults\n")
    return 1 if tour.faults else 0


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


def _stats(options: argparse.Namespace) -> None:
    from bot.app import load_content
    from bot.reporting import report, write_report

    settings = read_settings()
    set_up_logging(settings.log_level, settings.log_format, settings.secrets())
    library = load_content(settings.content_dir).library
    found = asyncio.run(report(settings.database_url, library))
    write_report(found, library.bot.name, html=options.html, csv=options.csv)
    if options.json and (options.html or options.csv):
        write_report(found, library.bot.name, html=None, csv=None)


def _unanswered(options: argparse.Namespace) -> None:
    from bot.app import load_content
    from bot.reporting import unanswered, write_unanswered

    settings = read_settings()
    set_up_logging(settings.log_level, settings.log_format, settings.secrets())
    library = load_content(settings.content_dir).library
    write_unanswered(asyncio.run(unanswered(settings.database_url, library)), options.yaml)


def _setup(options: argparse.Namespace) -> None:
    from bot.app import load_content
    from bot.setting_up import Setup, Terminal

    set_up_logging("WARNING")
    Setup(Terminal(), load_content(read_content_dir()).library).run()


_COMMANDS: Mapping[str | None, Callable[[argparse.Namespace], int | None]] = {
    None: _run_or_playground,
    "run": _run,
    "playground": _playground,
    "check": _check,
    "ask": _ask,
    "translations": _translations,
    "schema": _schema,
    "new": _new,
    "gallery": _gallery,
    "offer": _offer,
    "backup": _backup,
    "migrate-data": _migrate_data,
    "stats": _stats,
    "setup": _setup,
    "unanswered": _unanswered,
}

if __name__ == "__main__":
    sys.exit(entry())

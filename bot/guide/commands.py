"""Every command, once: this table feeds what the bot understands and the menu that Telegram shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated, Any

from pydantic import create_model

from bot.content.fields import AtMost, Wording
from bot.content.library import AreaSpec, Words
from bot.guide import broadcast_words, operator_words, reload_words
from bot.guide.area import Area, Scene
from bot.guide.areas import (
    checklist,
    elsewhere,
    faq,
    glossary,
    jobs,
    language,
    match,
    menu,
    offers,
    pay,
    platforms,
    progress,
    settings,
    steps,
    tips,
    welcome,
    worked,
)
from bot.guide.person import Start
from bot.guide.screen import Turn

_PAYLOAD = re.compile(r"([a-z]+)_([a-z0-9][a-z0-9_-]*)")

LONGEST_SOURCE = 60
"""Telegram passes on 64 characters of a deep link, and ``src_`` takes four."""


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """One command: it exists while its area is on, and its line in the menu is in ``ui.yaml``."""

    name: str
    area: str
    answer: Callable[[Scene, str], Turn]
    """Called with what follows the command, perhaps nothing."""
    in_group: Callable[[Scene, str], Turn] | None = None
    """The same in a group, where all read along: its screen shows nobody's progress, and its changes are none."""


def start(scene: Scene, payload: str) -> Turn:
    """``/start`` alone, with where the person comes from, or with an entry to open; else a normal start."""
    found = _PAYLOAD.fullmatch(payload.strip().lower())
    if found is None:
        return welcome.start(scene)
    word, rest = found.groups()
    if word == "src":
        return welcome.start(scene, rest if len(rest) <= LONGEST_SOURCE else None)
    turn = scene.links[word](scene, rest, "") if word in scene.links else None
    return replace(turn, changes=(Start(), *turn.changes)) if turn else welcome.start(scene)


COMMANDS: tuple[CommandSpec, ...] = (
    CommandSpec("start", "welcome", start),
    CommandSpec("menu", "menu", lambda scene, _: menu.home(scene)),
    CommandSpec("next", "steps", lambda scene, _: steps.resume(scene)),
    CommandSpec("steps", "steps", lambda scene, _: steps.home(scene)),
    CommandSpec("checklist", "checklist", lambda scene, _: checklist.home(scene)),
    CommandSpec("platforms", "platforms", lambda scene, _: platforms.home(scene)),
    CommandSpec("match", "match", lambda scene, _: match.home(scene)),
    CommandSpec("faq", "faq", faq.command, in_group=elsewhere.in_group),
    CommandSpec("jobs", "jobs", lambda scene, _: jobs.home(scene)),
    CommandSpec("pay", "pay", lambda scene, _: pay.home(scene)),
    CommandSpec("worked", "worked", worked.command),
    CommandSpec("checkoffer", "offers", offers.command),
    CommandSpec("glossary", "glossary", lambda scene, _: glossary.home(scene)),
    CommandSpec("tips", "tips", lambda scene, _: tips.home(scene)),
    CommandSpec("progress", "progress", lambda scene, _: progress.home(scene)),
    CommandSpec("settings", "settings", lambda scene, _: settings.home(scene)),
    CommandSpec("language", language.NAME, lambda scene, _: language.home(scene)),
    CommandSpec("mydata", "settings", lambda scene, _: settings.my_data(scene)),
    CommandSpec("deleteme", "settings", lambda scene, _: settings.delete(scene, settings.Delete(sure=False))),
    CommandSpec("help", "menu", lambda scene, _: menu.help_(scene)),
    CommandSpec("cancel", "menu", lambda scene, _: menu.cancel(scene)),
)

_fields: dict[str, Any] = {command.name: (Annotated[Wording, AtMost(60)], ...) for command in COMMANDS}
CommandWords = create_model("CommandWords", __base__=Words, **_fields)
"""What Telegram's menu says to each command."""


class ProfileWords(Words):
    """What Telegram shows before a person presses Start, and on the bot's page."""

    about: Annotated[Wording, AtMost(512)]
    short_about: Annotated[Wording, AtMost(120)]


WORD_AREAS: tuple[Area, ...] = (
    Area(AreaSpec("commands", CommandWords, always=True)),
    Area(AreaSpec("profile", ProfileWords, always=True)),
    broadcast_words.AREA,
    *operator_words.AREAS,
    reload_words.AREA,
)
"""Words that belong to no screen of the guide's."""


@dataclass(frozen=True, slots=True)
class Menu:
    """The bot's profile in one language: its commands with what each does, and what it says about itself."""

    commands: tuple[tuple[str, str], ...]
    name: str
    about: str
    short_about: str

"""``bot.yaml`` and what must agree with it: the folders of the languages, the areas that there are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.content.faults import Reader
from bot.content.files import Folder
from bot.content.library import AreaSpec, BotFile, LanguageCode
from bot.content.shapes import shape_of_type
from bot.content.suggest import closest, did_you_mean
from bot.content.tree import Items, Leaf, Pairs, Place
from bot.content.yaml_reader import read_yaml
from bot.errors import Fault

_CODE = re.compile(shape_of_type(LanguageCode).pattern or "")


@dataclass(slots=True)
class BotPlan:
    """What ``bot.yaml`` asks for, as far as it can be told."""

    bot: BotFile | None = None
    languages: list[str] = field(default_factory=list)
    """Those that have a folder, the base first; empty if the base cannot be told."""
    areas: list[tuple[AreaSpec, Place]] = field(default_factory=list)
    """Those that are on, and where that is said."""
    faults: list[Fault] = field(default_factory=list)


def read_bot_file(folder: Folder, areas: Sequence[AreaSpec]) -> BotPlan:
    """Read ``bot.yaml`` of a folder and compare it with what is there."""
    plan = BotPlan()
    file = folder.get("", "bot")
    if file is None:
        message = "this file is missing; it says the bot's name, its languages and its areas"
        plan.faults.append(Fault(folder.path("bot.yaml"), 0, "", message))
    elif file.tree:
        plan.bot, faults = Reader(BotFile).read(file.tree)
        plan.faults += faults
        _plan_languages(plan, folder, file.tree)
        _plan_areas(plan, areas, file.tree)
    return plan


def name_in(directory: Path) -> str | None:
    """What ``bot.yaml`` calls the bot, whatever else is wrong; ``None`` if it cannot be told."""
    try:
        data = (directory / "bot.yaml").read_bytes()
    except OSError:
        return None
    tree, _ = read_yaml(data, "bot.yaml")
    name = tree.pairs.get("name") if tree else None
    return name.text or None if isinstance(name, Leaf) else None


def _plan_languages(plan: BotPlan, folder: Folder, tree: Pairs) -> None:
    listed = _once(plan, tree, "languages")
    codes = [leaf for leaf in listed if _CODE.fullmatch(leaf.text)]
    for leaf in codes:
        if leaf.text in folder.languages and leaf.text not in folder.unreadable:
            plan.languages.append(leaf.text)
        elif leaf.text not in folder.unreadable:
            likely = closest(leaf.text, folder.languages)
            hint = f"rename {folder.path(likely)} to it" if likely else "make it, or take the language out"
            plan.faults.append(leaf.place.fault(f"the folder {folder.path(leaf.text)} is missing; {hint}"))
    names = {leaf.text for leaf in listed}
    # A folder without a file to read, such as one with templates of a new translation, takes part in nothing.
    for name in dict.fromkeys(name for name, _ in folder.files if name):
        if listed and name not in names and name.lower() not in names:
            message = "bot.yaml does not list this language; add it to 'languages', or take the folder out"
            plan.faults.append(Fault(folder.path(name), 0, "", message))
    if not codes or codes[0].text not in plan.languages:
        plan.languages.clear()


def _plan_areas(plan: BotPlan, areas: Sequence[AreaSpec], tree: Pairs) -> None:
    known = {area.name: area for area in areas}
    listed = {leaf.text: leaf.place for leaf in _once(plan, tree, "areas")}
    for name, place in listed.items():
        if name in known:
            plan.areas.append((known[name], place))
        else:
            plan.faults.append(place.fault(f"there is no area {name!r}; {did_you_mean(name, known)}"))
    always = [area for area in areas if area.always and area.name not in listed]
    plan.areas += [(area, tree.place) for area in always]


def _once(plan: BotPlan, tree: Pairs, key: str) -> list[Leaf]:
    """The texts of a list, each once."""
    found: dict[str, Leaf] = {}
    for leaf in _leaves(tree, key):
        if first := found.get(leaf.text):
            line = first.place.line
            plan.faults.append(
                leaf.place.fault(f"{leaf.text!r} stands here a second time (first in line {line})")
            )
        found.setdefault(leaf.text, leaf)
    return list(found.values())


def _leaves(tree: Pairs, key: str) -> Iterator[Leaf]:
    items = tree.pairs.get(key)
    if isinstance(items, Items):
        yield from (item for item in items.items if isinstance(item, Leaf))

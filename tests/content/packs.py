"""A small, complete pack about growing tomatoes, as text, so that a test can spoil one line of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from bot.content.fields import AtMost, Label, LabelTemplate, Slots, Template
from bot.content.kinds.faq import FaqFile
from bot.content.kinds.glossary import GlossaryFile
from bot.content.kinds.platforms import PlatformsFile
from bot.content.library import AreaSpec, Words
from bot.content.loader import Loaded, load
from bot.errors import ContentError, Fault

TODAY = date(2026, 3, 1)


class FaqWords(Words):
    title: Label
    found: Annotated[Template, Slots("count", "name"), AtMost(80)]
    next: Annotated[LabelTemplate, Slots("title"), AtMost(30)]


class ShopWords(Words):
    title: Label


class CommonWords(Words):
    menu: Label


AREAS = (
    AreaSpec("faq", FaqWords, needs=(FaqFile,)),
    AreaSpec("shops", ShopWords, needs=(PlatformsFile,)),
    AreaSpec("glossary", ShopWords, needs=(GlossaryFile,)),
    AreaSpec("common", CommonWords, always=True),
)

PACK: Mapping[str, str] = {
    "bot.yaml": """\
name: Tomatoes
languages: [en]
areas: [faq, shops]
""",
    "platforms.yaml": """\
stages:
  - id: visited
  - id: left
    ends: true
platforms:
  - id: seed-shop
    name: Seed Shop
    domain: seeds.example.com
    task_types: [sowing]
    beginners: friendly
    status: active
    confidence: high
    checked: 2026-02-01
    sources:
      - url: https://seeds.example.com/about
        checked: 2026-02-01
""",
    "en/platforms.yaml": """\
stages:
  - id: visited
    title: Visited
  - id: left
    title: Left
platforms:
  - id: seed-shop
    summary: Seeds of all kinds.
    entry: Just walk in.
    payout: None.
    pay: Cheap.
    regions: Everywhere.
    cautions:
      - Closed on Sundays.
""",
    "en/faq.yaml": """\
categories:
  - id: care
    title: Care
faq:
  - id: watering
    category: care
    question: How much water do they need?
    short: Water
    ask:
      - how often to water
      - how much water
      - is it too dry
    answer: >-
      A **little** every day.
    related: [sunlight]
    links:
      task_types: [sowing]
  - id: sunlight
    category: care
    question: How much sun do they need?
    short: Sun
    ask: [sun, shade, light]
    answer: Six hours a day.
    sources:
      - url: https://example.com/sun
        checked: 2026-02-01
""",
    "en/task_types.yaml": """\
task_types:
  - id: sowing
    title: Sowing
    what: Put seeds into soil.
    examples:
      - One seed a pot.
      - Two seeds a pot.
    skills: [Patience]
    equipment: [pot]
    level: low
""",
    "en/equipment.yaml": """\
equipment:
  - id: pot
    title: A pot
    required: true
    why: Roots need room.
    check: Is there a hole in it?
    without: Take a bucket.
paths:
  - id: balcony
    title: On a balcony
    text: Small kinds grow there.
    shown_first_if:
      question: place
      option: no-garden
""",
    "en/pay.yaml": """\
intro: What it costs.
levels:
  - id: low
    title: Low
    range: 1 to 2 coins
    what: A bag of soil.
factors:
  - id: size
    title: Size
    text: Big pots cost more.
expectations:
  - id: harvest
    title: Harvest
    text: A few kilos.
""",
    "en/welcome.yaml": """\
intro: Welcome to the garden.
never:
  - We never sell.
questions:
  - id: place
    question: Where will they grow?
    short: Place
    options:
      - id: garden
        label: A garden
      - id: no-garden
        label: A balcony
""",
    "en/steps.yaml": """\
steps:
  - id: sow
    title: Sow
    why: It all begins here.
    do:
      - Fill the pot.
      - Put a seed in.
      - Water it.
    tasks:
      - id: pot-filled
        text: The pot is full
      - id: seed-in
        text: The seed is in
    mistake: Too much water.
    done: It will grow.
    figure:
      id: height
      title: Height
      goal: [10, 20]
      button: Note the height
      ask: How high is it?
      below: Wait.
      near: Soon.
      reached: Good.
      examples: [5, 50]
finish:
  title: Done
  achieved: You have tomatoes.
  next: [Eat them.]
""",
    "en/ui.yaml": """\
faq:
  title: Questions
  found: I know *{count}* answers, {name}.
  next: "On: {title}"
shops:
  title: Shops
common:
  menu: Menu
""",
}

SPANISH: Mapping[str, str] = {
    "es/faq.yaml": """\
categories:
  - id: care
    title: Cuidado
faq:
  - id: sunlight
    question: ¿Cuánto sol necesitan?
    short: Sol
    ask: [sol, sombra, luz]
    answer: Seis horas al día.
  - id: watering
    question: ¿Cuánta agua necesitan?
    short: Agua
    ask: [regar, agua, seco]
    answer: Un **poco** cada día.
""",
    "es/platforms.yaml": """\
stages:
  - id: visited
    title: Visitada
  - id: left
    title: Dejada
platforms:
  - id: seed-shop
    summary: Semillas de todo tipo.
    entry: Entra sin más.
    payout: Nada.
    pay: Barata.
    regions: En todas partes.
    cautions: [Cierra los domingos.]
""",
    "es/ui.yaml": """\
faq:
  title: Preguntas
  found: Sé *{count}* respuestas, {name}.
  next: "Sigue: {title}"
shops:
  title: Tiendas
common:
  menu: Menú
""",
}

BILINGUAL: Mapping[str, str] = {
    **PACK,
    **SPANISH,
    "bot.yaml": PACK["bot.yaml"].replace("[en]", "[en, es]"),
}

Edit = str | bytes | None | tuple[str, str]


def write_pack(directory: Path, *edits: Mapping[str, Edit], base: Mapping[str, str] = PACK) -> Path:
    """Write a pack with some files changed: (old, new) text in it, wholly new, or absent (``None``)."""
    files: dict[str, str | bytes] = dict(base)
    for name, change in (item for edit in edits for item in edit.items()):
        if change is None:
            del files[name]
        elif isinstance(change, tuple):
            old, new = change
            text = base[name]
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
            files[name] = text.replace(old, new)
        else:
            files[name] = change
    for name, content in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return directory


@dataclass(frozen=True)
class Case:
    """A pack with a mistake. ``at``: a text that stands only in the line of the fault, or that line's number."""

    name: str
    edits: Mapping[str, Edit]
    at: str | int
    where: str
    says: str
    path: str = ""
    """Where the fault is told, if not in the first file that is edited."""

    def check(self, directory: Path, base: Mapping[str, str] = PACK) -> None:
        """Write the pack, load it, and see that there is this one fault and no other."""
        faults = faults_of(write_pack(directory, self.edits, base=base))
        assert len(faults) == 1, "\n".join(map(str, faults))
        (fault,) = faults
        path = self.path or next(iter(self.edits))
        line = self.at if isinstance(self.at, int) else line_of(directory, path, self.at)
        assert (fault.path, fault.line, fault.where) == (path, line, self.where), fault
        assert self.says in fault.message, fault.message
        assert "\n" not in str(fault)


def load_pack(directory: Path) -> Loaded:
    return load(directory, AREAS, today=TODAY)


def faults_of(directory: Path) -> tuple[Fault, ...]:
    """What is wrong with a pack, with paths as seen from within its folder."""
    try:
        load_pack(directory)
    except ContentError as error:
        refusal = error
    else:
        return ()
    assert str(refusal) == "\n".join(str(fault) for fault in refusal.faults)
    return tuple(_relative(fault, directory) for fault in refusal.faults)


def warnings_of(directory: Path) -> tuple[Fault, ...]:
    return tuple(_relative(warning, directory) for warning in load_pack(directory).warnings)


def line_of(directory: Path, path: str, text: str) -> int:
    """The number of the only line of a file that holds this text."""
    lines = (directory / path).read_bytes().decode("utf-8", "replace").splitlines()
    (number,) = (number for number, line in enumerate(lines, 1) if text in line)
    return number


def _relative(fault: Fault, directory: Path) -> Fault:
    path = fault.path.removeprefix(str(directory)).removeprefix("/")
    return Fault(path, fault.line, fault.where, fault.message.replace(f"{directory}/", ""))

"""The recipes of CONTRIBUTING.md, followed step by step on a copy of the second pack."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, ClassVar

import pytest

from bot.content.fields import AtMost, Entry, KindFile, Label, Rich, Shelf, entries
from bot.content.kinds import KINDS
from bot.content.kinds.steps import StepsFile
from bot.content.library import AreaSpec
from bot.content.loader import load
from bot.guide.area import Area, Scene, TitledWords, on
from bot.guide.areas import AREAS
from bot.guide.areas.common import menu_button
from bot.guide.areas.menu import MenuWords
from bot.guide.guide import SPECS, Guide
from bot.guide.screen import Screen, TapButton, Turn
from bot.guide.taps import Tap
from tests.support.chat import Chats

TODAY = date(2026, 11, 23)
BREAD = Path(__file__).parent / "packs" / "bread"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the pack, to change."""
    return Path(shutil.copytree(BREAD, tmp_path / "bread"))


def add(file: Path, text: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_new_question_is_one_entry_and_is_found_by_what_people_type(pack: Path) -> None:
    replace(
        pack / "en" / "faq.yaml",
        "\nfaq:\n",
        """
faq:
  - id: freeze-bread
    category: later
    question: Can I freeze my loaf?
    short: Freezing
    ask: [put bread in the freezer, how to store frozen slices, bread for next month]
    answer: Yes. Slice it first.
""",
    )
    ana = Chats(load(pack, SPECS, today=TODAY).library).meet()
    ana.says("can i put the bread in the freezr")
    ana.sees("Yes. Slice it first.")


def test_a_new_language_is_a_folder_and_what_it_lacks_falls_back(pack: Path) -> None:
    replace(pack / "bot.yaml", "languages: [en]", "languages: [en, es]")
    (pack / "es").mkdir()
    (pack / "es" / "ui.yaml").write_text("menu:\n  title: Menú\n", encoding="utf-8")
    chats = Chats(load(pack, SPECS, today=TODAY).library)
    eva, ana = chats.meet("Eva", language="es-MX"), chats.meet("Ana", language="en")
    for person in (eva, ana):
        person.says("/menu")
    eva.sees("Menú")
    eva.sees(chats.words(MenuWords).intro.plain)
    ana.sees(chats.words(MenuWords).title)


class WeatherWords(TitledWords):
    """What the new area says."""

    dry: Annotated[Rich, AtMost(100)]
    ask: Label


@dataclass(frozen=True, slots=True)
class AskWeather(Tap):
    """Look out of the window."""

    tag: ClassVar[str] = "ww"


def weather(scene: Scene) -> Turn:
    words = scene.words(WeatherWords)
    return Turn(Screen(words.dry, ((TapButton(words.ask, AskWeather()), menu_button(scene)),)))


WEATHER = Area(
    AreaSpec("weather", WeatherWords), home=weather, taps=(on(AskWeather, lambda scene, _: weather(scene)),)
)


def test_a_new_area_is_one_file_one_line_and_its_words(pack: Path) -> None:
    add(pack / "en" / "ui.yaml", "\nweather:\n  title: Weather\n  dry: It is dry.\n  ask: Look again\n")
    replace(pack / "bot.yaml", "areas: [", "areas: [weather, ")
    library = load(pack, (*SPECS, WEATHER.spec), today=TODAY).library
    chats = Chats(library)
    chats.guide = Guide(library, "the_bot", areas=(*AREAS, WEATHER))
    ana = chats.meet()
    ana.says("/menu")
    ana.taps("Weather")
    ana.sees("It is dry.")
    ana.taps("Look again")
    ana.sees("It is dry.")


class Proverb(Entry):
    text: Annotated[Rich, AtMost(100)]


class ProverbsFile(KindFile):
    """A kind of content nobody has heard of."""

    proverbs: Annotated[Shelf[Proverb], entries()]


def test_a_new_kind_of_content_is_one_model_and_one_line_in_the_table(pack: Path) -> None:
    (pack / "en" / "proverbs.yaml").write_text(
        "proverbs:\n  - id: slow\n    text: Slow dough, **good** bread.\n", encoding="utf-8"
    )
    library = load(pack, SPECS, today=TODAY, kinds={**KINDS, "proverbs": ProverbsFile}).library
    proverb = library.pack("en")[ProverbsFile].proverbs.get("slow")
    assert proverb is not None
    assert proverb.text.plain == "Slow dough, good bread."


def test_another_subject_needs_no_line_of_code(pack: Path) -> None:
    ana = Chats(load(pack, SPECS, today=TODAY).library).meet()
    ana.says("/next")
    ana.sees(ana.chats.pack[StepsFile].steps[0].title)

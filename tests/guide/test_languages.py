"""Languages that count in other ways than English, and one that is written from right to left."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.content.grammar import categories, category, isolated
from bot.content.kinds.steps import StepsFile
from bot.content.library import Library
from bot.errors import ContentError
from bot.guide.areas.progress import ProgressWords
from bot.guide.areas.welcome_words import WelcomeWords
from bot.guide.journey import DONE, SKIPPED, STEP
from bot.guide.locales import date_text
from bot.guide.person import Remember, Start
from tests.support.chat import Chats
from tests.support.packs import PACKS, Author, read

LANGUAGES = Path(__file__).parents[1] / "packs" / "bread_languages"


@pytest.fixture
def author(tmp_path: Path) -> Author:
    author = Author("bread", tmp_path)
    shutil.copytree(LANGUAGES, author.directory, dirs_exist_ok=True)
    author.edits("bot", lambda data: data.update(languages=["en", "sl", "ar"]))
    return author


@pytest.fixture
def bread(author: Author) -> Library:
    return read(author.directory)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "Izpustili ste 1 korak."),
        (2, "Izpustili ste 2 koraka."),
        (3, "Izpustili ste 3 korake."),
        (5, "Izpustili ste 5 korakov."),
        (101, "Izpustili ste 101 korak."),
        (102, "Izpustili ste 102 koraka."),
    ],
)
def test_each_of_four_forms_goes_with_its_numbers(bread: Library, number: int, said: str) -> None:
    assert bread.pack("sl").words(WelcomeWords).skipped_some.fill(count=number).plain == said


def test_a_person_reads_the_form_that_goes_with_what_they_did(bread: Library) -> None:
    chats = Chats(bread)
    ana = chats.meet("Ana", language="sl")
    steps = bread.pack(None)[StepsFile].steps
    ana.remembers(Start(), *(Remember(STEP, step.id, SKIPPED) for step in steps[:2]))
    ana.remembers(Remember(STEP, steps[2].id, DONE))
    ana.says("/progress")
    ana.sees_button("2 izpuščena koraka")
    ana.remembers(Remember(STEP, steps[2].id, SKIPPED))
    ana.says("/progress")
    ana.sees_button("3 izpuščeni koraki")


def test_what_is_not_translated_falls_back_with_its_own_single_form(bread: Library) -> None:
    english, slovenian = (bread.pack(code).words(ProgressWords) for code in ("en", "sl"))
    filled = [words.platforms_more.fill(count=2).plain for words in (english, slovenian)]
    assert filled[0] == filled[1]


def test_all_six_forms_of_arabic(bread: Library) -> None:
    template = bread.pack("ar").words(WelcomeWords).skipped_some
    said = [template.fill(count=number).plain for number in (0, 1, 2, 3, 11, 100)]
    assert len(set(said)) == 6
    assert said[4] == "تركت 11 خطوة."


def test_a_latin_name_in_arabic_is_fenced_off_and_an_arabic_one_is_not(bread: Library) -> None:
    chats = Chats(bread)
    for name, shown in (("Ana (2)", "\u2068Ana (2)\u2069"), ("ليلى", "ليلى")):
        somebody = chats.meet(name, language="ar")
        somebody.says("/start")
        somebody.sees(f"أهلا {shown}")


def test_an_arabic_name_in_english_is_fenced_off_and_a_latin_one_is_not(bread: Library) -> None:
    chats = Chats(bread)
    for name, shown in (("ليلى (2)", "\u2068ليلى (2)\u2069"), ("Zoë", "Zoë")):
        somebody = chats.meet(name, language="en")
        somebody.says("/start")
        somebody.sees(shown)
        assert ("\u2068" in somebody.text) == ("\u2068" in shown)


def test_numbers_stay_as_they_are_in_any_direction() -> None:
    assert [isolated(code, "12") for code in ("ar", "en")] == ["12", "12"]


@pytest.mark.parametrize(
    ("form", "to", "fault"),
    [
        ("    two:", "    twoo:", "there is no form 'twoo' in sl; did you mean 'two'?"),
        (
            '    few: "Izpustili ste {count} korake."\n',
            "",
            "the form 'few' is missing; sl has one, two, few, other",
        ),
        ("    few:", "    many:", "there is no form 'many' in sl"),
        ('few: "Izpustili ste {count} korake."', 'few: ""', "no text stands here"),
        ('few: "Izpustili ste {count} korake."', 'few: "Izpustili ste {n} korake."', "nobody fills {n} here"),
        ('few: "Izpustili ste {count} korake."', f'few: "{"k" * 300}"', "at most 200 fit here"),
        (
            'hello: "Pozdravljeni, {name}"',
            'hello: {one: "a", two: "b", few: "c", other: "d"}',
            "only one form",
        ),
    ],
)
def test_a_form_that_is_missing_wrong_or_of_no_use_is_named_with_its_line(
    author: Author, form: str, to: str, fault: str
) -> None:
    file = author.directory / "sl" / "ui.yaml"
    text = file.read_text("utf-8")
    assert form in text
    file.write_text(text.replace(form, to, 1), "utf-8")
    with pytest.raises(ContentError) as caught:
        read(author.directory)
    lines = [str(each) for each in caught.value.faults]
    assert [line for line in lines if fault in line and "sl/ui.yaml:" in line], lines


def test_the_base_language_may_have_forms_too(author: Author) -> None:
    file = author.directory / "en" / "ui.yaml"
    text = file.read_text("utf-8")
    one_form = 'skipped_some: "You left {count} parts raw."'
    assert one_form in text
    forms = 'skipped_some: {one: "You left one part raw.", other: "You left {count} parts raw."}'
    file.write_text(text.replace(one_form, forms), "utf-8")
    words = read(author.directory).pack("en").words(WelcomeWords)
    said = [words.skipped_some.fill(count=count).plain for count in (1, 2)]
    assert said == ["You left one part raw.", "You left 2 parts raw."]


def test_the_forms_of_languages() -> None:
    assert categories("en") == ("one", "other")
    assert categories("es") == ("one", "other")
    assert categories("pl") == ("one", "few", "many", "other")
    assert categories("xx-unknown") == ("one", "other")
    assert category("pl", 22) == "few"
    assert category("pl", "22") == "few"
    assert category("pl", "Monday") == "other"


def test_dates_are_written_as_the_language_does() -> None:
    on = date(2026, 11, 23)
    assert [date_text(code, on) for code in ("en", "es", "sl")] == [
        "23 November 2026",
        "23 de noviembre de 2026",
        "23. november 2026",
    ]


def test_the_pack_itself_is_complete_without_these() -> None:
    assert not (PACKS["bread"] / "sl").exists()

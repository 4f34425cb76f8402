"""``python -m bot translations``: what a translator is told, and what they get to fill in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from bot.__main__ import main
from bot.content.kinds.steps import StepsFile
from bot.content.schemas import lacking_lines
from bot.content.translation_record import RECORD
from bot.content.translation_template import ENDING
from tests.support.packs import PACKS, Author, read

SPANISH_FAQ = """\
faq:
  - id: how-long
    question: "¿Cuánto falta para mi primer pan?"
    ask: [cuántos días tarda el pan, cuándo puedo comer pan, basta un fin de semana]
"""


class Translator:
    """Somebody with a copy of the bread pack, who turns it into Spanish."""

    def __init__(self, author: Author, capsys: pytest.CaptureFixture[str]) -> None:
        self.author = author
        self.directory = author.directory
        self.capsys = capsys
        self.folder = self.directory / "es"
        self.code = 0

    def begins(self) -> None:
        self.folder.mkdir()
        (self.folder / "faq.yaml").write_text(SPANISH_FAQ, "utf-8")
        self.author.edits("bot", lambda data: data.update(languages=["en", "es"]))

    def runs(self, *arguments: str) -> list[str]:
        self.code = main(["translations", *arguments, "--content", str(self.directory)])
        output = self.capsys.readouterr()
        return [line.replace(f"{self.directory}/", "") for line in (output.out + output.err).splitlines()]

    def told(self, word: str, *arguments: str) -> list[str]:
        return [line for line in self.runs(*arguments) if word in line]

    def edits(self, file: str, old: str, new: str) -> None:
        path = self.directory / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    def fills_in(self) -> None:
        """Every empty place of every file; ways to ask differ, and other texts may be short."""
        for path in self.folder.glob(f"*{ENDING}"):
            text = path.read_text("utf-8")
            # The words for numbers are the one list in which a text has a form of its own: the word, and its number.
            text = re.sub(r"(= \d+\n  words:\n)(?:    - \"\"\n)+", r'\1    - "Sí = 1"\n', text)
            first, *rest = text.split('""')
            told = "Sí {}" if "faq" in path.name else "Sí"
            text = first + "".join(f'"{told.format(number)}"{each}' for number, each in enumerate(rest))
            path.write_text(text.replace("|-\n", "|-\n      Sí\n"), "utf-8")
            self.renames(path)

    def renames(self, path: Path) -> None:
        path.rename(self.folder / path.name.replace(ENDING, ".yaml"))


@pytest.fixture
def maria(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Translator:
    return Translator(Author("bread", tmp_path), capsys)


def test_what_is_missing_is_named_with_the_place_of_the_original(maria: Translator) -> None:
    maria.begins()
    line = next(line for line in maria.runs("es") if "faq.how-long.answer:" in line)
    assert line.startswith("es/faq.yaml: faq.how-long.answer: is missing; en/faq.yaml:")
    assert maria.code == 1


def test_what_is_there_is_not_missing(maria: Translator) -> None:
    maria.begins()
    assert not [line for line in maria.runs("es") if "how-long.question" in line or "how-long.ask" in line]


def test_an_original_that_changed_makes_its_translation_stale_until_that_changes_too(
    maria: Translator,
) -> None:
    maria.begins()
    maria.runs("es")
    maria.edits("en/faq.yaml", "How long until my first loaf?", "How long until bread?")
    (line,) = maria.told("earlier text", "es")
    assert line.startswith("es/faq.yaml:3: faq.how-long.question: ")
    assert maria.told("earlier text", "es") == [line], "it is told until something is done"
    maria.edits("es/faq.yaml", "mi primer pan", "mi pan")
    assert maria.told("earlier text", "es") == []


def test_a_stale_text_that_is_still_right_is_accepted_by_name_and_no_other(maria: Translator) -> None:
    maria.begins()
    maria.runs("es")
    maria.edits("en/faq.yaml", "How long until my first loaf?", "How long until bread?")
    maria.edits("en/faq.yaml", "is one weekend enough time", "is a weekend enough")
    assert len(maria.told("earlier text", "es")) == 2
    maria.runs("es", "--accept", "faq.how-long.question")
    (line,) = maria.told("earlier text", "es")
    assert "faq.how-long.ask" in line
    maria.runs("es", "--accept")
    assert maria.told("earlier text", "es") == []


def test_accepting_what_does_not_exist_is_one_clear_line(maria: Translator) -> None:
    maria.begins()
    assert maria.runs("es", "--accept", "faq.nothing") == [
        "faq.nothing: there is no such text; copy its name from the list of stale ones"
    ]
    assert maria.code == 1


def test_what_translates_nothing_is_extra(maria: Translator) -> None:
    maria.begins()
    with (maria.folder / "faq.yaml").open("a", encoding="utf-8") as file:
        file.write('    colour: "rojo"\n  - id: gone\n    question: "¿?"\n')
    lines = maria.told("translates nothing", "es")
    assert [line.partition(": ")[0] for line in lines] == ["es/faq.yaml:5", "es/faq.yaml:6"]
    assert "1 stale" not in maria.runs("es")[-1]


def test_a_language_may_have_other_names_where_the_base_language_has_none(maria: Translator) -> None:
    maria.begins()
    base = yaml.safe_load((maria.directory / "en" / "glossary.yaml").read_text("utf-8"))["glossary"]
    term = next(each for each in base if "also" not in each)
    own = {"glossary": [{"id": term["id"], "also": ["la biga"]}]}
    (maria.folder / "glossary.yaml").write_text(yaml.safe_dump(own), "utf-8")
    assert maria.told("translates nothing", "es") == []


def test_the_templates_filled_in_are_a_complete_translation_that_the_bot_takes(maria: Translator) -> None:
    maria.runs("es", "--template")
    assert maria.code == 1
    maria.fills_in()
    maria.author.edits("bot", lambda data: data.update(languages=["en", "es"]))
    for path in maria.folder.glob("*.yaml"):
        assert yaml.safe_load(path.read_text("utf-8"))
    assert read(maria.directory).pack("es")
    assert maria.runs("es")[-1].endswith("; 0 missing, 0 stale, 0 extra")
    assert maria.code == 0


def test_the_originals_stand_above_the_places(maria: Translator) -> None:
    maria.runs("es", "--template")
    text = (maria.folder / f"faq{ENDING}").read_text("utf-8")
    assert '    # How long until my first loaf?\n    question: ""\n' in text


def test_templates_of_a_language_that_is_not_listed_yet_are_no_fault(maria: Translator) -> None:
    maria.runs("es", "--template")
    assert read(maria.directory).bot.languages == ("en",)


def test_a_template_filled_in_half_counts_as_far_as_it_is(maria: Translator) -> None:
    maria.runs("es", "--template")
    maria.author.edits("bot", lambda data: data.update(languages=["en", "es"]))
    maria.renames(maria.folder / f"steps{ENDING}")
    maria.edits("es/steps.yaml", 'title: ""', "title: La masa")
    steps = read(maria.directory).pack("es")[StepsFile].steps
    assert steps[0].title == "La masa"
    assert steps[1].title == read(maria.directory).pack("en")[StepsFile].steps[1].title
    assert maria.runs("es")[-1].startswith("es: 1 of ")


def test_editors_help_with_a_template_as_with_the_file_that_it_becomes(maria: Translator) -> None:
    maria.runs("es", "--template")
    for path in tuple(maria.folder.glob("*.yaml")):
        maria.renames(path)
    assert [
        str(path) for path, _ in lacking_lines(maria.directory, "en") if path.parent == maria.folder
    ] == []


def test_the_first_language_is_no_translation(maria: Translator) -> None:
    before = sorted((maria.directory / "en").iterdir())
    assert maria.runs("en", "--template") == [
        "en: is the first language, from which the others are translated; name one of those"
    ]
    assert maria.code == 1
    assert sorted((maria.directory / "en").iterdir()) == before


def test_templates_are_not_read_by_the_bot_and_never_written_over(maria: Translator) -> None:
    maria.begins()
    maria.runs("es", "--template")
    assert read(maria.directory).bot.languages == ("en", "es")
    mine = maria.folder / f"faq{ENDING}"
    mine.write_text("mine", "utf-8")
    (maria.folder / f"ui{ENDING}").unlink()
    lines = maria.told("never written over", "es", "--template")
    assert [line.partition(":")[0] for line in lines if "faq" in line] == [f"es/faq{ENDING}"]
    assert mine.read_text("utf-8") == "mine"
    assert not (maria.folder / f"ui{ENDING}").exists(), "all or nothing"


def test_without_a_language_all_are_looked_at_and_one_alone_is_complete(maria: Translator) -> None:
    assert maria.runs() == ["There is only one language."]
    assert maria.code == 0
    maria.begins()
    assert maria.runs()[-1].startswith("es: 2 of ")


def test_a_regional_language_lacks_nothing_that_its_main_language_has_or_lacks(maria: Translator) -> None:
    maria.begins()
    (maria.directory / "es-mx").mkdir()
    (maria.directory / "es-mx" / "faq.yaml").write_text(
        "faq:\n  - id: how-long\n    question: ¿Cuándo?\n", "utf-8"
    )
    assert maria.runs("es-mx") == ["es-mx: 1 of 1 texts are translated; 0 missing, 0 stale, 0 extra"]
    assert maria.code == 0


def test_no_language_code_no_folder_and_a_broken_file_are_one_line_each(maria: Translator) -> None:
    assert maria.runs("Spanish!") == ["Spanish!: write a language code in small letters, such as es or pt-br"]
    maria.begins()
    (maria.folder / "faq.yaml").write_text("faq: [", "utf-8")
    (line,) = maria.runs("es")
    assert line.startswith("es/faq.yaml:")


def test_the_record_is_spoiled_and_says_so(maria: Translator) -> None:
    maria.begins()
    (maria.folder / RECORD).write_text("[", "utf-8")
    assert all(RECORD in line for line in maria.runs("es"))
    assert maria.code == 1


def test_looking_twice_changes_nothing(maria: Translator) -> None:
    maria.begins()
    maria.runs("es")
    before = (maria.folder / RECORD).stat().st_mtime_ns
    maria.runs("es")
    assert (maria.folder / RECORD).stat().st_mtime_ns == before
    assert read(PACKS["bread"]).bot.languages == ("en",)

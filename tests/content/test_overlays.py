"""A second language: only words, by id, the rest from its fallbacks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.content.kinds.faq import FaqFile
from bot.content.kinds.glossary import GlossaryFile
from bot.content.kinds.platforms import PlatformsFile
from bot.errors import Fault
from tests.content.packs import (
    BILINGUAL,
    PACK,
    Case,
    CommonWords,
    Edit,
    FaqWords,
    faults_of,
    load_pack,
    warnings_of,
    write_pack,
)

FAQ = "es/faq.yaml"


def spanish_pack(directory: Path, edits: Mapping[str, Edit] | None = None) -> Path:
    return write_pack(directory, edits or {}, base=BILINGUAL)


def test_words_are_translated_and_structure_is_kept(tmp_path: Path) -> None:
    spanish = load_pack(spanish_pack(tmp_path)).library.pack("es")

    faq = spanish[FaqFile].faq
    assert [entry.id for entry in faq] == ["watering", "sunlight"]
    assert [entry.answer.plain for entry in faq] == ["Un poco cada día.", "Seis horas al día."]
    assert faq[0].related == ("sunlight",)
    assert faq[1].ask == ("sol", "sombra", "luz")
    shop = spanish[PlatformsFile].platforms[0]
    assert (shop.domain, shop.summary.plain) == ("seeds.example.com", "Semillas de todo tipo.")
    assert spanish.words(FaqWords).found.fill(count=2, name="Ana").plain == "Sé 2 respuestas, Ana."


def test_the_base_language_stays_as_it_is(tmp_path: Path) -> None:
    english = load_pack(spanish_pack(tmp_path)).library.pack("en")

    assert english[FaqFile].faq[1].answer.plain == "Six hours a day."
    assert english.words(CommonWords).menu == "Menu"


def test_what_is_not_translated_is_shown_in_the_base_language_and_listed(tmp_path: Path) -> None:
    spanish_pack(tmp_path, {FAQ: ("    short: Sol\n", ""), "es/ui.yaml": ("  title: Preguntas\n", "")})

    loaded = load_pack(tmp_path)

    assert loaded.library.pack("es")[FaqFile].faq[1].short == "Sun"
    assert loaded.library.pack("es").words(FaqWords).title == "Questions"
    lacking = [warning for warning in warnings_of(tmp_path) if warning.line]
    assert lacking == [
        Fault(FAQ, 5, "faq[0].short", "not translated yet; en/faq.yaml:21 is shown instead"),
        Fault("es/ui.yaml", 1, "faq.title", "not translated yet; en/ui.yaml:2 is shown instead"),
    ]
    assert loaded.untranslated == {"es": 7}


def test_an_entry_and_a_file_that_are_not_translated_are_listed_once(tmp_path: Path) -> None:
    entry = "  - id: left\n    title: Dejada\n"
    spanish_pack(tmp_path, {"es/platforms.yaml": (entry, "")})

    warnings = warnings_of(tmp_path)

    message = "'left' is not translated yet; en/platforms.yaml:4 is shown instead"
    assert Fault("es/platforms.yaml", 1, "stages", message) in warnings
    assert [warning.path for warning in warnings].count("es/platforms.yaml") == 1
    assert Fault("es/steps.yaml", 0, "", "not translated yet; en/steps.yaml is shown instead") in warnings
    assert load_pack(tmp_path).library.pack("es")[PlatformsFile].stages[1].title == "Left"


def test_a_list_of_words_is_replaced_whole(tmp_path: Path) -> None:
    spanish_pack(tmp_path, {FAQ: ("[regar, agua, seco]", "[regar, agua, seco, tierra]")})

    assert load_pack(tmp_path).library.pack("es")[FaqFile].faq[0].ask == ("regar", "agua", "seco", "tierra")


def test_a_region_says_only_what_differs_from_its_language(tmp_path: Path) -> None:
    bot = PACK["bot.yaml"].replace("[en]", "[en, es-mx, es]")
    spanish_pack(tmp_path, {"bot.yaml": bot, "es-mx/ui.yaml": "faq:\n  title: Dudas\n"})

    loaded = load_pack(tmp_path)

    mexican = loaded.library.pack("es-MX")
    assert mexican.words(FaqWords).title == "Dudas"
    assert mexican.words(CommonWords).menu == "Menú"
    assert mexican[FaqFile].faq[0].short == "Agua"
    assert not [warning for warning in loaded.warnings if "es-mx" in warning.path]
    assert loaded.untranslated["es-mx"] == 0


def test_a_region_without_its_language_falls_back_to_the_base(tmp_path: Path) -> None:
    bot = PACK["bot.yaml"].replace("[en]", "[en, pt-br]")
    write_pack(tmp_path, {"pt-br/ui.yaml": "common:\n  menu: Cardápio\n", "bot.yaml": bot})

    pack = load_pack(tmp_path).library.pack("pt-br")

    assert (pack.words(CommonWords).menu, pack.words(FaqWords).title) == ("Cardápio", "Questions")


def test_a_slot_that_a_translation_leaves_out_is_named(tmp_path: Path) -> None:
    spanish_pack(tmp_path, {"es/ui.yaml": (", {name}.", ".")})

    lost = [warning for warning in warnings_of(tmp_path) if "translated" not in warning.message]

    assert lost == [Fault("es/ui.yaml", 3, "faq.found", "{name} of en/ui.yaml:3 is not in the translation")]


def test_a_translation_may_have_other_names_where_the_original_has_none(tmp_path: Path) -> None:
    files = {
        "bot.yaml": BILINGUAL["bot.yaml"].replace("shops]", "shops, glossary]"),
        "en/ui.yaml": BILINGUAL["en/ui.yaml"] + "glossary:\n  title: Words\n",
        "en/glossary.yaml": (
            "groups:\n  - id: soil\n    title: Soil\n"
            "glossary:\n  - id: bed\n    group: soil\n    term: Bed\n    meaning: Where plants grow.\n"
        ),
        "es/glossary.yaml": (
            "glossary:\n  - id: bed\n    term: Cantero\n    meaning: Donde crecen las plantas.\n"
            "    also: [bed, era]\n"
        ),
    }

    library = load_pack(write_pack(tmp_path, files, base=BILINGUAL)).library

    assert library.pack("es")[GlossaryFile].glossary[0].also == ("bed", "era")
    assert library.pack("en")[GlossaryFile].glossary[0].also == ()


CASES = [
    Case(
        "structure",
        {FAQ: ("short: Sol", "category: care\n    short: Sol")},
        "category",
        "faq[0].category",
        "same in every language",
    ),
    Case(
        "an unknown key", {FAQ: ("short: Sol", "sort: Sol")}, "sort", "faq[0].sort", "did you mean 'short'?"
    ),
    Case(
        "words that the base lacks",
        {FAQ: ("short: Sol", "short: Sol\n    more: Más.")},
        "more",
        "faq[0].more",
        "en/faq.yaml:18 has no 'more' to translate",
    ),
    Case(
        "an unknown id",
        {FAQ: ("id: sunlight", "id: sunlite")},
        "sunlite",
        "faq[0].id",
        "no 'sunlite' to translate; did you mean 'sunlight'?",
    ),
    Case(
        "an id that stands twice",
        {FAQ: ("id: sunlight", "id: watering")},
        10,
        "faq[1].id",
        "a second time (first in line 5)",
    ),
    Case(
        "an entry without an id",
        {FAQ: ("  - id: sunlight\n    question", "  - question")},
        5,
        "faq[0]",
        "begins with '- id:'",
    ),
    Case(
        "a number for a text",
        {FAQ: ("short: Sol", "short: 1")},
        "short: 1",
        "faq[0].short",
        "1 is read as a number",
    ),
    Case("too few in a list", {FAQ: ("[sol, sombra, luz]", "[sol]")}, "[sol]", "faq[0].ask", "at least 3"),
    Case("a tag", {FAQ: ("Seis horas", "Seis <b>horas</b>")}, "<b>", "faq[0].answer", "<b> is not shown"),
    Case(
        "a slot that nobody fills",
        {FAQ: ("Seis horas", "Seis {horas}")},
        "{horas}",
        "faq[0].answer",
        "nobody fills {horas}",
    ),
    Case(
        "a way to ask that another entry has",
        {FAQ: ("[sol, sombra, luz]", "[sol, Régar, luz]")},
        "Régar",
        "faq[0].ask[1]",
        "'watering' and 'sunlight' are both asked by",
    ),
    Case(
        "a list that is filled in part",
        {FAQ: ("[sol, sombra, luz]", '[sol, "", luz]')},
        "[sol,",
        "faq[0].ask[1]",
        "no text stands here",
    ),
    Case("no words", {FAQ: ("short: Sol", "short: ")}, 7, "faq[0].short", "nothing stands here"),
    Case(
        "a text for a list",
        {FAQ: ("categories:\n  - id: care\n    title: Cuidado", "categories: Cuidado")},
        1,
        "categories",
        "begins with '- '",
    ),
    Case(
        "structure of facts",
        {"es/platforms.yaml": ("  - id: visited\n", "  - id: visited\n    ends: false\n")},
        "ends",
        "stages[0].ends",
        "same in every",
    ),
    Case(
        "an unknown slot",
        {"es/ui.yaml": ("{count}", "{cuenta}")},
        "{cuenta}",
        "faq.found",
        "nobody fills {cuenta}",
    ),
    Case("an unknown area", {"es/ui.yaml": ("shops:", "shop:")}, "shop:", "shop", "did you mean 'shops'?"),
    Case(
        "a text for a section",
        {"es/ui.yaml": ("shops:\n  title: Tiendas", "shops: Tiendas")},
        "shops:",
        "shops",
        "keys with values",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_mistake_in_a_translation_is_told_in_one_line(tmp_path: Path, case: Case) -> None:
    case.check(tmp_path, base=BILINGUAL)


def test_empty_quotes_are_a_place_that_is_not_translated_yet(tmp_path: Path) -> None:
    edits: dict[str, Edit] = {
        FAQ: ("    short: Sol\n    ask: [sol, sombra, luz]\n", '    short: ""\n    ask: ["", "", ""]\n'),
        "es/ui.yaml": ("  title: Preguntas\n", "  title: |-\n\n"),
    }
    spanish_pack(tmp_path, edits)

    loaded = load_pack(tmp_path)

    entry = loaded.library.pack("es")[FaqFile].faq[1]
    assert (entry.short, entry.ask, entry.question) == (
        "Sun",
        ("sun", "shade", "light"),
        "¿Cuánto sol necesitan?",
    )
    assert loaded.library.pack("es").words(FaqWords).title == "Questions"
    listed = {(warning.path, warning.where) for warning in warnings_of(tmp_path)}
    assert {(FAQ, "faq[0].short"), (FAQ, "faq[0].ask"), ("es/ui.yaml", "faq.title")} <= listed


def test_empty_quotes_in_the_base_language_are_a_fault(tmp_path: Path) -> None:
    (fault,) = faults_of(write_pack(tmp_path, {"en/faq.yaml": ("short: Sun", 'short: ""')}))

    assert "no text stands here" in fault.message


def test_a_former_id_in_a_translation_is_told_the_present_one(tmp_path: Path) -> None:
    renamed = PACK["en/faq.yaml"].replace("  - id: sunlight", "  - id: sun\n    renamed_from: [sunlight]")
    spanish_pack(tmp_path, {"en/faq.yaml": renamed.replace("[sunlight]\n    links", "[sun]\n    links")})

    (fault,) = faults_of(tmp_path)

    assert fault.message == "there is no 'sunlight' to translate; it is now called 'sun'"


def test_a_mistake_in_the_base_is_told_once_and_there(tmp_path: Path) -> None:
    spanish_pack(tmp_path, {"en/steps.yaml": ("title: Sow", "title: 1")})

    (fault,) = faults_of(tmp_path)

    assert (fault.path, fault.line) == ("en/steps.yaml", 3)


def test_a_translation_of_what_cannot_be_read_is_not_blamed(tmp_path: Path) -> None:
    spanish_pack(tmp_path, {"en/faq.yaml": "faq: @\n"})

    assert [fault.path for fault in faults_of(tmp_path)] == ["en/faq.yaml"]


def test_a_translation_of_nothing_is_named(tmp_path: Path) -> None:
    write_pack(tmp_path, {"bot.yaml": ("[en]", "[en, es]")})
    (tmp_path / "es").mkdir()
    (tmp_path / "es/glossary.yaml").write_text("groups: []\n")

    (fault,) = faults_of(tmp_path)

    assert (fault.path, fault.line) == ("es/glossary.yaml", 0)
    assert "nothing to translate" in fault.message


def test_a_language_without_any_file_is_shown_in_the_base_language(tmp_path: Path) -> None:
    write_pack(tmp_path, {"bot.yaml": ("[en]", "[en, es]")})
    (tmp_path / "es").mkdir()

    loaded = load_pack(tmp_path)

    assert loaded.library.pack("es").words(CommonWords).menu == "Menu"
    assert loaded.untranslated == {"es": 8}

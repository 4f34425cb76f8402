"""A folder without faults becomes a library."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.content.bot_file import name_in
from bot.content.check import summarise
from bot.content.fields import Shelf
from bot.content.kinds import KINDS
from bot.content.kinds.faq import FaqFile
from bot.content.kinds.glossary import GlossaryFile
from bot.content.kinds.platforms import PlatformsFile
from bot.content.loader import load
from bot.content.markup import Rich, Styled
from bot.errors import ContentError, Fault
from tests.content.packs import (
    AREAS,
    PACK,
    SPANISH,
    TODAY,
    CommonWords,
    FaqWords,
    ShopWords,
    faults_of,
    line_of,
    load_pack,
    warnings_of,
    write_pack,
)


def test_a_clean_pack_has_neither_faults_nor_warnings(tmp_path: Path) -> None:
    write_pack(tmp_path)

    assert faults_of(tmp_path) == ()
    assert warnings_of(tmp_path) == ()


def test_entries_keep_their_order_and_are_found_by_id(tmp_path: Path) -> None:
    faq = load_pack(write_pack(tmp_path)).library.pack("en")[FaqFile].faq

    assert [entry.id for entry in faq] == ["watering", "sunlight"]
    sunlight = faq.get("sunlight")
    assert sunlight is not None
    assert sunlight.answer.plain == "Six hours a day."
    assert sunlight.sources[0].checked == date(2026, 2, 1)


def test_markdown_becomes_formatting(tmp_path: Path) -> None:
    faq = load_pack(write_pack(tmp_path)).library.pack("en")[FaqFile].faq

    assert faq[0].answer == Rich(("A ", Styled("bold", ("little",)), " every day."))


def test_facts_and_words_of_two_files_become_one_entry(tmp_path: Path) -> None:
    platforms = load_pack(write_pack(tmp_path)).library.pack("en")[PlatformsFile]

    shop = platforms.platforms[0]
    assert (shop.domain, shop.summary.plain) == ("seeds.example.com", "Seeds of all kinds.")
    assert [(stage.title, stage.ends) for stage in platforms.stages] == [("Visited", False), ("Left", True)]


def test_entries_stand_in_the_order_of_the_facts(tmp_path: Path) -> None:
    reordered = ("  - id: visited\n  - id: left\n    ends: true\n", "  - id: left\n  - id: visited\n")
    write_pack(tmp_path, {"platforms.yaml": reordered})

    stages = load_pack(tmp_path).library.pack("en")[PlatformsFile].stages

    assert [stage.id for stage in stages] == ["left", "visited"]


def test_an_entry_is_found_by_what_it_was_called_before(tmp_path: Path) -> None:
    write_pack(
        tmp_path, {"en/faq.yaml": ("  - id: sunlight", "  - id: sunlight\n    renamed_from: [sun, sunny]")}
    )

    faq = load_pack(tmp_path).library.pack("en")[FaqFile].faq

    assert faq.get("sun") is faq.get("sunny") is faq.get("sunlight") is not None


def test_a_kind_that_no_area_needs_may_be_absent(tmp_path: Path) -> None:
    pack = load_pack(write_pack(tmp_path)).library.pack("en")

    assert not pack.has(GlossaryFile)


def test_areas_have_their_words_and_those_that_are_off_have_none(tmp_path: Path) -> None:
    write_pack(tmp_path, {"bot.yaml": ("[faq, shops]", "[faq]")})

    pack = load_pack(tmp_path).library.pack("en")

    assert pack.words(FaqWords).found.fill(count=3, name="<b>").plain == "I know 3 answers, <b>."
    assert pack.words(FaqWords).next.fill(title="Sun") == "On: Sun"
    assert pack.words(CommonWords).menu == "Menu"
    assert ShopWords not in pack.sections


def test_an_area_that_is_always_on_may_be_given_a_place_in_the_menu(tmp_path: Path) -> None:
    write_pack(tmp_path, {"bot.yaml": ("[faq, shops]", "[common, faq]")})

    assert load_pack(tmp_path).library.bot.areas == ("common", "faq")


@pytest.mark.parametrize(
    "written", ["no", "yes", "on", "12:30", "0o17", "017", "1e3", "1_000", "Null", "+5", ".inf"]
)
def test_what_yaml_would_misread_stays_the_text_that_was_written(tmp_path: Path, written: str) -> None:
    write_pack(tmp_path, {"en/faq.yaml": ("short: Sun", f"short: {written}")})

    assert load_pack(tmp_path).library.pack("en")[FaqFile].faq[1].short == written


@pytest.mark.parametrize("written", ["'2026-01-01'", "'42'", "'true'", "'~'", '"{{x}}"', "'#1'"])
def test_quotes_make_text_of_anything(tmp_path: Path, written: str) -> None:
    write_pack(tmp_path, {"en/faq.yaml": ("answer: Six hours a day.", f"answer: {written}")})

    answer = load_pack(tmp_path).library.pack("en")[FaqFile].faq[1].answer
    assert answer.plain == written[1:-1].replace("{{x}}", "{x}")


@pytest.mark.parametrize("ending", [b"\r\n", b"\r", b"\n"])
def test_the_line_endings_of_any_computer_are_read(tmp_path: Path, ending: bytes) -> None:
    write_pack(tmp_path)
    path = tmp_path / "en/faq.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", ending))

    assert load_pack(tmp_path).library.pack("en")[FaqFile].faq[0].answer.plain == "A little every day."


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    write_pack(tmp_path, {"bot.yaml": b"\xef\xbb\xbfname: Tomatoes\nlanguages: [en]\nareas: [faq]\n"})

    assert load_pack(tmp_path).library.bot.name == "Tomatoes"


def test_files_for_people_and_programs_are_left_alone(tmp_path: Path) -> None:
    write_pack(tmp_path)
    for name in (
        "README.md",
        "en/notes.md",
        ".schema/faq.json",
        "media/sun.png",
        "en/.faq.yaml.swp",
        "en/faq.yaml~",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"\xff")

    assert faults_of(tmp_path) == ()


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    write_pack(tmp_path)
    (tmp_path / ".store").mkdir()
    (tmp_path / "en/faq.yaml").rename(tmp_path / ".store/faq.yaml")
    (tmp_path / "en/faq.yaml").symlink_to(tmp_path / ".store/faq.yaml")

    assert faults_of(tmp_path) == ()


def test_the_version_changes_with_any_file_and_only_then(tmp_path: Path) -> None:
    before = load_pack(write_pack(tmp_path)).library.version
    again = load_pack(write_pack(tmp_path)).library.version
    after = load_pack(write_pack(tmp_path, {"en/ui.yaml": ("Menu", "menu")})).library.version

    assert before == again != after


def test_paths_are_as_the_author_gave_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_pack(tmp_path / "content", {"en/ui.yaml": ("menu: Menu", "menu: 3")})
    monkeypatch.chdir(tmp_path)

    with pytest.raises(ContentError, match=r"^content/en/ui\.yaml:8: common\.menu: 3 is read as a number"):
        load(Path("content"), AREAS, today=TODAY)


def test_facts_not_checked_for_long_are_named(tmp_path: Path) -> None:
    old = ("checked: 2026-02-01\n    sources", "checked: 2026-01-01\n    sources")
    write_pack(tmp_path, {"bot.yaml": ("areas:", "stale_after_days: 30\nareas:"), "platforms.yaml": old})

    warnings = warnings_of(tmp_path)

    assert warnings == (
        Fault(
            "platforms.yaml",
            line_of(tmp_path, "platforms.yaml", "checked: 2026-01-01"),
            "platforms[0].checked",
            "last checked 59 days ago; look it up again and change the date",
        ),
    )


def test_a_fact_checked_in_the_future_is_named(tmp_path: Path) -> None:
    write_pack(tmp_path, {"en/faq.yaml": ("checked: 2026-02-01", "checked: 2062-02-01")})

    (warning,) = warnings_of(tmp_path)

    assert (warning.line, warning.where) == (26, "faq[1].sources[0].checked")
    assert "still to come" in warning.message


def test_words_for_an_area_that_is_off_are_named(tmp_path: Path) -> None:
    write_pack(tmp_path, {"bot.yaml": ("[faq, shops]", "[faq]")})

    (warning,) = warnings_of(tmp_path)

    assert (warning.path, warning.line, warning.where) == ("en/ui.yaml", 5, "shops")


def test_a_link_by_a_former_id_leads_on_and_is_named(tmp_path: Path) -> None:
    write_pack(tmp_path, {"en/faq.yaml": ("  - id: sunlight", "  - id: sun\n    renamed_from: [sunlight]")})

    (warning,) = warnings_of(tmp_path)

    assert (warning.path, warning.line, warning.where) == ("en/faq.yaml", 15, "faq[0].related[0]")
    assert "now called 'sun'" in warning.message


def test_the_summary_counts_what_there_is(tmp_path: Path) -> None:
    spanish = {**SPANISH, "es/faq.yaml": SPANISH["es/faq.yaml"].replace("    short: Sol\n", "")}
    write_pack(tmp_path, spanish, {"bot.yaml": ("[en]", "[en, es]")})

    lines = summarise(load_pack(tmp_path))

    assert lines[0] == "Tomatoes: 2 areas, 2 languages"
    assert "faq           1 categories, 2 faq" in lines
    assert "platforms     2 stages, 1 platforms" in lines
    assert lines[-2:] == ["en            base language, complete", "es            not translated yet: 6"]


def test_all_kinds_of_the_table_are_read(tmp_path: Path) -> None:
    pack = load_pack(write_pack(tmp_path)).library.pack("en")

    present = {name for name, kind in KINDS.items() if pack.has(kind)}
    assert present == {"welcome", "steps", "faq", "equipment", "platforms", "task_types", "pay"}
    assert isinstance(pack[FaqFile].categories, Shelf)


def test_a_table_of_other_kinds_can_be_given(tmp_path: Path) -> None:
    kinds = {"faq": FaqFile}
    areas = [area for area in AREAS if area.name in ("faq", "common")]
    only_faq = ("related: [sunlight]\n    links:\n      task_types: [sowing]", "related: [sunlight]")
    write_pack(tmp_path, {"en/faq.yaml": only_faq, "bot.yaml": ("[faq, shops]", "[faq]")})
    for path in tmp_path.rglob("*.yaml"):
        if path.stem not in ("bot", "faq", "ui"):
            path.unlink()
    (tmp_path / "en/ui.yaml").write_text(PACK["en/ui.yaml"].replace("shops:\n  title: Shops\n", ""))

    loaded = load(tmp_path, areas, today=TODAY, kinds=kinds)

    assert list(loaded.library.pack("en").kinds) == [FaqFile]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("name: Chess Start\n", "Chess Start"),
        ("name: Chess Start\nlanguages: nonsense\n", "Chess Start"),
        ("name: ''\n", None),
        ("name: [Chess\n", None),
        ("name: {a: b}\n", None),
        ("", None),
    ],
)
def test_the_name_alone_is_told_whatever_else_is_wrong(tmp_path: Path, text: str, name: str | None) -> None:
    assert name_in(tmp_path) is None
    (tmp_path / "bot.yaml").write_text(text, "utf-8")
    assert name_in(tmp_path) == name

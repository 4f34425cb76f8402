"""Every button is pressed: none fails, none leads nowhere; and the page shows all of it in two languages."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.content.library import Library
from bot.content.markup import Link, Rich, Slot, Styled, rich
from bot.gallery.chart import HOME
from bot.gallery.crawl import Visit
from bot.gallery.faults import faults_of, meters, units
from bot.gallery.markup import html
from bot.gallery.page import page
from bot.gallery.personas import LONG_NAME, NOW, personas
from bot.gallery.tour import Tour, take_tour
from bot.guide.action import Press
from bot.guide.area import Area, on
from bot.guide.areas import AREAS
from bot.guide.areas.common import CommonWords
from bot.guide.areas.menu import MenuWords
from bot.guide.guide import Guide
from bot.guide.screen import Screen, TapButton, Turn, UrlButton
from bot.guide.taps import Go, Tap
from bot.starter import PACK as STARTER
from tests.support.packs import PACKS, Author, pack_library, read


def tour_of(library: Library, *languages: str) -> Tour:
    return take_tour(Guide(library, "the_bot"), languages or library.bot.languages[:2])


@pytest.fixture(scope="module", params=["firstlabel", "bread", "starter"])
def tour(request: pytest.FixtureRequest) -> Tour:
    return tour_of(read(STARTER) if request.param == "starter" else pack_library(request.param))


@pytest.fixture
def bread() -> Library:
    return pack_library("bread")


@pytest.fixture
def two_languages(tmp_path: Path) -> Author:
    author = Author("bread", tmp_path)
    shutil.copytree(PACKS["bread"].with_name("bread_languages"), author.directory, dirs_exist_ok=True)
    author.edits("bot", lambda data: data.update(languages=["en", "sl", "ar"]))
    return author


def test_no_button_fails_or_leads_nowhere_and_no_screen_is_a_dead_end(tour: Tour) -> None:
    told = [
        f"{kind.title} · {shown.visit.did} · {language}: {fault}"
        for kind, shown, language, fault in tour.faults
    ]
    assert told == []
    assert tour.complete
    assert tour.visits > 1_000


def test_from_every_screen_there_is_a_way_to_the_menu(tour: Tour) -> None:
    reached: set[str] = {HOME}
    while True:
        more = {name for name, kind in tour.kinds.items() if reached & set(kind.leads_to)} - reached
        if not more:
            break
        reached |= more
    lost = [kind.title for name, kind in tour.kinds.items() if name not in reached and kind.area != "group"]
    assert lost == []


def test_every_area_that_is_on_is_come_to(tour: Tour, bread: Library) -> None:
    assert {"welcome", "menu", "steps", "faq", "tips", "settings"} <= set(tour.areas)
    assert set(bread.bot.areas) <= set(tour_of(bread).areas)


def test_everybody_sees_something_that_nobody_before_them_saw(tour: Tour, bread: Library) -> None:
    seen = {shown.visit.persona for kind in tour.kinds.values() for shown in kind.shown}
    titles = {persona.title for persona in personas(bread, NOW)}
    assert titles - seen <= {"began, nothing yet"}


def test_the_same_screen_is_shown_once(tour: Tour) -> None:
    looks = [
        tuple((screen.text, screen.rows) for screen in shown.visit.screens if screen)
        for kind in tour.kinds.values()
        for shown in kind.shown
        if shown.visit.screens[0]
    ]
    assert len(looks) == len(set(looks))


class Loads(HTMLParser):
    """Whatever a page would load, and where its links lead."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.add(value)
            if name == "href" and value:
                self.links.append(value)
            if name in ("src", "srcset", "data") or tag in ("link", "script", "iframe", "img", "object"):
                self.loaded.append(f"{tag} {name}={value}")


def test_the_page_has_every_area_both_languages_and_the_picture_and_loads_nothing(
    two_languages: Author,
) -> None:
    tour = tour_of(two_languages.publishes(), "en", "ar")
    text = page(tour)
    read_ = Loads(text)
    assert read_.loaded == []
    assert not re.search(r"url\(|@import", text)
    assert {link.removeprefix("#") for link in read_.links} <= read_.ids, (
        "each link leads to something on the page"
    )
    assert all(link.startswith("#") for link in read_.links)
    assert {f"area-{area}" for area in tour.areas} <= read_.ids
    assert 'lang="en"' in text
    assert 'lang="ar"' in text
    assert "أهلا" in text
    assert '<svg class="chart"' in text
    assert "not translated" in text
    assert LONG_NAME in text


def test_what_is_wrong_stands_at_the_top_of_the_page() -> None:
    tour = tour_of(pack_library("bread"))
    assert "Nothing is wrong" in page(tour)
    broken = tour_of_broken()
    text = page(broken)
    assert "Nothing is wrong" not in text
    assert "fails: ZeroDivisionError" in text
    assert "the button leads to something that is not there" in text
    assert "a dead end: there is no button" in text


class Fail(Tap):
    tag = "x1"


class Nowhere(Tap):
    tag = "x2"


class DeadEnd(Tap):
    tag = "x3"


def tour_of_broken() -> Tour:
    """The bread pack, with a menu whose buttons are bugs."""
    buttons = tuple(
        (TapButton(type(tap).__name__, tap),) for tap in (Fail(), Nowhere(), DeadEnd(), Go("nothing"))
    )

    def fails(scene: object, tap: Tap) -> Turn:
        raise ZeroDivisionError

    def home(scene: object) -> Turn:
        return Turn(Screen(rich("Bugs"), buttons))

    def broken(area: Area) -> Area:
        if area.name != "menu":
            return area
        taps = (
            on(Fail, fails),
            on(Nowhere, lambda scene, tap: None),
            on(DeadEnd, lambda scene, tap: Turn(Screen(rich("The end")))),
        )
        return replace(area, home=home, taps=(*area.taps, *taps))

    guide = Guide(pack_library("bread"), "the_bot", [broken(area) for area in AREAS])
    return take_tour(guide, ("en",))


def visit(turn: Turn) -> Visit:
    return Visit("new", "a button", Press(Go("menu")), "go menu", "start", "menu", (turn,))


@pytest.mark.parametrize(
    ("turn", "fault"),
    [
        (Turn(Screen(rich("x" * 4097), ((UrlButton("a", "https://a.example"),),))), "text: 4097 of 4096"),
        (Turn(Screen(rich(" "), ((UrlButton("a", "https://a.example"),),))), "there is no text"),
        (Turn(Screen(rich("x"), ((UrlButton("b" * 49, "https://a.example"),),))), "longest button: 49 of 48"),
        (Turn(Screen(rich("x"), ((UrlButton(" ", "https://a.example"),),))), "a button without words"),
        (Turn(Screen(rich("x"), ((UrlButton("a", "https://a.example"),) * 101,))), "buttons: 101 of 100"),
        (Turn(Screen(rich("x"))), "a dead end: there is no button"),
        (Turn(notice="😀" * 101), "notice: 202 of 200"),
        (Turn(), "nothing answers"),
    ],
)
def test_each_fault_is_named(bread: Library, turn: Turn, fault: str) -> None:
    assert list(faults_of(Guide(bread, "the_bot"), visit(turn), "en", turn)) == [fault]


def test_a_notice_alone_is_an_answer_and_one_about_a_lost_entry_is_a_fault(bread: Library) -> None:
    guide, words = Guide(bread, "the_bot"), bread.pack("en").words(CommonWords)
    for turn, count in ((Turn(notice="Ticked."), 0), (guide_home(words.gone_entry), 1)):
        assert len(list(faults_of(guide, visit(turn), "en", turn))) == count


def guide_home(notice: str) -> Turn:
    return Turn(Screen(rich("Menu"), ((UrlButton("a", "https://a.example"),),)), notice=notice)


def test_meters_count_as_telegram_does() -> None:
    turn = Turn(Screen(rich("😀"), ((UrlButton("ab", "https://a.example"),),)), notice="abc")
    assert {meter.what: meter.used for meter in meters(turn)} == {
        "text": 2,
        "buttons": 1,
        "longest button": 2,
        "bytes of a button": 0,
        "notice": 3,
    }
    assert units("é") == 1


def test_nothing_that_content_or_people_say_becomes_markup_of_the_page() -> None:
    text = Rich(("<b>", Styled("bold", ("&",)), Link('https://a.example/"<', ("x",)), Slot("name")))
    assert html(text) == (
        '&lt;b&gt;<b>&amp;</b><span class="link" title="https://a.example/&quot;&lt;">x</span>{name}'
    )


def test_the_command_writes_one_file_and_tells_how_it_went(
    two_languages: Author, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "all.html"
    arguments = ["gallery", str(out), "--content", str(two_languages.directory)]
    assert main([*arguments, "--languages", "sl,ar"]) == 0
    text = out.read_text("utf-8")
    assert 'lang="sl"' in text
    assert 'lang="en"' not in text.partition("<body>")[2]
    assert "0 faults" in capsys.readouterr().out
    assert main(arguments) == 0
    assert 'lang="sl"' in out.read_text("utf-8"), "the first two by default"
    assert {path.name for path in tmp_path.iterdir()} == {"all.html", "bread"}


@pytest.mark.parametrize(
    ("extra", "line"),
    [
        (["--languages", "fr"], "--languages: there is no 'fr'; there are: en, sl, ar"),
        (["--languages", "en,sl,ar"], "--languages: 2 at most stand side by side"),
    ],
)
def test_wrong_languages_are_one_line(
    two_languages: Author, tmp_path: Path, extra: list[str], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "all.html"
    assert main(["gallery", str(out), "--content", str(two_languages.directory), *extra]) == 1
    assert capsys.readouterr().err == f"{line}\n"
    assert not out.exists()


def test_a_file_that_cannot_be_written_is_one_line(
    two_languages: Author, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "no" / "all.html"
    assert main(["gallery", str(out), "--content", str(two_languages.directory)]) == 1
    assert capsys.readouterr().err == f"{out}: cannot be written (No such file or directory)\n"


def test_commands_are_shown_with_the_screen_that_buttons_lead_to_as_well(bread: Library) -> None:
    tour = tour_of(bread)
    commands = [name for kind in tour.kinds.values() for name in kind.commands]
    assert len(commands) == len(set(commands))
    assert "/menu" in tour.kinds[HOME].commands
    assert bread.pack(None).words(MenuWords).title in tour.kinds[HOME].title

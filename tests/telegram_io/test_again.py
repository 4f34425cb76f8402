"""The playground has a screen shown again: the same screen in today's words, and nothing else happens by it."""

from __future__ import annotations

import pytest

from bot.content.kinds.steps import StepsFile
from bot.content.markup import rich
from bot.guide.action import Action, Command, Event, Press, Say
from bot.guide.guide import Guide
from bot.guide.person import Person, applied
from bot.guide.screen import Screen, TapButton
from bot.guide.taps import encode
from bot.playground import content as playground_content
from bot.telegram_io.again import MOST_PEOPLE, Again, Rememberer, keyboard_mark
from bot.telegram_io.current import CurrentGuide
from tests.support.chat import NOON, find_button
from tests.support.packs import Author


class Visitor:
    """Somebody in the playground, and the author beside them."""

    def __init__(self, author: Author) -> None:
        self.author = author
        self.guide = Guide(author.publishes(), "the_bot")
        self.rememberer = Rememberer(CurrentGuide(lambda: self.guide))
        self.person = Person(1, "en")
        self.screen = Screen(rich())

    def does(self, action: Action) -> Screen:
        turn = self.rememberer.turn(self.person, Event(1, action, "Ana", "en"), NOON)
        self.person = applied(self.person, turn.changes, NOON)
        assert turn.screen is not None
        self.screen = turn.screen
        return turn.screen

    def taps(self, label: str) -> Screen:
        button = find_button(self.screen, label)
        assert isinstance(button, TapButton)
        return self.does(Press(button.tap))

    def looks_again(self, mark: str | None = None) -> Screen | None:
        data = f"again:{mark or keyboard_mark(_data(self.screen))}"
        tap = self.rememberer.codec.decode(data)
        assert isinstance(tap, Again)
        turn = self.rememberer.turn(self.person, Event(1, Press(tap), "Ana", "en"), NOON)
        assert turn.changes == ()
        return turn.screen

    def publishes(self) -> None:
        self.guide = Guide(self.author.publishes(), "the_bot")


@pytest.fixture(params=["firstlabel", "bread"])
def visitor(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Visitor:
    return Visitor(Author(request.param, tmp_path_factory.mktemp("pack")))


def test_a_first_screen_stays_a_first_screen(visitor: Visitor) -> None:
    first = visitor.does(Command("start", ""))
    assert visitor.looks_again() == first, "though they are known by now, and would be welcomed back"


def test_after_a_change_it_is_the_same_screen_in_the_new_words(visitor: Visitor) -> None:
    visitor.does(Command("next", ""))
    visitor.author.edits("steps", lambda data: data["steps"][0].update(title="A new title"))
    visitor.publishes()
    screen = visitor.looks_again()
    assert screen is not None
    assert "A new title" in screen.text.plain


def test_who_is_on_step_three_goes_on_there_when_two_is_removed_and_three_renamed(visitor: Visitor) -> None:
    _, second, third, *_ = visitor.guide.library.pack(None)[StepsFile].steps
    visitor.does(Command("steps", ""))
    visitor.taps(third.title)
    assert third.title in visitor.screen.text.plain
    visitor.author.removes("steps", second.id)
    visitor.author.renames("steps", "steps", third.id, "another-name")
    visitor.author.edits("steps", lambda data: data["steps"][1].update(title="Three under another name"))
    visitor.publishes()
    screen = visitor.looks_again()
    assert screen is not None
    assert "Three under another name" in screen.text.plain
    visitor.screen = screen
    assert visitor.looks_again() == screen, "and again, by its new buttons"


def test_a_message_that_is_not_that_screen_is_left_alone(visitor: Visitor) -> None:
    visitor.does(Command("menu", ""))
    assert visitor.looks_again(keyboard_mark(["b:1"])) is None
    assert visitor.looks_again(keyboard_mark([])) is None


def test_what_was_shown_before_the_bot_began_is_found_by_its_buttons(visitor: Visitor) -> None:
    step = visitor.guide.library.pack(None)[StepsFile].steps[1]
    visitor.does(Command("steps", ""))
    visitor.taps(step.title)
    visitor.rememberer = Rememberer(CurrentGuide(lambda: visitor.guide))
    visitor.author.edits("steps", lambda data: data["steps"][1].update(title="A new title"))
    visitor.publishes()
    screen = visitor.looks_again()
    assert screen is not None
    assert "A new title" in screen.text.plain
    assert visitor.looks_again() == screen


def test_buttons_of_no_screen_are_not_found(visitor: Visitor) -> None:
    assert visitor.looks_again(keyboard_mark(["b:1"])) is None
    assert visitor.looks_again(keyboard_mark([])) is None


def test_only_the_latest_people_are_remembered(visitor: Visitor) -> None:
    first = visitor.does(Command("menu", ""))
    for number in range(2, MOST_PEOPLE + 2):
        visitor.rememberer.turn(Person(number), Event(number, Say("menu"), "Ben", "en"), NOON)
    assert len(visitor.rememberer._shown) == MOST_PEOPLE
    visitor.screen = first
    assert visitor.looks_again() == first, "found by its buttons, as after a restart"


def test_the_playground_marks_a_keyboard_as_the_bot_does(visitor: Visitor) -> None:
    data = _data(visitor.does(Command("menu", "")))
    assert playground_content._mark(data) == keyboard_mark(data)


def _data(screen: Screen) -> list[str]:
    return [encode(each.tap) for row in screen.rows for each in row if isinstance(each, TapButton)]

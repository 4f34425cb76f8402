"""What nobody planned: strange words, strange names, forged and outdated buttons, groups, leaving and coming back."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.content.grammar import isolated
from bot.content.kinds.faq import FaqFile
from bot.content.kinds.steps import StepsFile
from bot.content.kinds.welcome import WelcomeFile
from bot.content.library import Library
from bot.content.markup import Styled
from bot.guide.action import Event, Say
from bot.guide.areas.common import CommonWords
from bot.guide.areas.faq import FaqWords
from bot.guide.areas.menu import MenuWords
from bot.guide.areas.progress import ProgressWords
from bot.guide.areas.steps import StepsWords
from bot.guide.areas.welcome_questions import ANSWER
from bot.guide.areas.welcome_words import WelcomeWords
from bot.guide.commands import COMMANDS
from bot.guide.person import Person, Presence, Seen
from bot.guide.screen import UrlButton
from tests.guide.steps_walk import open_step
from tests.support.chat import Chats, Chatter, buttons_of
from tests.support.packs import PACKS, pack_library

RTL, EMOJI = "مرحبا \u202eabc\u202c שלום", "👩🏽‍🚀🇺🇳\ufe0f\u200d"
HOSTILE = ["<b>&_*[](x) {name}", "{0}{{x}}%s", RTL, EMOJI, "```||~~__", "\u0000\ud800", "A" * 128]
TEXTS = st.one_of(
    st.text(max_size=200),
    st.text(min_size=1, max_size=8).map(lambda text: (text * 4096)[:4096]),
    st.sampled_from(HOSTILE).map(lambda text: (text * 4096)[:4096]),
    st.integers().map(str),
)
UNHURRIED = settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def newcomer(pack: str) -> Chatter:
    return Chats(pack_library(pack)).meet("Ana")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_persons_name_is_shown_as_it_is_and_never_becomes_markup(chats: Chats, name: str) -> None:
    somebody = chats.meet(name)
    somebody.says("/start")
    shown = isolated("en", name)
    somebody.sees(shown)
    (hello,) = somebody.screen.text.nodes[:1]
    assert isinstance(hello, Styled)
    assert shown in hello.children, "the name is one plain piece of text"


def test_a_name_of_blanks_is_no_name(chats: Chats) -> None:
    somebody = chats.meet(" \t")
    somebody.says("/start")
    somebody.sees(chats.words(WelcomeWords).hello_nameless)


@pytest.mark.parametrize("waiting", [False, True])
@given(pack=st.sampled_from(list(PACKS)), text=TEXTS)
@UNHURRIED
def test_whatever_is_typed_is_answered(pack: str, text: str, waiting: bool) -> None:
    ana = newcomer(pack)
    if waiting:
        step = next(step for step in ana.chats.pack[StepsFile].steps if step.figure)
        ana.presses(f"fa:{step.id}")
    ana.says(text)
    assert ana.turn.screen is not None
    assert buttons_of(ana.screen)


@given(
    pack=st.sampled_from(list(PACKS)),
    command=st.sampled_from([command.name for command in COMMANDS]),
    argument=TEXTS,
)
@UNHURRIED
def test_whatever_follows_a_command_is_answered(pack: str, command: str, argument: str) -> None:
    ana = newcomer(pack)
    ana.says(f"/{command} {argument}")
    assert ana.turn.screen is not None
    assert buttons_of(ana.screen)


PIECES = st.one_of(
    st.sampled_from(
        ["g", "o", "n", "st", "ss", "sh", "fa", "fn", "ff", "wq", "wa", "b", "eh", "ep", "pb", "pt"]
    ),
    st.sampled_from(
        ["jp", "gg", "fc", "fh", "md", "dm", "", "0", "1", "-1", "99999", "x" * 25, "done", "mine"]
    ),
    st.sampled_from(["steps", "faq", "glossary", "equipment", "platforms", "task_types", "welcome", "menu"]),
    st.sampled_from(
        ["wake-starter", "bake", "oven", "hilltop-mill", "ordered", "rye-loaf", "crumb", "how-long"]
    ),
    st.sampled_from(["heat", "pan", "settings", "beginning", "dough", "pay", "keep-accuracy", "computer"]),
)


@given(
    pack=st.sampled_from(list(PACKS)),
    data=st.lists(st.one_of(PIECES, st.text(max_size=10)), min_size=1, max_size=5).map(":".join),
)
@settings(UNHURRIED, max_examples=1500)
def test_whatever_a_button_claims_it_is_answered(pack: str, data: str) -> None:
    ana = newcomer(pack)
    ana.presses(data)
    assert ana.turn.screen is not None
    assert buttons_of(ana.screen)
    if ana.chats.guide.codec.decode(data) is None:
        ana.is_told(ana.chats.words(CommonWords).old_button)
        assert ana.deeds == []


def test_a_button_of_a_former_version_brings_a_fresh_menu_and_says_so(ana: Chatter) -> None:
    ana.presses("old:version")
    ana.is_told(ana.chats.words(CommonWords).old_button)
    ana.sees(ana.chats.words(MenuWords).intro)
    assert ana.turn.fresh


@pytest.mark.parametrize(
    "data", ["o:steps:gone:", "o:nothing:x:", "g:nothing", "st:gone:x:1", "ss:gone:done", "sh:gone"]
)
def test_what_a_button_speaks_of_and_is_no_more_is_said_kindly(ana: Chatter, data: str) -> None:
    ana.presses(data)
    ana.is_told(ana.chats.words(CommonWords).gone_entry)
    ana.sees(ana.chats.words(MenuWords).intro)
    assert ana.deeds == []


@pytest.mark.parametrize(
    "data", ["ss:{step}:sold", "ep:no-path", "eh:no-item:1:1:", "wq:no-question:", "wa:{question}:no-option:"]
)
def test_a_button_with_a_forged_part_changes_nothing(ana: Chatter, data: str) -> None:
    step, question = ana.chats.pack[StepsFile].steps[0], ana.chats.pack[WelcomeFile].questions[0]
    ana.presses(data.format(step=step.id, question=question.id))
    ana.is_told(ana.chats.words(CommonWords).gone_entry)
    assert ana.deeds == []


def test_a_way_back_to_a_step_that_never_was_is_not_offered(ana: Chatter) -> None:
    ana.presses(f"o:faq:{ana.chats.pack[FaqFile].faq[0].id}:no-such-step")
    ana.sees_no_button(ana.chats.words(CommonWords).back_to_step)


@pytest.mark.parametrize("command", ["/foo", "/START_ME", "/", "/ü", "/start@", "/" + "x" * 4000])
def test_an_unknown_command_is_answered_with_the_menu(ana: Chatter, command: str) -> None:
    ana.says(command)
    known = ana.chats.words(WelcomeWords).hello.fill(name="Ana").plain in ana.text
    assert known or ana.chats.words(MenuWords).unknown_command.plain in ana.text


def test_every_command_of_the_menu_opens_something_and_help_explains(ana: Chatter) -> None:
    names = [name for name, _ in ana.chats.guide.menu("en").commands]
    several = len(ana.chats.guide.languages) > 1
    assert names == [command.name for command in COMMANDS if several or command.name != "language"]
    for name in names:
        ana.says(f"/{name}")
        ana.sees_not(ana.chats.words(MenuWords).unknown_command)
    ana.says("/help@the_bot")
    for name in names:
        ana.sees(f"/{name}")


def test_a_command_may_be_typed_without_its_slash(ana: Chatter) -> None:
    ana.says("Menu")
    ana.sees(ana.chats.words(MenuWords).title)
    ana.says(" progress ")
    ana.sees(ana.chats.words(ProgressWords).title)


def test_every_example_in_help_is_answered(content: Library) -> None:
    ana = Chats(content).meet()
    ana.says("/help")
    examples = [
        node.children[0]
        for node in ana.screen.text.nodes
        if isinstance(node, Styled) and node.style == "italic"
    ]
    assert examples
    for example in examples:
        ana.says(str(example))
        assert ana.turn.area in ("faq", "glossary")
        ana.sees_not(ana.chats.words(FaqWords).unknown)
        ana.sees_not(ana.chats.words(FaqWords).did_you_mean)


def test_the_profile_is_the_packs_own(chats: Chats) -> None:
    menu = chats.guide.menu(None)
    assert menu.name == chats.guide.library.bot.name
    assert all(0 < len(line) <= 256 for _, line in menu.commands)
    assert 0 < len(menu.about) <= 512
    assert 0 < len(menu.short_about) <= 120
    assert chats.guide.languages == chats.guide.library.bot.languages


def test_cancel_with_nothing_to_cancel_says_so(ana: Chatter) -> None:
    ana.says("/cancel")
    ana.sees(ana.chats.words(MenuWords).nothing_to_cancel)


def test_a_greeting_is_greeted_back(ana: Chatter) -> None:
    ana.says("/start")
    for greeting in ana.chats.words(MenuWords).greetings:
        ana.says(f"{greeting.upper()}!")
        ana.sees(ana.chats.words(MenuWords).greeted)


def test_a_sticker_gets_a_kind_line_and_no_more_than_two_ways_on(ana: Chatter) -> None:
    ana.sends_a_sticker()
    ana.sees(ana.chats.words(MenuWords).not_text)
    assert len(ana.labels) == 2
    assert ana.labels[1] == ana.chats.words(CommonWords).menu
    ana.taps(ana.labels[0])
    ana.sees(ana.chats.pack[StepsFile].steps[0].why)


def test_a_sticker_at_a_question_leads_back_to_it_and_the_answer_can_still_be_typed(ana: Chatter) -> None:
    words, question = ana.chats.words(WelcomeWords), ana.chats.pack[WelcomeFile].questions[0]
    ana.says("/start")
    ana.taps(words.begin)
    ana.sends_a_sticker()
    total = len(ana.chats.pack[WelcomeFile].questions)
    assert ana.labels == [words.to_question.fill(number=1, total=total), ana.chats.words(CommonWords).menu]
    ana.says(question.options[0].label)
    assert ana.value(ANSWER, question.id) == question.options[0].id


def test_in_a_group_there_is_one_line_with_a_way_into_the_private_chat_and_nothing_is_kept(
    ana: Chatter,
) -> None:
    turn = ana.speaks_in_a_group()
    assert turn.screen is not None
    (button,) = buttons_of(turn.screen)
    assert isinstance(button, UrlButton)
    assert button.url == "https://t.me/the_bot?start=src_group"
    assert turn.changes == ()
    assert ana.person == Person(ana.person.id)


def test_nobodys_progress_is_shown_or_changed_in_a_group(ana: Chatter) -> None:
    step = next(step for step in ana.chats.pack[StepsFile].steps if step.figure)
    ana.presses(f"fa:{step.id}")
    before = ana.person
    ana.speaks_in_a_group()
    assert ana.person == before


def test_who_blocks_the_bot_is_gone_and_who_comes_back_is_where_they_were(ana: Chatter) -> None:
    step = open_step(ana, 0)
    ana.taps(ana.chats.words(StepsWords).mark_done)
    marks = ana.person.marks
    turn = ana.blocks()
    assert turn.screen is None
    assert ana.person.gone
    ana.blocks()
    ana.unblocks()
    assert not ana.person.gone
    assert ana.person.marks == marks
    ana.blocks()
    ana.says(f"/start step_{step.id}")
    assert not ana.person.gone
    ana.sees(step.done)


def test_unblocking_without_having_blocked_changes_nothing(ana: Chatter) -> None:
    ana.says("/menu")
    assert ana.unblocks().changes == ()


def test_the_last_visit_is_kept_to_the_hour_only(ana: Chatter) -> None:
    assert Seen("en") in ana.says("/menu").changes
    ana.chats.later(minutes=59)
    assert ana.says("/menu").changes == ()
    ana.chats.later(minutes=1)
    assert ana.says("/menu").changes == (Seen("en"),)
    ana.language = "pt-BR"
    assert ana.says("/menu").changes == (Seen("pt-BR"),)


def test_a_return_is_noticed_once(ana: Chatter) -> None:
    ana.says("/menu")
    ana.blocks()
    assert Presence(gone=False) in ana.says("/menu").changes
    assert ana.says("/menu").changes == ()


@pytest.mark.parametrize("language", [None, "en", "EN-us", "xx", "zh-Hant-TW", "<b>"])
def test_a_language_that_there_is_not_gets_the_base_language(chats: Chats, language: str | None) -> None:
    somebody = chats.meet("Ben", language=language)
    somebody.says("/start")
    somebody.sees(chats.words(WelcomeWords).hello.fill(name="Ben"))


def test_when_a_turn_fails_the_person_reads_a_kind_sentence_with_a_code(ana: Chatter) -> None:
    turn = ana.chats.guide.apology(ana.person, Event(ana.person.id, Say("x"), "Ana", "en"), "K7QX")
    assert turn.screen is not None
    assert "K7QX" in turn.screen.text.plain
    assert turn.fresh


def test_people_side_by_side_never_see_each_other(chats: Chats) -> None:
    people = [chats.meet(name) for name in ("Ana", "Ben", "Cem")]
    for at, person in enumerate(people):
        person.says("/start")
        open_step(person, at)
        person.taps(chats.words(StepsWords).mark_done)
    for at, person in enumerate(people):
        steps = chats.pack[StepsFile].steps
        assert [item for _, item in person.deeds] == [steps[at].id]
        person.says("/start")
        person.sees(person.name)
        for other in people:
            if other is not person:
                person.sees_not(other.name)

"""/reload: an operator has the content looked at now."""

from __future__ import annotations

from functools import partial

import pytest

from bot.admin.desk import AdminDesk
from bot.admin.desks import Desks
from bot.admin.reload import COMMAND, ReloadDesk, Said
from bot.content.library import Library
from bot.errors import Fault
from bot.guide.action import Action, Command, Event, Say
from bot.guide.broadcast import Post
from bot.guide.reload_words import ReloadWords
from bot.guide.screen import Turn
from bot.reload.reloader import Outcome
from bot.reload.telling import outcome_in_words
from tests.telegram_io.fakes import NOW, MemoryStore

OLGA, ANA = 9_001, 1
FAULT = Fault("content/en/faq.yaml", 41, "faq[3].answer", "a single { stands here")


class Office:
    """A desk for broadcasts, one for this command, and an operator."""

    def __init__(self, library: Library) -> None:
        self.outcome = Outcome("v1")
        self.looks = 0
        self.store = MemoryStore()
        self.words = library.pack(None).words(ReloadWords)
        self.desk = Desks(
            AdminDesk({OLGA}, library, self.store, 25),
            ReloadDesk({OLGA}, lambda: library, self._look),
        )

    async def _look(self, asked_by: int) -> Said:
        assert asked_by == OLGA
        self.looks += 1
        return partial(outcome_in_words, self.outcome)

    async def does(self, action: Action, who: int = OLGA) -> Turn | None:
        return await self.desk.turn(Event(who, action, "Olga", "en"), NOW, message=None, post=Post("x"))

    async def reads(self) -> str:
        turn = await self.does(Command(COMMAND, ""))
        assert turn is not None
        assert turn.screen is not None
        return turn.screen.text.plain


@pytest.fixture
def office(content: Library) -> Office:
    return Office(content)


async def test_it_says_what_came_of_it(office: Office) -> None:
    assert await office.reads() == office.words.unchanged.plain
    office.outcome = Outcome("v2", changed=True)
    assert await office.reads() == office.words.changed.plain
    office.outcome = Outcome("v1", (FAULT,))
    assert str(FAULT) in await office.reads()


async def test_it_says_which_ids_are_gone_that_people_may_be_at(office: Office) -> None:
    office.outcome = Outcome("v2", changed=True, gone=("steps.yaml: sow", "equipment.yaml: desk"))
    said = await office.reads()
    assert said.startswith(office.words.changed.plain)
    assert office.words.gone.fill(count=2).plain in said
    assert "steps.yaml: sow\nequipment.yaml: desk" in said


async def test_for_anybody_else_there_is_no_such_command(office: Office) -> None:
    assert await office.does(Command(COMMAND, ""), who=ANA) is None
    assert await office.does(Say(COMMAND)) is None
    assert office.looks == 0


async def test_operators_find_both_commands_in_their_menu(office: Office) -> None:
    names = [name for name, _ in office.desk.commands("en")]
    assert COMMAND in names
    assert len(names) == 2


async def test_a_broadcast_that_waits_for_its_message_is_given_up(office: Office) -> None:
    await office.does(Command("broadcast", ""))
    assert await office.store.draft(OLGA) is not None
    await office.reads()
    assert await office.store.draft(OLGA) is None

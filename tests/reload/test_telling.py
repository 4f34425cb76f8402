"""Operators are told of faults, and of the same ones only once; a file tells the playground."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from bot.content.library import Library
from bot.errors import Fault, StoreError, TelegramError
from bot.guide.person import Person
from bot.guide.ports import Sent
from bot.guide.reload_words import ReloadWords
from bot.guide.screen import Screen
from bot.reload.reloader import Outcome
from bot.reload.telling import FileTold, OperatorsTold, faults_in_words, outcome_in_words
from tests.support.chat import LONGEST_TEXT, units
from tests.telegram_io.fakes import MemoryStore

OLGA, OSCAR = 9_001, 9_002
ONE = Fault("content/en/faq.yaml", 41, "faq[3].answer", "a single { stands here")
OTHER = Fault("content/en/faq.yaml", 7, "", "the file is empty")


class Post:
    """Notes what is sent."""

    def __init__(self) -> None:
        self.sent: list[tuple[int, str]] = []
        self.error: Exception | None = None

    async def send(
        self, person_id: int, screen: Screen, *, silent: bool, repeat: bool, within: float | None = None
    ) -> Sent:
        if self.error:
            raise self.error
        assert not silent
        self.sent.append((person_id, screen.text.plain))
        return Sent.DONE


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


class Told:
    """Operators who are told, and the task that tells them."""

    def __init__(self, operators: OperatorsTold) -> None:
        self.operators = operators

    async def __call__(self, outcome: Outcome) -> None:
        """Until everybody was told who is to be."""
        await self.operators(outcome)
        task = asyncio.create_task(self.operators.run())
        await self.operators._to_tell.join()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def told(post: Post, store: MemoryStore, content: Library) -> Told:
    return Told(OperatorsTold({OLGA, OSCAR}, store, post, lambda: content))


async def test_every_operator_reads_file_line_and_what_to_do(told: Told, post: Post) -> None:
    await told(Outcome("v1", (ONE,)))
    assert [person for person, _ in post.sent] == [OLGA, OSCAR]
    assert "content/en/faq.yaml:41: faq[3].answer: a single { stands here" in post.sent[0][1]


async def test_the_same_faults_are_told_once_others_at_once_and_after_a_clean_look_anew(
    told: Told, post: Post
) -> None:
    for faults in ((ONE,), (ONE,), (ONE, OTHER), (OTHER, ONE), (ONE,)):
        await told(Outcome("v1", faults))
    assert len(post.sent) == 2 * 2
    await told(Outcome("v1"))
    await told(Outcome("v1", (ONE,)))
    assert len(post.sent) == 3 * 2


async def test_whoever_asked_reads_it_in_the_answer_and_only_the_others_are_told(
    told: Told, post: Post
) -> None:
    await told(Outcome("v1", (ONE,), asked_by=OLGA))
    assert [person for person, _ in post.sent] == [OSCAR]


async def test_when_telegram_refuses_us_for_good_the_bot_learns_it(told: Told, post: Post) -> None:
    post.error = TelegramError("the token was revoked")
    await told.operators(Outcome("v1", (ONE,)))
    with pytest.raises(TelegramError):
        await told.operators.run()


async def test_every_operator_reads_which_ids_are_gone_once(told: Told, post: Post, content: Library) -> None:
    words = content.pack(None).words(ReloadWords)
    await told(Outcome("v2", changed=True, gone=("steps.yaml: sow",), asked_by=OSCAR))
    await told(Outcome("v2"))
    assert [person for person, _ in post.sent] == [OLGA]
    assert post.sent[0][1] == f"{words.gone.fill(count=1).plain}\n\nsteps.yaml: sow"


async def test_ids_that_are_gone_do_not_hide_the_same_faults_from_anybody(told: Told, post: Post) -> None:
    for outcome in (Outcome("v1", (ONE,)), Outcome("v2", changed=True, gone=("x",)), Outcome("v2", (ONE,))):
        await told(outcome)
    assert len(post.sent) == 3 * 2


async def test_clean_content_is_not_worth_a_message(told: Told, post: Post) -> None:
    await told(Outcome("v2", changed=True))
    assert post.sent == []


@pytest.mark.parametrize("error", [TimeoutError(), StoreError("the disk is full"), RuntimeError()])
async def test_whoever_cannot_be_reached_is_in_the_log_and_nothing_else_happens(
    told: Told, post: Post, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    post.error = error
    await told(Outcome("v1", (ONE,)))
    assert f"person={OLGA}" in caplog.text
    assert f"person={OSCAR}" in caplog.text


async def test_words_are_in_the_operators_language(
    told: Told, post: Post, store: MemoryStore, content: Library
) -> None:
    language = content.bot.languages[-1]
    store.people[OLGA] = Person(OLGA, language)
    await told(Outcome("v1", (ONE,)))
    words = content.pack(language).words(ReloadWords)
    assert words.faults.fill(count=1).plain in post.sent[0][1]


def test_however_many_and_long_the_faults_are_the_message_fits_and_says_how_many_more(
    content: Library,
) -> None:
    words = content.pack(None).words(ReloadWords)
    faults = [Fault("content/en/faq.yaml", line, "faq", "😀" * 900) for line in range(1, 400)]
    text = faults_in_words(words, faults).plain
    shown = text.count("content/en/faq.yaml:")
    assert units(text) <= LONGEST_TEXT
    assert shown > 0
    assert words.more.fill(count=399 - shown).plain in text


def test_however_many_ids_are_gone_the_message_fits_and_says_how_many_more(content: Library) -> None:
    words = content.pack(None).words(ReloadWords)
    outcome = Outcome("v2", changed=True, gone=tuple(f"platforms.yaml: {'x' * 40}-{n}" for n in range(500)))
    text = outcome_in_words(outcome, words).plain
    assert units(text) <= LONGEST_TEXT
    assert words.gone_more.fill(count=500 - text.count("platforms.yaml")).plain in text


async def test_the_file_says_the_version_and_the_faults(tmp_path: Path) -> None:
    path = tmp_path / "state"
    await FileTold(path)(Outcome("v1", (ONE,)))
    assert json.loads(path.read_text("ascii")) == {"version": "v1", "faults": [str(ONE)]}
    assert [each.name for each in tmp_path.iterdir()] == ["state"]


async def test_a_file_that_cannot_be_written_is_only_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await FileTold(tmp_path / "no" / "state")(Outcome("v1"))
    assert "cannot be written" in caplog.text

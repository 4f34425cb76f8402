"""An author saves files while the bot runs: what is clean is used at once and whole, what is not never is."""

from __future__ import annotations

import asyncio
import gc
import weakref
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.content.kinds.faq import FaqFile
from bot.content.loader import Loaded, load
from bot.content.watching import fingerprint
from bot.gallery.crawl import crawl
from bot.gallery.personas import personas
from bot.guide.guide import SPECS, Guide
from bot.reload.live import Live
from bot.reload.reloader import MOST_TRIES, Outcome, Reloader
from tests.support.chat import NOON
from tests.support.packs import TODAY, Author

BROKEN = "faq: [broken\n"


class Desk:
    """An author's folder, the bot's library, and who is told."""

    def __init__(self, author: Author) -> None:
        self.author = author
        self.live = Live(author.publishes())
        self.told: list[Outcome] = []
        self.replaced = 0
        self.loads = 0
        self.looks = 0
        self.ahead: list[Any] = []
        self.reloader = Reloader(
            author.directory,
            self.live,
            self.load,
            tell=(self.tell,),
            replaced=self._replace,
            sleep=self._sleep,
        )

    @property
    def faq(self) -> Path:
        return self.author.directory / "en" / "faq.yaml"

    @property
    def question(self) -> str:
        return self.live.library.pack(None)[FaqFile].faq[0].question

    def rewords(self, text: str) -> None:
        self.author.edits("faq", lambda data: data["faq"][0].update(question=text))

    def load(self, directory: Path, today: date = TODAY) -> Loaded:
        self.loads += 1
        return load(directory, SPECS, today=today)

    async def tell(self, outcome: Outcome) -> None:
        self.told.append(outcome)

    def _replace(self) -> None:
        self.replaced += 1

    async def _sleep(self, seconds: float) -> None:
        """Between two looks the next thing happens; after the last one the watch ends."""
        self.looks += 1
        if not self.ahead:
            raise asyncio.CancelledError
        if happens := self.ahead.pop(0):
            happens()

    async def watches(self, *happens: Any) -> None:
        """What happens between the looks, one after another; ``None`` for nothing."""
        self.ahead = list(happens)
        with suppress(asyncio.CancelledError):
            await self.reloader.run()


@pytest.fixture(params=["firstlabel", "bread"])
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Desk:
    return Desk(Author(request.param, tmp_path))


async def test_a_clean_change_is_used(desk: Desk) -> None:
    before = desk.live.library.version
    desk.rewords("Is it new?")
    outcome = await desk.reloader.look()
    assert outcome.changed
    assert outcome.version == desk.live.library.version != before
    assert (desk.question, desk.replaced, desk.told) == ("Is it new?", 1, [outcome])


async def test_nothing_changed_means_nothing_is_replaced(desk: Desk) -> None:
    library = desk.live.library
    outcome = await desk.reloader.look()
    assert (outcome.changed, outcome.faults, desk.live.library, desk.replaced) == (False, (), library, 0)


async def test_faulty_content_is_not_used_and_everybody_who_listens_gets_all_faults(desk: Desk) -> None:
    library = desk.live.library
    desk.faq.write_text(BROKEN, "utf-8")
    outcome = await desk.reloader.look()
    assert desk.live.library is library
    assert outcome.faults
    assert str(desk.faq) in str(outcome.faults[0])
    assert outcome.version == library.version
    assert desk.told == [outcome]


async def test_mended_content_is_used_and_content_put_back_counts_as_unchanged(desk: Desk) -> None:
    good = desk.faq.read_text("utf-8")
    desk.faq.write_text(BROKEN, "utf-8")
    await desk.reloader.look()
    desk.faq.write_text(good, "utf-8")
    assert not (await desk.reloader.look()).changed
    desk.rewords("Is it new?")
    assert (await desk.reloader.look()).changed


async def test_a_folder_that_went_away_is_a_fault_and_no_end(desk: Desk) -> None:
    desk.author.directory.rename(desk.author.directory.with_name("away"))
    outcome = await desk.reloader.look()
    assert [fault.path for fault in outcome.faults] == [str(desk.author.directory)]


async def test_the_watch_takes_a_change_once_it_has_stood_for_a_look(desk: Desk) -> None:
    await desk.watches(None, None, lambda: desk.rewords("Is it new?"), None)
    assert desk.question == "Is it new?"
    assert desk.replaced == 1


async def test_a_file_that_is_still_being_written_is_not_read(desk: Desk) -> None:
    await desk.watches(None, None)
    loads, good = desk.loads, desk.faq.read_text("utf-8")
    pieces = [good[: len(good) * part // 4] for part in range(1, 4)]
    await desk.watches(*[lambda piece=piece: desk.faq.write_text(piece, "utf-8") for piece in pieces])
    assert desk.loads == loads, "it changed between any two looks"
    desk.faq.write_text(good, "utf-8")
    desk.rewords("Is it new?")
    await desk.watches(None, None)
    assert desk.question == "Is it new?"
    assert not any(outcome.faults for outcome in desk.told)


async def test_while_nothing_changes_no_file_is_read(desk: Desk) -> None:
    await desk.watches(None, None)
    loads = desk.loads
    await desk.watches(*[None] * 20)
    assert desk.loads == loads


async def test_what_changed_while_it_was_read_is_read_again_but_not_for_ever(desk: Desk) -> None:
    def load_and_write(directory: Path) -> Loaded:
        loaded = desk.load(directory)
        if desk.loads < 3:
            desk.rewords(f"Is it number {desk.loads}?")
        return loaded

    desk.reloader._load = load_and_write
    await desk.reloader.look()
    assert desk.question == "Is it number 2?"

    def load_and_always_write(directory: Path) -> Loaded:
        loaded = desk.load(directory)
        desk.rewords(f"Is it number {desk.loads}?")
        return loaded

    desk.reloader._load, before = load_and_always_write, desk.loads
    question = desk.question
    await desk.reloader.look()
    assert desk.loads == before + MOST_TRIES
    assert desk.question == question, "what is still being written is not used"
    assert (await desk.reloader.look(asked_by=1)).changed, "unless somebody asks for it"


async def test_an_unexpected_error_leaves_the_bot_and_the_watch_alone(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    library = desk.live.library
    desk.live.part(lambda library: _refuse(library, desk))
    await desk.watches(None, lambda: desk.rewords("Is it new?"), None, None, None)
    assert desk.live.library is library
    assert "taking over changed content failed ref=" in caplog.text


def _refuse(library: object, desk: Desk) -> object:
    if library is not desk.live.library:
        raise RuntimeError
    return library


async def test_all_parts_are_replaced_together(desk: Desk) -> None:
    first = desk.live.part(lambda library: library.version)
    second = desk.live.part(lambda library: Guide(library, "the_bot"))
    desk.rewords("Is it new?")
    await desk.reloader.look()
    assert first() == second().library.version == desk.live.library.version


async def test_the_former_library_and_all_that_was_reckoned_for_it_are_let_go(desk: Desk) -> None:
    guide = desk.live.part(lambda library: Guide(library, "the_bot"))
    for persona in personas(desk.live.library, NOON)[2:4]:
        # Whatever may be reckoned for a pack is reckoned by pressing every button.
        for visit in crawl(guide(), persona, NOON, ("en",)):
            assert not visit.fault
    del persona, visit
    former = weakref.ref(desk.live.library.pack(None))
    desk.rewords("Is it new?")
    gc.collect()
    gc.disable()
    try:
        await desk.reloader.look()
        assert former() is None, "at once: there is no ring in it for the collector to find"
    finally:
        gc.enable()


def test_hidden_files_of_editors_are_no_change_and_a_new_folder_is_one(desk: Desk) -> None:
    directory = desk.author.directory
    before = fingerprint(directory)
    (directory / "en" / ".faq.yaml.swp").write_text("x", "utf-8")
    assert fingerprint(directory) == before
    (directory / "xx").mkdir()
    assert fingerprint(directory) != before

"""An author renames or takes out what people are at: whoever runs the bot reads it, in the log and in the chat."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any

import pytest

from tests.reload.test_reloader import Desk
from tests.support.packs import Author


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(Author("bread", tmp_path))


def called_anew(desk: Desk, kind: str, collection: str, old: str, new: str) -> None:
    """The author gives an entry another id and does not say which it had."""
    desk.author.renames(kind, collection, old, new)
    desk.author.edits(kind, lambda data: _forget(data, old))
    desk.author.unlinks(kind, {old})


def _forget(data: Any, old: str) -> None:
    for value in data.values() if isinstance(data, dict) else data:
        if isinstance(value, dict | list):
            _forget(value, old)
    if isinstance(data, dict) and old in data.get("renamed_from", ()):
        data["renamed_from"].remove(old)


def _needs_nothing(data: Any) -> None:
    for work in data["task_types"]:
        work.pop("equipment", None)


async def test_a_step_with_another_id_is_told_with_its_file_and_what_to_write(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    called_anew(desk, "steps", "steps", "wake-starter", "wake-up")
    with caplog.at_level(logging.WARNING):
        outcome = await desk.reloader.look()
    assert outcome.faults == ()
    assert outcome.changed, "it is used all the same"
    assert outcome.gone == ("steps.yaml: wake-starter",)
    (line,) = caplog.messages
    assert "steps.yaml: wake-starter" in line
    assert "renamed_from" in line


async def test_a_step_that_says_which_id_it_had_is_no_news(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.author.renames("steps", "steps", "wake-starter", "wake-up")
    desk.author.unlinks("steps", {"wake-starter"})
    with caplog.at_level(logging.WARNING):
        outcome = await desk.reloader.look()
    assert outcome.changed
    assert outcome.gone == ()
    assert caplog.messages == []


@pytest.mark.parametrize(
    ("kind", "collection", "old", "told"),
    [
        ("steps", "steps.tasks", "feed", "steps.yaml: wake-starter/feed"),
        ("equipment", "equipment", "basket", "equipment.yaml: basket"),
        ("platforms", "platforms", "cloud-mill", "platforms.yaml: cloud-mill"),
        ("platforms", "stages", "stopped", "platforms.yaml: stopped"),
        ("welcome", "questions.options", "dark", "welcome.yaml: taste/dark"),
        ("matching", "questions", "bread", "matching.yaml: bread"),
    ],
)
async def test_so_is_what_people_ticked_own_chose_or_answered(
    desk: Desk, kind: str, collection: str, old: str, told: str
) -> None:
    desk.author.edits("task_types", _needs_nothing)
    called_anew(desk, kind, collection, old, "quite-new")
    outcome = await desk.reloader.look()
    assert outcome.faults == ()
    assert outcome.gone == (told,)


@pytest.mark.parametrize(
    ("pack", "old", "told"),
    [
        ("bread", "rye-loaf", "task_types.yaml: rye-loaf"),
        ("bread", "dear", "pay.yaml: dear"),
        ("firstlabel", "oceania", "regions.yaml: oceania"),
    ],
)
async def test_so_is_what_people_chose_for_figures_and_offers_though_all_links_follow(
    tmp_path: Path, pack: str, old: str, told: str
) -> None:
    desk = Desk(Author(pack, tmp_path))
    for file in desk.author.directory.glob("**/*.yaml"):
        text = file.read_text("utf-8")
        file.write_text(re.sub(rf"(?<![\w-]){old}(?![\w-])", "quite-new", text), "utf-8")
    outcome = await desk.reloader.look()
    assert outcome.faults == ()
    assert outcome.gone == (told,)


async def test_a_former_id_that_is_named_no_more_is_gone_too(desk: Desk) -> None:
    desk.author.edits("steps", lambda data: data["steps"][0].pop("renamed_from"))
    assert (await desk.reloader.look()).gone == ("steps.yaml: starter-first",)


async def test_other_words_another_order_and_a_question_less_are_no_news(desk: Desk) -> None:
    desk.rewords("Is it new?")
    desk.author.edits("steps", lambda data: data["steps"].reverse())
    outcome = await desk.reloader.look()
    assert outcome.changed
    assert outcome.gone == ()


async def test_each_is_told_once(desk: Desk) -> None:
    called_anew(desk, "steps", "steps", "wake-starter", "wake-up")
    assert (await desk.reloader.look()).gone
    desk.rewords("Is it new?")
    assert (await desk.reloader.look()).gone == ()

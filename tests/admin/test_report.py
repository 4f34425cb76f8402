"""Figures of many people: what they add up to, and that few people are not singled out."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import pytest

from bot.admin.report import DAYS, Report, few, reported
from bot.admin.report_files import as_csv, as_html, as_json
from bot.content.kinds.steps import StepsFile
from bot.content.library import Library
from bot.guide.areas.faq import ANSWERED, ASKED, UNANSWERED
from bot.guide.areas.tip_card import DOWN, UP, VOTE
from bot.guide.journey import DONE, SKIPPED
from bot.guide.ports_statistics import Figures, Headcount
from tests.telegram_io.fakes import NOW

TODAY = NOW.date()


@pytest.fixture
def steps(library: Library) -> list[str]:
    return [step.id for step in library.pack(None)[StepsFile].steps]


def report(library: Library, figures: Figures = Figures(), **counts: int) -> Report:  # noqa: B008
    return reported(
        library, None, figures, {TODAY: {name.replace("_", " "): n for name, n in counts.items()}}, NOW
    )


def test_people_reach_a_step_by_finishing_those_before_or_by_doing_it(
    library: Library, steps: list[str]
) -> None:
    first, second, third = steps[:3]
    figures = Figures(
        Headcount(started=100),
        finished=(
            (frozenset({(first, DONE)}), 40),
            (frozenset({(first, DONE), (second, SKIPPED)}), 20),
            (frozenset({(third, DONE)}), 10),
        ),
    )
    found = report(library, figures).steps
    assert [(each.reached, each.done, each.skipped) for each in found[:3]] == [
        (100, 60, 0),
        (60, 0, 20),
        (30, 10, 0),
    ]


def test_the_median_is_that_of_all_ids_a_step_ever_had(library: Library, steps: list[str]) -> None:
    figures = Figures(paces={steps[0]: {0: 1, 3: 1, 9: 3}, "former": {1: 50}})
    assert report(library, figures).steps[0].days == 9
    assert report(library, figures).steps[1].days is None


def test_every_day_has_its_row_even_without_anything(library: Library) -> None:
    found = report(library, Figures(joined={TODAY: 3}), active=7).days
    assert len(found) == DAYS
    assert (found[-1].day, found[-1].active, found[-1].new) == (TODAY, 7, 3)
    assert found[0].day == TODAY - timedelta(days=DAYS - 1)


def test_questions_and_votes_are_told(library: Library) -> None:
    figures = Figures(marks={(VOTE, "a", UP): 8, (VOTE, "b", UP): 1, (VOTE, "a", DOWN): 2})
    found = reported(library, None, figures, {TODAY: {ASKED: 9, ANSWERED: 6, UNANSWERED: 2}}, NOW)
    assert (found.asked, found.answered, found.unanswered) == (9, 6, 2)
    assert (found.tips_liked, found.tips_disliked) == (9, 2)


@pytest.mark.parametrize(("count", "told"), [(0, "0"), (1, "<5"), (4, "<5"), (5, "5"), (1_000, "1000")])
def test_few_people_are_told_as_few(count: int, told: str) -> None:
    assert few(count) == told


SMALL = Figures(Headcount(known=3, started=3), sources={"=HYPERLINK(1)": 7, "<b>ad</b>": 3, "": 4})


def test_json_holds_every_table_and_singles_nobody_out(library: Library) -> None:
    found = json.loads(as_json(report(library, SMALL)))
    assert {"what": "started", "people": "<5"} in found["people"]
    assert {"what": "gone", "people": 0} in found["people"]
    assert found["sources"] == [
        {"source": "=HYPERLINK(1)", "people": 7},
        {"source": "<b>ad</b>", "people": "<5"},
    ]
    assert found["steps"][0]["reached"] == "<5"


def test_a_page_shows_words_of_others_as_words(library: Library) -> None:
    page = as_html(report(library, SMALL), "Bread & more")
    assert "<b>ad</b>" not in page
    assert "&lt;b&gt;ad&lt;/b&gt;" in page
    assert "<title>Bread &amp; more</title>" in page


def test_a_spreadsheet_runs_nothing_of_what_others_chose(library: Library) -> None:
    rows = list(csv.reader(io.StringIO(as_csv(report(library, SMALL))["sources.csv"])))
    assert rows == [["source", "people"], ["'=HYPERLINK(1)", "7"], ["<b>ad</b>", "<5"]]

"""Which taps say the same: only the last of them is read and decided, all of them are answered."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.guide.ports import Letter
from bot.telegram_io.letters import letter_of
from bot.telegram_io.repeats import without_repeats
from tests.telegram_io.desk import said, tapped


def tap(update_id: int, data: str, **others: Any) -> Letter:
    update = tapped(update_id)
    update["callback_query"]["data"] = data
    return letter_of({**update, **others})


def stand(*letters: Letter) -> list[tuple[int, list[str]]]:
    """Each letter that stands for itself, and the taps that are answered with it."""
    return [(letter.id, [each.query_id for each in again]) for letter, again in without_repeats(letters)]


def test_of_equal_taps_the_last_stands_for_all() -> None:
    assert stand(tap(1, "a"), tap(2, "a"), tap(3, "a")) == [(3, ["1", "2"])]


def test_different_taps_keep_their_order_by_when_each_was_last_made() -> None:
    assert stand(tap(1, "a"), tap(2, "b"), tap(3, "a"), tap(4, "c")) == [(2, []), (3, ["1"]), (4, [])]


def test_the_same_button_of_two_messages_is_two_taps() -> None:
    one, other = tapped(1, message_id=5), tapped(2, message_id=6)
    one["callback_query"]["data"] = other["callback_query"]["data"] = "a"
    assert stand(letter_of(one), letter_of(other)) == [(1, []), (2, [])]


def test_a_tap_that_is_decided_is_shown_as_it_was_decided() -> None:
    assert stand(replace(tap(1, "a"), answer="{}"), tap(2, "a")) == [(1, []), (2, [])]


def test_messages_are_never_repeats() -> None:
    assert stand(letter_of(said(1)), letter_of(said(2))) == [(1, []), (2, [])]


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "[]",
        json.dumps({"update_id": 1}),
        json.dumps({**tapped(1), "message": {}}),
        json.dumps({"update_id": 1, "callback_query": {"id": 7, "data": "a"}}),
        json.dumps(tapped(1, person=2)),
        "[" * 100_000,
    ],
)
def test_what_is_no_ordinary_tap_of_that_person_stands_for_itself(body: str) -> None:
    assert stand(Letter(1, 1, body), Letter(2, 1, body)) == [(1, []), (2, [])]

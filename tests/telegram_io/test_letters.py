"""What is kept of an update, and what may be told of one that could not be handled."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram_io.letters import forget, letter_of, raw_of, shape_of, tapped_message, whose
from bot.telegram_io.raw import is_fit_id
from tests.telegram_io.desk import said, tapped

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), json_values, max_size=5))
def test_an_update_is_read_back_as_it_was_sent(content: dict[str, Any]) -> None:
    update = {**content, "update_id": 7}
    letter = letter_of(update)
    assert letter.id == 7
    assert raw_of(letter) is update, "what was just kept need not be read"
    forget(letter)
    assert raw_of(letter) == update
    assert raw_of(letter) is not update, "nothing of it was remembered any more"
    assert b"\x00" not in letter.body.encode(), "any database can hold it"


@pytest.mark.parametrize(
    ("update", "person"),
    [
        (said(1, 42), 42),
        (tapped(1, 43), 43),
        ({"update_id": 1, "my_chat_member": {"from": {"id": 44}, "chat": {"id": 5}}}, 44),
        ({"update_id": 1, "message": {"from": {"id": 44}, "chat": {"id": -1005}}}, -1005),
        ({"update_id": 1, "message": {"from": {"id": -44}, "chat": {"id": 5}}}, 0),
        ({"update_id": 1, "poll": {"id": "5"}}, 0),
        ({"update_id": 1, "message": {"from": {"id": "45"}}}, 0),
        ({"update_id": 1, "message": {"from": {"id": True}}}, 0),
        ({"update_id": 1, "message": {"from": {"id": 2**63}}}, 0),
        ({"update_id": 1, "message": {"from": None}}, 0),
        ({"update_id": 1, "message": "from"}, 0),
        ({"update_id": 1}, 0),
    ],
)
def test_whose_turn_it_is(update: dict[str, Any], person: int) -> None:
    assert whose(update) == person


@pytest.mark.parametrize(
    ("update", "message_id"),
    [
        (tapped(1, message_id=9), 9),
        (said(1), None),
        ({"update_id": 1, "callback_query": {"inline_message_id": "x"}}, None),
        ({"update_id": 1, "callback_query": {"message": {"message_id": "9"}}}, None),
        ({"update_id": 1, "callback_query": 9}, None),
    ],
)
def test_which_message_was_tapped(update: dict[str, Any], message_id: int | None) -> None:
    assert tapped_message(update) == message_id


@pytest.mark.parametrize("value", [0, 1, -1, 2**63 - 1, 1 - 2**63])
def test_an_id_that_a_database_can_hold_is_fit(value: object) -> None:
    assert is_fit_id(value)


@pytest.mark.parametrize("value", [True, None, "7", 7.0, 2**63, -(2**63)])
def test_any_other_id_is_not(value: object) -> None:
    assert not is_fit_id(value)


def test_a_shape_tells_how_an_update_is_built_and_nobodys_words_or_ids() -> None:
    update = said(7, 42, "my diary")
    update["message"]["chat"]["type"] = "private"
    assert json.loads(shape_of(update)) == {
        "update_id": "int",
        "message": {
            "message_id": "int",
            "date": "int",
            "chat": {"id": "int", "type": "private"},
            "from": {"id": "int", "is_bot": "bool", "first_name": "str(1)"},
            "text": "str(8)",
        },
    }


@given(st.dictionaries(st.text(min_size=1), json_values, max_size=5))
def test_a_shape_never_holds_what_stood_in_it(content: dict[str, Any]) -> None:
    canary = "Kanarienvogel 1234567"
    update = {
        "message": {**content, "text": canary, canary: canary, "from": {"id": 987654321}, "type": canary}
    }
    shape = shape_of(update)
    assert canary not in shape
    assert "987654321" not in shape


def test_a_shape_has_an_end_however_deep_or_wide_the_update_is() -> None:
    deep: Any = "x"
    for _ in range(200):
        deep = {"message": deep}
    wide = {"message": [[0] * 100] * 100}
    assert len(shape_of(deep)) < 500
    assert len(shape_of(wide)) < 20_000

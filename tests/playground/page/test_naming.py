"""The name and the username that the bot has in the playground."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.naming import Naming, username_of
from bot.playground.standin import World

VALID = re.compile(r"(?=.{5,32}$)[a-z][a-z0-9_]*bot")


@pytest.mark.parametrize(
    ("name", "username"),
    [
        ("Firstlabel", "firstlabel_bot"),
        ("Chess Start", "chess_start_bot"),
        ("Chess Bot", "chess_bot"),
        ("Café ☕ Olé!", "cafe_ole_bot"),
        ("3D Print", "d_print_bot"),
        ("Курс", "my_bot"),
        ("A" * 64, "a" * 28 + "_bot"),
    ],
)
def test_the_username_is_made_of_the_name(name: str, username: str) -> None:
    assert username_of(name) == username


@given(st.text(max_size=64))
def test_telegram_would_take_every_username(name: str) -> None:
    assert VALID.fullmatch(username_of(name))


def test_another_name_is_taken_while_the_bot_runs_and_its_username_stays() -> None:
    world, names = World("7:made-up"), ["Chess Start", "Chess School"]
    naming = Naming(world, lambda: names.pop(0))
    naming.begin()
    naming.renew()
    assert (world.bot["first_name"], world.bot["username"]) == ("Chess School", "chess_start_bot")


def test_a_name_that_cannot_be_told_changes_nothing() -> None:
    world = World("7:made-up")
    naming = Naming(world, lambda: None)
    naming.begin()
    naming.renew()
    assert (world.bot["first_name"], world.bot["username"]) == ("Firstlabel", "firstlabel_bot")

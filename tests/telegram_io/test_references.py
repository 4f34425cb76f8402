from __future__ import annotations

import logging
import re

import pytest

from bot.errors import StoreError
from bot.references import new_reference, report
from bot.telegram_io.connection import build
from bot.trouble import Backoff
from tests.telegram_io.conftest import TOKEN

_log = logging.getLogger("tests.references")


def test_a_reference_is_short_and_reads_one_way_only() -> None:
    codes = {new_reference() for _ in range(500)}
    assert len(codes) > 490
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{6}", code) for code in codes)


def test_a_report_tells_where_and_what_kind_but_nobodys_words(caplog: pytest.LogCaptureFixture) -> None:
    try:
        try:
            raise KeyError("my diary")
        except KeyError as error:
            raise ValueError("at https://api.telegram.org/bot1:secret/") from error
    except ValueError as error:
        reference = report(_log, "a turn", error, person=7)
    assert f"a turn failed ref={reference} person=7" in caplog.text
    lines = caplog.text.splitlines()
    assert "KeyError" in lines, "the cause, without its message"
    assert lines[-1] == "ValueError"
    assert caplog.text.count("test_references.py") == 2
    assert caplog.text.count("in test_a_report_tells") == 2


def test_our_own_errors_speak_for_themselves(caplog: pytest.LogCaptureFixture) -> None:
    report(_log, "a turn", StoreError("data/firstlabel.db: the disk is full"))
    assert "StoreError: data/firstlabel.db: the disk is full" in caplog.text


def test_the_token_is_in_no_repr() -> None:
    application = build(TOKEN)
    for thing in (application, application.bot, [application.bot]):
        assert TOKEN.partition(":")[2] not in repr(thing)
    assert repr(application.bot) == "Bot[4242]"


def test_waits_double_up_to_a_cap_and_begin_anew() -> None:
    longest = Backoff(1, 5, chance=lambda: 0)
    assert [longest.next() for _ in range(5)] == [1, 2, 4, 5, 5]
    longest.reset()
    assert longest.next() == 1


def test_waits_are_cut_by_up_to_a_half() -> None:
    assert Backoff(2, 5, chance=lambda: 1.0).next() == 1
    assert 1 <= Backoff(2, 5).next() <= 2

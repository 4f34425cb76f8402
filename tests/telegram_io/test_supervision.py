"""Background tasks: one that ends ends the bot, with one clear line."""

from __future__ import annotations

import asyncio
from typing import Never

import pytest

from bot.errors import StoreError, TaskDiedError
from bot.telegram_io.supervision import supervise

WORDS = "private words"


async def for_ever() -> Never:
    await asyncio.Event().wait()
    raise AssertionError


async def dies() -> Never:
    raise KeyError(WORDS)


async def ends() -> None:
    """As no background task should."""


async def is_refused() -> Never:
    raise StoreError("bot.db: another bot serves from it")


async def test_a_stop_ends_all_of_them() -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().call_soon(stop.set)
    await supervise(stop, {"one": for_ever(), "two": for_ever()})


async def test_one_that_dies_is_named_with_a_code_that_is_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with pytest.raises(TaskDiedError, match=r"ended: two \(code ([0-9A-Z]{6})") as caught:
        await supervise(asyncio.Event(), {"one": for_ever(), "two": dies()})
    code = str(caught.value).partition("code ")[2][:6]
    assert f"ref={code}" in caplog.text
    assert "KeyError" in caplog.text
    assert WORDS not in caplog.text + str(caught.value)


async def test_one_that_ends_by_itself_is_no_better() -> None:
    with pytest.raises(TaskDiedError, match="ended: two"):
        await supervise(asyncio.Event(), {"one": for_ever(), "two": ends()})


async def test_an_error_made_to_be_read_is_passed_on_as_it_is(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(StoreError, match="another bot serves from it"):
        await supervise(asyncio.Event(), {"one": for_ever(), "two": is_refused()})
    assert caplog.text == ""

"""Background tasks are watched: one that ends takes the process with it, for without it the bot only seems to run."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Mapping
from typing import Any

from bot.errors import FirstlabelError, TaskDiedError
from bot.references import report

_log = logging.getLogger(__name__)


async def supervise(stop: asyncio.Event, tasks: Mapping[str, Coroutine[Any, Any, object]]) -> None:
    """Run these tasks, by name, until ``stop`` is set or the first of them ends; then all are cancelled.

    Raises what one of them raised, if that is an error made to be read; for anything else
    :class:`bot.errors.TaskDiedError`, and the log has it.
    """
    running = {asyncio.create_task(work, name=name) for name, work in tasks.items()}
    stopping = asyncio.create_task(stop.wait(), name="stop")
    try:
        await asyncio.wait({stopping, *running}, return_when=asyncio.FIRST_COMPLETED)
        ended = {task for task in running if task.done()}
    finally:
        for task in (stopping, *running):
            task.cancel()
        await asyncio.gather(stopping, *running, return_exceptions=True)
    for task in ended:
        _raise_end_of(task)


def _raise_end_of(task: asyncio.Task[object]) -> None:
    error = None if task.cancelled() else task.exception()
    if isinstance(error, FirstlabelError):
        raise error
    reference = report(_log, f"the task {task.get_name()}", error or RuntimeError("it ended by itself"))
    raise TaskDiedError(
        f"The bot stops, since a part of it ended: {task.get_name()} (code {reference} in the log tells why)"
    )

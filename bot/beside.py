"""Work in a thread that the end of the process does not wait for."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")

LAST_WAIT_SECONDS = 0.5

_begun: list[threading.Thread] = []


async def beside(work: Callable[[], T], name: str) -> T:
    """As :func:`asyncio.to_thread`, for what takes long and may be given up: a stop may come while it is under way.

    It must leave nothing half done outside this process. Raises what ``work`` raises.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def tell(result: T | None, error: Exception | None) -> None:
        if done.done():
            return
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(result)  # type: ignore[arg-type]  # without an error there is a result

    def run() -> None:
        result, error = None, None
        try:
            result = work()
        except Exception as raised:
            error = raised
        with suppress(RuntimeError):  # The loop is closed: nobody wants to know any more.
            loop.call_soon_threadsafe(tell, result, error)

    thread = threading.Thread(target=run, name=name, daemon=True)
    _begun[:] = [each for each in _begun if each.is_alive()]
    _begun.append(thread)
    thread.start()
    return await done


def end_process(code: int) -> None:
    """End the process if work is still under way, after a short wait for it; else return.

    Where Python itself ends the process meanwhile, such a thread is ended in the middle of compiled code, which aborts.
    """
    for thread in _begun:
        thread.join(LAST_WAIT_SECONDS)
    if any(thread.is_alive() for thread in _begun):
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)

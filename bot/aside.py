"""Long work in a thread that nobody waits for when the process is to end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress


async def aside(work: Callable[[], None], name: str) -> None:
    """Do it in a thread of its own, and wait for it; raises what it raises.

    ``asyncio.to_thread`` would do, but that the end of the process waits for its threads, however long they take. Cancelled,
    this one returns at once, and the work goes on to its end or to that of the process.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()

    def tell(error: BaseException | None) -> None:
        if done.done():
            return
        if error is None:
            done.set_result(None)
        else:
            done.set_exception(error)

    def run() -> None:
        error: BaseException | None = None
        try:
            work()
        except BaseException as raised:  # it is raised where it is waited for
            error = raised
        # The loop may be closed by now: then nobody waits.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(tell, error)

    threading.Thread(target=run, name=name, daemon=True).start()
    await done

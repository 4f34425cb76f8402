"""The composition root: settings -> content -> store -> guide -> Telegram.

Every part is made here and handed to those that need it; nothing is made at import.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
import zoneinfo
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path

from bot.admin.desk import AdminDesk
from bot.admin.progress import ProgressTeller
from bot.charts import draw
from bot.clock import SystemTime, Timekeeper
from bot.content.library import Library
from bot.content.loader import Loaded, load
from bot.guide.guide import SPECS, Guide
from bot.guide.ports import Daily, Sender, Store
from bot.guide.ports_outlet import Outlet
from bot.guide.tip_times import next_tip
from bot.logs import set_up_logging
from bot.outreach.broadcasts import Broadcasting
from bot.outreach.claims import CLAIM_SECONDS
from bot.outreach.dispatcher import Dispatcher
from bot.places import Atlas, Preload
from bot.settings import Settings
from bot.store import open_store
from bot.telegram_io.connection import Bot, build
from bot.telegram_io.insist import Insist
from bot.telegram_io.points import Reached, ignore
from bot.telegram_io.ports import Initiative, Runs, Taker
from bot.telegram_io.service import serve
from bot.webhook_site import WebhookSite

logger = logging.getLogger(__name__)


Outreach = Callable[[Settings, Store, Timekeeper, Guide, Sender], Sequence[Initiative]]
"""Makes what the bot does by itself."""


def load_content(directory: Path) -> Loaded:
    """Everything the bot says; :class:`~bot.errors.ContentError` carries all faults if there are any."""
    return load(directory, SPECS, today=SystemTime().now().date())


def outreach(
    settings: Settings,
    store: Store,
    timekeeper: Timekeeper,
    daily: Daily,
    sender: Sender,
    *,
    claim: float = CLAIM_SECONDS,
) -> Sequence[Initiative]:
    """The daily tips. ``claim`` is for how many seconds a process has those whom it is about to send to."""
    dispatcher = Dispatcher(
        store,
        daily,
        sender,
        timekeeper,
        next_tip=next_tip,
        tzdata=version("tzdata"),
        rate=settings.bulk_rate,
        claim=claim,
    )
    return (dispatcher,)


def broadcasts(
    settings: Settings, store: Store, timekeeper: Timekeeper, library: Library, outlet: Outlet
) -> Sequence[Initiative]:
    """What operators send to many; without operators nothing."""
    if not settings.admin_ids:
        return ()
    rate = settings.bulk_rate
    teller = ProgressTeller(library, rate)
    return (Broadcasting(store, teller, outlet, timekeeper.now, admins=settings.admin_ids, rate=rate),)


def places(library: Library, atlas: Atlas) -> Sequence[Initiative]:
    """Only tips ask where somebody lives."""
    return (Preload(atlas.load),) if "tips" in library.bot.areas else ()


async def run(
    settings: Settings,
    timekeeper: Timekeeper | None = None,
    reached: Reached = ignore,
    outreach: Outreach = outreach,
) -> None:
    """Run the bot until SIGINT or SIGTERM, then finish the turns in hand.

    It lives by the clock of the computer, unless ``timekeeper`` is another. ``reached`` is told of each point of the
    code that an update passes; tests end the process there.

    Raises a :class:`~bot.errors.FirstlabelError` with one clear line when it cannot start or go on; nothing is
    opened or sent before settings and content are known to be right.
    """
    token = settings.require_token().get_secret_value()
    timekeeper = timekeeper or SystemTime()
    # The rules of time zones come with us, so that a tip's hour does not depend on the machine.
    zoneinfo.reset_tzpath(to=())
    set_up_logging(settings.log_level, settings.log_format, settings.secrets())
    loaded = load_content(settings.content_dir)
    for warning in (*settings.warnings, *loaded.warnings):
        logger.warning("%s", warning)
    site = settings.webhook_site()
    store = await open_store(settings.database_url)
    # All that is there by now stays to the end. A full collection that looks at it again and again stops everybody for
    # some 45 ms.
    gc.collect()
    gc.freeze()
    atlas = Atlas()

    def beside(guide: Guide, outlet: Outlet) -> Sequence[Initiative]:
        return (
            *outreach(settings, store, timekeeper, guide, outlet),
            *broadcasts(settings, store, timekeeper, loaded.library, outlet),
            *places(loaded.library, atlas),
        )

    try:
        with _stopped_by_signals() as stop:
            await serve(
                build(token, settings.bot_api_url, settings.bulk_rate),
                lambda username: Guide(loaded.library, username, places=atlas),
                store,
                timekeeper.now,
                stop=stop,
                reached=reached,
                draw=draw,
                intake_for=_webhook(site) if site else None,
                beside=beside,
                desk=AdminDesk(settings.admin_ids, loaded.library, store, settings.bulk_rate),
            )
    finally:
        await store.close()


def _webhook(site: WebhookSite) -> Callable[[Bot, Taker, Insist], Runs]:
    # Not before it is needed: the server that it brings along takes a tenth of a second to load, and 12 MB.
    from bot.telegram_io.webhook import Webhook

    return partial(Webhook, site=site)


@contextlib.contextmanager
def _stopped_by_signals() -> Iterator[asyncio.Event]:
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    try:
        yield stop
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)

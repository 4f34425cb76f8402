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

from bot.admin.command_desk import CommandDesk
from bot.admin.desk import AdminDesk
from bot.admin.desks import Desks
from bot.admin.figures import FiguresCommand
from bot.admin.health_command import HealthCommand
from bot.admin.monitoring import Monitor
from bot.admin.progress import ProgressTeller
from bot.admin.reload import ReloadDesk, Said
from bot.admin.sentry import set_up_sentry
from bot.admin.unanswered import UnansweredDesk
from bot.admin.who import WhoCommand
from bot.charts import draw, draw_overview
from bot.clock import SystemTime, Timekeeper
from bot.content.library import Library
from bot.content.loader import Loaded, load
from bot.content.watching import fingerprint
from bot.errors import ContentError
from bot.guide.answers import Answers
from bot.guide.guide import SPECS, Guide
from bot.guide.ports import Daily, Sender, Store
from bot.guide.ports_meter import Meter
from bot.guide.ports_outlet import Outlet
from bot.guide.tip_times import next_tip
from bot.logs import set_up_logging
from bot.outreach.broadcasts import Broadcasting
from bot.outreach.claims import CLAIM_SECONDS
from bot.outreach.dispatcher import Dispatcher
from bot.places import Atlas, Preload
from bot.reload.live import Live
from bot.reload.reloader import Reloader
from bot.reload.teller import CurrentTeller
from bot.reload.telling import FileTold, OperatorsTold, outcome_in_words
from bot.semantic import meaning
from bot.settings import Settings
from bot.store import open_store
from bot.telegram_io.again import Rememberer
from bot.telegram_io.connection import Bot, build
from bot.telegram_io.current import CurrentDesk, CurrentGuide, Guiding
from bot.telegram_io.insist import Insist
from bot.telegram_io.points import Reached, ignore
from bot.telegram_io.ports import Desk, Initiative, Runs, Taker
from bot.telegram_io.service import serve
from bot.webhook_site import WebhookSite

logger = logging.getLogger(__name__)


Outreach = Callable[[Settings, Store, Timekeeper, Daily, Sender, Meter], Sequence[Initiative]]
"""Makes what the bot does by itself."""


def load_content(directory: Path) -> Loaded:
    """Everything the bot says; :class:`~bot.errors.ContentError` carries all faults if there are any."""
    return load(directory, SPECS, today=SystemTime().now().date())


def outreach(  # noqa: PLR0917  # what an Outreach gets
    settings: Settings,
    store: Store,
    timekeeper: Timekeeper,
    daily: Daily,
    sender: Sender,
    meter: Meter,
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
        meter=meter,
    )
    return (dispatcher,)


def broadcasts(
    settings: Settings, store: Store, timekeeper: Timekeeper, live: Live, outlet: Outlet
) -> Sequence[Initiative]:
    """What operators send to many; without operators nothing."""
    if not settings.admin_ids:
        return ()
    rate = settings.bulk_rate
    teller = CurrentTeller(live.part(lambda library: ProgressTeller(library, rate)))
    return (Broadcasting(store, teller, outlet, timekeeper.now, admins=settings.admin_ids, rate=rate),)


def load_soon(preload: Preload, library: Library, finder: Answers, atlas: Atlas) -> None:
    """What is large, and not needed before somebody asks."""
    if "faq" in library.bot.areas:
        preload.soon("answers", partial(finder.prepare, library))
    # Tips and the matching ask where somebody lives.
    if {"tips", "match"}.intersection(library.bot.areas):
        preload.soon("places", atlas.load)


async def run(
    settings: Settings,
    timekeeper: Timekeeper | None = None,
    reached: Reached = ignore,
    outreach: Outreach = outreach,
    content_state: Path | None = None,
) -> None:
    """Run the bot until SIGINT or SIGTERM, then finish the turns in hand.

    It lives by the clock of the computer, unless ``timekeeper`` is another. ``reached`` is told of each point of the
    code that an update passes; tests end the process there. With ``content_state`` that file says how the content is, and a
    screen that somebody has before them can be shown again: the playground asks for both.

    Raises a :class:`~bot.errors.FirstlabelError` with one clear line when it cannot start or go on; nothing is
    opened or sent before settings and content are known to be right.
    """
    token = settings.require_token().get_secret_value()
    timekeeper = timekeeper or SystemTime()
    # The rules of time zones come with us, so that a tip's hour does not depend on the machine.
    zoneinfo.reset_tzpath(to=())
    set_up_logging(settings.log_level, settings.log_format, settings.secrets())
    if settings.sentry_dsn:
        set_up_sentry(settings.sentry_dsn.get_secret_value(), settings.secrets(), version("firstlabel"))
    told = FileTold(content_state) if content_state else None
    read = fingerprint(settings.content_dir)
    loaded = _load_or_tell(settings.content_dir, told)
    for warning in (*settings.warnings, *loaded.warnings):
        logger.warning("%s", warning)
    live, atlas, preload = Live(loaded.library), Atlas(), Preload()
    renewed, stop = asyncio.Event(), asyncio.Event()
    site = settings.webhook_site()
    store = await open_store(settings.database_url)
    finder = Answers(meaning() if settings.semantic == "on" else None, soon=partial(preload.soon, "answers"))
    load_soon(preload, loaded.library, finder, atlas)
    _keep_out_of_collections()
    monitor = Monitor(
        store,
        timekeeper.now,
        stop.is_set,
        listen=settings.http_listen,
        version=version("firstlabel"),
        content=lambda: live.library.version,
    )
    reloader = Reloader(
        settings.content_dir,
        live,
        partial(_load_for_use, finder),
        tell=(told,) if told else (),
        replaced=lambda: _taken_over(renewed),
        read=read,
    )

    def guide_for(username: str) -> Guiding:
        guide = CurrentGuide(
            live.part(lambda library: Guide(library, username, places=atlas, answers=finder))
        )
        return Rememberer(guide) if content_state else guide

    def beside(guide: Guiding, outlet: Outlet) -> Sequence[Initiative]:
        operators = OperatorsTold(settings.admin_ids, store, outlet, lambda: live.library)
        reloader.tells(operators)
        return (
            *outreach(settings, store, timekeeper, guide, outlet, monitor.meter),
            *broadcasts(settings, store, timekeeper, live, outlet),
            preload,
            reloader,
            operators,
            monitor.counts,
        )

    try:
        with _set_by_signals(stop):
            async with monitor.watching():
                await serve(
                    build(token, settings.bot_api_url, settings.bulk_rate, meter=monitor.meter),
                    guide_for,
                    store,
                    timekeeper.now,
                    stop=stop,
                    reached=reached,
                    draw=draw,
                    intake_for=_webhook(site, monitor.meter) if site else None,
                    beside=beside,
                    desk=_desk(settings, store, live, reloader, monitor),
                    renewed=renewed,
                    meter=monitor.meter,
                )
    finally:
        await store.close()


def _desk(settings: Settings, store: Store, live: Live, reloader: Reloader, monitor: Monitor) -> Desk:
    """All that operators have, and nobody else."""

    async def look(asked_by: int) -> Said:
        return partial(outcome_in_words, await reloader.look(asked_by))

    def library_in_use() -> Library:
        return live.library

    def desk(library: Library) -> Desk:
        return AdminDesk(settings.admin_ids, library, store, settings.bulk_rate)

    return Desks(
        # The broadcasts first: whoever gives another command gives up the message that they were to write.
        CurrentDesk(live.part(desk)),
        CommandDesk(
            settings.admin_ids,
            FiguresCommand(library_in_use, store, draw_overview),
            HealthCommand(library_in_use, store, monitor.doctor, version("firstlabel")),
            WhoCommand(library_in_use, store),
        ),
        UnansweredDesk(settings.admin_ids, library_in_use, store),
        ReloadDesk(settings.admin_ids, library_in_use, look),
    )


def _load_for_use(finder: Answers, directory: Path) -> Loaded:
    """Content that is to take the place of other content: nobody shall wait for what it makes ready."""
    loaded = load_content(directory)
    if "faq" in loaded.library.bot.areas:
        finder.prepare(loaded.library)
    return loaded


def _load_or_tell(directory: Path, told: FileTold | None) -> Loaded:
    try:
        loaded = load_content(directory)
    except ContentError as error:
        if told:
            told.write("", error.faults)
        raise
    if told:
        told.write(loaded.library.version, ())
    return loaded


def _taken_over(renewed: asyncio.Event) -> None:
    """After other content was put in use: it stays for long, and Telegram's menu is set again."""
    # Only what is young is looked at: the former library needs no collector, nothing in it holds itself.
    gc.collect(1)
    gc.freeze()
    renewed.set()


def _keep_out_of_collections() -> None:
    """All that is there by now stays for long. A full collection that looks at it again and again stops everybody for
    some 45 ms; and while it was made, there was nothing to collect (see ``bot/__main__.py``)."""
    gc.collect()
    gc.freeze()
    gc.enable()


def _webhook(site: WebhookSite, meter: Meter) -> Callable[[Bot, Taker, Insist], Runs]:
    # Not before it is needed: the server that it brings along takes a tenth of a second to load, and 12 MB.
    from bot.telegram_io.webhook import Webhook

    return partial(Webhook, site=site, meter=meter)


@contextlib.contextmanager
def _set_by_signals(stop: asyncio.Event) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    try:
        yield
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)

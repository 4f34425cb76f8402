"""``python -m bot run``, which sends everybody the same tip, with the date in it; claims last for seconds only."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

from bot.app import outreach, run
from bot.clock import Timekeeper
from bot.content.markup import rich
from bot.guide.person import Person, Tipped
from bot.guide.ports import Daily, Due, Sender, Store
from bot.guide.ports_meter import Meter
from bot.guide.screen import Screen
from bot.guide.tip_times import lateness, local_date, next_tip
from bot.settings import Settings, read_settings
from bot.telegram_io.ports import Initiative

CLAIM_SECONDS = 4.0
TEXT = "The tip of "


class OneTip:
    """The port :class:`bot.guide.ports.Daily`."""

    def daily(self, person: Person, now: datetime) -> Due:
        plan, at = person.plan, person.next_tip_at
        assert plan is not None
        assert at is not None
        kind = lateness(plan, at, now)
        if kind != "ok":
            return Due(kind, None, (Tipped(at, next_tip(plan, now, person.last_tip_on)),))
        on = local_date(plan.zone, at)
        return Due("tip", Screen(rich(TEXT, on.isoformat())), (Tipped(at, next_tip(plan, now, on), on),))


def one_tip(  # noqa: PLR0917
    settings: Settings, store: Store, timekeeper: Timekeeper, guide: Daily, sender: Sender, meter: Meter
) -> Sequence[Initiative]:
    return outreach(settings, store, timekeeper, OneTip(), sender, meter, claim=CLAIM_SECONDS)


if __name__ == "__main__":
    asyncio.run(run(read_settings(), outreach=one_tip))

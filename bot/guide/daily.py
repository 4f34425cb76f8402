"""What a person gets at the hour of their tip: the tip, a reminder in its place, or nothing."""

from __future__ import annotations

from datetime import date

from bot.guide.area import Scene
from bot.guide.areas import reminder, tip_card
from bot.guide.areas.tips import SOUND
from bot.guide.person import Plan, Tipped
from bot.guide.ports import Due
from bot.guide.tip_choice import choose, seen_today
from bot.guide.tip_times import lateness, local_date, next_tip


def daily(scene: Scene) -> Due:
    """See :class:`bot.guide.ports.Daily`. The tip belongs to the local date on which it was due, not sent."""
    person, plan, due = scene.person, scene.person.plan, scene.person.next_tip_at
    if due is None or plan is None or not scene.on("tips"):
        return Due("off", None, (Tipped(due or scene.now, None),))
    on, last = local_date(plan.zone, due), person.last_tip_on
    after = next_tip(plan, max(scene.now, due), last)
    why_not = _why_not(scene, plan, on)
    if why_not:
        return Due(why_not, None, (Tipped(due, after),))
    done = Tipped(due, next_tip(plan, max(scene.now, due), on), on)
    silent = person.marks.value(reminder.SETTING, SOUND) != "on"
    if number := reminder.due(scene):
        changes = (reminder.sent_now(scene, number), done)
        return Due("reminder", reminder.screen(scene, number), changes, silent)
    tip = choose(scene)
    if tip is None:
        return Due("empty", None, (Tipped(due, after),))
    seen = seen_today(scene, tip, plan.zone)
    return Due("tip", tip_card.card(scene.after(seen), tip), (seen, done), silent)


def _why_not(scene: Scene, plan: Plan, on: date) -> str | None:
    """Why there is nothing now, of what was due for the date ``on``."""
    person, due = scene.person, scene.person.next_tip_at
    assert due is not None
    if not plan.on:
        return "off"
    if plan.paused_until and plan.paused_until > scene.now:
        return "paused"
    if person.last_tip_on is not None and person.last_tip_on >= on:
        return "early"
    verdict = lateness(plan, due, scene.now)
    return None if verdict == "ok" else verdict

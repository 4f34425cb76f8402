"""Whatever is sent, refused, delayed and given up: the promises of the lanes hold (hypothesis, in virtual time)."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.error import RetryAfter

from bot.telegram_io.halts import CALM_SECONDS
from bot.telegram_io.lanes import CallLane
from tests.support.virtual_time import in_virtual_time, now
from tests.telegram_io.far_telegram import Chat, FarTelegram, Trip, far, most_in

GROUP = -100
HAIR = 1e-6
"""Sums of floats are not exact."""

MOMENTS = st.integers(0, 3_000).map(lambda thousandths: thousandths / 1_000)


@dataclass(frozen=True)
class Plan:
    """A call to come: how long after the one before it, the pauses it meets, and when its caller gives it up."""

    after: float
    chat: Chat
    bulk: bool
    pauses: tuple[int, ...]
    given_up_after: float | None


@dataclass
class Sent:
    """What became of a plan."""

    plan: Plan
    text: str
    task: asyncio.Task[str]
    at: float
    first: int
    trips: list[Trip] = field(default_factory=list)


@st.composite
def plans_for_some_chats(draw: st.DrawFn) -> list[Plan]:
    """Many calls to few chats, so that they get into each other's way; some bots speak to groups most of the time."""
    chats = draw(st.lists(st.sampled_from([1, 2, 3, 4, 5, GROUP, None]), min_size=1, max_size=5))
    never, often = st.just(()), st.lists(st.integers(1, 5), max_size=3).map(tuple)
    plan = st.builds(
        Plan,
        after=st.one_of(st.just(0.0), st.just(0.0), MOMENTS),
        chat=st.sampled_from(chats),
        bulk=st.booleans(),
        pauses=draw(st.sampled_from([never, often, st.one_of(never, never, often)])),
        given_up_after=draw(st.sampled_from([st.none(), st.one_of(st.none(), st.none(), MOMENTS)])),
    )
    return draw(st.lists(plan, min_size=draw(st.sampled_from([1, 10, 30])), max_size=60))


@dataclass
class Course:
    """All that happened."""

    telegram: FarTelegram
    sent: list[Sent]
    bulk_rate: int

    def trips(self) -> list[Trip]:
        return self.telegram.trips

    def refusals(self) -> Iterator[tuple[Trip, float]]:
        """Each trip that was answered with a pause, and when that pause is over."""
        for trip in self.trips():
            if isinstance(trip.error, RetryAfter) and trip.last < float("inf"):
                yield trip, trip.ended + trip.error._retry_after.total_seconds()


@settings(max_examples=300, deadline=None)
@given(
    plans=plans_for_some_chats(),
    bulk_rate=st.sampled_from([1, 3, 10, 40]),
    delays=st.lists(MOMENTS, min_size=1, max_size=20),
)
def test_whatever_happens_the_promises_hold(plans: list[Plan], bulk_rate: int, delays: list[float]) -> None:
    course = in_virtual_time(_run(plans, bulk_rate, delays))
    _nothing_is_lost(course)
    _bulk_never_arrives_faster_than_its_rate(course)
    _bulk_leaves_room_for_replies(course)
    _nothing_starts_inside_a_pause(course)
    _after_a_pause_one_goes_ahead(course)
    _order_is_kept(course)
    _chats_are_spared(course)
    _replies_wait_for_nothing_else(course)


async def _run(plans: list[Plan], bulk_rate: int, delays: list[float]) -> Course:
    turns = iter(range(10**9))
    pauses = {str(number): list(plan.pauses) for number, plan in enumerate(plans)}

    def delay() -> float:
        return delays[next(turns) % len(delays)]

    def answer(trip: Trip) -> BaseException | None:
        left = pauses[trip.text]
        return RetryAfter(left.pop(0)) if left else None

    telegram = far(bulk_rate, there=delay, back=delay, answer=answer)
    sent = []
    for number, plan in enumerate(plans):
        await asyncio.sleep(plan.after)
        task = telegram.send(str(number), plan.chat, CallLane(plan.bulk))
        sent.append(Sent(plan, str(number), task, now(), number))
        if plan.given_up_after is not None:
            asyncio.get_running_loop().call_later(plan.given_up_after, task.cancel)
    await asyncio.wait([each.task for each in sent])
    assert asyncio.all_tasks() - {asyncio.current_task()} == _alarms(), "nothing else is left behind"
    by_text = {each.text: each for each in sent}
    for trip in telegram.trips:
        by_text[trip.text].trips.append(trip)
    return Course(telegram, sent, bulk_rate)


def _alarms() -> set[asyncio.Task[object]]:
    return {task for task in asyncio.all_tasks() if task.get_name() == "alarm"}


def _nothing_is_lost(course: Course) -> None:
    for each in course.sent:
        if each.plan.given_up_after is None:
            assert each.task.result() == each.text
            assert len(each.trips) == len(each.plan.pauses) + 1


def _bulk_never_arrives_faster_than_its_rate(course: Course) -> None:
    arrivals = [trip.arrived for trip in course.trips() if trip.bulk and trip.arrived < float("inf")]
    assert most_in(1.0, arrivals) <= course.bulk_rate


def _bulk_leaves_room_for_replies(course: Course) -> None:
    for trip in (trip for trip in course.trips() if trip.bulk):
        counted = [
            other
            for other in course.trips()
            if other.first < trip.first
            and (other.bulk or other.chat is not None)
            and (other.last > trip.first or other.ended > trip.started - 1 + HAIR)
        ]
        assert len(counted) < max(30, course.bulk_rate)


def _nothing_starts_inside_a_pause(course: Course) -> None:
    for refused, until in course.refusals():
        for trip in course.trips():
            if _concerns(refused, trip) and trip.first > refused.last:
                assert trip.started >= until - HAIR


def _after_a_pause_one_goes_ahead(course: Course) -> None:
    for refused, until in course.refusals():
        later = [trip for trip in course.trips() if trip.first > refused.last]
        there = [trip for trip in later if trip.chat == refused.chat]
        bulk = [trip for trip in later if trip.bulk and refused.bulk]
        for halted in (there, bulk):
            ahead, rest = halted[:1], halted[1:]
            # Long after it, if everybody has given up waiting, it does not matter any more.
            if ahead and ahead[0].started < until + CALM_SECONDS:
                assert not any(trip.first < ahead[0].last for trip in rest)


def _concerns(refused: Trip, trip: Trip) -> bool:
    return refused.chat == trip.chat or (refused.bulk and trip.bulk)


def _order_is_kept(course: Course) -> None:
    lanes: dict[tuple[Chat, bool], list[Sent]] = defaultdict(list)
    for each in course.sent:
        if each.trips:
            lanes[each.plan.chat, each.plan.bulk].append(each)
    for (chat, bulk), sent in lanes.items():
        starts = [each.trips[0].first for each in sent]
        assert starts == sorted(starts)
        if bulk and chat is not None:
            arrivals = [each.trips[-1].arrived for each in sent if each.plan.given_up_after is None]
            assert arrivals == sorted(arrivals)


def _chats_are_spared(course: Course) -> None:
    arrived: dict[Chat, list[Trip]] = defaultdict(list)
    for trip in sorted(course.trips(), key=lambda trip: trip.arrived):
        if trip.arrived < float("inf") and trip.chat is not None:
            arrived[trip.chat].append(trip)
    assert most_in(60.0, (trip.arrived for trip in arrived[GROUP])) <= 20
    for trips in arrived.values():
        for trip in trips:
            if trip.bulk:
                before = [other for other in trips if other.first < trip.first]
                assert all(other.arrived <= trip.arrived - 1 + HAIR for other in before)


def _replies_wait_for_nothing_else(course: Course) -> None:
    for each in course.sent:
        if each.plan.bulk or not each.trips or each.trips[0].started == each.at:
            continue
        target = [trip for trip in course.trips() if trip.chat == each.plan.chat]
        began = each.trips[0].started
        paused = any(refused in target and refused.ended <= each.at for refused, _ in course.refusals())
        full = each.plan.chat == GROUP and sum(trip.ended > began - 61 for trip in target) >= 20
        assert paused or full, f"{each.text} waited {began - each.at} s for nothing"

"""Which tip comes: for where people are, none twice before all were seen, not two days running on one topic."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.fields import Shelf
from bot.content.kinds.steps import StepsFile
from bot.content.kinds.tips import Tip, TipsFile
from bot.content.library import Pack
from bot.guide.area import Scene
from bot.guide.areas.steps import StepsWords
from bot.guide.person import Person, applied
from bot.guide.tip_choice import choose, seen_today, stage_of
from tests.guide.steps_walk import open_step
from tests.support.chat import Chats, Chatter
from tests.support.packs import pack_library

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LIBRARY = pack_library("bread")


def scene_of(chatter: Chatter) -> Scene:
    return scene(chatter.person, chatter.chats.guide.library.pack(None), chatter.chats.now, chatter.chats)


def scene(person: Person, pack: Pack, now: datetime, chats: Chats | None = None) -> Scene:
    return Scene(person, chats.guide.library if chats else LIBRARY, pack, now)


def test_the_stage_follows_the_steps(ana: Chatter) -> None:
    assert stage_of(scene_of(ana)) == "before-start"
    open_step(ana, 0)
    ana.taps(ana.chats.words(StepsWords).mark_done)
    assert stage_of(scene_of(ana)) == "first-week"
    for at in range(1, len(ana.chats.pack[StepsFile].steps)):
        open_step(ana, at)
        ana.taps(ana.chats.words(StepsWords).mark_done)
    assert stage_of(scene_of(ana)) == "growing"


def test_different_people_get_different_tips_first() -> None:
    chats = Chats(pack_library("firstlabel"))
    firsts = {tip.id for each in range(30) if (tip := choose(scene_of(chats.meet(f"Person {each}"))))}
    assert len(firsts) > 3


def a_pack(tips: Sequence[tuple[str, str, tuple[str, ...]]]) -> Pack:
    base = LIBRARY.pack(None)
    entries = tuple(
        Tip.model_validate(
            {"id": id_, "topic": topic, "stage": "before-start", "text": id_, "renamed_from": former}
        )
        for id_, topic, former in tips
    )
    file = TipsFile.model_construct(tips=Shelf(entries))
    return Pack(base.language, {**base.kinds, TipsFile: file}, base.sections)


def days(pack: Pack, person: Person, count: int, start: datetime = NOON) -> tuple[list[Tip], Person]:
    """The tips of so many days."""
    found: list[Tip] = []
    for day in range(count):
        here = scene(person, pack, start + timedelta(days=day))
        tip = choose(here)
        assert tip is not None
        found.append(tip)
        person = applied(person, (seen_today(here, tip, "UTC"),), here.now)
    return found, person


_topics = st.lists(st.sampled_from(["a", "b", "c", "d"]), min_size=1, max_size=16)


@settings(deadline=None)
@given(_topics, st.integers(1, 10**9))
def test_no_tip_comes_twice_before_all_were_seen_and_no_topic_twice_running_where_it_can_be_helped(
    topics: list[str], person: int
) -> None:
    pack = a_pack([(f"tip-{n}", topic, ()) for n, topic in enumerate(topics)])
    first, known = days(pack, Person(person), len(topics))
    assert len({tip.id for tip in first}) == len(topics)
    twice = sum(one.topic == other.topic for one, other in pairwise(first))
    most = max(topics.count(topic) for topic in topics)
    assert twice == max(0, most - 1 - (len(topics) - most)), [tip.topic for tip in first]
    again, _ = days(pack, known, 1, NOON + timedelta(days=len(topics)))
    assert again[0] in first


def test_the_tip_seen_longest_ago_is_the_first_to_come_again() -> None:
    pack = a_pack([("one", "a", ()), ("two", "b", ()), ("three", "c", ())])
    found, _ = days(pack, Person(7), 7)
    assert [tip.id for tip in found[3:6]] == [tip.id for tip in found[:3]]


@settings(deadline=None)
@given(_topics, st.integers(1, 10**9), st.data())
def test_tips_added_removed_and_renamed_meanwhile_repeat_nothing(
    topics: list[str], person: int, data: st.DataObject
) -> None:
    tips: list[tuple[str, str, tuple[str, ...]]] = [(f"tip-{n}", topic, ()) for n, topic in enumerate(topics)]
    seen, known = days(a_pack(tips), Person(person), data.draw(st.integers(0, len(tips))))
    gone = data.draw(st.sets(st.integers(0, len(tips) - 1), max_size=len(tips) - 1))
    changed = [
        (f"new-{n}", topic, (id_,)) if data.draw(st.booleans()) else (id_, topic, ())
        for n, (id_, topic, _) in enumerate(tips)
        if n not in gone
    ]
    changed += [(f"added-{n}", "z", ()) for n in range(data.draw(st.integers(0, 3)))]
    left = [tip for tip in changed if not {tip[0], *tip[2]} & {tip.id for tip in seen}]
    after, _ = days(a_pack(changed), known, len(left), NOON + timedelta(days=40))
    assert sorted(tip.id for tip in after) == sorted(id_ for id_, _, _ in left)

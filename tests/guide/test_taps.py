"""Buttons' data: what goes out comes back as it was, and nothing else comes back."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import ClassVar, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guide.areas import AREAS
from bot.guide.taps import COMMON_TAPS, MAX_BYTES, Go, Open, Tap, TapCodec, ZoneName, encode
from bot.guide.work_draft import FIELDS
from bot.guide.worklog import Log, new_item

TYPES = (
    *COMMON_TAPS,
    *(handler.type for area in AREAS for handler in area.taps if handler.type not in COMMON_TAPS),
)
LONGEST_ID = 25
CODEC = TapCodec(TYPES)
OTHER_LENGTHS = {
    "collection": max(len(collection) for area in AREAS for collection in area.opens),
    "area": max(len(area.name) for area in AREAS),
    "state": len("skipped"),
    "then": len("settings"),
    "work": len(new_item(Log({}, {}), datetime(9999, 1, 1, tzinfo=UTC))),
    "field": max(map(len, FIELDS)),
}
"""Fields that hold no author's id, and how long they may get."""
IDS = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True).map(lambda id_: id_[:LONGEST_ID].strip("-"))
LONGEST_ZONE = "America/Argentina/ComodRivadavia"
VALUES: dict[type, st.SearchStrategy[object]] = {
    str: st.just("") | IDS,
    bool: st.booleans(),
    int: st.integers(-(10**12), 10**12),
    ZoneName: st.sampled_from(["Asia/Manila", "Etc/GMT+5", LONGEST_ZONE]).map(ZoneName),
}


def taps() -> st.SearchStrategy[Tap]:
    """Any tap of any type."""
    return st.sampled_from(TYPES).flatmap(
        lambda type_: st.builds(type_, **{name: VALUES[hint] for name, hint in hints_of(type_).items()})
    )


def hints_of(type_: type[Tap]) -> dict[str, type]:
    hints = get_type_hints(type_)
    return {field.name: hints[field.name] for field in fields(type_)}


@given(taps())
def test_a_tap_comes_back_as_it_was(tap: Tap) -> None:
    try:
        data = encode(tap)
    except ValueError:
        return
    assert CODEC.decode(data) == tap


@pytest.mark.parametrize("type_", TYPES, ids=lambda type_: type_.__name__)
def test_with_the_longest_ids_that_authors_may_write_the_data_fits(type_: type[Tap]) -> None:
    longest: dict[type, object] = {bool: True, int: 10**4, ZoneName: ZoneName(LONGEST_ZONE)}
    values = {
        name: "x" * OTHER_LENGTHS.get(name, LONGEST_ID) if hint is str else longest[hint]
        for name, hint in hints_of(type_).items()
    }
    data = encode(type_(**values))
    assert len(data) <= MAX_BYTES
    assert CODEC.decode(data) == type_(**values)


def test_no_two_taps_have_the_same_tag() -> None:
    tags = [type_.tag for type_ in TYPES]
    assert "" not in tags
    assert len(set(tags)) == len(tags)


def test_a_second_tap_with_a_tag_is_refused_by_name() -> None:
    @dataclass(frozen=True, slots=True)
    class Other(Tap):
        tag: ClassVar[str] = "g"

    with pytest.raises(ValueError, match="two taps have the tag 'g': Other and Go"):
        TapCodec((Go, Other))


def test_data_over_64_bytes_is_never_sent() -> None:
    with pytest.raises(ValueError, match="64 bytes, not 65"):
        encode(Go("x" * 63))


@pytest.mark.parametrize(
    "data",
    [
        "",
        ":",
        "g",
        "g:steps:more",
        "zz:steps",
        "o:faq",
        "o:faq:../../etc:",
        "o:faq:ünïcode:",
        "g:STEPS",
        "g:steps\n",
        "st:step:task:2",
        "st:step:task:yes",
        "pb:all:",
        "pb:all:1.5",
        "pb:all:9999999999999999",
        "pb:all:٣",
        "g:" + "x" * 26,
        "n:n",
    ],
)
def test_forged_data_is_nothing(data: str) -> None:
    assert CODEC.decode(data) is None


@given(
    st.text(max_size=80) | st.lists(st.sampled_from([*CODEC._types, "", "0", "1", "-9", "faq"])).map(":".join)
)
def test_whatever_is_sent_back_is_a_tap_that_can_be_sent_or_nothing(data: str) -> None:
    tap = CODEC.decode(data)
    assert tap is None or isinstance(tap, Tap)


@given(st.text(alphabet="abc-", max_size=40))
def test_what_came_back_fits_into_the_buttons_that_carry_it_on(back: str) -> None:
    tap = CODEC.decode(f"fh:keep-bread:1:{back}")
    if tap is not None:
        encode(Open("x" * OTHER_LENGTHS["collection"], "x" * LONGEST_ID, back))

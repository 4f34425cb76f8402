"""The same tap, again and again: a button states its target, so only the last of them has to be read and decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.guide.ports import Letter
from bot.telegram_io.letters import raw_of


class Again(NamedTuple):
    """A letter that says what a later one says, too; its tap still waits for an answer."""

    letter: Letter
    query_id: str


class _Tap(NamedTuple):
    person: int
    message_id: int
    data: str


def without_repeats(letters: Sequence[Letter]) -> list[tuple[Letter, tuple[Again, ...]]]:
    """The letters in their order, each with those before it that are the same tap; those do not stand for themselves.

    Only what surely is an ordinary tap that nothing was decided on yet can be a repeat.
    """
    if len(letters) == 1:
        return [(letters[0], ())]
    kept: dict[_Tap | int, tuple[Letter, tuple[Again, ...]]] = {}
    for letter in letters:
        found = _tap(letter)
        if found is None:
            kept[letter.id] = (letter, ())
            continue
        tap, query_id = found
        _, again = kept.pop(tap, (None, ()))
        kept[tap] = (letter, (*again, Again(letter, query_id)))
    return [(letter, again[:-1]) for letter, again in kept.values()]


def _tap(letter: Letter) -> tuple[_Tap, str] | None:
    """The tap and the id by which it is answered."""
    if letter.answer is not None:
        return None
    try:
        match raw_of(letter):
            case {
                "update_id": int(),
                "callback_query": {
                    "id": str() as query_id,
                    "from": {"id": int() as person},
                    "message": {"message_id": int() as message_id, "chat": {"id": int() as chat}},
                    "data": str() as data,
                },
                **others,
            } if not others and person == chat == letter.person:
                return _Tap(person, message_id, data), query_id
    except (ValueError, RecursionError):
        pass
    return None

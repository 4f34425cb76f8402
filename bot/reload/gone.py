"""Which ids that people may be at are in other content no more, nor named there as former ones."""

from __future__ import annotations

from collections.abc import Iterator

from bot.content.fields import Entry, Shelf
from bot.content.kinds import KINDS
from bot.content.library import Library

PROGRESS = (
    ("welcome", "questions", "options"),
    ("steps", "steps", "tasks"),
    ("equipment", "equipment"),
    ("platforms", "platforms"),
    ("platforms", "stages"),
    ("matching", "questions", "options"),
    ("regions", "regions"),
    ("task_types", "task_types"),
    ("pay", "levels"),
)
"""A kind, its collection, and what stands in each entry of it: what people did, own, chose or answered."""


def gone(before: Library, after: Library) -> tuple[str, ...]:
    """Each with its file: ``steps.yaml: sow``, and for a task of it ``steps.yaml: sow/dig``.

    What was done there stays in the database, and is there again as soon as a ``renamed_from`` names it.
    """
    return tuple(
        f"{kind}.yaml: {way}"
        for kind, *names in PROGRESS
        for way in _gone(_shelf(before, kind, names[0]), _shelf(after, kind, names[0]), names[1:])
    )


def _gone(before: Shelf[Entry], after: Shelf[Entry], names: list[str]) -> Iterator[str]:
    for entry in before:
        heir = after.get(entry.id)
        if heir is None:
            yield entry.id
            continue
        yield from (former for former in entry.renamed_from if after.get(former) is None)
        for name in names:
            inner = _gone(getattr(entry, name), getattr(heir, name), [])
            yield from (f"{entry.id}/{id_}" for id_ in inner)


def _shelf(library: Library, kind: str, collection: str) -> Shelf[Entry]:
    file = library.pack(None).kinds.get(KINDS[kind])
    shelf = getattr(file, collection, None)
    return shelf if isinstance(shelf, Shelf) else Shelf()

"""What a turn changes, taken together, so that one statement can do it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.store.rows import Statement

Value = str | int | None

_PLAN = ("minute", "days", "tips_on", "paused_until", "next_at")


@dataclass(slots=True)
class Together:
    """The sum of statements of ``people.sql``: parameters of ``save_turn`` in ``turns.sql``."""

    touched: bool = False
    starts: bool = False
    source: Value = None
    sees: bool = False
    language: Value = None
    back: bool = False
    """They came back at some point, so from when they were gone before is forgotten."""
    gone: bool = False
    settles: bool = False
    zone: Value = None
    plan: dict[str, Value] | None = None
    marks: dict[tuple[Value, Value], Value] = field(default_factory=dict)
    dropped: dict[tuple[Value, Value], None] = field(default_factory=dict)

    def add(self, statement: Statement) -> bool:
        """Whether the statement can be one of the sum: order matters to some."""
        query, given = statement
        if query == "put_mark":
            return self._put((given["kind"], given["item"]), given["value"])
        if query == "drop_mark":
            return self._drop((given["kind"], given["item"]))
        return self._add_to_person(query, given)

    def parameters(self) -> dict[str, object]:
        return {
            "touched": self.touched,
            "starts": self.starts,
            "source": self.source,
            "sees": self.sees,
            "language": self.language,
            "back": self.back,
            "gone": self.gone,
            "settles": self.settles,
            "zone": self.zone,
            "plans": self.plan is not None,
            **{name: (self.plan or {}).get(name) for name in _PLAN},
            "kinds": [kind for kind, _ in self.marks],
            "items": [item for _, item in self.marks],
            "contents": list(self.marks.values()),
            "dropped_kinds": [kind for kind, _ in self.dropped],
            "dropped_items": [item for _, item in self.dropped],
        }

    def _put(self, place: tuple[Value, Value], value: Value) -> bool:
        known = self.marks.setdefault(place, value)
        return known == value and place not in self.dropped

    def _drop(self, place: tuple[Value, Value]) -> bool:
        self.dropped[place] = None
        return place not in self.marks

    def _add_to_person(self, query: str, given: dict[str, Value]) -> bool:
        self.touched = True
        match query:
            case "add_person":
                pass
            case "start":
                self.starts, self.back, self.gone = True, True, False
                self.source = self.source or given["source"]
            case "see":
                self.sees, self.language = True, given["language"]
            case "leave":
                self.gone = True
            case "come_back":
                self.back, self.gone = True, False
            case "settle_in":
                self.settles, self.zone = True, given["zone"]
            case "schedule":
                self.settles, self.zone, self.plan = True, given["zone"], given
            case _:
                return False
        return True


def together(batch: Iterable[Statement]) -> Together | None:
    """The sum of these statements, or ``None`` when they have to be run one after the other."""
    total = Together()
    return total if all(total.add(statement) for statement in batch) else None

"""Reads a Dockerfile, as far as ours goes."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Stage:
    """One stage: its instructions in order, each with its arguments on one line."""

    instructions: tuple[tuple[str, str], ...]

    def all(self, name: str) -> list[str]:
        return [arguments for each, arguments in self.instructions if each == name]

    def last(self, name: str) -> str:
        return self.all(name)[-1]

    def command(self, name: str) -> list[str]:
        """The exec form of an instruction: a JSON array of words."""
        found: list[str] = json.loads(self.last(name).partition("CMD ")[2] or self.last(name))
        return found

    @property
    def environment(self) -> dict[str, str]:
        return dict(pair.split("=", 1) for line in self.all("ENV") for pair in line.split())


def stages(path: Path) -> list[Stage]:
    """All stages; what stands before the first is left out."""
    text = re.sub(r"^\s*#.*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    lines = [line.split(maxsplit=1) for line in text.replace("\\\n", " ").splitlines() if line.strip()]
    starts = [number for number, line in enumerate(lines) if line[0] == "FROM"]
    return [
        Stage(tuple((name, rest) for name, rest in lines[start:end]))
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)
    ]

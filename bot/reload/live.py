"""The library that is in use, and all that is made of it: replaced together, in one step between two turns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from bot.content.library import Library

T = TypeVar("T")


class Part(Generic[T]):
    """Something made of a library. Call it to get the one of the present library; keep that for one turn, no longer."""

    def __init__(self, make: Callable[[Library], T], library: Library) -> None:
        self.make = make
        self.made = make(library)

    def __call__(self) -> T:
        return self.made


class Live:
    """Holds the library that is in use."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._parts: list[Part[Any]] = []

    @property
    def library(self) -> Library:
        return self._library

    def part(self, make: Callable[[Library], T]) -> Part[T]:
        """What ``make`` makes of the library, now and of each one that comes in its place."""
        part = Part(make, self._library)
        self._parts.append(part)
        return part

    def replace(self, library: Library) -> None:
        """Use this library from now on. If something cannot be made of it, that is raised and all stays as it is."""
        made = [part.make(library) for part in self._parts]
        self._library = library
        for part, thing in zip(self._parts, made, strict=True):
            part.made = thing

"""Whom an entry takes, as far as it is known: facts that the questions of ``matching.yaml`` are held against."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from bot.content.fields import Id, Strict, SubId

Fit = Literal["best", "good", "partly", "unfit"]
FITS: tuple[Fit, ...] = ("best", "good", "partly", "unfit")
"""The ways in which an answer may suit an entry, best first."""


class Days(Strict):
    """A span in days; without ``most`` only its beginning is known."""

    least: Annotated[int, Field(ge=0, le=365)]
    most: Annotated[int, Field(ge=0, le=365)] | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.most is not None and self.most < self.least:
            raise ValueError(f"most ({self.most}) is less than least ({self.least})")
        return self


class Take(Strict):
    """How an entry takes the answers to one question. An option that is not named is ``rest``."""

    question: SubId
    best: tuple[Id, ...] = ()
    """It looks for such people."""
    good: tuple[Id, ...] = ()
    partly: tuple[Id, ...] = ()
    """Only part of it is for them."""
    unfit: tuple[Id, ...] = ()
    rest: Literal["good", "partly", "unfit", "unknown"] = "unknown"

    @model_validator(mode="after")
    def _each_option_once(self) -> Self:
        seen: set[str] = set()
        for _, _, option in self.named():
            if option in seen:
                raise ValueError(
                    f"{option!r} stands in two places; an option is one of best, good, partly, unfit"
                )
            seen.add(option)
        if not seen and self.rest == "unknown":
            raise ValueError("this says nothing; name options, or say what rest is")
        return self

    def named(self) -> Iterator[tuple[Fit, int, str]]:
        """Each option named: how it is taken, its place in that list, its id."""
        for fit in FITS:
            for place, option in enumerate(getattr(self, fit)):
                yield fit, place, option

"""Groups of countries: what is true of one country is often true of its neighbours."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from bot.content.fields import Entry, KindFile, Label, Shelf, entries

CountryCode = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2."""


class Region(Entry):
    title: Label
    countries: Annotated[tuple[CountryCode, ...], Field(min_length=1, max_length=100)]

    @property
    def caption(self) -> str:
        return self.title


class RegionsFile(KindFile):
    regions: Annotated[Shelf[Region], entries(1, 30)]

    def of_country(self, code: str) -> Region | None:
        """The first region that a country (ISO 3166-1 alpha-2) belongs to."""
        return next((region for region in self.regions if code in region.countries), None)


__all__ = ["CountryCode", "Region", "RegionsFile"]

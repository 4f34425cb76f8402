"""Replies to what a text says anywhere in it, by patterns: for what must not hang on how alike two texts are."""

from __future__ import annotations

from bot.content.kinds.offers import OffersFile
from bot.content.kinds.search import Reply, SearchFile
from bot.content.library import Pack
from bot.content.per_pack import per_pack
from bot.content.phrases import words_in
from bot.guide.offers.addresses import Addresses, addresses_of
from bot.guide.offers.matching import Matcher, Steps
from bot.guide.offers.reading import read

_UNLESS = "!"


class Sayings:
    """The ways of one pack's replies, ready to be looked for."""

    def __init__(self, pack: Pack) -> None:
        file = pack[SearchFile] if pack.has(SearchFile) else SearchFile()
        offers = pack[OffersFile] if pack.has(OffersFile) else None
        self._addresses = addresses_of(pack) if offers else Addresses.none()
        self._currencies = frozenset(words_in(offers.reading.currencies if offers else ()))
        self._replies = tuple(reply for reply in file.replies if reply.ways)
        self._matcher = Matcher()
        sets = {each.id: tuple(words_in(each.words)) for each in file.sets}
        for reply in self._replies:
            self._matcher.add(reply.id, reply.ways, sets)
            self._matcher.add(_UNLESS + reply.id, reply.unless, sets)

    def first(self, text: str, steps: Steps) -> Reply | None:
        """The first reply, in the author's order, to something that ``text`` says."""
        if not self._replies:
            return None
        reading = read(text, self._addresses, self._currencies.__contains__)
        found = self._matcher.find(reading, steps)
        return next(
            (each for each in self._replies if each.id in found and _UNLESS + each.id not in found), None
        )


class Said:
    """What one turn's texts say, in each language: each is read once, and forgotten with the turn."""

    def __init__(self) -> None:
        self._first: dict[tuple[Pack, str], Reply | None] = {}
        self.steps = Steps()
        """What it cost so far."""

    @property
    def reads(self) -> int:
        """How many times a text was read."""
        return len(self._first)

    def first(self, pack: Pack, text: str) -> Reply | None:
        """The first reply, in the author's order, to something that ``text`` says."""
        if (pack, text) not in self._first:
            self._first[pack, text] = sayings(pack).first(text, self.steps)
        return self._first[pack, text]


@per_pack
def sayings(pack: Pack) -> Sayings:
    """What finds the replies of a pack that have ways."""
    return Sayings(pack)

"""Finds the FAQ entry that a person's own words ask for.

Each entry is one text: its question, its ways to ask, its keywords and its answer. Words are cut to their stems, share
the meanings that the author wrote down (``search.yaml``), and are worth the more the fewer entries have them: "nda" says
much, "work" little. Pieces of words, and known words that are alike, make up for typing errors.
"""

from __future__ import annotations

from threading import Lock
from weakref import WeakKeyDictionary

from bot.content.kinds.faq import FaqFile
from bot.content.kinds.search import SearchFile
from bot.content.library import Library, Pack
from bot.guide.answers.finding import BY_MEANING, BY_WORDS, NOTHING, OFFERED, Found, find
from bot.guide.answers.index import Index, Likeness, Meaning
from bot.guide.answers.text import normalised


def _searched(pack: Pack) -> tuple[object, ...]:
    """All that an index is made of."""
    return pack.language, pack[FaqFile], pack[SearchFile] if pack.has(SearchFile) else None


__all__ = ["NOTHING", "OFFERED", "Answers", "Found", "Likeness", "Meaning", "normalised"]


class Answers:
    """Searches packs. An index is made when it is first needed, and lives as long as its pack.

    With ``meaning``, entries are found whose words are quite other ones.
    """

    def __init__(self, meaning: Meaning | None = None) -> None:
        self._meaning = meaning
        self._tiers = BY_MEANING if meaning else BY_WORDS
        self._indexes: WeakKeyDictionary[Pack, Index] = WeakKeyDictionary()
        self._lock = Lock()

    def prepare(self, library: Library) -> None:
        """Make the indexes of all languages, which takes some 0.2 s each: beside the bot's work, in another thread."""
        for pack in library.packs.values():
            if pack.has(FaqFile):
                self._index(pack)

    def find(self, pack: Pack, text: str) -> Found:
        """The entries of the pack's FAQ that ``text`` may mean."""
        return find(self._index(pack), text, self._tiers)

    def _of_the_same(self, pack: Pack) -> Index | None:
        """That of another pack with the same questions: most changes of content are elsewhere, and it takes its time."""
        wanted = _searched(pack)
        return next((index for other, index in self._indexes.items() if _searched(other) == wanted), None)

    def _index(self, pack: Pack) -> Index:
        index = self._indexes.get(pack)
        if index is None:
            with self._lock:
                index = self._indexes.get(pack) or self._of_the_same(pack) or Index(pack, self._meaning)
                self._indexes[pack] = index
        return index

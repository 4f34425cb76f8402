"""Finds the FAQ entry that a person's own words ask for.

Each entry is one text: its question, its ways to ask, its keywords and its answer. Words are cut to their stems, share
the meanings that the author wrote down (``search.yaml``), and are worth the more the fewer entries have them: "nda" says
much, "work" little. Pieces of words, and known words that are alike, make up for typing errors.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Lock
from weakref import WeakKeyDictionary

from bot.content.kinds.faq import FaqFile
from bot.content.kinds.search import Reply
from bot.content.library import Library, Pack
from bot.guide.answers.finding import LONGEST, NOTHING, OFFERED, Found, find
from bot.guide.answers.index import Index, Likeness, Meaning
from bot.guide.answers.sayings import Said, sayings
from bot.guide.answers.spellings import respelled, spellings
from bot.guide.answers.text import normalised, words_of
from bot.guide.answers.vocabulary import vocabulary

__all__ = [
    "NOTHING", "OFFERED", "Answers", "Found", "Likeness", "Meaning", "Said", "Work", "normalised", "respelled",
    "spellings",
]  # fmt: skip

Work = Callable[[], object]

OF_A_LANGUAGE = 0.65
"""A text of which this part of the words stands in the content of a language may be in that language,"""
MORE_FAMILIAR = 2.0
"""and clearly is if in no other so large a part does, by so many times."""


class Answers:
    """Searches packs. An index is made when it is first needed, and lives as long as its pack.

    With ``meaning``, entries are found whose words are quite other ones. ``soon`` has work done before long, beside all
    other. Any number of threads may ask.

    Whoever asks several things of one text gives the same ``said`` where it is taken, so that it is read once for these.
    """

    def __init__(self, meaning: Meaning | None = None, soon: Callable[[Work], object] | None = None) -> None:
        self._meaning, self._soon = meaning, soon
        self._spoken: set[str] = set()
        self._indexes: WeakKeyDictionary[Pack, Index] = WeakKeyDictionary()
        self._meanings: WeakKeyDictionary[Pack, Likeness] = WeakKeyDictionary()
        self._locks: WeakKeyDictionary[Pack, Lock] = WeakKeyDictionary()
        """One for each index: nobody waits for that of another language."""
        self._locks_lock, self._meanings_lock = Lock(), Lock()

    def expect(self, pack: Pack) -> None:
        """Somebody of this language is there, who may ask something."""
        self._spoken.add(pack.language)
        if self._soon and pack.has(FaqFile) and pack not in self._indexes:
            self._soon(partial(self._index, pack))

    def ready(self, pack: Pack) -> bool:
        """Whether to search the pack takes no longer than it must: not while its index is still to be made, beside."""
        return self._soon is None or pack in self._indexes

    def prepare(self, library: Library) -> None:
        """Make indexes, beside the bot's work, in another thread: of words, some 0.2 s each, then of meanings, some
        seconds. Who asks meanwhile is answered by words alone.

        Without meanings only for the base language and those that were spoken so far: the others' would take 2 MB each.
        If meanings cannot be told, it is by words from then on, and the error is raised.
        """
        first = {library.pack(None).language, *self._spoken}
        packs = [
            pack
            for code, pack in library.packs.items()
            if pack.has(FaqFile) and (self._meaning or code in first)
        ]
        for pack in packs:
            self._index(pack)
        for pack in library.packs.values():
            # Any text may be in another language than its chat: what tells that is little, and there for all.
            if pack.has(FaqFile):
                vocabulary(pack)
                sayings(pack)
        for pack in packs:
            with self._meanings_lock:
                self._index_meanings(pack)

    def find(self, pack: Pack, text: str) -> Found:
        """The entries of the pack's FAQ that ``text`` may mean."""
        index, likeness = self._index(pack), self._meanings.get(pack)
        if likeness is None and self._meaning and self._meanings_lock.acquire(blocking=False):
            try:
                likeness = self._index_meanings(pack)
            finally:
                self._meanings_lock.release()
        return find(index, text, self.said(pack, text), likeness)

    def said(self, pack: Pack, text: str, said: Said | None = None) -> Reply | None:
        """The reply to what ``text`` says in so many words. It needs no index."""
        return (said or Said()).first(pack, text)

    def no_offer(self, library: Library, text: str, said: Said | None = None) -> bool:
        """Whether somebody tells of themselves in ``text``, in any of the languages, so that it is no offer."""
        found = (self.said(pack, text, said) for pack in library.packs.values())
        return any(reply.no_offer for reply in found if reply)

    def language_of(self, library: Library, own: Pack, text: str, said: Said | None = None) -> Pack | None:
        """The pack in whose language ``text`` clearly is, if that is another than that of ``own``.

        No index is made to tell. That of the language found is expected.
        """
        found = self._language_of(library, own, text, said)
        if found:
            self.expect(found)
        return found

    def _language_of(self, library: Library, own: Pack, text: str, said: Said | None) -> Pack | None:
        others = [pack for pack in library.packs.values() if pack is not own and pack.has(FaqFile)]
        words = words_of(text)[:LONGEST]
        mine = vocabulary(own).familiar(words)
        if not others or mine >= OF_A_LANGUAGE:
            return None
        for pack in others:
            if self.said(pack, text, said):
                return pack
        known = {pack: vocabulary(pack).familiar(words) for pack in others}
        best = max(others, key=known.__getitem__)
        return best if known[best] >= max(OF_A_LANGUAGE, MORE_FAMILIAR * mine) else None

    def _index(self, pack: Pack) -> Index:
        index = self._indexes.get(pack)
        if index is None:
            with self._locks_lock:
                lock = self._locks.setdefault(pack, Lock())
            with lock:
                index = self._indexes.get(pack) or Index(pack)
                self._indexes[pack] = index
        return index

    def _index_meanings(self, pack: Pack) -> Likeness | None:
        """Only with the lock."""
        likeness = self._meanings.get(pack)
        if likeness is None and self._meaning:
            try:
                likeness = self._meanings[pack] = self._meaning.index(self._index(pack).ways)
            except Exception:
                self._meaning = None
                raise
        return likeness

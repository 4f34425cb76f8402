"""Everything that can be found in one pack, made ready to be searched."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.content.kinds.faq import FaqFile, Question
from bot.content.kinds.search import Reply, SearchFile
from bot.content.library import Pack
from bot.guide.answers.lexicon import Lexicon
from bot.guide.answers.space import Space
from bot.guide.answers.text import grams, normalised, words_of

WEIGHTS = {"question": 3.0, "short": 2.0, "ask": 2.0, "keywords": 3.0, "answer": 0.7, "more": 0.0}
PARTS = (0.75, 0.2, 0.05)
STRANGE = 0.35
LIKE=True
REPLY = 0.8

class Index:
    def __init__(self, pack: Pack) -> None:
        search = pack[SearchFile] if pack.has(SearchFile) else SearchFile()
        self.lexicon = Lexicon(pack.language, search.common, search.synonyms)
        self.entries: list[Question | Reply] = [*pack[FaqFile].faq, *search.replies]
        self.exact: dict[str, int] = {}
        texts, pieces, ways, self.owner = [], [], [], []
        keywords = search.keywords
        for number, entry in enumerate(self.entries):
            total: Counter[str] = Counter()
            piece: Counter[str] = Counter()
            for weight, text, way in _parts(entry, keywords):
                stems = self.lexicon.learn(text)
                terms = self.lexicon.terms(stems)
                for t, much in terms.items():
                    total[t] += weight * much
                for w in words_of(text):
                    if weight >= 1:
                        for g in grams(w):
                            piece[g] += weight * (0.2 if self.lexicon.is_common(self.lexicon._stems[w]) else 1)
                if way:
                    ways.append(terms)
                    self.owner.append(number)
                    self.exact.setdefault(normalised(text), number)
            texts.append(total)
            pieces.append(piece)
        self.lexicon.learned()
        self.texts, self.pieces = Space(texts), Space(pieces)
        self.ways = Space(ways, like=self.texts if LIKE else None)

    def scores(self, text: str, words) -> dict[int, float]:
        u = self.lexicon.understand(words)
        s = STRANGE * u.strange
        a = self.texts.likeness(u.terms, s)
        q: Counter[str] = Counter()
        for w in words:
            for g in grams(w):
                q[g] += 0.2 if self.lexicon.is_common(self.lexicon._stems.get(w,'')) else 1
        b = self.pieces.likeness(q)
        c: dict[int, float] = {}
        for way, like in self.ways.likeness(u.terms, s).items():
            o = self.owner[way]
            if like > c.get(o, 0): c[o] = like
        return {n: (REPLY if isinstance(self.entries[n],Reply) else 1)*(PARTS[0]*a.get(n,0)+PARTS[1]*b.get(n,0)+PARTS[2]*c.get(n,0)) for n in a.keys() | b.keys() | c.keys()}, u

def _parts(entry, keywords):
    if isinstance(entry, Reply):
        for e in entry.examples: yield 2.0, e, True
        return
    yield WEIGHTS["question"], entry.question, True
    yield WEIGHTS["short"], entry.short, True
    for a in entry.ask: yield WEIGHTS["ask"], a, True
    for id_ in entry.ids:
        for a in keywords.get(id_, ()): yield WEIGHTS["keywords"], a, False
    if WEIGHTS["answer"]: yield WEIGHTS["answer"], entry.answer.plain, False
    if WEIGHTS["more"] and entry.more: yield WEIGHTS["more"], entry.more.plain, False

"""What a person's own words ask for: an answer that is sure, some to choose from, or an honest *I do not know*."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.content.kinds.faq import Question
from bot.content.kinds.search import Reply
from bot.guide.answers.index import Index, Likeness, Scored
from bot.guide.answers.text import sentences_of, words_of

OFFERED = 3
LONGEST = 120
"""Words of a text that are looked at."""
SENTENCES = 8
"""Sentences of a long text that are also looked at each by itself."""
LONG = 14
"""From so many words on a text may tell a story around its question."""

WHOLE = 0.8
"""What the whole of a long text counts beside the sentence that fits best."""


@dataclass(frozen=True, slots=True)
class Tiers:
    """From which scores on what is done. They are from 0 to 1, and mean nothing but beside each other."""

    sure: float
    """From this on the entry is shown at once,"""
    ahead: float
    """if it leads the second by so much."""
    unsure: float
    """From this on entries are offered to choose from; below it we say that we do not know."""
    reply: float
    """From this on what is no question for the FAQ gets its own reply,"""
    reply_ahead: float
    """if that leads every entry by so much."""


BY_WORDS = Tiers(sure=0.17, ahead=0.04, unsure=0.06, reply=0.13, reply_ahead=0.04)
BY_MEANING = Tiers(sure=0.22, ahead=0.04, unsure=0.1, reply=0.16, reply_ahead=0.04)
"""Calibrated in English and Spanish: at most some 2 of 100 questions of the development sets (``tests/answers``) get a
wrong answer, and 5 of 100 that have none; also at most some 4 of 100 of the ways to ask that another author wrote, while
those are not in the content. ``make bench-answers`` tells the shares; ``tests/answers`` holds them.
"""

KNOWN, HARDLY_KNOWN = 0.6, 0.25
"""At least these parts of the words must be known, if an answer is to be sure, and if it is to be offered."""
OF_LETTERS = 2.0
"""Unless its letters speak for it, so many times as much as they had to otherwise: not every language parts its words."""
NEAR = 0.7
"""Entries that are at least this much as likely as the reply are offered below it."""
REPLY = 0.8
"""Replies are for many unlike texts, and are taken for a little less than they look like."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a question led to: ``best`` if sure, and up to three ``suggestions`` beside it, best first.

    ``reply`` is for what is no question for the FAQ; its own links are the first of the suggestions. Beside an
    answer it is to be said first. ``nearest`` is the entry that comes closest however far it is, so
    that its category can be named; ``None`` if nothing is alike at all. ``score`` is that of the best entry, from 0 to
    1.
    """

    best: Question | None
    suggestions: tuple[Question, ...]
    nearest: Question | None
    reply: Reply | None = None
    score: float = 0.0


NOTHING = Found(None, (), None)


def find(index: Index, text: str, said: Reply | None = None, likeness: Likeness | None = None) -> Found:
    """What ``text`` asks for. ``said`` is the reply to something that it says in so many words; ``likeness``, if there is
    one, tells what means the same as each way to ask.
    """
    tiers = BY_MEANING if likeness else BY_WORDS
    if not (words := words_of(text)):
        return NOTHING
    exact = index.exact(text)
    if isinstance(exact, Reply):
        return Found(None, index.linked(exact), None, exact)
    scored = _scored(index, text, len(words), likeness)
    questions = index.questions(scored.scores, OFFERED + 1)
    if exact:
        others = [entry for score, entry in questions if score >= tiers.unsure and entry is not exact]
        return Found(exact, tuple(others[: OFFERED - 1]), exact, said, score=1.0)
    if said:
        return _replied(index, said, questions, tiers.unsure)
    return _decided(index, questions, index.reply(scored.scores), scored.known, tiers)


def _replied(index: Index, reply: Reply, questions: Sequence[tuple[float, Question]], least: float) -> Found:
    """A reply, the entries that it links to, and what may have been meant after all: that stays a tap away."""
    meant = () if reply.alone else _from(questions, least)
    near = {entry.id: entry for entry in (*index.linked(reply), *meant)}
    score, first = questions[0] if questions else (0.0, None)
    return Found(None, tuple(near.values())[:OFFERED], first, reply, score)


def _decided(
    index: Index,
    questions: Sequence[tuple[float, Question]],
    reply: tuple[float, Reply] | None,
    known: float,
    tiers: Tiers,
) -> Found:
    score, first = questions[0] if questions else (0.0, None)
    likely = REPLY * reply[0] if reply else 0.0
    if reply and likely >= tiers.reply and likely - score >= tiers.reply_ahead:
        return _replied(index, reply[1], questions, max(tiers.unsure, NEAR * likely))
    second = max(likely, questions[1][0] if len(questions) > 1 else 0.0)
    close = _from(questions, tiers.unsure * (1 if known >= HARDLY_KNOWN else OF_LETTERS))
    if score >= tiers.sure and score - second >= tiers.ahead and known >= KNOWN:
        return Found(first, close[1:], first, score=score)
    return Found(None, close, first, score=score)


def _from(questions: Sequence[tuple[float, Question]], least: float) -> tuple[Question, ...]:
    return tuple(entry for score, entry in questions[:OFFERED] if score >= least)


def _scored(index: Index, text: str, length: int, likeness: Likeness | None) -> Scored:
    """A long text tells a story, and asks in one sentence of it: each entry counts for the one that fits it best."""
    whole = index.scored(text, LONGEST, likeness)
    parts = sentences_of(text)[:SENTENCES] if length >= LONG else []
    if len(parts) < 2:
        return whole
    best: dict[int, float] = {}
    for part in parts:
        for number, score in index.scored(part, LONGEST, likeness).scores.items():
            best[number] = max(best.get(number, 0.0), score)
    mixed = {
        number: WHOLE * score + (1 - WHOLE) * best.get(number, 0.0) for number, score in whole.scores.items()
    }
    return Scored(mixed, whole.known)

"""Learns what the words of offers weigh, and writes it down as content: python -m tests.tools.learn_offers

A logistic regression on words, pairs of words, and character n-grams. The same messages always give the same points.
Messages of the files in HELD_BACK are never read. It needs scikit-learn: pip install -c constraints.txt -e '.[learn]'

How many honest messages are accused is decided on messages of authors whom it did not learn from: for each author in
turn it learns from all others, and the points that MOST_ACCUSED of these honest messages exceed become 0. As in the
bot, a text in which the rules raise a sign of high severity is let off with somewhat more of them.
"""

from __future__ import annotations

import json
import math
import textwrap
from base64 import b64encode
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.clock import SystemTime
from bot.content.kinds.faq import FaqFile
from bot.content.kinds.offer_words import BIAS
from bot.content.loader import load
from bot.guide.guide import SPECS
from bot.guide.offers.weighing import detector
from bot.guide.offers.wording import buckets

ROOT = Path(__file__).parents[2]
MESSAGES = ROOT / "tests" / "offers"
LANGUAGES = ("en", "es")
HELD_BACK = ("unseen",)
"""Ends of the names of files that tell how well it does with messages that it never saw."""

STRENGTH = 2.0
"""The inverse of the penalty on large weights; the next two weigh the two kinds of features against each other."""
WORDS, NGRAMS = 0.3, 0.8
QUESTION = 0.2
"""What a question counts, against 1 for a message."""
BUCKETS = 2**15
LEAST_SEEN, SMALLEST = 2, 5
"""Words of fewer messages, and with fewer points than this, are not written down."""
MOST_ACCUSED = 0.05
LENIENCY = 125
"""``scam_from`` less ``honest_below``, in content/offers.yaml."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A message as the detector sees it. ``style`` is plain, subtle or honest; ``author`` is empty where none is told."""

    author: str
    style: str
    scam: bool
    signed: bool
    """Whether the rules raise a sign of high severity."""
    words: frozenset[str]
    ngrams: frozenset[int]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned, in points: 100 make a scam 2.7 times as likely."""

    words: Mapping[str, float]
    ngrams: Sequence[float]

    def of(self, sample: Sample) -> float:
        total = self.words[BIAS] + sum(self.words.get(name, 0.0) for name in sample.words)
        return total + sum(self.ngrams[each] for each in sample.ngrams) / math.sqrt(len(sample.ngrams))


def samples(language: str) -> list[Sample]:
    """All messages of a language that may be learned from."""
    pack = load(ROOT / "content", SPECS, today=SystemTime().now().date()).library.packs[language]
    reader = detector(pack)

    def sample(text: str, style: str, author: str = "", weight: float = 1.0) -> Sample:
        signed = any(flag.severity == "high" for flag in reader.ruled(text))
        words, ngrams = frozenset(reader.features(text)), frozenset(buckets(text, BUCKETS))
        return Sample(author, style, style != "honest", signed, words, ngrams, weight)

    files = (file for file in MESSAGES.glob(f"{language}*.jsonl") if not file.stem.endswith(HELD_BACK))
    rows = [json.loads(line) for file in sorted(files) for line in file.read_text("utf-8").splitlines()]
    asked = [way for entry in pack[FaqFile].faq for way in (entry.question, entry.short, *entry.ask)]
    return [
        *(sample(row["text"], row["style"], row.get("author", "")) for row in rows),
        # What people ask the bot is no offer, whatever it is about. They are many, and all of one kind.
        *(sample(way, "honest", weight=QUESTION) for way in asked),
    ]


def learn(known: Sequence[Sample]) -> Weights:
    """The weights of all features that :data:`LEAST_SEEN` messages have."""
    of_words = Counter(name for each in known for name in each.words)
    of_ngrams = Counter(number for each in known for number in each.ngrams)
    words = [name for name, count in sorted(of_words.items()) if count >= LEAST_SEEN]
    ngrams = [number for number, count in sorted(of_ngrams.items()) if count >= LEAST_SEEN]
    columns = dict[str | int, int](zip([*words, *ngrams], count(), strict=False))
    # What few messages have tells more than what most have.
    rareness = {n: NGRAMS * (1 + math.log((1 + len(known)) / (1 + of_ngrams[n]))) for n in ngrams}
    rows, columns_of, values = list[int](), list[int](), list[float]()
    for at, each in enumerate(known):
        features: list[tuple[str | int, float]] = [(name, WORDS) for name in each.words]
        length = math.sqrt(len(each.ngrams))
        features += [(number, rareness[number] / length) for number in each.ngrams if number in rareness]
        for name, value in features:
            if name in columns:
                rows.append(at)
                columns_of.append(columns[name])
                values.append(value)
    matrix = csr_matrix((values, (rows, columns_of)), shape=(len(known), len(columns)))
    model: Any = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0, max_iter=500)
    # The solver takes indices of 32 bits only.
    matrix.indices, matrix.indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    model.fit(matrix, [each.scam for each in known], sample_weight=[each.weight for each in known])
    found = [100 * float(each) for each in model.coef_[0]]
    points = {name: found[columns[name]] * WORDS for name in words}
    points[BIAS] = 100 * float(model.intercept_[0])
    spread = [0.0] * BUCKETS
    for number in ngrams:
        spread[number] = found[columns[number]] * rareness[number]
    return Weights(points, spread)


def authors(known: Sequence[Sample]) -> list[str]:
    return sorted({each.author for each in known if each.author})


def by_others(known: Sequence[Sample]) -> list[tuple[float, Sample]]:
    """The points of each message whose author is told, by what was learned from all others."""
    scored = []
    for author in authors(known):
        weights = learn([each for each in known if each.author != author])
        scored += [
            (weights.of(each) + each.signed * LENIENCY, each) for each in known if each.author == author
        ]
    return scored


def threshold(scored: Sequence[tuple[float, Sample]]) -> float:
    """What :data:`MOST_ACCUSED` of the honest messages exceed."""
    honest = sorted((points for points, each in scored if not each.scam), reverse=True)
    return honest[int(len(honest) * MOST_ACCUSED)]


def written(weights: Weights, language: str) -> str:
    """The file's content: words that weigh the same stand in one line."""
    lines: dict[int, list[str]] = {}
    for name, weight in weights.words.items():
        points = round(weight)
        if abs(points) >= SMALLEST or name == BIAS:
            lines.setdefault(points, []).append(name)
    form = "" if language == LANGUAGES[0] else ".words"
    text = (
        f"# yaml-language-server: $schema=../schema/offer_words{form}.json\n"
        "# Points for words and pairs of words: above 0 they speak for a scam, below for an honest message.\n"
        "# Learned from tests/offers: python -m tests.tools.learn_offers. You may change the words' by hand.\n\n"
        "words:\n"
    )
    for points in sorted(lines, reverse=True):
        names = sorted(lines[points])
        for at in range(0, len(names), 10):
            text += f'  - "{points}: {", ".join(names[at : at + 10])}"\n'
    unit = max(map(abs, weights.ngrams)) / 127
    coded = b64encode(bytes(round(each / unit) % 256 for each in weights.ngrams)).decode()
    body = textwrap.fill(coded, 112, initial_indent="  ", subsequent_indent="  ")
    return f"{text}\nngrams: >-\n  {unit:.4f}\n{body}\n"


def main() -> None:
    for language in LANGUAGES:
        known = samples(language)
        scored = by_others(known)
        least = threshold(scored)
        for author in ["all authors", *authors(known)]:
            part = [(points, each) for points, each in scored if author in ("all authors", each.author)]
            shares = {
                style: [points >= least for points, each in part if each.style == style]
                for style in ("plain", "subtle", "honest")
            }
            told = ", ".join(f"{style} {sum(each) / len(each):.1%}" for style, each in shares.items())
            print(f"{language}, learned from others: {author}: {told}")
        weights = learn(known)
        moved = Weights({**weights.words, BIAS: weights.words[BIAS] - least}, weights.ngrams)
        file = ROOT / "content" / language / "offer_words.yaml"
        file.write_text(written(moved, language), encoding="utf-8")


if __name__ == "__main__":
    main()

"""Learns what the words of offers weigh, and writes them down as content: python -m tests.tools.learn_offers

A logistic regression on words and pairs of words (binary, L2), by plain gradient descent: the same messages always give
the same points. The held-back messages are never read. It prints how it does on messages left out in turn.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bot.clock import SystemTime
from bot.content.kinds.offer_words import BIAS
from bot.content.loader import load
from bot.guide.guide import SPECS
from bot.guide.offers.weighing import detector

ROOT = Path(__file__).parents[2]
MESSAGES = ROOT / "tests" / "offers"
ROUNDS, RATE, DECAY = 250, 0.3, 1.0
LEAST_SEEN, SMALLEST = 2, 10
"""Words of fewer messages, and with fewer points than this, are not written down."""
FOLDS = 8
LANGUAGES = ("en", "es")

Sample = tuple[frozenset[str], bool]


def samples(language: str) -> list[Sample]:
    """The features of each message of a language, and whether it is a scam."""
    reader = detector(load(ROOT / "content", SPECS, today=SystemTime().now().date()).library.packs[language])
    found = []
    for file in sorted(MESSAGES.glob(f"{language}*.jsonl")):
        if "held_back" not in file.name:
            for line in file.read_text("utf-8").splitlines():
                row = json.loads(line)
                found.append((frozenset(name for name, _ in reader.features(row["text"])), row["scam"]))
    return found


def learn(known: Sequence[Sample]) -> dict[str, float]:
    """The weight of each feature; that of :data:`BIAS` is for every text."""
    kept = [(sorted({*names, BIAS}), scam) for names, scam in known]
    weights = dict.fromkeys(sorted({name for names, _ in kept for name in names}), 0.0)
    paths = dict.fromkeys(weights, 1e-9)
    for _ in range(ROUNDS):
        # The slope of the log-likelihood, less that of the penalty on large weights.
        slope = {name: -DECAY * weight for name, weight in weights.items()}
        for names, scam in kept:
            error = scam - chance(sum(weights[name] for name in names))
            for name in names:
                slope[name] += error
        for name in weights:
            # Adagrad: the further a weight has come, the smaller its steps.
            paths[name] += slope[name] ** 2
            weights[name] += RATE * slope[name] / math.sqrt(paths[name])
    counts = Counter(name for names, _ in kept for name in names)
    return {name: weight for name, weight in weights.items() if counts[name] >= LEAST_SEEN}


def chance(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


def left_out(known: Sequence[Sample]) -> list[tuple[float, bool]]:
    """The score of each message by what was learned from the others."""
    scored = []
    for fold in range(FOLDS):
        weights = learn([each for at, each in enumerate(known) if at % FOLDS != fold])
        for names, scam in known[fold::FOLDS]:
            scored.append((sum(weights.get(name, 0.0) for name in (BIAS, *names)), scam))
    return scored


def written(weights: dict[str, float], language: str) -> str:
    """The file's content: words that weigh the same stand in one line."""
    lines: dict[int, list[str]] = {}
    for name, weight in weights.items():
        points = round(weight * 100 / 5) * 5
        if abs(points) >= SMALLEST:
            lines.setdefault(points, []).append(name)
    form = "" if language == LANGUAGES[0] else ".words"
    text = (
        f"# yaml-language-server: $schema=../schema/offer_words{form}.json\n"
        "# Points for words and pairs of words: above 0 they speak for a scam, below for an honest message.\n"
        "# Learned from tests/offers: python -m tests.tools.learn_offers. You may change them by hand.\n\n"
        "words:\n"
    )
    for points in sorted(lines, reverse=True):
        names = sorted(lines[points])
        for at in range(0, len(names), 10):
            text += f'  - "{points}: {", ".join(names[at : at + 10])}"\n'
    return text


def main() -> None:
    for language in LANGUAGES:
        known = samples(language)
        scored = left_out(known)
        for least in (-1.0, -0.5, 0.0, 0.5, 0.75, 1.0, 1.5):
            caught = [value >= least for value, scam in scored if scam]
            accused = [value >= least for value, scam in scored if not scam]
            print(
                f"{language} {least:5}: {sum(caught) / len(caught):.0%} of scams, {sum(accused) / len(accused):.0%} of honest"
            )
        (ROOT / "content" / language / "offer_words.yaml").write_text(
            written(learn(known), language), encoding="utf-8"
        )


if __name__ == "__main__":
    main()

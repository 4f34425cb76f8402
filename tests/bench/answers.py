"""How well and how fast the FAQ is searched: ``make bench-answers``.

The development sets of ``tests/answers`` are asked of the shipped content, in English and in Spanish, by other ways to
search and by ours. What ``ours`` is sure of is decided by its thresholds (:mod:`bot.guide.answers.finding`). Those were
chosen on these sets: of all pairs of a score and a lead with at most about 2 in 100 answered wrongly and 5 in 100
answered in vain, one that answers much; a little stricter than that, since unseen questions are less like the content.
The other ways are given thresholds that are best for them by the same rule, so that nobody is put at a disadvantage.

Then the time of a question is told at the size of the content, at 5,000 entries (copies with made-up words), and for
4,096 characters of every kind.
"""

from __future__ import annotations

import argparse
import gc
import math
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType

from rapidfuzz import fuzz

from bot.app import load_content
from bot.asking import ids_of
from bot.content.fields import KindFile, Shelf
from bot.content.kinds.faq import FaqFile, Question
from bot.content.library import Pack
from bot.guide.answers import Answers
from bot.guide.answers.space import Space
from bot.guide.answers.text import stemmer, words_of
from bot.semantic import meaning
from tests.answers.measuring import Case, Outcome, Search, Shares, cases, measured

CONTENT = Path(__file__).parents[2] / "content"
MOST_WRONG, MOST_IN_VAIN = 0.022, 0.05
MANY = 5_000
LONGEST = 4_096

Ranking = Callable[[str], Sequence[tuple[float, str]]]
"""Scores and ids of entries, best first."""


def ways(question: Question) -> tuple[str, ...]:
    return (question.question, question.short, *question.ask)


def best_of(scores: Iterable[tuple[float, str]]) -> list[tuple[float, str]]:
    best: dict[str, float] = {}
    for score, id_ in scores:
        best[id_] = max(best.get(id_, 0.0), score)
    return sorted(((score, id_) for id_, score in best.items()), key=lambda each: -each[0])


def by_token_set(pack: Pack) -> Ranking:
    said = [(" ".join(words_of(way)), each.id) for each in pack[FaqFile].faq for way in ways(each)]

    def rank(text: str) -> list[tuple[float, str]]:
        asked = " ".join(words_of(text))
        return best_of((fuzz.token_set_ratio(asked, way) / 100, id_) for way, id_ in said)

    return rank


def stems_of(pack: Pack, text: str) -> list[str]:
    stem = stemmer(pack.language)
    return [stem(word) for word in words_of(text)]


def whole(question: Question) -> str:
    return " ".join((*ways(question), question.answer.plain))


def by_bm25(pack: Pack, k: float = 1.2, b: float = 0.75) -> Ranking:
    """BM25 over one text an entry, as in https://www.staff.city.ac.uk/~sbrp622/papers/foundations_bm25_review.pdf."""
    entries = pack[FaqFile].faq
    counts = [Counter(stems_of(pack, whole(each))) for each in entries]
    usual = statistics.mean(sum(count.values()) for count in counts)
    spread = Counter(stem for count in counts for stem in count)

    def score(count: Counter[str], stems: Sequence[str]) -> float:
        length = k * (1 - b + b * sum(count.values()) / usual)
        return sum(
            math.log(1 + (len(counts) - spread[stem] + 0.5) / (spread[stem] + 0.5))
            * count[stem] * (k + 1) / (count[stem] + length)
            for stem in stems
            if count[stem]
        )  # fmt: skip

    def rank(text: str) -> list[tuple[float, str]]:
        stems = stems_of(pack, text)
        return best_of((score(count, stems), each.id) for each, count in zip(entries, counts, strict=True))

    return rank


def by_tf_idf(pack: Pack, texts: Sequence[tuple[str, str]]) -> Ranking:
    """Cosine of TF-IDF over these texts, each with the entry it belongs to."""
    space = Space([Counter(stems_of(pack, text)) for text, _ in texts])

    def rank(text: str) -> list[tuple[float, str]]:
        alike = space.likeness(space.query(Counter(stems_of(pack, text))))
        return best_of((score, texts[number][1]) for number, score in alike.items())

    return rank


def peers(pack: Pack) -> Mapping[str, Ranking]:
    faq = pack[FaqFile].faq
    return {
        "token_set_ratio": by_token_set(pack),
        "BM25, stems": by_bm25(pack),
        "TF-IDF, a text a way": by_tf_idf(pack, [(way, each.id) for each in faq for way in ways(each)]),
        "TF-IDF, a text an entry": by_tf_idf(pack, [(whole(each), each.id) for each in faq]),
    }


def fairly(rank: Ranking, over: Sequence[Case]) -> Shares:
    """The shares of a way to search with the thresholds that are best for it."""
    ranked = {case.question: rank(case.question) for case in over}
    top = sorted(ranking[0][0] for ranking in ranked.values() if ranking)
    scores = [top[int(part * (len(top) - 1))] for part in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)]
    leads = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5)
    found = [measured(partial(_decided, ranked, sure, lead), over) for sure in scores for lead in leads]
    kept = [each for each in found if each.wrong <= MOST_WRONG and each.answered_in_vain <= MOST_IN_VAIN]
    return max(kept, key=lambda each: each.answered, default=min(found, key=lambda each: each.wrong))


def _decided(
    ranked: Mapping[str, Sequence[tuple[float, str]]], sure: float, lead: float, question: str
) -> Outcome:
    ranking = ranked[question][:3]
    if not ranking:
        return Outcome(None, [])
    second = ranking[1][0] if len(ranking) > 1 else 0.0
    is_sure = ranking[0][0] >= sure and ranking[0][0] - second >= lead * ranking[0][0]
    return Outcome(ranking[0][1] if is_sure else None, [id_ for _, id_ in ranking])


def searched(answers: Answers, pack: Pack) -> Search:
    def search(question: str) -> Outcome:
        found = answers.find(pack, question)
        return Outcome(found.best.id if found.best else None, ids_of(found))

    return search


def times(ask: Callable[[str], object], questions: Iterable[str]) -> list[float]:
    """Milliseconds of each question."""
    found = []
    for question in questions:
        began = time.perf_counter()
        ask(question)
        found.append((time.perf_counter() - began) * 1000)
    return found


def grown(pack: Pack, many: int) -> Pack:
    """A pack of so many entries: copies of the real ones, each with some words that no other has."""
    chance, file = random.Random(0), pack[FaqFile]
    entries = list(file.faq)
    for number in range(len(entries), many):
        like = file.faq[number % len(file.faq)]
        entries.append(
            like.model_copy(
                update={
                    "id": f"entry-{number}",
                    "question": f"{like.question} {_made_up(chance)}",
                    "ask": tuple(f"{way} {_made_up(chance)}" for way in chance.sample(like.ask, 3)),
                }
            )
        )
    kinds: dict[type[KindFile], KindFile] = {
        **pack.kinds,
        FaqFile: file.model_copy(update={"faq": Shelf(entries)}),
    }
    return replace(pack, kinds=MappingProxyType(kinds))


def _made_up(chance: random.Random) -> str:
    return "".join(
        chance.choice("bdfgklmnprst") + chance.choice("aeiou") for _ in range(chance.randint(2, 4))
    )


def hostile() -> Iterator[tuple[str, str]]:
    chance = random.Random(0)
    yield "one letter", "a" * LONGEST
    yield "one word again and again", "money " * (LONGEST // 6)
    yield "words that nobody knows", " ".join(_made_up(chance) for _ in range(LONGEST))[:LONGEST]
    yield (
        "misspelt words",
        " ".join(f"acount{chance.choice('xyz')} paymnt labling" for _ in range(300))[:LONGEST],
    )
    yield "sentences", ("How do I get my money? " * 300)[:LONGEST]
    yield "commas", "a, " * (LONGEST // 3)
    yield "emoji", "👩‍👩‍👧‍👦" * (LONGEST // 11)
    yield "combining signs", "e" + "\u0301" * (LONGEST - 1)
    yield "Chinese", "数据标注工作" * (LONGEST // 6)
    yield "Thai", "งานติดป้ายข้อมูล" * (LONGEST // 16)
    yield "Arabic, right to left", "كم أكسب " * (LONGEST // 8)
    yield "any signs", "".join(chr(chance.choice((chance.randrange(32, 0xD800), chance.randrange(0xE000, 0x1FFFF)))) for _ in range(LONGEST))  # fmt: skip
    yield "spaces", " \n\t" * (LONGEST // 3)


def tell_quality(language: str, pack: Pack) -> None:
    over = cases(language)
    asked = [case.question for case in over]
    print(f"\n{language}: {len(over)} questions, {sum(case.wanted == '-' for case in over)} of them in vain")
    print(f"{'':26}{'first':>7}{'three':>7}{'answered':>10}{'wrong':>7}{'in vain':>9}{'ms':>7}")
    rows: list[tuple[str, Shares, float]] = [
        (name, fairly(rank, over), statistics.median(times(rank, asked)))
        for name, rank in peers(pack).items()
    ]
    ours = {"ours": Answers()}
    if encoder := meaning():
        ours["ours, semantic"] = Answers(encoder)
    for name, answers in ours.items():
        search = searched(answers, pack)
        rows.append((name, measured(search, over), statistics.median(times(search, asked))))
    for name, shares, ms in rows:
        first, three, answered, wrong, in_vain = (f"{share:.1%}" for share in astuple(shares))
        print(f"{name:26}{first:>7}{three:>7}{answered:>10}{wrong:>7}{in_vain:>9}{ms:>7.2f}")


def tell_times(pack: Pack, many: int) -> None:
    questions = [case.question for case in cases("en")]
    big = grown(pack, many)
    for name, each in ((f"{len(pack[FaqFile].faq)} entries", pack), (f"{many} entries", big)):
        answers = Answers()
        began = time.perf_counter()
        answers.find(each, "warm up")
        ready = time.perf_counter() - began
        gc.collect()
        took = times(lambda question, each=each, answers=answers: answers.find(each, question), questions)  # type: ignore[misc]
        median, slow = statistics.median(took), statistics.quantiles(took, n=100)[94]
        print(
            f"{name:14} ready in {ready:6.2f} s; a question {median:6.2f} ms (median), {slow:6.2f} ms (95 of 100)"
        )
        worst = [
            (statistics.median(times(lambda text, each=each, answers=answers: answers.find(each, text), [text] * 3)), kind)  # type: ignore[misc]
            for kind, text in hostile()
        ]  # fmt: skip
        print(f"{'':14} {LONGEST} characters: at most {max(worst)[0]:.1f} ms ({max(worst)[1]})")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--entries", type=int, default=MANY)
    options = parser.parse_args()
    library = load_content(CONTENT).library
    print(f"On {datetime.now(UTC):%Y-%m-%d}")
    for language in ("en", "es"):
        tell_quality(language, library.pack(language))
    print()
    tell_times(library.pack("en"), options.entries)


if __name__ == "__main__":
    main()

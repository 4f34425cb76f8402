"""Did you mean …?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

_MOST_SHOWN = 12


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word that this one was probably meant to be."""
    by_folded = {_folded(name): name for name in known}
    found = get_close_matches(_folded(word), by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a sentence about an unknown word: the likeliest, or else what there is."""
    names = list(known)
    if likely := closest(word, names):
        return f"did you mean {likely!r}?"
    if not names:
        return "there is none yet"
    shown = ", ".join(names[:_MOST_SHOWN])
    return f"known: {shown}, …" if len(names) > _MOST_SHOWN else f"known: {shown}"


def _folded(word: str) -> str:
    return re.sub(r"[\s_-]+", "-", word.lower())

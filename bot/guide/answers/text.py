"""Words as the search compares them: flat, cut to their stem, and in pieces that survive a slip of the finger."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

Stem = Callable[[str], str]

LONGEST_WORD = 32
"""Letters of a word that are looked at."""
GRAMS = (3, 4)
"""Lengths of the pieces of a word."""

LONGEST_TEXT = 4096
"""Characters of a text that are looked at; Telegram sends no more in one message."""
_WIDEST = 2 * LONGEST_TEXT
"""Characters that are looked at once each stands for all that it is made of: U+FDFA alone is made of 18."""

_SPACE = re.compile(r"[\W_]+")
_SENTENCE = re.compile(r"[.!?;\n…]+|,\s")
_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "no": "norwegian",
    "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish",
    "ta": "tamil", "tr": "turkish",
}  # fmt: skip
"""Snowball's name (https://snowballstem.org/algorithms) of each language."""
_SOUNDS = (("ph", "f"), ("qu", "k"), ("ck", "k"), ("ll", "y"), ("v", "b"), ("z", "s"))
"""Letters that people who write by ear take for one another."""
_SOFT = re.compile("c(?=[eiy])")
_SILENT = re.compile("(?<![cgstw])h")
_DOUBLED = re.compile(r"(.)\1+")


def normalised(text: str) -> str:
    """Lower case, without accents and punctuation, single spaces."""
    lower = text[:LONGEST_TEXT].casefold()
    if not lower.isascii():
        # Before as well as after: putting a long row of accents into order takes time by its square.
        lower = _bare(unicodedata.normalize("NFKD", _bare(lower))[:_WIDEST])
    return _SPACE.sub(" ", lower).strip()


def _bare(text: str) -> str:
    return "".join(sign for sign in text if not unicodedata.combining(sign))


def words_of(text: str) -> list[str]:
    """The words of a text, normalised. An apostrophe parts nothing: *don't* is *dont*."""
    joined = text.replace("'", "").replace("’", "")
    return [word[:LONGEST_WORD] for word in normalised(joined).split()]


def sentences_of(text: str) -> list[str]:
    """The parts of a text that a full stop, a line or a comma ends."""
    return [part for part in _SENTENCE.split(text) if part.strip()]


def stemmer(language: str) -> Stem:
    """Cuts words of a language (a BCP 47 tag) to their stems; of one without a stemmer, leaves them as they are.

    Snowball's stemmers keep what they work on in themselves. So each caller takes one of its own.
    """
    name = _STEMMERS.get(language.partition("-")[0])
    if name is None:
        return str
    # Importing all its languages takes 20 ms, which the start of the bot need not wait for.
    import snowballstemmer

    stem: Stem = snowballstemmer.stemmer(name).stemWord
    return stem


def grams(word: str) -> Iterator[str]:
    """The pieces of a word, as it sounds: two spellings of one word have most of them in common."""
    heard = f" {sound(word)} "
    if len(heard) == 3 and len(word) > 1:
        return  # *zzz* is no word
    for length in GRAMS:
        for at in range(max(1, len(heard) - length + 1)):
            yield heard[at : at + length]


def sound(word: str) -> str:
    """The word without the differences of spelling that are not heard."""
    heard = _SOFT.sub("s", word)
    for letters, one in _SOUNDS:
        heard = heard.replace(letters, one)
    return _DOUBLED.sub(r"\1", _SILENT.sub("", heard).replace("c", "k"))

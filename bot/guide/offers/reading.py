"""A text as words: each folded for comparing, classified, and known by its place in the text.

Every step is linear in the text, whatever it holds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bot.content.phrases import fold
from bot.guide.offers.addresses import Addresses

LONGEST = 4096
"""Characters that are read; Telegram sends no more in one message."""
LONGEST_WORD = 64
"""Letters of a word that are compared: some letters stand for many, and accents are put into order."""
MOST_ADDRESSES = 32
"""So many different addresses of a text are told apart; the others are links and no more."""

_CHUNK = re.compile(r"\S+|\n+")
_PIECE = re.compile(
    r"(?P<number>\d+(?:[.,']\d+)*)(?P<thousand>[kK](?![^\W\d_]))?"
    "|(?P<word>[^\\W\\d_](?:[\\w'’‘`´\u00ad\u200b-\u200f\u2060\ufeff]|[-‐](?=[^\\W\\d_]))*)"
    r"|(?P<end>[.!?…;¡¿|•。！？]+|[\u2013\u2014])|(?P<comma>[,:、，()\[\]{}/])|(?P<quote>[\"“”„«»])|(?P<sign>\S)"
)
_PHONE = re.compile(r"\+?[\d().-]{7,20}")
_LEET = str.maketrans("0134578", "oleastb")
_MOST_DIGITS = 12
_ABBREVIATION = 2
"""After so few letters a full stop may be part of the word: "Rs. 500", "Mr. Adams"."""


@dataclass(slots=True)
class Token:
    """One word, number or address, from ``start`` to ``end`` in the text; empty between two sentences."""

    word: str
    start: int
    end: int
    classes: frozenset[str] = frozenset()
    value: float | None = None
    """What a number is."""


@dataclass(slots=True)
class Reading:
    """A text in tokens. Sets of tokens are whole numbers: bit ``i`` is the token at ``i``."""

    text: str
    tokens: list[Token] = field(default_factory=list)
    walls: int = 0
    """What stands between two sentences."""
    commas: int = 0
    """Tokens after which a part of a sentence ends."""
    quoted: int = 0
    """Tokens in quotation marks."""


def read(text: str, addresses: Addresses, currency: Callable[[str], bool]) -> Reading:
    """The tokens of the first :data:`LONGEST` characters. ``currency`` tells the words that make a number an amount."""
    reader = _Reader(Reading(text[:LONGEST], [_wall(0)], walls=1), addresses, currency)
    for chunk in _CHUNK.finditer(reader.made.text):
        reader.chunk(chunk[0], chunk.start())
    reader.wall(len(reader.made.text))
    return reader.made


class _Reader:
    def __init__(self, made: Reading, addresses: Addresses, currency: Callable[[str], bool]) -> None:
        self.made = made
        self._addresses = addresses
        self._currency = currency
        self._money_sign = False
        self._quote_from: int | None = None
        self._known: dict[str, frozenset[str]] = {}
        """The classes of the addresses so far."""
        self._folded: dict[str, str] = {}
        self._letters = 0
        """How many single letters stood just now: t e l e g r a m."""

    def chunk(self, chunk: str, start: int) -> None:
        if chunk[0] == "\n":
            return self.wall(start)
        core = chunk.strip(".,;:!?¡¿()[]{}<>\"'“”«»*…")
        at = start + chunk.find(core) if core else start
        classes = self._classes(core)
        if not classes and _PHONE.fullmatch(core) and sum(map(str.isdigit, core)) >= 9:
            classes = frozenset({"phone"})
        if not classes:
            for piece in _PIECE.finditer(chunk):
                self._piece(piece, start)
            return None
        self._add(Token(core.lower(), at, at + len(core), classes))
        if chunk[-1] in ".!?;":
            self.wall(start + len(chunk))
        elif chunk[-1] in ",:":
            self._comma()
        return None

    def _classes(self, core: str) -> frozenset[str]:
        known = self._known.get(core)
        if known is None:
            apart = len(self._known) < MOST_ADDRESSES
            known = self._addresses.classes(core, apart=apart)
            if known and apart:
                self._known[core] = known
        return known

    def _piece(self, piece: re.Match[str], offset: int) -> None:
        start, end = offset + piece.start(), offset + piece.end()
        match piece.lastgroup:
            case "end":
                before = self._last()
                if piece[0] != "." or not before or len(before.word) > _ABBREVIATION or end - before.end > 1:
                    self.wall(start)
            case "comma":
                self._comma()
            case "quote":
                self._quote()
            case "sign":
                self._sign(piece[0])
            case "word":
                self._word(piece[0], start, end)
            case _:
                self._number(piece, start, end)

    def _word(self, text: str, start: int, end: int) -> None:
        word = self._folded.get(text)
        if word is None:
            word = self._folded[text] = fold(text[:LONGEST_WORD])
        before = self._last()
        if before and before.value is not None and self._currency(word):
            before.classes |= {"money"}
            before.end = end
            return
        self._money_sign = self._currency(word)
        if len(word) == 1 and before and self._letters and start - before.end <= 1:
            before.word, before.end, self._letters = before.word + word, end, self._letters + 1
            return
        self._add(Token(word, start, end))
        self._letters = int(len(word) == 1)

    def _number(self, piece: re.Match[str], start: int, end: int) -> None:
        value = _value(piece["number"]) * (1000 if piece["thousand"] else 1)
        classes = frozenset({"number", "money"} if self._money_sign else {"number"})
        self._add(Token(piece[0], start, end, classes, value))

    def _sign(self, sign: str) -> None:
        before = self._last()
        if unicodedata.category(sign) == "Sc":
            if before and before.value is not None and "money" not in before.classes:
                before.classes |= {"money"}
            else:
                self._money_sign = True
        elif sign == "%" and before and before.value is not None:
            before.classes = (before.classes - {"money"}) | {"percent"}
        elif unicodedata.category(sign) == "So":
            # Emoji stand where others would write a full stop.
            self.wall(before.end if before else 0)

    def _quote(self) -> None:
        if self._quote_from is None:
            self._quote_from = len(self.made.tokens)
            return
        first, last = self._quote_from, len(self.made.tokens)
        self._quote_from = None
        if last - first >= 3:
            self.made.quoted |= (1 << last) - (1 << first)

    def _comma(self) -> None:
        if self.made.tokens:
            self.made.commas |= 1 << (len(self.made.tokens) - 1)

    def wall(self, at: int) -> None:
        self._money_sign, self._letters = False, 0
        if self.made.tokens and self.made.tokens[-1].word:
            self.made.walls |= 1 << len(self.made.tokens)
            self.made.tokens.append(_wall(at))

    def _add(self, token: Token) -> None:
        self.made.tokens.append(token)
        self._letters = 0
        if token.value is not None or len(token.word) > 4:
            self._money_sign = False

    def _last(self) -> Token | None:
        return self.made.tokens[-1] if self.made.tokens and self.made.tokens[-1].word else None


def _wall(at: int) -> Token:
    """Stands between two sentences, and before the first."""
    return Token("", at, at, frozenset({"start"}))


def _value(digits: str) -> float:
    """What ``2,350`` and ``2.350`` and ``29,95`` are: a last group of three digits is thousands."""
    plain = digits.replace("'", "")[: _MOST_DIGITS * 2]
    groups = plain.replace(",", ".").split(".")
    if len(groups) > 1 and len(groups[-1]) != 3:
        return float("".join(groups[:-1])[:_MOST_DIGITS] + "." + groups[-1][:_MOST_DIGITS])
    return float("".join(groups)[:_MOST_DIGITS])


def spellings(word: str) -> Iterator[str]:
    """A word, and what it is if digits stand for letters in it."""
    yield word
    if not word.isalpha() and not word.isdigit():
        yield word.translate(_LEET)

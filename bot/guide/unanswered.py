"""What was asked in vain, as an operator may read it: nothing in it tells who asked."""

from __future__ import annotations

import re

from bot.content.phrases import QUESTION_MARKS

LONGEST = 300
"""Characters that are kept."""
HIDDEN = "•••"
"""Stands for what may tell who somebody is."""

_TELLING = re.compile(
    r"\S+@\S+"  # e-mail addresses
    r"|@\w+"  # names in Telegram
    r"|(?:https?://|www\.|t\.me/)\S+"  # links, of profiles perhaps
    r"|\+?\d(?:[\s().\-/]*\d){5,}"  # numbers of telephones, cards, accounts
    r"|\b(?=\w*\d)(?=\w*[^\W\d])\w{8,}\b",  # what stands on papers, IBANs, passwords
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")


def notable(text: str) -> str:
    """The text as it may be kept, on one line; empty if it holds no word, or is somebody's story and no question."""
    flat = " ".join(text.split())
    if len(flat) > LONGEST and QUESTION_MARKS.isdisjoint(flat):
        return ""
    kept = _TELLING.sub(HIDDEN, flat)[:LONGEST].rstrip()
    return kept if _LETTER.search(kept) else ""

"""How the names of places are compared: as people type them, without accents, case and signs."""

from __future__ import annotations

import re

from bot.content.phrases import bare

_BETWEEN = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Lower case, without accents and signs, single spaces."""
    return _BETWEEN.sub(" ", bare(text)).strip()

"""How the names of places are compared: as people type them, without accents, case and signs."""

from __future__ import annotations

import re
import unicodedata

_BETWEEN = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Lower case, without accents and signs, single spaces."""
    flat = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in flat if not unicodedata.combining(sign))
    return _BETWEEN.sub(" ", bare).strip()

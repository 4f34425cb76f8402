"""Letters for pictures: a typeface that comes with the program, and what to do with letters that it lacks."""

from __future__ import annotations

import io
from functools import cache
from importlib.resources import files

from PIL import ImageFont

_ELLIPSIS = "…"
_NO_LETTER = "\U0010ffff"
"""What no typeface has: it shows what is drawn instead of a letter that is lacking."""


@cache
def typeface(size: int, weight: str = "Regular") -> ImageFont.FreeTypeFont:
    """Lato, in pixels. It has the letters of the languages that are written in Latin ones."""
    file = files("font_lato").joinpath("files", f"Lato-{weight}.ttf")
    return ImageFont.truetype(io.BytesIO(file.read_bytes()), size)


def known_letters(text: str) -> str:
    """The text without what the typeface cannot draw, such as emoji; perhaps nothing is left."""
    return " ".join("".join(letter for letter in text if _has(letter)).split())


def fitted(text: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    """The text, cut off with an ellipsis if it is wider than so many pixels."""
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(text + _ELLIPSIS) > width:
        text = text[:-1]
    return text.rstrip() + _ELLIPSIS


@cache
def _drawn(letter: str) -> tuple[tuple[int, int], bytes]:
    mask = typeface(20).getmask(letter)
    return mask.size, bytes(mask)


def _has(letter: str) -> bool:
    return letter.isspace() or _drawn(letter) != _drawn(_NO_LETTER)

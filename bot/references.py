"""Reference codes: a person quotes one, an operator finds the failure under it in the log.

What is logged holds ids, types and places in the code. The messages of exceptions are left out, unless they
are our own: they may quote what a person wrote, or a URL with the token in it.
"""

from __future__ import annotations

import logging
import secrets

from bot.errors import FirstlabelError

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter in it reads like a digit (https://www.crockford.com/base32.html)."""

_LENGTH = 6


def new_reference() -> str:
    """A fresh code, like ``7K3QZ4``."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))


def report(logger: logging.Logger, what: str, error: BaseException, **ids: object) -> str:
    """Log an exception that should not have been, with where it came from; returns its reference code."""
    reference = new_reference()
    places = " ".join(f"{name}={value}" for name, value in ids.items())
    logger.error(
        "%s failed ref=%s %s",
        what,
        reference,
        places,
        exc_info=_without_words(error),
        extra={"fields": {"ref": reference, **ids}},
    )
    return reference


def _without_words(error: BaseException) -> Exception:
    """An exception that prints like this one, chain and traceback included, but without messages."""
    kind = type(error)
    names = {"__module__": kind.__module__, "__qualname__": kind.__qualname__}
    words = (str(error),) if isinstance(error, FirstlabelError) else ()
    told: Exception = type(kind.__name__, (Exception,), names)(*words)
    told.__traceback__ = error.__traceback__
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    told.__cause__ = _without_words(cause) if cause is not None else None
    return told

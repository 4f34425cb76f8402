"""Tells addresses apart: the official ones, those that imitate one, chats, short links, free mail."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.content.kinds.offers import OffersFile
from bot.content.kinds.platforms import PlatformsFile
from bot.content.library import Pack
from bot.content.phrases import fold

_LONGEST = 253
"""Characters of a domain name (RFC 1035)."""
_HOST = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,24}")
_LOOKS = str.maketrans("0134578", "oleastb")
_LEAST_NAME = 5
"""A shorter name is too often part of another word."""
_INSIDE = 6
"""From this length on a name counts inside a longer word, too."""
_NO_CLASSES: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses that a pack knows."""

    official: frozenset[str]
    names: frozenset[str]
    """What official domains are called, without their ending."""
    chats: frozenset[str]
    short: frozenset[str]
    free_mail: frozenset[str]
    additions: frozenset[str] = frozenset()
    """Words that imitators add to a name."""

    @classmethod
    def none(cls) -> Addresses:
        """For a pack that knows none: addresses are told from words, but not apart."""
        empty = frozenset[str]()
        return cls(empty, empty, empty, empty, empty)

    def classes(self, chunk: str, *, apart: bool = True) -> frozenset[str]:
        """The classes of an address; none if ``chunk`` (without spaces) is no address.

        Unless it is to be told ``apart`` from others, only whether it is a link or an e-mail address.
        """
        if chunk.startswith("@") and len(chunk) > 3:
            return frozenset({"handle"})
        if "." not in chunk:
            return _NO_CLASSES
        local, at, rest = chunk.rpartition("@")
        host = _host(rest)
        if host is None:
            return _NO_CLASSES
        if not apart:
            return frozenset({"email" if at and local else "link"})
        if at and local:
            return self._mail(local, host)
        if _under(host, self.chats):
            return frozenset({"link", "chat-link"})
        if _under(host, self.short):
            return frozenset({"link", "short-link"})
        return frozenset({"link", "copycat"}) if self.imitates(host) else frozenset({"link"})

    def _mail(self, local: str, host: str) -> frozenset[str]:
        kinds = {"email"}
        if _under(host, self.free_mail):
            kinds.add("free-email")
            shown = _skeleton(local[:_LONGEST])
            if any(name in shown for name in self.names if len(name) >= _LEAST_NAME):
                kinds.add("copycat")
        elif self.imitates(host):
            kinds.add("copycat")
        return frozenset(kinds)

    def imitates(self, host: str) -> bool:
        """Whether a host is not official, but would be taken for one that is."""
        if _under(host, self.official):
            return False
        *labels, _ending = _skeleton(host).split(".")
        parts = [part for label in labels for part in (*label.split("-"), label.replace("-", ""))]
        # Of a hostile name of a hundred parts the first few tell enough.
        return any(
            _alike(part, name) or self._prolonged(part, name) for part in parts[:12] for name in self.names
        )

    def _prolonged(self, part: str, name: str) -> bool:
        rest = (
            part[len(name) :] if part.startswith(name) else part[: -len(name)] if part.endswith(name) else ""
        )
        return len(name) >= _LEAST_NAME and rest in self.additions


def _host(rest: str) -> str | None:
    bare = rest.partition("://")[2] if "://" in rest else rest
    host = re.split(r"[/?#:\\]", bare, maxsplit=1)[0].rpartition("@")[2].lower().strip(".")
    if len(host) > _LONGEST or not _HOST.fullmatch(host):
        return None
    return host.removeprefix("www.")


def _under(host: str, domains: Iterable[str]) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def _skeleton(host: str) -> str:
    """The host as a hasty eye reads it (https://www.unicode.org/reports/tr39/#Confusable_Detection)."""
    labels = []
    for label in host.split("."):
        try:
            shown = label.encode("ascii").decode("idna") if label.startswith("xn--") else label
        except UnicodeError:
            shown = label
        parts = (
            fold(part).translate(_LOOKS).replace("rn", "m").replace("vv", "w") for part in shown.split("-")
        )
        labels.append("-".join(parts))
    return ".".join(labels)


def _alike(part: str, name: str) -> bool:
    if len(name) < _LEAST_NAME:
        return False
    if part == name or (len(name) >= _INSIDE and name in part):
        return True
    most = 2 if len(name) > 8 else 1
    if abs(len(part) - len(name)) > most:
        return False
    # Not before an offer names such an address: 5 MB, which take 7 ms to load.
    from rapidfuzz.distance import OSA

    return OSA.distance(part, name, score_cutoff=most) <= most


def addresses_of(pack: Pack) -> Addresses:
    """What the pack's platforms and its facts on offers tell."""
    file = pack[OffersFile]
    platforms = pack[PlatformsFile].platforms if pack.has(PlatformsFile) else ()
    domains = {domain for each in platforms for domain in (each.domain, *each.other_domains) if domain}
    names = {_skeleton(domain).split(".")[-2].replace("-", "") for domain in domains}
    return Addresses(
        frozenset(domains),
        frozenset(names),
        frozenset(file.chat_hosts),
        frozenset(file.short_hosts),
        frozenset(file.free_mail_hosts),
        frozenset(file.host_words),
    )

"""What the stand-in can be told to do wrong, so that a bot can be shown how Telegram misbehaves."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any, Final, Literal

from . import rules

Json = dict[str, Any]
Answer = Literal["result", "refusal", "page", "drop"]


@dataclass(frozen=True)
class Act:
    """One way to misbehave: whether the method still acts, how long to wait, and what is answered."""

    name: str
    acts: bool = False
    answer: Answer = "refusal"
    refusal: rules.ApiError | None = None
    status: int = 200
    page: str = ""
    content_type: str = "text/html"
    seconds: float = 0.0


def too_many(retry_after: int = 1) -> Act:
    """429: the method does nothing and says how many seconds to wait."""
    return Act("too_many", refusal=rules.too_many_requests(retry_after))


def blocked() -> Act:
    """403: as if the person had stopped the bot."""
    return Act("blocked", refusal=rules.blocked_by_user())


def conflict() -> Act:
    """409: as if another process polled with the same token."""
    return Act("conflict", refusal=rules.second_poller())


def bad_request(text: str) -> Act:
    """400 with the text after Telegram's "Bad Request: "."""
    return Act("bad_request", refusal=rules.bad_request(text))


def refuse(code: int, text: str = "", **parameters: Any) -> Act:
    """Any other refusal, for example `refuse(400, "…", migrate_to_chat_id=-100)`."""
    return Act("refuse", refusal=rules.ApiError(code, text, **parameters))


def server_error(status: int = 502, html: bool = True, acts: bool = False) -> Act:
    """A 5xx as a proxy's HTML page or as JSON; with `acts` the method was done before it went wrong."""
    if html:
        page = f"<html><head><title>{status} Error</title></head><body><h1>{status} Error</h1></body></html>"
        return Act("server_error", acts=acts, answer="page", status=status, page=page)
    return Act("server_error", acts=acts, refusal=rules.ApiError(status, "internal server error"))


def not_json(acts: bool = False) -> Act:
    """200 whose body is cut off in the middle of the JSON."""
    return Act("not_json", acts=acts, answer="page", page='{"ok":true,"resu', content_type="application/json")


def lose_answer() -> Act:
    """The method is done, then the connection is dropped: the bot cannot know."""
    return Act("lose_answer", acts=True, answer="drop")


def reset() -> Act:
    """The connection is dropped before anything is done."""
    return Act("reset", answer="drop")


def slow(seconds: float) -> Act:
    """The method is done at once; its answer comes that many seconds later."""
    return Act("slow", acts=True, answer="result", seconds=seconds)


ACTS: Final[dict[str, Callable[..., Act]]] = {
    act.__name__: act
    for act in (
        too_many,
        blocked,
        conflict,
        bad_request,
        refuse,
        server_error,
        not_json,
        lose_answer,
        reset,
        slow,
    )
}


@dataclass
class Rule:
    """One fault: which calls it concerns and how often it strikes."""

    pattern: str
    act: Act
    times: int | None = None
    share: float = 1.0
    when: Callable[[Mapping[str, Any]], bool] | None = None
    struck: int = field(default=0, init=False)

    def concerns(self, method: str, params: Mapping[str, Any]) -> bool:
        """Whether the rule is still in force and about this call."""
        if self.times is not None and self.struck >= self.times:
            return False
        if not fnmatchcase(method.lower(), self.pattern.lower()):
            return False
        return self.when is None or self.when(params)


class Faults:
    """The rules in force. The first one that concerns a call and wins its draw decides."""

    def __init__(self, seed: int = 0) -> None:
        self._rules: list[Rule] = []
        self._random = random.Random(seed)  # noqa: S311 - draws that a test can repeat, no secrets

    def add(
        self,
        pattern: str,
        act: Act,
        *,
        times: int | None = None,
        share: float = 1.0,
        when: Callable[[Mapping[str, Any]], bool] | None = None,
    ) -> Rule:
        """Adds a rule for the methods matching the pattern (`*` and `?` as in file names, any case).

        `times` limits how often it strikes (None: for ever), `share` is the chance of each strike,
        `when` sees the call's parameters as sent. Raises ValueError for a share outside 0..1.
        """
        if not 0 <= share <= 1:
            raise ValueError(f"share: {share} is not between 0 and 1")
        rule = Rule(pattern, act, times, share, when)
        self._rules.append(rule)
        return rule

    def add_spec(self, spec: Mapping[str, Any]) -> Rule:
        """Adds a rule told as JSON: `{"method": "send*", "act": "too_many", "retry_after": 3, "times": 2}`.

        Raises ValueError with one line when the act or one of its settings is unknown.
        """
        settings = dict(spec)
        method = settings.pop("method", "*")
        name = settings.pop("act", None)
        times = settings.pop("times", None)
        share = settings.pop("share", 1.0)
        if name not in ACTS:
            raise ValueError(f"act: {name!r} is unknown; use one of {', '.join(sorted(ACTS))}")
        try:
            act = ACTS[name](**settings)
        except TypeError as error:
            raise ValueError(f"act {name}: {error}") from None
        return self.add(method, act, times=times, share=share)

    def clear(self) -> None:
        """Ends all misbehaviour."""
        self._rules.clear()

    def listing(self) -> list[Json]:
        """The rules as JSON, for people to look at."""
        return [
            {
                "method": rule.pattern,
                "act": rule.act.name,
                "times": rule.times,
                "share": rule.share,
                "struck": rule.struck,
            }
            for rule in self._rules
        ]

    def strike(self, method: str, params: Mapping[str, Any]) -> Act | None:
        """What goes wrong with this call, or None."""
        for rule in self._rules:
            if rule.concerns(method, params) and (rule.share >= 1 or self._random.random() < rule.share):
                rule.struck += 1
                return rule.act
        return None

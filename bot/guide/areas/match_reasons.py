"""Why an entry fits somebody or not, in words."""

from __future__ import annotations

from bot.content.kinds.platforms import Platform
from bot.content.markup import Rich, joined, lines, more, rich
from bot.guide.area import Scene
from bot.guide.areas.match_words import MatchWords
from bot.guide.areas.platform_card import PlatformCardWords, checked_line
from bot.guide.matching import Match, Verdict
from bot.guide.matching_table import Choice, Level

ROOM = 130
"""Characters of reasons that are read at once; there are three such texts on a screen."""


LISTED = 5
"""Answers that a sentence names."""


def said(verdict: Verdict) -> Rich:
    """The author's sentence for this verdict."""
    says = verdict.question.says
    sentence = says.good if verdict.level == "best" and says.best is None else getattr(says, verdict.level)
    filled: Rich = sentence.fill(answer=_listed(verdict.given), wanted=_listed(verdict.wanted) or "–")
    return filled


def _listed(choices: tuple[Choice, ...]) -> str:
    """The answers within a sentence; of many, the first few."""
    rest = ("…",) if len(choices) > LISTED else ()
    return ", ".join((*(choice.phrase for choice in choices[:LISTED]), *rest))


def reasons(match: Match, *levels: Level) -> tuple[Rich, ...]:
    return tuple(said(verdict) for verdict in match.at(*levels))


def why_it_fits(scene: Scene, match: Match) -> tuple[Rich, Rich]:
    """The reasons for it that are read at once, and the rest of them; without any, what it is."""
    fits = scene.words(MatchWords).fits
    found = (*reasons(match, "best"), *reasons(match, "good"))
    if not found:
        return fits.fill(text=match.platform.summary), rich()
    shown = _short(found)
    rest = joined(" ", found[shown:])
    return fits.fill(text=joined(" ", found[:shown])), fits.fill(text=rest) if rest else rich()


def details(scene: Scene, match: Match, reasons_left: Rich) -> Rich:
    """Everything else that one should know before signing up, to be opened."""
    words, cards, platform = scene.words(MatchWords), scene.words(PlatformCardWords), match.platform
    sure: Rich = getattr(cards.confidence, platform.confidence)
    unknown = joined(" ", (said(verdict) for verdict in match.at("unknown") if not _decides(verdict)))
    return more(
        lines(
            reasons_left,
            platform.summary if match.at("best", "good") else rich(),
            words.against.fill(text=against(scene, match)),
            words.not_known.fill(text=unknown) if unknown else "",
            words.get_in.fill(effort=_effort(scene, platform), text=platform.entry),
            words.first_money.fill(days=_days(scene, platform), text=platform.payout),
            joined(" ", (sure, checked_line(scene, platform))),
        )
    )


def open_unknown(scene: Scene, match: Match) -> Rich:
    """What is not known, although it may rule the entry out; empty if there is no such thing."""
    unknown = joined(" ", (said(verdict) for verdict in match.at("unknown") if _decides(verdict)))
    return scene.words(MatchWords).not_known.fill(text=unknown) if unknown else rich()


def _decides(verdict: Verdict) -> bool:
    return verdict.question.excludes


def against(scene: Scene, match: Match) -> Rich:
    """What speaks against it for this person, and the first thing to beware of for anybody."""
    ease: Rich = getattr(scene.words(PlatformCardWords).beginners, match.platform.beginners)
    parts = [*reasons(match, "unfit", "partly"), *match.platform.cautions[:1]]
    if match.platform.beginners != "friendly" or not parts:
        parts.append(ease)
    return joined(" ", parts)


def why_lower(scene: Scene, match: Match, last: Match) -> Rich:
    """Why it is not among the first, of which ``last`` is the last one, in a line."""
    words = scene.words(MatchWords).lower
    if found := reasons(match, "unfit", "partly"):
        return joined(" ", found[:2])
    if match.platform.beginners != "friendly" and match.own_points < last.own_points:
        ease: Rich = getattr(scene.words(PlatformCardWords).beginners, match.platform.beginners)
        return ease
    if match.points == last.points:
        return words.equal
    by_answers = last.points - last.own_points > match.points - match.own_points
    return words.answers if by_answers else words.general


def why_ruled_out(match: Match) -> Rich:
    """The first thing it wants that the person has not."""
    fitting = {verdict.question.id for verdict in match.verdicts if verdict.level != "unfit"}
    ruled = (
        verdict
        for verdict in match.at("unfit")
        if verdict.question.excludes and verdict.question.id not in fitting
    )
    return said(next(ruled))


def why_aside(scene: Scene, platform: Platform) -> Rich:
    """Why it is suggested to nobody."""
    cards = scene.words(PlatformCardWords)
    if platform.status in ("closed", "unknown"):
        status: Rich = getattr(cards.status, platform.status)
        return status
    return cards.confidence.low if not platform.recommended else scene.words(MatchWords).unpaid


def _effort(scene: Scene, platform: Platform) -> Rich:
    words = scene.words(MatchWords)
    effort: Rich = (
        getattr(words.effort, platform.entry_effort) if platform.entry_effort else words.effort_unknown
    )
    return effort


def _days(scene: Scene, platform: Platform) -> Rich:
    words, days = scene.words(MatchWords), platform.first_money_days
    if days is None:
        return words.days_unknown
    if days.most is None:
        return words.days_from.fill(least=days.least)
    if days.most == days.least:
        return words.days_about.fill(days=days.most)
    return words.days_between.fill(least=days.least, most=days.most)


def _short(parts: tuple[Rich, ...]) -> int:
    """How many of them are read at once, at least one."""
    shown, length = 1, len(parts[0].plain)
    for part in parts[1:]:
        length += len(part.plain) + 1
        if length > ROOM:
            break
        shown += 1
    return shown

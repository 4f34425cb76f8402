"""The text of a platform's card: what is true of it, how sure that is, and what to beware of."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from bot.content.fields import AtMost, Rich, Slots, Strict, Template
from bot.content.kinds.platforms import Platform
from bot.content.kinds.task_types import TaskTypesFile
from bot.content.library import AreaSpec, Words
from bot.content.markup import bold, lines, more, paragraphs, rich
from bot.guide.area import Area, Scene
from bot.guide.areas.common import bullets, sources_line
from bot.guide.locales import date_text

Sentence = Annotated[Rich, AtMost(150)]
Fact = Annotated[Template, Slots("text"), AtMost(40)]


class Statuses(Strict):
    active: Sentence
    renamed: Sentence
    unknown: Sentence
    closed: Sentence


class Ease(Strict):
    friendly: Sentence
    mixed: Sentence
    hard: Sentence


class Sureness(Strict):
    high: Sentence
    medium: Sentence
    low: Sentence


class PlatformCardWords(Words):
    status: Statuses
    beginners: Ease
    confidence: Sureness
    entry: Fact
    payout: Fact
    pay: Fact
    caution: Fact
    cautions: Sentence
    kinds: Fact
    device: Fact
    regions: Fact
    also_known_as: Fact
    domains: Fact
    checked: Annotated[Template, Slots("date"), AtMost(60)]
    checked_long_ago: Sentence


def card_text(scene: Scene, platform: Platform) -> Rich:
    """What matters first, then all the rest folded away."""
    words = scene.words(PlatformCardWords)
    status: Rich = getattr(words.status, platform.status)
    beginners: Rich = getattr(words.beginners, platform.beginners)
    first, *others = platform.cautions or (None,)
    return paragraphs(
        lines(status, platform.status_note or "", beginners if platform.status != "closed" else ""),
        platform.summary,
        lines(
            words.entry.fill(text=platform.entry),
            words.pay.fill(text=platform.pay),
            words.payout.fill(text=platform.payout),
        ),
        words.caution.fill(text=first) if first else rich(),
        more(_details(scene, platform, tuple(caution for caution in others if caution))),
    )


def _details(scene: Scene, platform: Platform, cautions: tuple[Rich, ...]) -> Rich:
    words = scene.words(PlatformCardWords)
    kinds = [
        kind.title
        for kind in (scene.pack[TaskTypesFile].task_types if scene.pack.has(TaskTypesFile) else ())
        if kind.id in platform.task_types
    ]
    sure: Rich = getattr(words.confidence, platform.confidence)
    domains = ", ".join(platform.other_domains)
    aliases = ", ".join(platform.also_known_as)
    return paragraphs(
        lines(bold(words.cautions), bullets(scene, cautions)) if cautions else rich(),
        lines(
            words.kinds.fill(text=", ".join(kinds)) if kinds else "",
            words.device.fill(text=platform.device) if platform.device else "",
            words.regions.fill(text=platform.regions),
            words.also_known_as.fill(text=aliases) if aliases else "",
            words.domains.fill(text=domains) if domains else "",
        ),
        lines(sure, checked_line(scene, platform), platform.checked_note or ""),
        sources_line(scene, platform.sources),
    )


def checked_line(scene: Scene, platform: Platform) -> Rich:
    """When its facts were last looked at, and a warning if that is long ago."""
    words = scene.words(PlatformCardWords)
    line = words.checked.fill(date=date_text(scene.pack.language, platform.checked))
    age = scene.now.date() - platform.checked
    if age > timedelta(days=scene.library.bot.stale_after_days):
        return lines(line, bold(words.checked_long_ago))
    return line


AREA = Area(AreaSpec("platform_card", PlatformCardWords, always=True))

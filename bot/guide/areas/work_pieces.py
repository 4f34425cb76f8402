"""Pieces of the screens of the record of work: how time, money and entries are written."""

from __future__ import annotations

from bot.content.kinds.platforms import Platform, PlatformsFile
from bot.content.markup import Rich, lines, rich
from bot.guide.area import Scene
from bot.guide.areas.platforms import tracked
from bot.guide.areas.worked_words import WorkedWords
from bot.guide.locales import day_text, money_text, month_text
from bot.guide.screen import Row, TapButton
from bot.guide.taps import Go
from bot.guide.work_draft import today
from bot.guide.work_text import Vocabulary
from bot.guide.worklog import Work


def own_platforms(scene: Scene) -> list[Platform]:
    """Those that the person keeps track of; none where that is switched off."""
    return [platform for platform, _ in tracked(scene)] if scene.on("platforms") else []


def platform_name(scene: Scene, id_: str) -> str:
    """Also of one that is no longer tracked; one that is no more keeps its id."""
    if not id_:
        return scene.words(WorkedWords).no_platform
    known = scene.pack[PlatformsFile].platforms.get(id_) if scene.pack.has(PlatformsFile) else None
    return known.name if known else id_


def duration(scene: Scene, minutes: int) -> str:
    words, (hours, rest) = scene.words(WorkedWords).duration, divmod(minutes, 60)
    if not hours:
        return words.minutes.fill(minutes=rest)
    return words.both.fill(hours=hours, minutes=rest) if rest else words.hours.fill(hours=hours)


def money(scene: Scene, work: Work) -> str:
    """What was received; words for nothing if no currency was ever named."""
    if not work.currency:
        return scene.words(WorkedWords).fields.nothing
    return money_text(scene.pack.language, work.money, work.currency)


def fees(scene: Scene, work: Work) -> str:
    nothing = not work.currency or not work.fees
    return (
        scene.words(WorkedWords).fields.nothing
        if nothing
        else money_text(scene.pack.language, work.fees, work.currency)
    )


def day(scene: Scene, work: Work) -> str:
    return day_text(scene.pack.language, work.day, today(scene))


def entry_text(scene: Scene, work: Work) -> Rich:
    """All that an entry holds, a line each."""
    words = scene.words(WorkedWords)
    time = words.time.fill(time=duration(scene, work.minutes), unpaid=duration(scene, work.unpaid))
    received = (
        words.received.fill(money=money(scene, work), fees=fees(scene, work)) if work.currency else rich()
    )
    return lines(f"{day(scene, work)} · {platform_name(scene, work.platform)}", time, received)


def entry_label(scene: Scene, item: str, work: Work) -> str:
    """An entry or a total as a line of the list."""
    words = scene.words(WorkedWords)
    if item.startswith("e"):
        time = duration(scene, work.minutes)
        return words.entry.fill(day=day(scene, work), time=time, money=money(scene, work))
    period = str(work.day.year) if item.startswith("y") else month_text(scene.pack.language, work.day)
    return words.total.fill(period=period, count=work.count, money=money(scene, work))


def home_row(scene: Scene) -> Row:
    return (TapButton(scene.words(WorkedWords).title, Go("worked")),)


def vocabulary(scene: Scene) -> Vocabulary:
    """What words mean to this person: the content's, and the names of their own platforms."""
    words = scene.words(WorkedWords)
    typed = words.typed
    platforms = own_platforms(scene)
    return Vocabulary.of(
        [
            *((text, "unpaid", "") for text in typed.unpaid),
            *((text, "paid", "") for text in typed.paid),
            *((text, "hours", "") for text in typed.hours),
            *((text, "minutes", "") for text in typed.minutes),
            *((text, "fee", "") for text in typed.fee),
            *((text, "yesterday", "") for text in typed.yesterday),
            *((text, "filler", "") for text in typed.filler),
            *((text, "currency", each.id) for each in words.currencies for text in (*each.names, each.id)),
            *((text, "platform", each.id) for each in platforms for text in _names(each)),
        ]
    )


def _names(platform: Platform) -> tuple[str, ...]:
    """All that people call it."""
    before, _, within = platform.name.partition("(")
    return (platform.name, before, within.rstrip(") "), *platform.also_known_as, platform.domain or "")

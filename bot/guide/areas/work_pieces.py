"""Pieces of the screens of the record of work: how time, money and entries are written."""

from __future__ import annotations

from collections.abc import Iterator

from bot.content.kinds.platforms import Platform, PlatformsFile
from bot.content.library import Pack
from bot.content.markup import Rich, lines, rich
from bot.content.per_pack import per_pack
from bot.guide.area import Scene
from bot.guide.areas.number_words import NumberWords
from bot.guide.areas.platforms import tracked
from bot.guide.areas.worked_words import WorkedWords
from bot.guide.locales import day_text, money_text, month_text
from bot.guide.numerals import numeral
from bot.guide.screen import Row, TapButton
from bot.guide.taps import Go
from bot.guide.work_draft import today
from bot.guide.work_parts import Meaning, Vocabulary, work_vocabulary
from bot.guide.worklog import Work

Names = tuple[tuple[str, str], ...]
"""What platforms are called, each with its id."""

MOST_VOCABULARIES = 256
"""Of a language, kept at a time."""


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
    """What words mean to this person: those of their language, the names of their own platforms, the base language's."""
    own = tuple(text_and_id for each in own_platforms(scene) for text_and_id in _names(each))
    return _vocabulary(scene.pack, scene.library.pack(None), own)


@per_pack
def _vocabularies(pack: Pack) -> dict[Names, Vocabulary]:
    """Those made so far for this language, by the names of people's own platforms."""
    return {}


def _vocabulary(pack: Pack, base: Pack, platforms: Names) -> Vocabulary:
    known = _vocabularies(pack)
    if platforms not in known:
        if len(known) >= MOST_VOCABULARIES:
            known.clear()
        known[platforms] = _made(pack, base, platforms)
    return known[platforms]


def _made(pack: Pack, base: Pack, platforms: Names) -> Vocabulary:
    words = pack.words(WorkedWords)
    return work_vocabulary(
        [
            *((text, "platform", id_) for text, id_ in platforms),
            *_numbers(pack.words(NumberWords)),
            *_typed(words),
            *((text, "currency", each.id) for each in words.currencies for text in (*each.names, each.id)),
            # Work is often spoken of in the platforms' language.
            *_numbers(base.words(NumberWords)),
            *_typed(base.words(WorkedWords)),
        ]
    )


def _typed(words: WorkedWords) -> Iterator[tuple[str, Meaning, str]]:
    typed = words.typed
    meanings: tuple[tuple[Meaning, tuple[str, ...]], ...] = (
        ("unpaid", typed.unpaid),
        ("paid", typed.paid),
        ("hours", typed.hours),
        ("minutes", typed.minutes),
        ("fee", typed.fee),
        ("yesterday", typed.yesterday),
        ("filler", typed.filler),
    )
    for meaning, texts in meanings:
        yield from ((text, meaning, "") for text in texts)


def _numbers(words: NumberWords) -> Iterator[tuple[str, Meaning, str]]:
    meanings: tuple[tuple[Meaning, tuple[str, ...]], ...] = (
        ("one", words.one),
        ("half", words.half),
        ("quarter", words.quarter),
        ("joined_by", words.joined_by),
    )
    for meaning, texts in meanings:
        yield from ((text, meaning, "") for text in texts)
    numbers = (found for text in words.words if (found := numeral(text)))
    yield from ((text, "numeral", str(number)) for text, number in numbers)


def _names(platform: Platform) -> Iterator[tuple[str, str]]:
    """All that people call it, each with its id."""
    before, _, within = platform.name.partition("(")
    names = (platform.name, before, within.rstrip(") "), *platform.also_known_as, platform.domain or "")
    yield from ((name, platform.id) for name in names)

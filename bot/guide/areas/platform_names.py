"""By what names people call platforms."""

from __future__ import annotations

from collections.abc import Iterator

from bot.content.kinds.platforms import Platform, PlatformsFile
from bot.content.library import Pack
from bot.content.per_pack import per_pack
from bot.guide.answers import normalised
from bot.guide.area import Scene
from bot.guide.areas.common import bare, without
from bot.guide.areas.platforms_words import PlatformsWords


@per_pack
def _names(pack: Pack) -> dict[str, Platform]:
    """Everything that people call a platform, normalised."""
    names: dict[str, Platform] = {}
    for platform in pack[PlatformsFile].platforms:
        before, _, within = platform.name.partition("(")
        for name in (
            platform.domain or "",
            *platform.also_known_as,
            *within.strip(") ").split(","),
            before,
            platform.name,
        ):
            names.setdefault(normalised(name), platform)
    names.pop("", None)
    return names


def platform_named(scene: Scene, text: str) -> Platform | None:
    """The platform that is named, perhaps with a doubt, if nothing else is said."""
    names = _names(scene.pack)
    return next((names[name] for name in _named(scene, text) if name in names), None)


def _named(scene: Scene, text: str) -> Iterator[str]:
    """What may be a name: the text, or what is left of "is it good" around it."""
    doubted_before, doubted_after = _doubted_around(scene.pack)
    for asked in bare(scene, text):
        yield asked
        for after in ("", *doubted_after):
            yield (rest := asked.removesuffix(f" {after}"))
            yield from without(rest, doubted_before, ())


@per_pack
def _doubted_around(pack: Pack) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands before and after the name of a platform that somebody doubts, normalised."""
    words = pack.words(PlatformsWords)
    return tuple(map(normalised, words.doubted_before)), tuple(map(normalised, words.doubted_after))

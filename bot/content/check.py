"""What ``python -m bot check`` says about content without faults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.content.fields import KindFile, Shelf
from bot.content.kinds import KINDS
from bot.content.loader import Loaded


def summarise(loaded: Loaded, kinds: Mapping[str, type[KindFile]] = KINDS) -> list[str]:
    """Lines for the author: the bot, what there is of each kind, how complete each language is."""
    return list(_lines(loaded, kinds))


def _lines(loaded: Loaded, kinds: Mapping[str, type[KindFile]]) -> Iterator[str]:
    bot = loaded.library.bot
    base = loaded.library.packs[bot.languages[0]]
    yield f"{bot.name}: {_count(len(bot.areas), 'area')}, {_count(len(bot.languages), 'language')}"
    width = max(map(len, (*kinds, *bot.languages)))
    for kind, model in kinds.items():
        if base.has(model):
            yield f"{kind:{width}}  {_contents(base[model]) or 'complete'}"
    yield f"{base.language:{width}}  base language, complete"
    for language in bot.languages[1:]:
        lacking = loaded.untranslated[language]
        yield f"{language:{width}}  {f'not translated yet: {lacking}' if lacking else 'complete'}"


def _contents(content: KindFile) -> str:
    shelves = {name: getattr(content, name) for name in type(content).model_fields}
    return ", ".join(f"{len(shelf)} {name}" for name, shelf in shelves.items() if isinstance(shelf, Shelf))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"

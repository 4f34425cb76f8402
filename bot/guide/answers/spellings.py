"""What people write in haste, as the words they mean: "q" for "que", "u" for "you"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from bot.content.kinds.search import SearchFile
from bot.content.library import Pack
from bot.content.per_pack import per_pack
from bot.guide.answers.text import normalised, words_of


@per_pack
def spellings(pack: Pack) -> Mapping[str, tuple[str, ...]]:
    """The words that each hasty one stands for, normalised."""
    groups = pack[SearchFile].spellings if pack.has(SearchFile) else ()
    return MappingProxyType(
        {normalised(hasty): tuple(words_of(meant)) for meant, *written in groups for hasty in written}
    )


def respelled(words: Iterable[str], known: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The words, normalised, each as it is meant."""
    return [meant for word in words for meant in known.get(word, (word,))]

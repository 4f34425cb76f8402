"""What the author wrote of how people ask is made ready once, not anew for each text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.content.library import Pack
from bot.guide.area import Scene
from bot.guide.areas.common import CommonWords, bare
from bot.guide.areas.platforms import AREA
from bot.guide.areas.platforms_words import PlatformsWords
from bot.guide.person import Person
from tests.support.packs import pack_library

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@dataclass
class Reads:
    """How often phrases were gone through."""

    count: int = 0


class Noted(tuple[str, ...]):
    """Phrases that note each time that somebody goes through them."""

    reads: Reads

    def __iter__(self) -> Iterator[str]:
        self.reads.count += 1
        return super().__iter__()


def noted(phrases: tuple[str, ...], reads: Reads) -> Noted:
    made = Noted(phrases)
    made.reads = reads
    return made


def with_noted_phrases(pack: Pack, reads: Reads) -> Pack:
    asked, doubted = pack.words(CommonWords), pack.words(PlatformsWords)
    return replace(
        pack,
        sections={
            **pack.sections,
            CommonWords: asked.model_copy(
                update={
                    "asked_before": noted(asked.asked_before, reads),
                    "asked_after": noted(asked.asked_after, reads),
                }
            ),
            PlatformsWords: doubted.model_copy(
                update={
                    "doubted_before": noted(doubted.doubted_before, reads),
                    "doubted_after": noted(doubted.doubted_after, reads),
                }
            ),
        },
    )


def test_phrases_around_a_name_are_read_once_for_any_number_of_texts() -> None:
    library, reads = pack_library("firstlabel"), Reads()
    scene = Scene(Person(1), library, with_noted_phrases(library.pack("en"), reads), NOW)
    assert AREA.hears
    assert AREA.hears(scene, "is outlier legit?")
    assert AREA.hears(scene, "what is outlier")
    assert not AREA.hears(scene, "how long does it take")
    assert reads.count == 4, "before and after a word, before and after a name that is doubted"


def test_each_language_has_its_own_phrases() -> None:
    library = pack_library("firstlabel")
    for language, text in (("en", "what is outlier"), ("es", "que es outlier"), ("en", "what is outlier")):
        assert "outlier" in bare(Scene(Person(1), library, library.pack(language), NOW), text)

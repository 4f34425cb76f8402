"""Places where the work is found, what is true of each, and the stages a person goes through there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, model_validator

from bot.content.fields import (
    AtMost,
    Concern,
    Confidence,
    Domain,
    Entry,
    Id,
    KindFile,
    Label,
    Links,
    Ref,
    Rich,
    Shelf,
    Slots,
    Source,
    SubId,
    Template,
    entries,
)
from bot.content.kinds.matching import MatchingFile
from bot.content.kinds.takes import Days, Take
from bot.content.suggest import did_you_mean

if TYPE_CHECKING:
    from bot.content.library import Pack

Fact = Annotated[Rich, AtMost(240)]


class Stage(Entry):
    """How far a person has come with one platform."""

    id: SubId
    title: Label
    ends: bool = False
    """Whether the person is no longer there, so that it does not count as theirs."""
    nudge_after_days: Annotated[int, Field(ge=1, le=365)] | None = None
    """After so many days at this stage :attr:`nudge` is shown."""
    advice: Annotated[Rich, AtMost(400)] | None = None
    """What to do next at this stage."""
    nudge: Annotated[Template, Slots("name", "days"), AtMost(200)] | None = None

    @model_validator(mode="after")
    def _nudge_is_whole(self) -> Self:
        if (self.nudge is None) != (self.nudge_after_days is None):
            lacking = "nudge" if self.nudge is None else "nudge_after_days"
            raise ValueError(f"nudge and nudge_after_days go together; add {lacking}")
        return self


class Platform(Entry):
    # Facts, the same in every language.
    name: Annotated[str, Field(min_length=1, max_length=48)]
    also_known_as: tuple[Annotated[str, Field(min_length=1, max_length=80)], ...] = ()
    domain: Domain | None = None
    """The official site; none where people can only get in through others."""
    other_domains: tuple[Domain, ...] = ()
    task_types: Annotated[tuple[Annotated[Id, Ref("task_types")], ...], Field(min_length=1)]
    beginners: Literal["friendly", "mixed", "hard"]
    status: Literal["active", "renamed", "unknown", "closed"]
    confidence: Confidence
    paid: bool = True
    """Whether the work is paid; what is not is for practice, and counts nowhere as work."""
    checked: date
    """The local date on which these facts were last looked at."""
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    entry_effort: Literal["light", "middle", "heavy"] | None = None
    """What it takes to get in; ``None`` is unknown, here and in the next two."""
    first_money_days: Days | None = None
    """From the first accepted work to the money."""
    takes: tuple[Take, ...] = ()
    """Whom it takes, by the questions of ``matching.yaml``; none about a question means unknown."""
    # Words.
    summary: Annotated[Rich, AtMost(200)]
    entry: Fact
    """What it takes to get in."""
    payout: Fact
    """How, when and from which amount money is paid out."""
    pay: Fact
    device: Fact | None = None
    regions: Fact
    cautions: Annotated[tuple[Fact, ...], Field(max_length=8)] = ()
    status_note: Fact | None = None
    checked_note: Fact | None = None
    """How old the sources themselves are."""

    @property
    def caption(self) -> str:
        return self.name

    @property
    def recommended(self) -> bool:
        """Whether it may be suggested: known to be open, and that not on weak evidence."""
        return self.status in ("active", "renamed") and self.confidence != "low"


def doubtful_links(pack: Pack, links: Links, way: tuple[str | int, ...]) -> Iterator[Concern]:
    """Links that would suggest what is closed or stands on weak evidence."""
    platforms = pack[PlatformsFile].platforms if pack.has(PlatformsFile) else Shelf[Platform]()
    for position, id_ in enumerate(links.platforms):
        platform = platforms.get(id_)
        if platform and not platform.recommended:
            yield (
                (*way, "links", "platforms", position),
                f"{id_!r} is closed or doubtful (see its status and confidence), so it may not be suggested here",
            )


class PlatformsFile(KindFile):
    stages: Annotated[Shelf[Stage], entries(1, 8)]
    platforms: Annotated[Shelf[Platform], entries(1, 500)]

    def cross_check(self, pack: Pack) -> Iterator[Concern]:
        """What an entry takes is said of questions and options that there are, each question once."""
        if not pack.has(MatchingFile):
            return
        for position, platform in enumerate(self.platforms):
            for number, take in enumerate(platform.takes):
                way = ("platforms", position, "takes", number)
                if take.question in (other.question for other in platform.takes[:number]):
                    yield (*way, "question"), f"{take.question!r} stands here already; put both into one"
                else:
                    yield from _check_take(pack, take, way)


def _check_take(pack: Pack, take: Take, way: tuple[str | int, ...]) -> Iterator[Concern]:
    questions = pack[MatchingFile].questions
    question = questions.get(take.question)
    if question is None:
        hint = did_you_mean(take.question, [each.id for each in questions])
        yield (*way, "question"), f"matching.yaml has no question {take.question!r}; {hint}"
        return
    known = MatchingFile.option_ids(pack, question)
    for name, place, option in take.named():
        if known is not None and option not in known:
            hint = did_you_mean(option, sorted(known))
            yield (*way, name, place), f"{take.question!r} has no option {option!r}; {hint}"

"""Which entries fit whom: the questions to ask, and what each answer counts for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, model_validator

from bot.content.fields import (
    AtMost,
    Concern,
    Entry,
    KindFile,
    Label,
    Ref,
    Rich,
    Shelf,
    Slots,
    Strict,
    SubId,
    Template,
    Wording,
    entries,
)

if TYPE_CHECKING:
    from bot.content.library import Pack

Number = Annotated[int, Field(ge=-100, le=100)]


class Span(Strict):
    """Whole numbers from ``least`` to ``most``."""

    least: Annotated[int, Field(ge=0)]
    most: Annotated[int, Field(ge=0)]

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if self.least > self.most:
            raise ValueError("least may not be more than most")
        return self


class Option(Entry):
    """One possible answer."""

    id: SubId
    label: Label
    phrase: Annotated[Wording, AtMost(40)]
    """The answer within a sentence: ``a computer``."""
    counts_as: tuple[SubId, ...] = ()
    """Options of the same question that whoever gives this answer could give as well."""
    hours: Span | None = None
    """Hours a week that, typed, are this answer."""


class Points(Strict):
    """What an answer counts, by how well an entry fits it. What is unknown counts nothing."""

    best: Number = 0
    """Only for questions to which an entry may say ``best``."""
    good: Number
    partly: Number = 0
    unfit: Number

    @model_validator(mode="after")
    def _better_counts_more(self) -> Self:
        if not self.unfit <= self.partly <= self.good:
            raise ValueError("a better fit may not count less: unfit, partly, good must not fall")
        if self.best and self.best < self.good:
            raise ValueError("best may not count less than good")
        if self.unfit > 0 or self.good < 0:
            raise ValueError("good must be 0 or more and unfit 0 or less, since what is unknown counts 0")
        return self


Said = Annotated[Template, Slots("answer", "wanted"), AtMost(100)]


class Sayings(Strict):
    """A sentence for each way to fit. ``{answer}`` is the person's, ``{wanted}`` what the entry takes."""

    best: Said | None = None
    good: Said
    partly: Said
    unfit: Said
    unknown: Said


class Question(Entry):
    """A question about the person. Its options stand here, or are the entries of another file."""

    id: SubId
    options_from: Literal["task_types", "regions"] | None = None
    several: Literal["best", "mean"] | None = None
    """Several answers may be given; then the best of them counts, or their mean."""
    excludes: bool = False
    """Whether what fits none of the answers is left out, however well all else fits."""
    known_from: Annotated[SubId, Ref("welcome.questions")] | None = None
    """The welcome question whose answer counts here: the option of the same id, or the kinds of work it points at."""
    points: Points
    # Words.
    question: Annotated[Rich, AtMost(300)]
    short: Label
    says: Sayings
    options: Annotated[Shelf[Option], Field(default_factory=Shelf, max_length=20)]

    @model_validator(mode="after")
    def _has_options(self) -> Self:
        if self.options_from and self.options:
            raise ValueError("options and options_from exclude each other; take one out")
        if not self.options_from and len(self.options) < 2:  # one option is no question
            raise ValueError("a question needs two options at least, or options_from")
        for option in self.options:
            for other in option.counts_as:
                if self.options.get(other) in (None, option):
                    raise ValueError(f"{option.id!r} counts as {other!r}, which is no other option here")
        if self.points.best and self.says.best is None:
            raise ValueError("best counts something, so says needs a sentence for it: best")
        return self


class Ease(Strict):
    """Points for how kind an entry is to beginners."""

    friendly: Number
    mixed: Number
    hard: Number


class Sureness(Strict):
    """Points for how sure the facts are; what is ``low`` is never suggested."""

    high: Number
    medium: Number


class Effort(Strict):
    """Points for what it takes to get in."""

    light: Number
    middle: Number
    heavy: Number


class Soon(Strict):
    """Points for money that surely comes within so many days."""

    within_days: Annotated[int, Field(ge=1, le=365)]
    points: Number


class MatchingFile(KindFile):
    ease: Ease
    sureness: Sureness
    effort: Effort
    soon: Soon
    questions: Annotated[Shelf[Question], entries(1, 12)]

    @staticmethod
    def option_ids(pack: Pack, question: Question) -> frozenset[str] | None:
        """All present and former ids of a question's options; ``None`` if the file they are from is not there."""
        found = pack.shelf(question.options_from) if question.options_from else question.options
        return None if found is None else frozenset(id_ for entry in found for id_ in entry.ids)

    def cross_check(self, pack: Pack) -> Iterator[Concern]:
        """Options that stand elsewhere are there."""
        for position, question in enumerate(self.questions):
            if self.option_ids(pack, question) is None:
                yield (
                    ("questions", position, "options_from"),
                    f"there is no sound {question.options_from}.yaml to take the options from",
                )

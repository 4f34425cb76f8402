"""The screens on which an operator chooses who gets a message, and confirms it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bot.admin.progress import duration
from bot.admin.taps import Address, Choose, Confirm, Discard, Progress, Review, ShowDraft, WriteAnew
from bot.content.markup import Rich, paragraphs
from bot.guide.broadcast import Audience, Broadcast, Stage
from bot.guide.broadcast_words import BroadcastWords
from bot.guide.screen import Row, Screen, TapButton

DAYS = (7, 30, 90)
"""Within how many days people may have been active."""

STAGES: tuple[Stage, ...] = ("none", "some", "all")

MOST_LANGUAGES = 20
"""So many can be chosen, the most spoken first."""

_LANGUAGE = re.compile(r"[a-z]{2,8}")
"""A primary subtag (https://www.rfc-editor.org/rfc/rfc5646#section-2.1). What apps tell is not always one, and must fit a button."""


@dataclass(frozen=True, slots=True)
class Drafting:
    """Draws screens in ``words``. ``rate`` is how many messages go out in a second; ``staged``: there are steps."""

    words: BroadcastWords
    rate: int
    staged: bool

    def compose(self, draft: Broadcast, under_way: tuple[Broadcast, ...], first: Rich | str = "") -> Screen:
        """Asks for the message; with a way to those that are under way."""
        rows = [
            (TapButton(self.words.under_way.fill(count=number), Progress(each.id)),)
            for number, each in enumerate(under_way, 1)
        ]
        return Screen(paragraphs(first, self.words.compose), (*rows, self._discard(draft)))

    def audience(self, draft: Broadcast, people: int) -> Screen:
        """Who gets it, and how many people that is."""
        text = paragraphs(
            self.words.preview,
            self.words.goes_to.fill(who=self.who(draft.audience)),
            self._size(people),
        )
        return Screen(text, tuple(self._rows(draft, people)))

    def choices(self, draft: Broadcast, what: str, languages: Mapping[str, int]) -> Screen | None:
        """All that can be chosen of something; ``None`` if there is no such thing."""
        words, audience = self.words, draft.audience
        options: list[tuple[str, Audience]]
        match what:
            case "language":
                text = words.choose_language
                known = [each for each in languages.items() if _LANGUAGE.fullmatch(each[0])]
                options = [
                    (words.language.fill(language=name, count=count), replace(audience, language=name))
                    for name, count in known[:MOST_LANGUAGES]
                ]
                whichever = replace(audience, language="")
            case "stage" if self.staged:
                text = words.choose_stage
                options = [(self._stage(each), replace(audience, stage=each)) for each in STAGES]
                whichever = replace(audience, stage="")
            case "days":
                text = words.choose_activity
                options = [(words.active.fill(days=each), replace(audience, days=each)) for each in DAYS]
                whichever = replace(audience, days=0)
            case _:
                return None
        rows = (self._option(draft, *option) for option in ((words.whichever, whichever), *options))
        return Screen(text, (*rows, (TapButton(words.back, ShowDraft(draft.id)),)))

    def review(self, draft: Broadcast, people: int) -> Screen:
        """The last question before it is sent."""
        words = self.words
        back: Row = (TapButton(words.back, ShowDraft(draft.id)),)
        if not people:
            return Screen(words.nobody, (back,))
        text = words.confirm.fill(
            people=people,
            time=duration(words, people, self.rate),
            rate=self.rate,
            who=self.who(draft.audience),
        )
        yes = TapButton(words.confirm_yes.fill(count=people), Confirm(draft.id, draft.revision), "good")
        return Screen(text, ((yes,), back, self._discard(draft)))

    def who(self, audience: Audience) -> str:
        """These people in a few words."""
        parts = [
            audience.language,
            self._stage(audience.stage) if audience.stage else "",
            self.words.active.fill(days=audience.days) if audience.days else "",
        ]
        return ", ".join(filter(None, parts)) or self.words.everybody

    def _size(self, people: int) -> Rich:
        if not people:
            return self.words.nobody
        time = duration(self.words, people, self.rate)
        return self.words.size.fill(people=people, time=time, rate=self.rate)

    def _rows(self, draft: Broadcast, people: int) -> Iterator[Row]:
        words, audience = self.words, draft.audience
        yield (
            self._choose(
                draft, "language", words.by_language.fill(choice=audience.language or words.whichever)
            ),
        )
        if self.staged:
            stage = self._stage(audience.stage) if audience.stage else words.whichever
            yield (self._choose(draft, "stage", words.by_stage.fill(choice=stage)),)
        days = words.active.fill(days=audience.days) if audience.days else words.whichever
        yield (self._choose(draft, "days", words.by_activity.fill(choice=days)),)
        if audience != Audience():
            yield (TapButton(words.everybody, _address(draft, Audience())),)
        if people:
            yield (TapButton(words.review, Review(draft.id), "primary"),)
        yield (TapButton(words.write_anew, WriteAnew(draft.id)), *self._discard(draft))

    def _choose(self, draft: Broadcast, what: str, label: str) -> TapButton:
        return TapButton(label, Choose(draft.id, what))

    def _option(self, draft: Broadcast, label: str, audience: Audience) -> Row:
        look = self.words.chosen if audience == draft.audience else self.words.open
        return (TapButton(look.fill(choice=label), _address(draft, audience)),)

    def _stage(self, stage: Stage) -> str:
        names = {"none": self.words.stage_none, "some": self.words.stage_some, "all": self.words.stage_all}
        return names[stage]

    def _discard(self, draft: Broadcast) -> Row:
        return (TapButton(self.words.discard, Discard(draft.id)),)


def _address(draft: Broadcast, audience: Audience) -> Address:
    return Address(draft.id, audience.language, audience.stage, audience.days)

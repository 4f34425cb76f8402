"""The operators' desk: from ``/broadcast`` to a confirmed broadcast, and how to steer one that is under way.

Whatever it does can be asked for twice: it looks at how things are, and a button says which draft, in which state, it was
made for. So a letter that is handled again after a crash changes nothing more.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from bot.admin.drafting import STAGES, Drafting
from bot.admin.steering import Steering
from bot.admin.taps import (
    TAPS,
    Address,
    Choose,
    Confirm,
    Discard,
    Hold,
    Progress,
    Review,
    Stop,
    WriteAnew,
)
from bot.content.kinds.steps import StepsFile
from bot.content.library import Library
from bot.content.markup import Rich
from bot.guide.action import Command, Event, Press, Say, Send, Share
from bot.guide.broadcast import Audience, Broadcast, Post, Stage, Steps
from bot.guide.broadcast_words import BroadcastWords
from bot.guide.pending import PATIENCE, waiting_since
from bot.guide.ports import People
from bot.guide.ports_broadcast import Broadcasts
from bot.guide.screen import Screen, Turn
from bot.guide.taps import Tap, TapCodec

COMMAND = "broadcast"

LONGEST_CAPTION = 1024
"""UTF-16 units that a bot's caption may have (https://core.telegram.org/bots/api#sendphoto); a person's may have more."""

MOST_DAYS = 3650


class DeskStore(Broadcasts, People, Protocol):
    """What this needs of a store."""


class AdminDesk:
    """Implements :class:`bot.telegram_io.ports.Desk`. ``people`` are the operators; ``rate`` is messages a second."""

    def __init__(
        self,
        people: Collection[int],
        library: Library,
        store: DeskStore,
        rate: int,
        new_id: Callable[[], int] = lambda: 1 + secrets.randbelow(2**48),
    ) -> None:
        self.people = frozenset(people)
        self.codec = TapCodec(TAPS)
        self._library = library
        self._store = store
        self._rate = rate
        self._new_id = new_id
        self._steering = Steering(library, store, rate)
        self._steps = steps_of(library)

    def commands(self, language: str | None) -> Sequence[tuple[str, str]]:
        return ((COMMAND, self._library.pack(language).words(BroadcastWords).command),)

    async def turn(
        self, event: Event, now: datetime, *, message: int | None, post: Post | None
    ) -> Turn | None:
        if event.person_id not in self.people:
            return None
        turn = await self._answer(event, now, message, post)
        return turn and replace(turn, area=COMMAND)

    async def _answer(
        self, event: Event, now: datetime, message: int | None, post: Post | None
    ) -> Turn | None:
        match event.action:
            # What was forwarded is not the operator's own word.
            case Command(name) if name == COMMAND and post is not None:
                return await self._begin(event, now)
            case Press(tap) if isinstance(tap, TAPS):
                return await self._pressed(event, tap, now, message)
            case Command("cancel"):
                return await self._cancel(event)
            case Command() | Press():
                await self._give_up(event)
                return None
            case Say() | Send() | Share():
                return await self._written(event, now, post)
            case _:
                return None

    async def _begin(self, event: Event, now: datetime) -> Turn:
        draft = Broadcast(self._new_id(), event.person_id, now, event.language)
        await self._store.keep_draft(draft)
        return Turn(self._drafting(event).compose(draft, tuple(await self._store.under_way())))

    async def _cancel(self, event: Event) -> Turn | None:
        """Throw the draft away, whether its message is written yet or not; but what was begun since comes first."""
        draft = await self._store.draft(event.person_id)
        if draft is None:
            return None
        since = waiting_since(await self._store.person(event.person_id))
        return None if since and since > draft.at else await self._discard(event)

    async def _give_up(self, event: Event) -> None:
        """Whoever does something else than to write the message gives it up."""
        draft = await self._store.draft(event.person_id)
        if draft is not None and draft.post is None:
            await self._store.drop_draft(event.person_id)

    async def _discard(self, event: Event) -> Turn:
        await self._store.drop_draft(event.person_id)
        return Turn(Screen(self._words(event).discarded))

    async def _written(self, event: Event, now: datetime, post: Post | None) -> Turn | None:
        draft = await self._store.draft(event.person_id)
        if draft is None or now - draft.at > PATIENCE:
            return None
        if draft.post is not None:
            # The same words again: they were kept, and perhaps a crash kept them from being shown.
            return await self._shown(event, draft, now) if draft.post == post else None
        refusal = self._refusal(event, post)
        if refusal is not None:
            return Turn(self._drafting(event).compose(draft, (), refusal))
        draft = replace(draft, post=post, revision=draft.revision + 1, at=now, language=event.language)
        await self._store.keep_draft(draft)
        return await self._shown(event, draft, now)

    def _refusal(self, event: Event, post: Post | None) -> Rich | None:
        words = self._words(event)
        if post is None:
            return words.cannot_take
        length = len(post.text.encode("utf-16-le", "surrogatepass")) // 2
        if post.photo is not None and length > LONGEST_CAPTION:
            return words.caption_too_long.fill(limit=LONGEST_CAPTION, length=length)
        return None

    async def _shown(self, event: Event, draft: Broadcast, now: datetime, *, preview: bool = True) -> Turn:
        """The draft's message as people will see it, and below it who they are."""
        people = await self._store.audience_size(draft.audience, self._steps, now)
        screen = self._drafting(event).audience(draft, people)
        # Below the message that it speaks of, so not in place of one further up.
        return Turn(screen, post=draft.post, fresh=True) if preview else Turn(screen)

    async def _pressed(self, event: Event, tap: Tap, now: datetime, message: int | None) -> Turn:
        match tap:
            case Progress() | Hold() | Stop():
                return await self._steering.pressed(event, tap, message)
            case Confirm(id_, revision):
                return await self._confirmed(event, id_, revision, now, message)
            case _:
                return await self._drafted(event, tap, now)

    async def _drafted(self, event: Event, tap: Tap, now: datetime) -> Turn:
        draft = await self._store.draft(event.person_id)
        if isinstance(tap, Discard):
            return await self._thrown_away(event, tap, draft)
        if draft is None or getattr(tap, "draft", None) != draft.id:
            return self._over(event)
        if draft.post is None:
            return Turn(self._drafting(event).compose(draft, ()))
        match tap:
            case WriteAnew():
                draft = replace(draft, post=None, revision=draft.revision + 1, at=now)
                await self._store.keep_draft(draft)
                return Turn(self._drafting(event).compose(draft, ()), fresh=True)
            case Choose(_, what):
                languages = await self._store.audience_languages() if what == "language" else {}
                screen = self._drafting(event).choices(draft, what, languages)
                return Turn(screen) if screen else await self._shown(event, draft, now, preview=False)
            case Address(_, language, stage, days):
                return await self._addressed(event, draft, _audience(language, stage, days), now)
            case Review():
                people = await self._store.audience_size(draft.audience, self._steps, now)
                return Turn(self._drafting(event).review(draft, people), post=draft.post, fresh=True)
            case _:
                return await self._shown(event, draft, now, preview=False)

    async def _thrown_away(self, event: Event, tap: Discard, draft: Broadcast | None) -> Turn:
        if draft is not None and draft.id == tap.draft:
            return await self._discard(event)
        if await self._store.broadcast(tap.draft) is not None:
            # Confirmed meanwhile, or another operator's.
            return self._over(event)
        return Turn(Screen(self._words(event).discarded))

    async def _addressed(self, event: Event, draft: Broadcast, audience: Audience, now: datetime) -> Turn:
        if audience != draft.audience:
            draft = replace(draft, audience=audience, revision=draft.revision + 1, at=now)
            await self._store.keep_draft(draft)
        return await self._shown(event, draft, now, preview=False)

    async def _confirmed(
        self, event: Event, id_: int, revision: int, now: datetime, message: int | None
    ) -> Turn:
        found = await self._store.broadcast(id_)
        if found is None or found.admin != event.person_id:
            return self._over(event)
        if found.state != "draft":
            # Confirmed already, by this tap before a crash, or by one before it.
            return await self._steering.shown(event, found)
        if found.revision == revision and await self._store.confirm(found, self._steps, now, message):
            return await self._steering.shown(event, found)
        turn = (
            await self._shown(event, found, now)
            if found.post
            else Turn(self._drafting(event).compose(found, ()))
        )
        return replace(turn, notice=self._words(event).changed)

    def _over(self, event: Event) -> Turn:
        return Turn(notice=self._words(event).over)

    def _words(self, event: Event) -> BroadcastWords:
        return self._library.pack(event.language).words(BroadcastWords)

    def _drafting(self, event: Event) -> Drafting:
        return Drafting(self._words(event), self._rate, bool(self._steps))


def steps_of(library: Library) -> Steps:
    """The steps that there are now; none if they are switched off."""
    pack = library.pack(None)
    if "steps" not in library.bot.areas or not pack.has(StepsFile):
        return ()
    return tuple(step.ids for step in pack[StepsFile].steps)


def _audience(language: str, stage: str, days: int) -> Audience:
    """What a button says; whatever is no choice in it counts as no choice."""
    known: Stage = next((each for each in STAGES if each == stage), "")
    return Audience(language, known, days if 0 < days <= MOST_DAYS else 0)

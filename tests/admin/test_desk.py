"""The desk by itself: letters that are handled again, odd buttons, and words that must fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from bot.admin.desk import AdminDesk, steps_of
from bot.admin.progress import ProgressTeller, duration
from bot.admin.taps import (
    TAPS,
    Address,
    Choose,
    Confirm,
    Discard,
    Hold,
    Progress,
    Review,
    ShowDraft,
    Stop,
    WriteAnew,
)
from bot.content.library import Library
from bot.guide.action import Action, Block, Command, Event, GroupMessage, Press, Say, Send
from bot.guide.broadcast import Audience, Broadcast, Post, Tally
from bot.guide.broadcast_words import BroadcastWords
from bot.guide.guide import Guide
from bot.guide.pending import asking
from bot.guide.person import Person, applied
from bot.guide.screen import Screen, TapButton, Turn
from bot.guide.taps import Tap, encode
from tests.support.chat import unfit
from tests.support.packs import Author, pack_library
from tests.telegram_io.fakes import NOW, MemoryStore

OLGA, OSCAR = 9_001, 9_002
POST = Post("News")


class Counter:
    """A desk, its store, and operators before it."""

    def __init__(self, library: Library) -> None:
        self.store = MemoryStore()
        self.store.people = {number: Person(number, "en", seen_at=NOW) for number in range(1, 6)}
        ids = count(1)
        self.desk = AdminDesk({OLGA, OSCAR}, library, self.store, 25, lambda: next(ids))
        self.guide = Guide(library, "the_bot")
        self.words = library.pack(None).words(BroadcastWords)

    async def does(
        self, action: Action, *, post: Post | None = None, who: int = OLGA, message: int | None = 50
    ) -> Turn | None:
        event = Event(who, action, "Olga", "en")
        turn = await self.desk.turn(event, NOW, message=message, post=post)
        if turn and turn.screen:
            assert _fits(turn.screen) == []
        return turn

    async def taps(self, tap: Tap, who: int = OLGA, message: int | None = 50) -> Turn:
        turn = await self.does(Press(tap), who=who, message=message)
        assert turn is not None
        assert turn.area == "broadcast"
        return turn

    async def drafted(self) -> Broadcast:
        await self.does(Command("broadcast"), post=Post("/broadcast"))
        await self.does(Say("News"), post=POST)
        draft = await self.store.draft(OLGA)
        assert draft is not None
        return draft

    async def sent(self) -> Broadcast:
        draft = await self.drafted()
        await self.taps(Confirm(draft.id, draft.revision))
        found = await self.store.broadcast(draft.id)
        assert found is not None
        return found


@pytest.fixture
def counter(library: Library) -> Counter:
    return Counter(library)


async def test_a_letter_that_is_handled_again_after_a_crash_changes_nothing_more(counter: Counter) -> None:
    draft = await counter.drafted()
    steps: list[Tap] = [
        Address(draft.id, "en", "", 30),
        Choose(draft.id, "language"),
        ShowDraft(draft.id),
        Review(draft.id),
        Confirm(draft.id, draft.revision + 1),
        Hold(draft.id, True),
        Hold(draft.id, False),
        Stop(draft.id, False),
        Stop(draft.id, True),
    ]
    for tap in steps:
        first = await counter.taps(tap)
        state = (
            dict(counter.store.broadcasts),
            {key: dict(rows) for key, rows in counter.store.recipients.items()},
        )
        again = await counter.taps(tap)
        assert again.screen == first.screen or isinstance(tap, Stop), tap
        assert (counter.store.broadcasts, counter.store.recipients) == state, tap
    assert len(counter.store.recipients[draft.id]) == 5


async def test_a_message_handled_again_is_shown_again_and_no_other_is_taken(counter: Counter) -> None:
    draft = await counter.drafted()
    again = await counter.does(Say("News"), post=POST)
    assert again is not None
    assert again.post == POST
    assert await counter.does(Say("Else"), post=Post("Else")) is None, "the guide's"
    assert await counter.store.draft(OLGA) == draft


async def test_throwing_away_again_changes_nothing_more(counter: Counter) -> None:
    old = await counter.drafted()
    turns = [await counter.taps(Discard(old.id)) for _ in range(2)]
    assert [turn.screen for turn in turns] == [Screen(counter.words.discarded)] * 2
    new = await counter.drafted()
    await counter.taps(Discard(old.id))
    assert await counter.store.draft(OLGA) == new
    await counter.taps(Confirm(new.id, new.revision))
    assert (await counter.taps(Discard(new.id))).notice == counter.words.over
    assert [each.id for each in await counter.store.under_way()] == [new.id]


async def test_cancel_is_about_what_was_begun_last(counter: Counter) -> None:
    draft = await counter.drafted()
    olga, question, minute = Person(OLGA, "en"), asking("work", "pay"), timedelta(minutes=1)
    counter.store.people[OLGA] = applied(olga, question, NOW + minute)
    assert await counter.does(Command("cancel")) is None, "the guide's"
    assert await counter.store.draft(OLGA) == draft
    counter.store.people[OLGA] = applied(olga, question, NOW - minute)
    turn = await counter.does(Command("cancel"))
    assert turn is not None
    assert turn.screen == Screen(counter.words.discarded)
    assert await counter.does(Command("cancel")) is None, "nothing of ours is left to cancel"


async def test_only_operators_are_served(counter: Counter) -> None:
    assert await counter.does(Command("broadcast"), post=Post("/broadcast"), who=3) is None
    assert counter.store.broadcasts == {}


@pytest.mark.parametrize("action", [GroupMessage(), Block(True), Block(False)])
async def test_what_is_said_elsewhere_is_not_its_business(counter: Counter, action: Action) -> None:
    await counter.does(Command("broadcast"), post=Post("/broadcast"))
    assert await counter.does(action) is None
    assert await counter.store.draft(OLGA) is not None


async def test_the_drafts_of_others_are_out_of_reach(counter: Counter) -> None:
    draft = await counter.drafted()
    for tap in (Review(draft.id), Discard(draft.id), Confirm(draft.id, draft.revision), WriteAnew(draft.id)):
        turn = await counter.taps(tap, who=OSCAR)
        assert (turn.screen, turn.notice) == (None, counter.words.over)
    assert await counter.store.draft(OLGA) == draft


async def test_any_operator_can_steer_and_the_progress_stays_with_who_made_it(counter: Counter) -> None:
    sent = await counter.sent()
    turn = await counter.taps(Hold(sent.id, True), who=OSCAR, message=99)
    assert turn.notice == counter.words.notice_paused
    found = await counter.store.broadcast(sent.id)
    assert found == replace(sent, state="paused")
    await counter.taps(Progress(sent.id), message=99)
    assert counter.store.broadcasts[sent.id].message == 99


async def test_the_question_whether_to_stop_is_not_overwritten(counter: Counter) -> None:
    sent = await counter.sent()
    await counter.taps(Stop(sent.id, False), message=50)
    assert counter.store.broadcasts[sent.id].message is None
    await counter.taps(Progress(sent.id), message=50)
    assert counter.store.broadcasts[sent.id].message == 50


async def test_another_operators_question_leaves_the_progress_alone_whatever_its_number(
    counter: Counter,
) -> None:
    sent = await counter.sent()
    await counter.taps(Stop(sent.id, False), who=OSCAR, message=50)
    assert counter.store.broadcasts[sent.id].message == 50


async def test_buttons_of_what_is_over_or_never_was_only_say_so(counter: Counter) -> None:
    sent = await counter.sent()
    await counter.store.end(sent.id, NOW)
    steering: list[Tap] = [Hold(sent.id, True), Stop(sent.id, True), Progress(sent.id)]
    for tap in steering:
        turn = await counter.taps(tap)
        assert turn.notice == counter.words.over
        assert turn.screen is not None
        assert turn.screen.rows == ()
    for tap in (Hold(77, True), Progress(77), Confirm(77, 1), Review(77)):
        turn = await counter.taps(tap)
        assert (turn.screen, turn.notice) == (None, counter.words.over)
    draft = await counter.drafted()
    assert (await counter.taps(Progress(draft.id))).notice == counter.words.over


@pytest.mark.parametrize(
    ("tap", "audience"),
    [
        (Address(1, "pt", "some", 30), Audience("pt", "some", 30)),
        (Address(1, "", "nonsense", 30), Audience("", "", 30)),
        (Address(1, "", "", -5), Audience()),
        (Address(1, "", "", 10**14), Audience()),
    ],
)
async def test_whatever_a_button_says_is_a_choice_or_none(
    counter: Counter, tap: Address, audience: Audience
) -> None:
    await counter.drafted()
    await counter.taps(tap)
    draft = await counter.store.draft(OLGA)
    assert draft is not None
    assert draft.audience == audience


@pytest.mark.parametrize("odd", ["x" * 60, "a:b:c", "%", "", "-", "zh_hant_and_more_than_fits_in_it", "日本"])
async def test_a_learner_with_an_odd_language_does_not_take_the_choice_from_operators(
    counter: Counter, odd: str
) -> None:
    draft = await counter.drafted()
    counter.store.people[6] = Person(6, odd, seen_at=NOW)
    turn = await counter.taps(Choose(draft.id, "language"))
    assert turn.screen is not None
    taps = [button.tap for row in turn.screen.rows for button in row if isinstance(button, TapButton)]
    assert Address(draft.id, "en", "", 0) in taps
    assert [counter.desk.codec.decode(encode(tap)) for tap in taps] == taps


async def test_a_choice_that_there_is_not_leads_back(counter: Counter) -> None:
    draft = await counter.drafted()
    turn = await counter.taps(Choose(draft.id, "nonsense"))
    assert turn.screen is not None
    assert counter.words.preview.plain in turn.screen.text.plain


async def test_before_it_is_written_every_button_asks_for_the_message(counter: Counter) -> None:
    await counter.does(Command("broadcast"), post=Post("/broadcast"))
    draft = await counter.store.draft(OLGA)
    assert draft is not None
    for tap in (Review(draft.id), Choose(draft.id, "days"), Confirm(draft.id, draft.revision)):
        turn = await counter.taps(tap)
        assert turn.screen is not None
        assert counter.words.compose.plain in turn.screen.text.plain
    assert counter.store.recipients == {}


async def test_nobody_left_at_the_last_question_has_no_button_to_send(counter: Counter) -> None:
    draft = await counter.drafted()
    counter.store.people.clear()
    turn = await counter.taps(Review(draft.id))
    assert turn.screen is not None
    assert turn.screen.text == counter.words.nobody
    assert await counter.does(Send()) is None, "a sticker, later on, is the guide's"


def test_its_buttons_are_told_from_the_guides_and_fit(counter: Counter) -> None:
    longest = 2**48
    for tap in (
        Address(longest, "a" * 8, "none", 3650),
        Confirm(longest, 10**6),
        Stop(longest, True),
        Choose(longest, "language"),
    ):
        assert counter.guide.codec.decode(encode(tap)) is None
        assert counter.desk.codec.decode(encode(tap)) == tap
    assert len({tap.tag for tap in TAPS}) == len(TAPS)


def test_without_steps_nobody_is_chosen_by_them(tmp_path_factory: pytest.TempPathFactory) -> None:
    author = Author("bread", tmp_path_factory.mktemp("pack"))
    assert len(steps_of(pack_library("bread"))) == 3
    author.switches_off("steps")
    assert steps_of(author.publishes()) == ()


@pytest.mark.parametrize(
    ("people", "rate", "told"),
    [
        (0, 25, "0 s"),
        (1, 25, "1 s"),
        (26, 25, "2 s"),
        (1_475, 25, "59 s"),
        (1_500, 25, "1 min"),
        (1_501, 25, "2 min"),
        (20_000, 25, "14 min"),
        (90_000, 25, "60 min"),
        (90_001, 25, "1 h 1 min"),
        (1_000_000, 25, "11 h 7 min"),
    ],
)
def test_how_long_it_takes_is_told_in_round_numbers(people: int, rate: int, told: str) -> None:
    words = pack_library("firstlabel").pack(None).words(BroadcastWords)
    assert duration(words, people, rate) == told


def test_a_state_is_told_in_its_own_words(library: Library) -> None:
    words, teller = library.pack(None).words(BroadcastWords), ProgressTeller(library, 25)
    tally = Tally(waiting=10, in_flight=2, sent=5, failed=1, blocked=3, unknown=4)
    base = Broadcast(1, OLGA, NOW, "en", "on", POST)

    def text(broadcast: Broadcast, *, queued: bool = False) -> str:
        screen = teller.progress(broadcast, tally, queued=queued)
        assert _fits(screen) == []
        return screen.text.plain

    assert text(base).startswith(words.sending.plain)
    assert words.time_left.fill(time=words.seconds.fill(count=1)).plain in text(base)
    assert words.unknown_note.plain in text(base)
    assert text(base, queued=True).startswith(words.queued.plain)
    assert text(replace(base, state="paused")).startswith(words.paused.plain)
    assert text(replace(base, state="cancelled")).startswith(words.stopping.plain)
    assert text(replace(base, state="cancelled", ended=True)).startswith(words.stopped.plain)
    assert text(replace(base, ended=True)).startswith(words.done.plain)
    numbers = words.numbers.fill(sent=5, failed=1, blocked=3, unknown=4, left=12, total=25)
    assert numbers.plain in teller.report(base, tally).text.plain


def _fits(screen: Screen) -> list[str]:
    """What Telegram could not take of a screen; whether its taps come back is asked elsewhere."""
    problems = unfit(screen, Guide(pack_library("bread"), "the_bot"))
    return [each for each in problems if "does not come back" not in each]

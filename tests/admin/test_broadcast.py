"""An operator writes to many people: from /broadcast to the report, as it is seen in the chat."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.admin.taps import Confirm, Discard, Hold, Progress, Stop
from bot.content.library import Library
from bot.guide.areas.menu import MenuWords
from bot.guide.broadcast import Tally
from bot.guide.journey import DONE, STEP
from bot.guide.person import Remember, Seen
from bot.guide.taps import encode
from bot.playground.standin.faults import blocked, slow
from tests.admin.office import RATE, Office
from tests.support.wire import assert_calls_parse_as_aiogram
from tests.telegram_io.chatting import Visitor, called

BOLD = [
    {"type": "bold", "offset": 0, "length": 5},
    {"type": "text_link", "offset": 6, "length": 2, "url": "https://a.example/"},
]


async def test_what_was_written_reaches_everybody_once_exactly_as_it_was_written(open_office: Office) -> None:
    office, admin, words = open_office, open_office.admin, open_office.words
    learners = [office.learner(name=f"Learner {number}") for number in range(7)]
    compose = await admin.says("/broadcast")
    assert compose["text"].startswith(words.compose.plain[:20])
    preview = await admin.writes("Hello <b>& {name} 👋", entities=BOLD)
    assert admin.sees() == "\n\n".join(
        [
            words.preview.plain,
            words.goes_to.fill(who=words.everybody).plain,
            words.size.fill(people=7, time=words.seconds.fill(count=1), rate=RATE).plain,
        ]
    )
    again = await admin.reviews()
    await admin.taps(words.confirm_yes.fill(count=7))
    report = await admin.sees_report()
    numbers = words.numbers.fill(sent=7, failed=0, blocked=0, unknown=0, left=0, total=7).plain
    assert report == f"{words.report_done.plain}\n\n{numbers}"
    for learner in learners:
        (got,) = office.got(learner.id)
        for shown in (got, preview, again):
            assert (shown["text"], shown["entities"]) == ("Hello <b>& {name} 👋", BOLD)
            assert shown["link_preview_options"] == {"is_disabled": True}
    assert assert_calls_parse_as_aiogram(office.world.calls) > 15


async def test_a_photo_goes_with_its_caption_and_by_its_id_only(open_office: Office) -> None:
    learner = open_office.learner()
    await open_office.admin.says("/broadcast")
    preview = await open_office.admin.sends_photo(caption="Look here", caption_entities=BOLD[:1])
    await open_office.admin.confirms(1)
    await open_office.admin.sees_report()
    (got,) = open_office.got(learner.id)
    for shown in (preview, got):
        assert (shown["caption"], shown["caption_entities"]) == ("Look here", BOLD[:1])
        assert shown["photo"][-1]["width"] == 320, "the largest there is"
    calls = called(open_office.world, "sendPhoto")
    assert {type(call.params["photo"]) for call in calls} == {str}


async def test_a_photo_may_have_no_caption(open_office: Office) -> None:
    learner = open_office.learner()
    await open_office.admin.says("/broadcast")
    await open_office.admin.sends_photo()
    await open_office.admin.confirms(1)
    await open_office.admin.sees_report()
    (got,) = open_office.got(learner.id)
    assert "caption" not in got


async def test_how_far_it_is_stands_in_one_message_that_changes(open_office: Office) -> None:
    office, admin, words = open_office, open_office.admin, open_office.words
    for number in range(5):
        office.learner(name=f"Learner {number}")
    await admin.composes()
    await admin.reviews()
    question = admin.from_bot()[-1]
    await admin.taps(words.confirm_yes.fill(count=5))
    await admin.sees_report()
    progress = admin.message_with(words.done)
    assert progress["message_id"] == question["message_id"]
    assert "reply_markup" not in progress
    edited = {call.params["message_id"] for call in called(office.world, "editMessageText")}
    assert {str(each) for each in edited} == {str(question["message_id"])}


async def test_for_anybody_else_the_command_does_not_exist(open_office: Office, library: Library) -> None:
    learner = open_office.learner()
    unknown = library.pack(None).words(MenuWords).unknown_command.plain
    assert (await learner.says("/broadcast"))["text"] == unknown
    assert (await learner.says("/nonsense"))["text"] == unknown
    assert open_office.store.broadcasts == {}


async def test_forged_buttons_do_nothing(open_office: Office) -> None:
    office, admin = open_office, open_office.admin
    thief = office.learner(name="Thief")
    await admin.composes()
    (draft,) = office.store.broadcasts.values()
    await thief.says("/menu")
    before = dict(office.store.broadcasts)
    old_button: str | None = None
    for tap in (Confirm(draft.id, draft.revision), Discard(draft.id)):
        query = office.world.tap(thief.id, thief.from_bot()[-1]["message_id"], encode(tap))
        await office.world.wait_until(lambda query=query: thief.answer(query))  # type: ignore[misc]
        answer = thief.answer(query)
        assert answer is not None
        old_button = answer["text"]
    query = office.world.tap(thief.id, thief.from_bot()[-1]["message_id"], "no:such:button")
    await office.world.wait_until(lambda: thief.answer(query))
    assert thief.answer(query) == {**(thief.answer(query) or {}), "text": old_button}, "as any unknown button"
    assert office.store.broadcasts == before
    await admin.confirms(1)
    await admin.sees_report()
    for steering in (Hold(draft.id, True), Stop(draft.id, True), Progress(draft.id)):
        query = office.world.tap(thief.id, thief.from_bot()[-1]["message_id"], encode(steering))
        await office.world.wait_until(lambda query=query: thief.answer(query))  # type: ignore[misc]
        assert office.words.sending.plain not in thief.sees()


async def test_who_is_no_operator_any_more_has_no_buttons_and_their_broadcast_stops(office: Office) -> None:
    learners = [office.learner(name=f"Learner {number}") for number in range(150)]
    office.world.faults.add(
        "sendMessage", slow(0.05), when=lambda call: int(call["chat_id"]) != office.admin.id
    )
    async with office.open():
        await office.admin.composes()
        await office.admin.confirms(150)
        await office.world.wait_until(lambda: any(office.got(each.id) for each in learners))
        await office.admin.taps(office.words.pause)
    (broadcast,) = office.store.broadcasts.values()
    said = len(office.admin.from_bot())
    async with office.open(operators=[office.admin.id + 1_000]):
        query = office.admin.tap(office.words.resume, office.admin.message_with(office.words.paused))
        await office.world.wait_until(lambda: office.admin.answer(query))
        await office.until(lambda: office.store.broadcasts[broadcast.id].ended)
    assert office.store.broadcasts[broadcast.id].state == "cancelled"
    assert not all(office.got(each.id) for each in learners)
    assert len(office.admin.from_bot()) == said + 1, "a menu for the old button, and no report"


@pytest.mark.parametrize("kind", ["sticker", "voice", "document", "location"])
async def test_what_is_no_text_and_no_photo_is_refused_kindly(open_office: Office, kind: str) -> None:
    admin = open_office.admin
    await admin.says("/broadcast")
    answer = await admin.answered(lambda: open_office.world.send_other(admin.id, kind))
    assert open_office.words.cannot_take.plain in answer["text"]
    await admin.writes("But this is one")


@pytest.mark.parametrize("kind", ["text", "photo"])
async def test_nothing_forwarded_is_taken_nor_a_part_of_an_album(open_office: Office, kind: str) -> None:
    admin, world = open_office.admin, open_office.world
    origin = {"type": "hidden_user", "sender_user_name": "Somebody", "date": 1}
    extra: dict[str, Any] = {"forward_origin": origin} if kind == "text" else {"media_group_id": "77"}

    def act() -> int:
        return (
            world.say(admin.id, "Hi", **extra)
            if kind == "text"
            else world.send_other(admin.id, "photo", **extra)
        )

    await admin.says("/broadcast")
    assert open_office.words.cannot_take.plain in (await admin.answered(act))["text"]


async def test_a_forwarded_command_is_none(open_office: Office, library: Library) -> None:
    origin = {"type": "user", "sender_user": {"id": 1, "is_bot": False, "first_name": "A"}, "date": 1}
    admin = open_office.admin
    answer = await admin.answered(
        lambda: open_office.world.say(admin.id, "/broadcast", forward_origin=origin)
    )
    assert answer["text"] == library.pack(None).words(MenuWords).unknown_command.plain


async def test_a_caption_that_a_bot_may_not_send_is_refused_with_its_length(open_office: Office) -> None:
    admin = open_office.admin
    await admin.says("/broadcast")
    answer = await admin.answered(lambda: open_office.world.send_other(admin.id, "photo", caption="👋" * 513))
    assert open_office.words.caption_too_long.fill(limit=1024, length=1026).plain in answer["text"]
    await admin.sends_photo(caption="👋" * 512)


async def test_the_audience_is_chosen_by_language_progress_and_activity(office: Office) -> None:
    words, admin = office.words, office.admin
    steps = [step.id for step in _steps(office.library)]
    done = [Remember(STEP, step, DONE) for step in steps]
    portuguese = office.learner(*done, name="P", language="pt-br")
    begun = office.learner(done[0], name="B", language="pt")
    away = office.learner(*done, name="W", language="pt")
    office.knows(away, Seen("pt"), ago=timedelta(days=31))
    office.learner(*done, name="E", language="en")
    async with office.open():
        await admin.composes()

        async def picks(what: str, choice: str) -> None:
            await admin.taps(what)
            await admin.taps(choice)

        def option(label: str) -> str:
            return words.open.fill(choice=label)

        await picks(
            words.by_language.fill(choice=words.whichever),
            option(words.language.fill(language="pt", count=3)),
        )
        assert words.size.fill(people=3, time=words.seconds.fill(count=1), rate=RATE).plain in admin.sees()
        await picks(words.by_stage.fill(choice=words.whichever), option(words.stage_all))
        await picks(words.by_activity.fill(choice=words.whichever), option(words.active.fill(days=30)))
        who = ", ".join(("pt", words.stage_all, words.active.fill(days=30)))
        assert words.goes_to.fill(who=who).plain in admin.sees()
        await admin.taps(words.by_language.fill(choice="pt"))
        chosen = [row[0]["text"] for row in admin.from_bot()[-1]["reply_markup"]["inline_keyboard"]]
        assert words.chosen.fill(choice=words.language.fill(language="pt", count=3)) in chosen
        await admin.taps(words.back)
        await admin.confirms(1)
        await admin.sees_report()
    assert [len(office.got(each.id)) for each in (portuguese, begun, away)] == [1, 0, 0]


async def test_if_nobody_fits_nothing_can_be_sent_and_everybody_is_one_tap_away(open_office: Office) -> None:
    words, admin = open_office.words, open_office.admin
    open_office.learner()
    await admin.composes()
    await admin.taps(words.by_stage.fill(choice=words.whichever))
    await admin.taps(words.open.fill(choice=words.stage_all))
    assert words.nobody.plain in admin.sees()
    labels = [button["text"] for row in _keyboard(admin) for button in row]
    assert words.review not in labels
    await admin.taps(words.everybody)
    assert words.nobody.plain not in admin.sees()


async def test_it_can_be_paused_resumed_and_stopped_for_good(office: Office) -> None:
    words, admin = office.words, office.admin
    learners = [office.learner(name=f"Learner {number:03}") for number in range(200)]
    office.world.faults.add("sendMessage", slow(0.02), when=lambda call: int(call["chat_id"]) != admin.id)

    def reached() -> int:
        return sum(bool(office.got(each.id)) for each in learners)

    async with office.open():
        await admin.composes()
        await admin.confirms(200)
        await office.world.wait_until(lambda: reached() > 5)
        assert (await admin.taps(words.pause))["text"] == words.notice_paused
        (broadcast,) = office.store.broadcasts.values()
        await office.until(lambda: not office.store._tally(broadcast.id).in_flight)
        at_rest = reached()
        assert at_rest < 200
        assert words.paused.plain in admin.sees()
        for _ in range(20):
            await asyncio.sleep(0.002)
        assert reached() == at_rest, "nothing goes out while it is paused"
        assert (await admin.taps(words.resume))["text"] == words.notice_resumed
        await office.world.wait_until(lambda: reached() > at_rest)
        await admin.taps(words.stop)
        assert words.stop_ask.plain in admin.sees()
        assert (await admin.taps(words.stop_yes))["text"] == words.notice_stopped
        report = await admin.sees_report()
    tally = office.store.results[broadcast.id]
    assert report.startswith(words.report_stopped.plain)
    assert (tally.total, tally.sent, tally.unknown) == (200, reached(), 0)
    assert 0 < tally.left == 200 - tally.sent
    assert words.stopped.plain in admin.message_with(words.stopped)["text"]


async def test_asked_whether_to_stop_one_can_think_it_over(office: Office) -> None:
    words, admin = office.words, office.admin
    for number in range(40):
        office.learner(name=f"Learner {number:03}")
    async with office.open():
        await admin.composes()
        await admin.confirms(40)
        await admin.taps(words.pause)
        await admin.taps(words.stop)
        question = admin.from_bot()[-1]
        office.seconds += 100
        await admin.taps(words.stop_no, question)
        assert words.paused.plain in admin.sees()
        await admin.taps(words.resume)
        report = await admin.sees_report()
    assert report.startswith(words.report_done.plain)
    assert words.done.plain in admin.message_with(words.done)["text"]


async def test_one_confirmed_meanwhile_waits_and_says_so(office: Office) -> None:
    words, admin = office.words, office.admin
    learner = office.learner()
    async with office.open():
        await admin.composes("First")
        await admin.confirms(1)
        await admin.sees_report()
        office.world.faults.add("sendMessage", slow(0.2), when=lambda call: call.get("text") == "Second")
        await admin.composes("Second")
        await admin.confirms(1)
        await admin.taps(words.pause)
        compose = await admin.says("/broadcast")
        assert words.under_way.fill(count=1) in str(compose["reply_markup"])
        await admin.writes("Third")
        await admin.confirms(1)
        assert words.queued.plain in admin.sees()
        await admin.taps(words.resume, admin.message_with(words.paused))
        await admin.sees_report(3)
    assert [each["text"] for each in office.got(learner.id)] == ["First", "Second", "Third"]


async def test_the_confirming_button_works_once(open_office: Office) -> None:
    words, admin = open_office.words, open_office.admin
    learner = open_office.learner()
    await admin.composes()
    await admin.reviews()
    question = admin.from_bot()[-1]
    data = admin.data(words.confirm_yes.fill(count=1), question)
    await admin.taps(words.confirm_yes.fill(count=1), question)
    await admin.sees_report()
    for _ in range(2):
        query = open_office.world.tap(admin.id, question["message_id"], data)
        await open_office.world.wait_until(lambda query=query: admin.answer(query))  # type: ignore[misc]
    assert len(open_office.got(learner.id)) == 1
    assert len(open_office.store.broadcasts) == 1


async def test_a_confirming_button_of_what_was_changed_since_sends_nothing(open_office: Office) -> None:
    words, admin = open_office.words, open_office.admin
    learner = open_office.learner()
    await admin.composes("Old words")
    await admin.reviews()
    old = admin.from_bot()[-1]
    await admin.taps(words.back, old)
    await admin.taps(words.write_anew)
    await admin.writes("New words")
    data = encode(Confirm(next(iter(open_office.store.broadcasts)), 1))
    query = open_office.world.tap(admin.id, old["message_id"], data)
    await open_office.world.wait_until(lambda: admin.answer(query))
    answer = admin.answer(query)
    assert answer is not None
    assert answer["text"] == words.changed
    assert open_office.got(learner.id) == []
    await open_office.world.wait_until(lambda: words.preview.plain in admin.sees())
    await admin.confirms(1)
    await admin.sees_report()
    assert [each["text"] for each in open_office.got(learner.id)] == ["New words"]


async def test_a_draft_can_be_thrown_away_by_button_or_by_cancel(open_office: Office) -> None:
    words, admin = open_office.words, open_office.admin
    await admin.says("/broadcast")
    assert (await admin.says("/cancel"))["text"] == words.discarded.plain
    await admin.composes()
    await admin.taps(words.discard)
    assert admin.sees() == words.discarded.plain
    assert open_office.store.broadcasts == {}
    await admin.says("Just a question")
    assert open_office.store.broadcasts == {}


async def test_cancel_throws_away_a_message_that_was_written_and_not_sent(open_office: Office) -> None:
    words, admin = open_office.words, open_office.admin
    open_office.learner()
    await admin.composes()
    screen = admin.from_bot()[-1]
    assert (await admin.says("/cancel"))["text"] == words.discarded.plain
    query = admin.tap(words.review, screen)
    await open_office.world.wait_until(lambda: admin.answer(query))
    answer = admin.answer(query)
    assert answer is not None
    assert answer["text"] == words.over
    assert open_office.store.broadcasts == {}


async def test_buttons_of_a_draft_that_is_gone_only_say_so(open_office: Office) -> None:
    words, admin = open_office.words, open_office.admin
    open_office.learner()
    await admin.composes()
    screen = admin.from_bot()[-1]
    await admin.says("/broadcast")
    for label in (words.review, words.write_anew, words.by_stage.fill(choice=words.whichever)):
        query = admin.tap(label, screen)
        await open_office.world.wait_until(lambda query=query: admin.answer(query))  # type: ignore[misc]
        answer = admin.answer(query)
        assert answer is not None
        assert answer["text"] == words.over
    assert len(open_office.store.broadcasts) == 1


async def test_whoever_does_something_else_first_is_not_taken_at_their_next_word(
    open_office: Office,
) -> None:
    await open_office.admin.says("/broadcast")
    await open_office.admin.says("/menu")
    await open_office.admin.says("hello")
    assert open_office.store.broadcasts == {}


async def test_after_an_hour_a_word_is_no_message_any_more(open_office: Office) -> None:
    await open_office.admin.says("/broadcast")
    open_office.now += timedelta(hours=1, minutes=1)
    await open_office.admin.says("hello")
    (draft,) = open_office.store.broadcasts.values()
    assert draft.post is None


async def test_an_operators_other_words_get_the_answers_that_everybody_gets(
    open_office: Office, library: Library
) -> None:
    await open_office.admin.composes()
    menu = await open_office.admin.says("/menu")
    learner = open_office.learner()
    assert menu["text"] == (await learner.says("/menu"))["text"]


async def test_who_blocked_the_bot_is_counted_and_known_to_be_gone(open_office: Office) -> None:
    office, admin, words = open_office, open_office.admin, open_office.words
    gone, there = office.learner(name="Gone"), office.learner(name="There")
    office.world.faults.add("sendMessage", blocked(), when=lambda call: int(call["chat_id"]) == gone.id)
    await admin.composes()
    await admin.confirms(2)
    report = await admin.sees_report()
    assert words.numbers.fill(sent=1, failed=0, blocked=1, unknown=0, left=0, total=2).plain in report
    assert [office.store.people[each.id].gone for each in (gone, there)] == [True, False]
    await admin.composes()
    assert words.size.fill(people=1, time=words.seconds.fill(count=1), rate=RATE).plain in admin.sees()


async def test_a_broadcast_goes_on_after_a_restart_where_it_was(office: Office) -> None:
    learners = [office.learner(name=f"Learner {number:03}") for number in range(120)]
    office.world.faults.add(
        "sendMessage", slow(0.02), when=lambda call: int(call["chat_id"]) != office.admin.id
    )
    async with office.open():
        await office.admin.composes()
        await office.admin.confirms(120)
        await office.world.wait_until(lambda: any(office.got(each.id) for each in learners))
    assert not all(office.got(each.id) for each in learners)
    (broadcast,) = office.store.broadcasts.values()
    assert office.store._tally(broadcast.id).in_flight == 0, "what was under way was finished"
    async with office.open():
        await office.admin.sees_report()
    assert [len(office.got(each.id)) for each in learners] == [1] * 120
    assert office.store.results[broadcast.id] == Tally(sent=120)


async def test_an_operator_who_deleted_the_progress_sees_it_in_a_new_message(office: Office) -> None:
    words, admin = office.words, office.admin
    for number in range(60):
        office.learner(name=f"Learner {number:03}")
    async with office.open():
        await admin.composes()
        await admin.confirms(60)
        await admin.taps(words.pause)
        old = admin.message_with(words.paused)
        office.world.delete(admin.id, old["message_id"])
        (broadcast,) = office.store.broadcasts.values()
        await office.store.steer(broadcast.id, "on")
        await admin.sees_report()
    assert admin.message_with(words.done)["message_id"] != old["message_id"]


def _steps(library: Library) -> Any:
    from bot.content.kinds.steps import StepsFile

    return library.pack(None)[StepsFile].steps


def _keyboard(visitor: Visitor) -> Any:
    return visitor.from_bot()[-1]["reply_markup"]["inline_keyboard"]

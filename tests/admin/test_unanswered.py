"""What was asked in vain: how operators see it, put it aside, and take it along."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import yaml

from bot.admin.asked_in_vain import Group, as_yaml, grouped
from bot.admin.unanswered import SHOWN
from bot.content.kinds.faq import FaqFile, Question
from bot.content.library import Library
from bot.guide.operator_words import UnansweredWords
from bot.guide.person import Asked
from bot.guide.ports_unanswered import Unanswered
from tests.admin.office import Office
from tests.telegram_io.chatting import Visitor, called

DAY = date(2025, 6, 1)


def asked(*texts: str, language: str = "en") -> list[Unanswered]:
    return [Unanswered(number, text, language, DAY) for number, text in enumerate(texts)]


async def keeps(office: Office, *texts: str, days_ago: int = 0) -> None:
    """Somebody asked this in vain."""
    ann = office.learner()
    for text in texts:
        at = office.now - timedelta(days=days_ago)
        await office.store.save(ann.id, (Asked(text, "en"),), at)


def test_questions_that_are_alike_are_one_and_the_most_frequent_comes_first() -> None:
    groups = grouped(
        asked(
            "do i pay tax in kenya", "can my cat help me", "Do I pay tax in Kenya?", "in kenya do i pay tax"
        )
    )
    assert [(group.text, group.count) for group in groups] == [
        ("do i pay tax in kenya", 3),
        ("can my cat help me", 1),
    ]
    assert groups[0].ids == [0, 2, 3]


def test_other_languages_are_other_questions() -> None:
    groups = grouped([*asked("tax"), *asked("tax", language="es")])
    assert sorted(group.language for group in groups) == ["en", "es"]


def test_signs_alone_are_no_likeness() -> None:
    assert len(grouped(asked("???", "!!!", "can i work at night"))) >= 2
    assert grouped([]) == []


def test_an_entry_needs_only_what_an_author_must_write(library: Library) -> None:
    first = next(iter(library.pack(None)[FaqFile].faq))
    taken = first.id.replace("-", " ")
    texts = ["Can my cat: help #1?", "'quoted' \"both\" - [x]", "¿año?", "猫", taken, "x " * 200]
    groups = [Group("en", [text], [number], DAY) for number, text in enumerate(texts)]
    groups[0].texts += ["could a cat help", "cats helping"]
    found = yaml.safe_load(as_yaml(groups, library))
    assert [entry["ask"][0] for entry in found[:-1]] == texts[:-1], "no word is lost or changed"
    ids = [entry["id"] for entry in found]
    assert len(set(ids)) == len(ids)
    assert first.id not in ids
    entry = _completed(found[0], tuple(found[0]["ask"]))
    assert (entry.id, entry.question) == ("can-my-cat-help-1", "Can my cat: help #1?")
    for stub in found:
        _completed(stub, (*stub["ask"], "another way", "a third way"))


def _completed(stub: dict[str, Any], ask: tuple[str, ...]) -> Question:
    """The entry that an author makes of it; raises what the check would name."""
    return Question.model_validate({**stub, "answer": "No.", "ask": ask})


async def test_operators_see_what_was_asked_and_nobody_who_asked(open_office: Office) -> None:
    words = open_office.library.pack(None).words(UnansweredWords)
    await keeps(open_office, "do i pay tax in kenya", "Do I pay tax in Kenya?", "can <b>my</b> cat help")
    text = (await open_office.admin.says("/unanswered"))["text"]
    tax = words.question.fill(number=1, question="do i pay tax in kenya", count=2, language="en")
    cat = words.question.fill(number=2, question="can <b>my</b> cat help", count=1, language="en")
    assert tax.plain in text
    assert cat.plain in text
    assert "Ann" not in text


async def test_a_tap_puts_a_question_and_those_like_it_aside_and_a_second_one_does_no_harm(
    open_office: Office,
) -> None:
    words = open_office.library.pack(None).words(UnansweredWords)
    await keeps(open_office, "do i pay tax in kenya", "Do I pay tax in Kenya?", "can my cat help")
    shown = await open_office.admin.says("/unanswered")
    data = open_office.admin.data(words.ignore.fill(number=1), shown)
    answer = await open_office.admin.taps(words.ignore.fill(number=1))
    assert answer["text"] == words.notice_ignored
    assert "kenya" not in open_office.admin.sees()
    assert "cat" in open_office.admin.sees()
    query = open_office.world.tap(open_office.admin.id, shown["message_id"], data)
    await open_office.world.wait_until(lambda: open_office.admin.answer(query))
    again = open_office.admin.answer(query)
    assert again is not None
    assert again["text"] == words.notice_over
    assert "cat" in open_office.admin.sees()


async def test_all_of_them_come_as_a_file(open_office: Office) -> None:
    words = open_office.library.pack(None).words(UnansweredWords)
    await keeps(open_office, *(f"{word * 3} {word}" for word in "abcdefghijklm"))
    text = (await open_office.admin.says("/unanswered"))["text"]
    assert words.more.fill(count=13 - SHOWN).plain in text
    await open_office.admin.answered(lambda: open_office.admin.tap(words.export))
    assert called(open_office.world, "sendDocument")
    document = open_office.admin.from_bot()[-1]
    assert document["document"]["file_name"] == "unanswered.yaml"
    assert document["caption"] == words.file


async def test_without_questions_that_is_said(open_office: Office) -> None:
    words = open_office.library.pack(None).words(UnansweredWords)
    await keeps(open_office, "long ago", days_ago=61)
    assert (await open_office.admin.says("/unanswered"))["text"] == words.none.plain


async def test_very_long_questions_fit_on_the_screen(open_office: Office) -> None:
    await keeps(open_office, *(f"{number} " + chr(97 + number) * 290 for number in range(SHOWN)))
    assert len((await open_office.admin.says("/unanswered"))["text"]) < 4096


@pytest.mark.parametrize("data", ["ui:5", "ue"])
async def test_a_forged_button_does_nothing(open_office: Office, data: str) -> None:
    await keeps(open_office, "can my cat help")
    eve = Visitor(open_office.world, "Eve")
    hello = await eve.says("/help")
    query = open_office.world.tap(eve.id, hello["message_id"], data)
    await open_office.world.wait_until(lambda: eve.answer(query))
    assert not called(open_office.world, "sendDocument")
    assert len(await open_office.store.unanswered(DAY)) == 1

"""Entries of work, and parts of them, as people type them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.content.kinds.faq import FaqFile
from bot.content.phrases import QUESTION_MARKS
from bot.guide.area import Scene
from bot.guide.areas.work_entry import LAST, again, awaiting, drafted, fresh, kept, waiting
from bot.guide.areas.work_pieces import vocabulary
from bot.guide.areas.work_screens import question
from bot.guide.screen import Turn
from bot.guide.work_draft import FIELDS, TIMES, Draft, with_field, with_said
from bot.guide.work_rules import NO_CURRENCY, WHICH_CURRENCY, problem, telling, told
from bot.guide.work_text import LONGEST, Said, read_work
from bot.guide.worklog import Work, read_log

_STRANGE: Final = 2
"""So many words that we do not know are hardly all names: it may be no entry."""


def typed(scene: Scene, text: str) -> Turn:
    """Keep an entry as it was typed; or say kindly what could not be read, and wait for another try."""
    draft, _ = waiting(scene)
    draft = draft or fresh(scene)
    said = read_work(text, vocabulary(scene), scene.pack.language)
    if len(text) > LONGEST:
        said.faults.insert(0, ("unclear", ""))
    log, work = read_log(scene.person), with_said(scene, draft.work, said)
    wrong = problem(log, draft.item, work)
    if said.faults:
        name, words = said.faults[0]
        # A word that we do not know is no reason to forget the rest.
        strange = all(name == "unknown_word" for name, _ in said.faults) and wrong in (None, NO_CURRENCY)
        return again(scene, draft.with_work(work) if strange else draft, telling(scene, name, words))
    if wrong is None:
        return kept(scene, draft.with_work(work))
    if wrong == NO_CURRENCY and said.which:
        return _which_currency(scene, draft.with_work(work), said.which, LAST)
    if wrong == NO_CURRENCY:
        # What lacks nothing but its currency waits for that.
        return again(scene, draft.with_work(work), told(scene, log, work, wrong), LAST)
    return again(scene, draft, told(scene, log, work, wrong))


def hears(scene: Scene, text: str) -> Turn | None:
    """What was asked for; or unasked, a text that is surely an entry and nothing else."""
    draft, field = waiting(scene)
    if draft and field in FIELDS:
        return _part_typed(scene, draft, field, text)
    if draft and field == LAST and (turn := _currency_typed(scene, draft, text)):
        return turn
    said = read_work(text, vocabulary(scene), scene.pack.language)
    # Time that was paid or not, and at most one word that we do not know: an entry, though perhaps not a whole one.
    sure = said.roles and len(said.faults) <= 1 and QUESTION_MARKS.isdisjoint(text) and len(text) <= LONGEST
    # A question may come while an entry is waited for: without any number it is none.
    spoken = said.numbers and not said.faults
    awaited = (
        draft
        and (spoken or any(sign.isdigit() for sign in text))
        and not _of_something_else(scene, text, said)
    )
    return typed(scene, text) if sure or awaited else None


def _of_something_else(scene: Scene, text: str, said: Said) -> bool:
    """Whether a text with a number, typed where an entry is waited for, rather asks or tells something."""
    if scene.answers.no_offer(scene.library, text):
        return True
    if sum(name == "unknown_word" for name, _ in said.faults) < _STRANGE:
        return False
    # "20 dollars an hour" is time with money, but may stand in a question that we know.
    timed = said.paid is not None or said.unpaid is not None
    whole = said.roles or (timed and said.money is not None)
    return not whole or (scene.pack.has(FaqFile) and scene.answers.find(scene.pack, text).best is not None)


def _currency_typed(scene: Scene, draft: Draft, text: str) -> Turn | None:
    """The entry with the currency alone that it lacked; ``None`` if the text says anything else."""
    said = read_work(text, vocabulary(scene), scene.pack.language)
    work = with_field(scene, draft.work, "currency", said.currency or text.strip().lower())
    if said.numbers:
        return None
    if said.which:
        return _which_currency(scene, draft, said.which, LAST)
    return kept(scene, draft.with_work(work)) if work else None


def _part_typed(scene: Scene, draft: Draft, field: str, text: str) -> Turn | None:
    said = read_work(text, vocabulary(scene), scene.pack.language)
    work = _with_part(scene, draft.work, field, said, text)
    if work is not None and said.which:
        return _which_currency(scene, draft.with_work(work), said.which, "currency")
    if work is not None:
        return drafted(scene, draft.with_work(work))
    if not any(sign.isdigit() for sign in text) and len(text.split()) > 2 and not said.numbers:
        return None
    name = "unknown_currency" if field == "currency" else "unclear"
    if field in TIMES and said.money is not None and not said.faults:
        name = "not_time"
    return Turn(question(scene, draft, field, telling(scene, name, text)))


def _which_currency(scene: Scene, draft: Draft, name: str, field: str) -> Turn:
    """Ask which currency a name of several is; what else was said is kept."""
    return Turn(
        question(scene, draft, "currency", telling(scene, WHICH_CURRENCY, name)),
        (*draft.kept(), *awaiting(draft, field)),
    )


def _with_part(scene: Scene, work: Work, field: str, said: Said, text: str) -> Work | None:
    """The work with one part as it was typed; ``None`` if that cannot be read."""
    if said.roles and not said.faults:
        return with_said(scene, work, said)
    if field == "currency":
        unsure = replace(work, currency="") if said.which and not said.faults else None
        return unsure or with_field(scene, work, field, said.currency or text.strip().lower())
    if said.faults:
        return None
    if field in TIMES:
        return _with_time(work, field, said)
    if field in ("money", "fees"):
        number = said.money if said.money is not None else said.fees
        if number is None:
            return None
        work = replace(work, currency=with_said(scene, work, said).currency)
        return replace(work, money=number) if field == "money" else replace(work, fees=number)
    if field == "platform" and said.platform:
        return replace(work, platform=said.platform)
    return with_said(scene, work, said) if field == "day" and said.yesterday else None


def _with_time(work: Work, field: str, said: Said) -> Work | None:
    """A time, which money is not. A number alone means minutes, for minutes are what was asked for."""
    if said.names_currency or (said.paid is not None and said.money is not None):
        return None
    minutes = said.paid if said.paid is not None else said.money
    return _with_minutes(work, field, int(minutes)) if minutes is not None else None


def _with_minutes(work: Work, field: str, minutes: int) -> Work:
    return replace(work, paid=minutes) if field == "paid" else replace(work, unpaid=minutes)

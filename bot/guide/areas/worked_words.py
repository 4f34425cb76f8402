"""Every word of the record of work: what it says, and what people may type into it."""

from __future__ import annotations

from typing import Annotated

from bot.content.fields import (
    AtMost,
    Entry,
    Label,
    LabelTemplate,
    Phrase,
    Rich,
    Shelf,
    Slots,
    Strict,
    Template,
    Wording,
    entries,
)
from bot.guide.area import TitledWords

Line = Annotated[Rich, AtMost(300)]
Notice = Annotated[Wording, AtMost(150)]
Field = Annotated[LabelTemplate, Slots("value"), AtMost(24)]
Problem = Annotated[Template, Slots("words"), AtMost(200)]
Compared = Annotated[Template, Slots("low", "high"), AtMost(250)]


class CurrencyName(Entry):
    """A currency that is offered (its id is the ISO 4217 code in small letters), and what people call it.

    A name that stands with several currencies is asked about.
    """

    names: tuple[Phrase, ...]


class TypedWords(Strict):
    """What people type; matched without case and accents."""

    paid: tuple[Phrase, ...]
    unpaid: tuple[Phrase, ...]
    hours: tuple[Phrase, ...]
    minutes: tuple[Phrase, ...]
    fee: tuple[Phrase, ...]
    yesterday: tuple[Phrase, ...]
    filler: tuple[Phrase, ...]
    """Words that may stand anywhere and mean nothing here."""


class ProblemWords(Strict):
    """What is wrong with an entry, kindly; ``{words}`` is what it is about."""

    unclear: Problem
    unknown_word: Problem
    no_number: Problem
    two_amounts: Problem
    two_currencies: Problem
    two_fees: Problem
    nothing: Problem
    negative: Problem
    too_long: Problem
    day_full: Problem
    fees_over_money: Problem
    too_much: Problem
    too_exact: Problem
    no_currency: Problem
    unknown_currency: Problem
    which_currency: Problem
    """``{words}`` is a name that several currencies have."""
    not_time: Problem
    """Money, where a time was asked for."""
    many_currencies: Problem


class FieldWords(Strict):
    """The parts of an entry: a button that shows each, and the question behind it."""

    day: Field
    paid: Field
    unpaid: Field
    money: Field
    fees: Field
    currency: Field
    platform: Field
    nothing: Annotated[Wording, AtMost(16)]
    ask_day: Line
    ask_paid: Line
    ask_unpaid: Line
    ask_money: Line
    ask_fees: Line
    ask_currency: Line
    ask_platform: Line


class DurationWords(Strict):
    hours: Annotated[LabelTemplate, Slots("hours"), AtMost(16)]
    minutes: Annotated[LabelTemplate, Slots("minutes"), AtMost(16)]
    both: Annotated[LabelTemplate, Slots("hours", "minutes"), AtMost(24)]


class WorkedWords(TitledWords):
    intro: Line
    empty: Line
    how_to_type: Annotated[Rich, AtMost(250)]
    time: Annotated[Template, Slots("time", "unpaid"), AtMost(80)]
    received: Annotated[Template, Slots("money", "fees"), AtMost(80)]
    hourly: Annotated[Template, Slots("amount"), AtMost(80)]
    by_platform: Annotated[Template, Slots("name", "amount", "time"), AtMost(40)]
    by_platform_no_time: Annotated[Template, Slots("name", "amount"), AtMost(40)]
    no_platform: Label
    others: Label
    currency: Annotated[Template, Slots("currency"), AtMost(30)]
    no_money_yet: Annotated[Rich, AtMost(80)]
    below: Compared
    within: Compared
    above: Compared
    other_currency: Annotated[Template, Slots("currency"), AtMost(200)]
    new: Label
    chart: Annotated[LabelTemplate, Slots("currency"), AtMost(40)]
    chart_title: Annotated[LabelTemplate, Slots("currency"), AtMost(40)]
    chart_bar: Annotated[Template, Slots("number", "name", "amount"), AtMost(24)]
    chart_band: Annotated[LabelTemplate, Slots("low", "high"), AtMost(60)]
    no_chart: Notice
    list: Annotated[LabelTemplate, Slots("count"), AtMost(40)]
    list_intro: Line
    entry: Annotated[LabelTemplate, Slots("day", "time", "money"), AtMost(8)]
    total: Annotated[LabelTemplate, Slots("period", "count", "money"), AtMost(24)]
    total_note: Line
    heading_new: Label
    heading_change: Label
    heading_entry: Label
    draft_intro: Line
    save: Label
    drop: Label
    correct: Label
    delete: Label
    undo: Label
    chosen: Annotated[LabelTemplate, Slots("choice"), AtMost(8)]
    open: Annotated[LabelTemplate, Slots("choice"), AtMost(8)]
    deleted: Line
    noted: Annotated[Rich, AtMost(60)]
    which_platform: Annotated[Rich, AtMost(150)]
    notice_saved: Notice
    notice_deleted: Notice
    notice_undone: Notice
    notice_nothing_to_undo: Notice
    notice_dropped: Notice
    duration: DurationWords
    fields: FieldWords
    problems: ProblemWords
    typed: TypedWords
    currencies: Annotated[Shelf[CurrencyName], entries(1, 12)]


__all__ = ["CurrencyName", "DurationWords", "FieldWords", "ProblemWords", "TypedWords", "WorkedWords"]

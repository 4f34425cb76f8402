"""The words of the forecast of pay."""

from __future__ import annotations

from typing import Annotated

from bot.content.fields import AtMost, LabelTemplate, Rich, Slots, Template
from bot.guide.area import TitledWords

Amounts = Annotated[Template, Slots("low", "middle", "high"), AtMost(200)]
Change = Annotated[LabelTemplate, Slots("choice"), AtMost(16)]


class PayWords(TitledWords):
    intro: Annotated[Rich, AtMost(300)]
    ask_hours: Annotated[Rich, AtMost(200)]
    hours_range: Annotated[Template, Slots("most"), AtMost(120)]
    """Said to a number of hours that no week has."""
    ask_kind: Annotated[Rich, AtMost(200)]
    ask_level: Annotated[Rich, AtMost(300)]
    hours: Annotated[LabelTemplate, Slots("hours"), AtMost(24)]
    level_line: Annotated[Template, Slots("level", "what"), AtMost(10)]
    chosen: Change
    open: Change
    for_: Annotated[Template, Slots("hours", "kind", "level"), AtMost(40)]
    month: Amounts
    first_month: Amounts
    hour: Amounts
    advertised: Amounts
    assumptions: Annotated[Rich, AtMost(60)]
    assumption: Annotated[Template, Slots("text"), AtMost(10)]
    our_assumption: Annotated[Template, Slots("text"), AtMost(40)]
    honest: Annotated[Rich, AtMost(250)]
    change_hours: Change
    change_kind: Change
    change_level: Change

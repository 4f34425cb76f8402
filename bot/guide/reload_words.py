"""What operators read when content was changed while the bot runs."""

from __future__ import annotations

from typing import Annotated

from bot.content.fields import AtMost, Rich, Slots, Template, Wording
from bot.content.library import AreaSpec, Words
from bot.guide.area import Area


class ReloadWords(Words):
    command: Annotated[Wording, AtMost(60)]
    """In Telegram's menu, for operators only."""
    changed: Annotated[Rich, AtMost(300)]
    unchanged: Annotated[Rich, AtMost(300)]
    faults: Annotated[Template, Slots("count"), AtMost(300)]
    """Below it stand the faults, each in a line of English with its file and line."""
    more: Annotated[Template, Slots("count"), AtMost(100)]
    gone: Annotated[Template, Slots("count"), AtMost(400)]
    """Below it stand ids that people may be at and that are no more, each in a line with its file."""
    gone_more: Annotated[Template, Slots("count"), AtMost(100)]


AREA = Area(AreaSpec("reload", ReloadWords, always=True))

"""The areas of the chat: one file each, collected in the one table :data:`AREAS`.

The order is the order in which free text is offered to them; the menu's order is the author's, in ``bot.yaml``.
"""

from __future__ import annotations

from bot.guide.area import Area
from bot.guide.areas import (
    checklist,
    common,
    elsewhere,
    encouragement,
    faq,
    figure,
    glossary,
    jobs,
    language,
    match,
    menu,
    nudges,
    number_words,
    offers,
    pay,
    platform_card,
    platforms,
    progress,
    reminder,
    settings,
    steps,
    tip_card,
    tip_hour,
    tip_zone,
    tips,
    welcome,
    worked,
)

AREAS: tuple[Area, ...] = (
    common.AREA,
    welcome.AREA,
    settings.AREA,
    figure.AREA,
    worked.AREA,
    tips.AREA,
    menu.AREA,
    steps.AREA,
    checklist.AREA,
    platforms.AREA,
    platform_card.AREA,
    nudges.AREA,
    match.AREA,
    jobs.AREA,
    pay.AREA,
    tip_card.AREA,
    tip_hour.AREA,
    tip_zone.AREA,
    reminder.AREA,
    number_words.AREA,
    encouragement.AREA,
    offers.AREA,
    glossary.AREA,
    faq.AREA,
    elsewhere.AREA,
    progress.AREA,
    language.AREA,
)

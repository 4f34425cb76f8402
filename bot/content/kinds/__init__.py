"""The kinds of content: one file of models each, collected in the one table :data:`KINDS`.

A kind's file is read from the base language's folder, and the facts that no language changes
from a file of the same name at the root of the content; both are merged by id.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.content.fields import KindFile
from bot.content.kinds.equipment import EquipmentFile
from bot.content.kinds.faq import FaqFile
from bot.content.kinds.forecast import ForecastFile
from bot.content.kinds.glossary import GlossaryFile
from bot.content.kinds.good_and_bad import GoodAndBadFile
from bot.content.kinds.matching import MatchingFile
from bot.content.kinds.offer_words import OfferWordsFile
from bot.content.kinds.offers import OffersFile
from bot.content.kinds.pay import PayFile
from bot.content.kinds.platforms import PlatformsFile
from bot.content.kinds.regions import RegionsFile
from bot.content.kinds.search import SearchFile
from bot.content.kinds.steps import StepsFile
from bot.content.kinds.task_types import TaskTypesFile
from bot.content.kinds.tips import TipsFile
from bot.content.kinds.welcome import WelcomeFile

KINDS: Mapping[str, type[KindFile]] = MappingProxyType(
    {
        "welcome": WelcomeFile,
        "steps": StepsFile,
        "faq": FaqFile,
        "search": SearchFile,
        "equipment": EquipmentFile,
        "platforms": PlatformsFile,
        "task_types": TaskTypesFile,
        "pay": PayFile,
        "forecast": ForecastFile,
        "good_and_bad": GoodAndBadFile,
        "glossary": GlossaryFile,
        "tips": TipsFile,
        "regions": RegionsFile,
        "matching": MatchingFile,
        "offers": OffersFile,
        "offer_words": OfferWordsFile,
    }
)

"""What a person may set, see and delete: answers, their data, everything."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, ClassVar

from bot.content.fields import AtMost, Label, Phrase, Rich, Slots, Template, Wording
from bot.content.library import AreaSpec
from bot.content.markup import bold, paragraphs
from bot.guide.answers import normalised
from bot.guide.area import Area, Scene, TitledWords, on
from bot.guide.areas import language, welcome, welcome_questions
from bot.guide.areas.common import back_button, menu_button
from bot.guide.areas.typed_answers import may_answer
from bot.guide.languages import own_name
from bot.guide.pending import asked, asking, settled
from bot.guide.person import Erase, Person, Plan
from bot.guide.screen import Document, Row, Screen, TapButton, Turn
from bot.guide.taps import Go, Tap
from bot.guide.tip_times import as_time

_DELETE = "delete"
_PAUSE = re.compile(r"[,.;:!\n]")
"""What may follow a "no" that is explained."""


class SettingsWords(TitledWords):
    intro: Annotated[Rich, AtMost(300)]
    language: Annotated[Template, Slots("language"), AtMost(60)]
    my_data: Label
    delete: Label
    data_caption: Annotated[Rich, AtMost(400)]
    data_after: Annotated[Rich, AtMost(300)]
    delete_ask: Annotated[Rich, AtMost(500)]
    delete_yes: Label
    delete_no: Label
    delete_refused: tuple[Phrase, ...]
    """How people type that they want to keep all: words alone, or before a comma; several words also amid others."""
    notice_kept: Annotated[Wording, AtMost(100)]
    deleted: Annotated[Rich, AtMost(400)]
    start_again: Label


@dataclass(frozen=True, slots=True)
class MyData(Tap):
    """Send everything kept about the person as a file."""

    tag: ClassVar[str] = "md"


@dataclass(frozen=True, slots=True)
class Delete(Tap):
    """Ask whether to delete everything, or (``sure``) do it."""

    tag: ClassVar[str] = "dm"
    sure: bool


@dataclass(frozen=True, slots=True)
class KeepAll(Tap):
    """Delete nothing."""

    tag: ClassVar[str] = "dk"


def home(scene: Scene) -> Turn:
    words = scene.words(SettingsWords)
    text = paragraphs(
        bold(words.title), words.intro, words.language.fill(language=own_name(scene.pack.language))
    )
    rows: tuple[Row, ...] = (
        *welcome_questions.change_rows(scene),
        *language.settings_rows(scene),
        (TapButton(words.my_data, MyData()),),
        (TapButton(words.delete, Delete(sure=False), "danger"),),
        (menu_button(scene),),
    )
    return Turn(Screen(text, rows))


def my_data(scene: Scene, _: Tap | None = None) -> Turn:
    """Everything kept about the person, as a JSON file."""
    words = scene.words(SettingsWords)
    content = json.dumps(_as_data(scene.person), ensure_ascii=False, indent=2).encode()
    screen = Screen(
        words.data_after, ((back_button(scene, words.title, Go("settings")), menu_button(scene)),)
    )
    return Turn(screen, document=Document("my-data.json", content, words.data_caption), fresh=True)


def _as_data(person: Person) -> dict[str, object]:
    def stamp(at: datetime | None) -> str | None:
        return at.isoformat() if at else None

    marks = [
        {"kind": kind, "item": item, "value": mark.value, "at": stamp(mark.at)}
        for kind, item, mark in person.marks
    ]
    return {
        "telegram_id": person.id,
        "language": person.language,
        "source": person.source,
        "started_at": stamp(person.started_at),
        "seen_at": stamp(person.seen_at),
        "gone": person.gone,
        "time_zone": person.zone,
        "tips": person.plan and _plan(person.plan),
        "next_tip_at": stamp(person.next_tip_at),
        "last_tip_on": person.last_tip_on and person.last_tip_on.isoformat(),
        "marks": marks,
    }


def _plan(plan: Plan) -> dict[str, object]:
    return {
        "on": plan.on,
        "time": as_time(plan.minute),
        "days": sorted(plan.days),
        "paused_until": plan.paused_until and plan.paused_until.isoformat(),
    }


def delete(scene: Scene, tap: Delete) -> Turn:
    """Ask once; then everything is gone, and it says so. A "yes" that was left lying about asks again."""
    words = scene.words(SettingsWords)
    if not tap.sure or asked(scene.person, _DELETE, scene.now) is None:
        yes = TapButton(words.delete_yes, Delete(sure=True), "danger")
        # Where the button to delete was, a second tap now meets the button to keep.
        rows = ((TapButton(words.delete_no, KeepAll()),), (yes,))
        return Turn(Screen(words.delete_ask, rows), asking(_DELETE, "all"))
    return Turn(Screen(words.deleted, ((TapButton(words.start_again, welcome.Begin()),),)), (Erase(),))


def keep(scene: Scene, _: KeepAll) -> Turn:
    return replace(home(scene), notice=scene.words(SettingsWords).notice_kept, changes=settled())


def hears(scene: Scene, text: str) -> Turn | None:
    """A "no" that is typed keeps all; what is typed never deletes."""
    if asked(scene.person, _DELETE, scene.now) is None or not _refuses(scene, text):
        return None
    turn = home(scene)
    assert turn.screen is not None
    kept = paragraphs(bold(scene.words(SettingsWords).notice_kept), turn.screen.text)
    return Turn(replace(turn.screen, text=kept), settled())


def _refuses(scene: Scene, text: str) -> bool:
    if not may_answer(text):
        return False
    phrases = frozenset(map(normalised, scene.words(SettingsWords).delete_refused))
    said, first = f" {normalised(text)} ", normalised(_PAUSE.split(text, maxsplit=1)[0])
    return first in phrases or any(" " in each and f" {each} " in said for each in phrases)


AREA = Area(
    # Always on: nobody may switch off that people see and delete what is kept about them.
    AreaSpec("settings", SettingsWords, always=True),
    home=home,
    taps=(on(MyData, my_data), on(Delete, delete), on(KeepAll, keep)),
    hears=hears,
)

"""What a person reads off a screen, by the words of the content: where they are, what is done, what can be tapped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.content.kinds.equipment import EquipmentFile
from bot.content.kinds.steps import StepsFile
from bot.content.library import Library
from bot.guide.areas.checklist import ChecklistWords, Have
from bot.guide.areas.progress import ProgressWords
from bot.guide.areas.steps import SetStep, StepsWords, Tick
from bot.guide.guide import Guide
from bot.guide.taps import Open, Tap

Message = dict[str, Any]
Key = tuple[str, str]
"""Something that can be done: the kind and the item of its mark."""


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    data: str
    tap: Tap | None


@dataclass(frozen=True, slots=True)
class Sight:
    """One screen. ``place`` is ``step:<id>``, ``steps``, ``checklist``, ``progress`` or empty."""

    message_id: int
    text: str
    place: str
    done: Mapping[Key, bool]
    buttons: tuple[Button, ...]


class Reader:
    """Reads screens in the base language. A label that the content does not explain is an error."""

    def __init__(self, library: Library) -> None:
        self.pack = library.pack(None)
        self.steps = tuple(self.pack[StepsFile].steps)
        self._codec = Guide(library, "firstlabel_bot").codec

    def read(self, message: Message) -> Sight:
        buttons = tuple(self._buttons(message))
        text = str(message.get("text", ""))
        place = self._place(text, buttons)
        done = dict(self._done(place, text, buttons))
        return Sight(message["message_id"], text, place, done, buttons)

    def _buttons(self, message: Message) -> Iterator[Button]:
        for row in message.get("reply_markup", {}).get("inline_keyboard", []):
            for button in row:
                if data := button.get("callback_data"):
                    yield Button(button["text"], data, self._codec.decode(data))

    def _place(self, text: str, buttons: tuple[Button, ...]) -> str:
        step = next((each.tap.step for each in buttons if isinstance(each.tap, Tick)), None)
        if step is not None:
            return f"step:{step}"
        if len(self._entries(buttons)) == len(self.steps):
            return "steps"
        if any(isinstance(each.tap, Have) and not each.tap.card for each in buttons):
            return "checklist"
        return "progress" if text.startswith(self.pack.words(ProgressWords).title) else ""

    def _entries(self, buttons: tuple[Button, ...]) -> list[Button]:
        opens = [each for each in buttons if isinstance(each.tap, Open) and each.tap.collection == "steps"]
        return opens if len({each.data for each in opens}) == len(opens) else []

    def _done(self, place: str, text: str, buttons: tuple[Button, ...]) -> Iterator[tuple[Key, bool]]:
        for button in buttons:
            match button.tap:
                case Tick(step_id, task_id):
                    yield ("task", f"{step_id}/{task_id}"), self._ticked(button.label, step_id, task_id)
                case Have(item, card=False):
                    yield ("have", item), self._has(button.label, item)
        words = self.pack.words(StepsWords)
        if place.startswith("step:"):
            labels = [each.label for each in buttons if isinstance(each.tap, SetStep)]
            yield ("step", place.removeprefix("step:")), words.mark_done not in labels
        if place in ("steps", "progress"):
            for number, step in enumerate(self.steps, 1):
                entry = words.done_entry.fill(number=number, title=step.title)
                seen = [each.label for each in buttons] if place == "steps" else text.splitlines()
                yield ("step", step.id), entry in seen

    def _ticked(self, label: str, step_id: str, task_id: str) -> bool:
        words = self.pack.words(StepsWords)
        step = self.pack[StepsFile].steps.get(step_id)
        task = step.tasks.get(task_id) if step else None
        assert task is not None, f"a button for {step_id}/{task_id}, which is not in the content"
        return _one_of(label, words.ticked.fill(task=task.text), words.unticked.fill(task=task.text))

    def _has(self, label: str, item_id: str) -> bool:
        words = self.pack.words(ChecklistWords)
        item = self.pack[EquipmentFile].equipment.get(item_id)
        assert item is not None, f"a button for {item_id}, which is not in the content"
        return _one_of(label, words.have.fill(title=item.title), words.have_not.fill(title=item.title))


def _one_of(label: str, yes: str, no: str) -> bool:
    assert label in (yes, no), f"{label!r} is neither {yes!r} nor {no!r}"
    return label == yes

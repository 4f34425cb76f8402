"""Two independent libraries agree with the stand-in: each calls every method and reads every answer and update."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import aiogram
import pytest
import telegram
import telegram.ext

from bot.playground.standin import World
from bot.playground.standin.methods import METHODS
from bot.playground.standin.people import Person
from tests.support.wire import assert_calls_parse_as_aiogram

from .aiogram_calls import AIO_CALLS
from .ptb_calls import PTB_CALLS
from .scene import Scene

Json = dict[str, Any]


@pytest.fixture
def scene(world: World, ann: Person) -> Scene:
    return Scene(world, ann)


def test_both_libraries_call_every_method_the_stand_in_serves() -> None:
    assert set(PTB_CALLS) == set(AIO_CALLS) == set(METHODS)


def unknown_to_ptb(value: Any) -> list[str]:
    """Fields anywhere in a python-telegram-bot object that it has no name for."""
    if isinstance(value, list | tuple):
        return [name for item in value for name in unknown_to_ptb(item)]
    if not isinstance(value, telegram.TelegramObject):
        return []
    inner = [getattr(value, name, None) for name in value._get_attrs_names(include_private=False)]
    return [*value.api_kwargs, *unknown_to_ptb(inner)]


def unknown_to_aiogram(value: Any) -> list[str]:
    """Fields anywhere in an aiogram object that it has no name for."""
    if isinstance(value, list | tuple):
        return [name for item in value for name in unknown_to_aiogram(item)]
    if not isinstance(value, aiogram.types.base.TelegramObject):
        return []
    inner = [getattr(value, name) for name in type(value).model_fields]
    return [*(value.model_extra or {}), *unknown_to_aiogram(inner)]


@pytest.mark.parametrize("method", METHODS)
async def test_python_telegram_bot_calls_it_and_understands_the_answer(
    ptb: telegram.Bot, world: World, scene: Scene, method: str
) -> None:
    world.calls.clear()
    result = await PTB_CALLS[method](ptb, scene)
    assert (world.calls[-1].method, world.calls[-1].response["ok"]) == (method, True)
    assert unknown_to_ptb(result) == []
    assert assert_calls_parse_as_aiogram(world.calls) == 1


@pytest.mark.parametrize("method", METHODS)
async def test_aiogram_calls_it_and_understands_the_answer(
    aio: aiogram.Bot, world: World, scene: Scene, method: str
) -> None:
    result = await aio(AIO_CALLS[method](scene))
    assert (world.calls[-1].method, world.calls[-1].response["ok"]) == (method, True)
    assert unknown_to_aiogram(result) == []
    assert assert_calls_parse_as_aiogram(world.calls) == 1


Act = Callable[[World, int, int], object]
ACTS: dict[str, Act] = {
    "message": lambda world, ann, group: world.say(ann, "/start faq_vpn https://x.org @somebody"),
    "message in a group": lambda world, ann, group: world.say_in_group(group, ann, "hi"),
    **{
        kind: lambda world, ann, group, kind=kind: world.send_other(ann, kind)  # type: ignore[misc]
        for kind in [
            "sticker",
            "photo",
            "voice",
            "audio",
            "video",
            "video_note",
            "document",
            "location",
            "venue",
            "contact",
            "animation",
            "dice",
            "poll",
        ]
    },
    "edited_message": lambda world, ann, group: world.edit_own(ann, world.chat(ann)[0]["message_id"], "x"),
    "channel_post": lambda world, ann, group: world.post_in_channel(world.add_channel("News"), "x"),
    "callback_query": lambda world, ann, group: world.tap(ann, world.chat(ann)[0]["message_id"], "x"),
    "callback_query on a deleted message": lambda world, ann, group: world.tap(ann, 999, "x"),
    "inline_query": lambda world, ann, group: world.ask_inline(ann, "x"),
    "my_chat_member": lambda world, ann, group: world.block(ann),
    "my_chat_member again": lambda world, ann, group: world.unblock(ann),
    "poll and poll_answer": lambda world, ann, group: world.vote(ann, open_poll(world, ann), [0]),
}


def open_poll(world: World, person_id: int) -> int:
    world.send_other(person_id, "poll")
    message = world.chat(person_id)[-1]
    world.put({**message, "poll": {**message["poll"], "is_anonymous": False}}, changed=True)
    return int(message["message_id"])


@pytest.mark.parametrize("name", ACTS)
def test_both_libraries_understand_every_update(world: World, ann: Person, name: str) -> None:
    ACTS[name](world, ann.id, world.add_group("Friends"))
    updates = world.updates.ready(0, 100)
    assert updates
    for update in updates:
        by_ptb = telegram.Update.de_json(update, None)
        by_aiogram = aiogram.types.Update.model_validate(update)
        assert unknown_to_ptb(by_ptb) == []
        assert unknown_to_aiogram(by_aiogram) == []
        assert by_aiogram.event_type in name.split() or by_aiogram.event_type == "message"
        assert by_ptb.to_dict().keys() == update.keys()

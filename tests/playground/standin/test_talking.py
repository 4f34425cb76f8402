"""Real bots, written with two independent libraries, talk with a person through the stand-in."""

from __future__ import annotations

import asyncio
from typing import Any

import aiogram
import pytest
import telegram
import telegram.ext
from aiogram import exceptions
from aiogram.filters import CommandStart

from bot.playground.standin import World
from bot.playground.standin.faults import refuse, too_many
from bot.playground.standin.people import Person
from tests.support.wire import assert_calls_parse_as_aiogram

from .aiogram_calls import aio_keyboard
from .ptb_calls import ptb_button


async def test_a_python_telegram_bot_application_talks_with_a_person(
    ptb: telegram.Bot, world: World, ann: Person
) -> None:
    async def start(update: telegram.Update, context: Any) -> None:
        assert update.message is not None
        keyboard = telegram.InlineKeyboardMarkup.from_button(ptb_button())
        await update.message.reply_html("<b>Welcome</b>", reply_markup=keyboard)

    async def pressed(update: telegram.Update, context: Any) -> None:
        query = update.callback_query
        assert query is not None
        await query.answer("Noted")
        await query.edit_message_text(f"You chose {query.data}")

    app = telegram.ext.ApplicationBuilder().bot(ptb).build()
    app.add_handler(telegram.ext.CommandHandler("start", start))
    app.add_handler(telegram.ext.CallbackQueryHandler(pressed))
    async with app:
        assert app.updater is not None
        await app.updater.start_polling()
        await app.start()
        await walk(world, ann)
        await app.updater.stop()
        await app.stop()
    assert assert_calls_parse_as_aiogram(world.calls) > 5


async def test_an_aiogram_dispatcher_talks_with_a_person(aio: aiogram.Bot, world: World, ann: Person) -> None:
    dispatcher = aiogram.Dispatcher()

    @dispatcher.message(CommandStart())
    async def start(message: aiogram.types.Message) -> None:
        await message.answer("<b>Welcome</b>", parse_mode="HTML", reply_markup=aio_keyboard())

    @dispatcher.callback_query()
    async def pressed(query: aiogram.types.CallbackQuery) -> None:
        assert isinstance(query.message, aiogram.types.Message)
        await query.answer("Noted")
        await query.message.edit_text(f"You chose {query.data}")

    polling = asyncio.create_task(
        dispatcher.start_polling(aio, handle_signals=False, close_bot_session=False)
    )
    await walk(world, ann)
    await dispatcher.stop_polling()
    await polling
    assert assert_calls_parse_as_aiogram(world.calls) > 5


async def walk(world: World, ann: Person) -> None:
    """Ann says /start, gets a screen, taps its button, and sees it change."""
    world.say(ann.id, "/start")
    screen = await world.wait_until(lambda: world.chat(ann.id)[2:])
    assert (screen[0]["text"], screen[0]["entities"][0]["type"]) == ("Welcome", "bold")
    [[button]] = screen[0]["reply_markup"]["inline_keyboard"]
    world.tap(ann.id, screen[0]["message_id"], button["callback_data"])
    await world.wait_until(lambda: world.chat(ann.id)[2]["text"] == "You chose x")
    assert world.answers[-1]["text"] == "Noted"
    await world.wait_until(lambda: world.updates.polled and not len(world.updates))


@pytest.mark.filterwarnings("ignore:.*retry_after.*timedelta:DeprecationWarning")
async def test_both_libraries_know_a_refusal_by_its_kind(
    ptb: telegram.Bot, aio: aiogram.Bot, world: World, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whoever built our own bot in this process has asked for another type.
    monkeypatch.setenv("PTB_TIMEDELTA", "false")
    stranger = world.add_person("Bea")
    with pytest.raises(telegram.error.Forbidden, match="can't initiate conversation"):
        await ptb.send_message(stranger.id, "x")
    with pytest.raises(exceptions.TelegramForbiddenError):
        await aio.send_message(stranger.id, "x")
    world.faults.add("sendMessage", too_many(9), times=2)
    with pytest.raises(telegram.error.RetryAfter) as ptb_wait:
        await ptb.send_message(ann.id, "x")
    assert ptb_wait.value.retry_after == 9
    with pytest.raises(exceptions.TelegramRetryAfter) as aio_wait:
        await aio.send_message(ann.id, "x")
    assert aio_wait.value.retry_after == 9
    world.faults.add("sendMessage", refuse(400, "migrated", migrate_to_chat_id=-5), times=1)
    with pytest.raises(telegram.error.ChatMigrated):
        await ptb.send_message(ann.id, "x")
    with pytest.raises(telegram.error.BadRequest, match="Message is too long"):
        await ptb.send_message(ann.id, "x" * 4097)
    wrong = telegram.Bot("4242:another", base_url=ptb.base_url.rpartition("/bot")[0] + "/bot")
    with pytest.raises(telegram.error.InvalidToken):
        await wrong.initialize()
    await wrong.shutdown()

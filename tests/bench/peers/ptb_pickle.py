"""python-telegram-bot as documented, with PicklePersistence: a checklist that it remembers in the file that is named."""

from __future__ import annotations

import os
import sys
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    ApplicationBuilder,
    CallbackContext,
    CallbackQueryHandler,
    CommandHandler,
    PicklePersistence,
)

Context = CallbackContext[Any, Any, Any, Any]
ITEMS = range(8)


def screen(ticked: set[int]) -> tuple[str, InlineKeyboardMarkup]:
    rows = [
        [InlineKeyboardButton(f"{'☑' if item in ticked else '☐'} Item {item}", callback_data=f"echo:{item}:{int(item not in ticked)}")]
        for item in ITEMS
    ]  # fmt: skip
    return f"You have {len(ticked)} of {len(ITEMS)}.", InlineKeyboardMarkup(rows)


async def start(update: Update, context: Context) -> None:
    assert update.message is not None
    assert context.user_data is not None
    text, keyboard = screen(context.user_data.setdefault("ticked", set()))
    await update.message.reply_text(text, reply_markup=keyboard)


async def tapped(update: Update, context: Context) -> None:
    query = update.callback_query
    assert query is not None
    assert query.data is not None
    assert context.user_data is not None
    _, item, has = query.data.split(":")
    ticked = context.user_data.setdefault("ticked", set())
    (ticked.add if has == "1" else ticked.discard)(int(item))
    await query.answer()
    text, keyboard = screen(ticked)
    await query.edit_message_text(text, reply_markup=keyboard)


def main() -> None:
    builder = ApplicationBuilder().token(os.environ["TELEGRAM_BOT_TOKEN"])
    builder = builder.base_url(os.environ["BOT_API_URL"] + "/bot")
    application = builder.persistence(PicklePersistence(sys.argv[1])).build()
    application.add_handler(CommandHandler("start", start))
    application.add_handler(CallbackQueryHandler(tapped))
    application.run_polling(allowed_updates=Update.ALL_TYPES)


if __name__ == "__main__":
    main()

"""python-telegram-bot as documented: a stateless echo with a keyboard. With a file's name it keeps data there."""

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

KEYBOARD = InlineKeyboardMarkup(
    [[InlineKeyboardButton(f"Option {number}", callback_data=f"echo:{number}")] for number in range(5)]
)


async def start(update: Update, context: Context) -> None:
    assert update.message is not None
    await update.message.reply_text("Please choose:", reply_markup=KEYBOARD)


async def tapped(update: Update, context: Context) -> None:
    query = update.callback_query
    assert query is not None
    await query.answer()
    if context.user_data is not None:
        context.user_data[query.data] = context.user_data.get(query.data, 0) + 1
    await query.edit_message_text(f"Selected option: {query.data}", reply_markup=KEYBOARD)


def main() -> None:
    builder = ApplicationBuilder().token(os.environ["TELEGRAM_BOT_TOKEN"])
    builder = builder.base_url(os.environ["BOT_API_URL"] + "/bot")
    if len(sys.argv) > 1:
        # Every change of a user's data is to be on the disk soon, as ours is at once.
        builder = builder.persistence(PicklePersistence(sys.argv[1], update_interval=1))
    application = builder.build()
    application.add_handler(CommandHandler("start", start))
    application.add_handler(CallbackQueryHandler(tapped))
    application.run_polling(allowed_updates=Update.ALL_TYPES)


if __name__ == "__main__":
    main()

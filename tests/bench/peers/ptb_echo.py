"""python-telegram-bot as documented: a stateless echo with a keyboard."""

from __future__ import annotations

import os
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import ApplicationBuilder, CallbackContext, CallbackQueryHandler, CommandHandler

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
    await query.edit_message_text(f"Selected option: {query.data}", reply_markup=KEYBOARD)


def main() -> None:
    builder = ApplicationBuilder().token(os.environ["TELEGRAM_BOT_TOKEN"])
    application = builder.base_url(os.environ["BOT_API_URL"] + "/bot").build()
    application.add_handler(CommandHandler("start", start))
    application.add_handler(CallbackQueryHandler(tapped))
    application.run_polling(allowed_updates=Update.ALL_TYPES)


if __name__ == "__main__":
    main()

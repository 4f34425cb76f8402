"""A small bot on python-telegram-bot with everything the page must show. Run as a program, pointed at a stand-in.

It reads TELEGRAM_BOT_TOKEN and BOT_API_URL as the real bot does, and knows nothing of the playground.
"""

from __future__ import annotations

import asyncio
import os
import struct
import sys
import zlib
from typing import Any

from telegram import (
    BotCommand,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)
from telegram.constants import ChatAction
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

Context = ContextTypes.DEFAULT_TYPE

STEP = """<b>Step 1 of 6 · Choose your first platforms</b>
▓▓░░░░░░░░░░ 0 of 4 done

Most people who do well here begin with <b>two or three</b> platforms, not ten. You learn how each one works, \
and there is always one with tasks.

• Read what each platform pays and asks for
• Look whether it is open in <i>your</i> country
• Register with your real name, once

<blockquote expandable><b>Why this matters</b>
A platform can be quiet for weeks, so one alone is a risk.
With ten, you spend your days on entry tests that nobody pays for.
Two or three is what lets you compare, stay calm and learn.
A good mix: one large platform with many small tasks, and one that is pickier and pays better.
You can change your mind at any time; nothing here is a contract.</blockquote>
Never pay to join. <tg-spoiler>Nobody honest asks for that.</tg-spoiler> See /faq or https://example.org/start."""

COMMANDS = [
    ("start", "Begin, or go on where you were"),
    ("steps", "The six steps and how far you are"),
    ("checklist", "What you need on your desk"),
    ("faq", "Questions that others asked"),
    ("stickers", "Nothing but big emoji"),
]
COMMANDS_ES = [("start", "Empezar o continuar"), ("faq", "Preguntas frecuentes")]


def data_button(text: str, data: str, **extra: Any) -> InlineKeyboardButton:
    return InlineKeyboardButton(text, callback_data=data, **extra)


def step_keyboard(ticked: set[str]) -> InlineKeyboardMarkup:
    def tick(item: str, text: str) -> InlineKeyboardButton:
        return data_button(f"{'✅' if item in ticked else '⬜'} {text}", f"tick:{item}")

    return InlineKeyboardMarkup(
        [
            [tick("read", "I read how three platforms pay")],
            [tick("country", "I checked that they take my country")],
            [tick("register", "I registered with two")],
            [
                data_button("⬅️ Back", "alert"),
                data_button("Skip", "toast"),
                data_button("Next ➡️", "slow", style="primary"),
            ],
            [
                InlineKeyboardButton("See all platforms", url="https://example.org/platforms"),
                data_button("Help", "toast"),
            ],
            [
                InlineKeyboardButton(
                    "Copy the checklist", copy_text=CopyTextButton("laptop, headphones, quiet room")
                )
            ],
        ]
    )


async def start(update: Update, context: Context) -> None:
    message = _message(update)
    if context.args:
        await message.reply_text(f"Deep link: {context.args[0]}")
        return
    await message.reply_html(STEP, reply_markup=step_keyboard(set()))


async def tapped(update: Update, context: Context) -> None:
    query = update.callback_query
    assert query is not None
    data = query.data or ""
    message = query.message
    assert isinstance(message, Message)
    if data.startswith("tick:"):
        item = data.removeprefix("tick:")
        ticked: set[str] = context.user_data.setdefault("ticked", set())  # type: ignore[union-attr]
        ticked.symmetric_difference_update({item})
        text = STEP.replace("0 of 4", f"{len(ticked)} of 4")
        await query.edit_message_text(text, parse_mode="HTML", reply_markup=step_keyboard(ticked))
        await query.answer()
    elif data == "toast":
        await query.answer("Saved. You can come back to this at any time.")
    elif data == "alert":
        await query.answer("This is the first step, so there is nothing before it.", show_alert=True)
    elif data == "xss":
        await query.answer("<img src=x onerror=alert(1)>")


async def slow(update: Update, context: Context) -> None:
    """Answers when the person has said something."""
    query = update.callback_query
    assert query is not None
    assert context.user_data is not None
    assert isinstance(query.message, Message)
    said = context.user_data["said"] = asyncio.Event()
    await query.message.reply_chat_action(ChatAction.TYPING)
    await said.wait()
    await query.answer("On to the next step")


async def faq(update: Update, context: Context) -> None:
    await _message(update).reply_html(
        "<b>Formats</b>\n<u>under</u> <s>strike</s> <code>code()</code> "
        '<a href="https://example.org/">a link</a> <tg-spoiler>the secret</tg-spoiler>\n'
        "<blockquote>A quote that is always open.</blockquote>"
        "<blockquote expandable>One short line.</blockquote>"
        '<pre><code class="language-python">print("hello")\nprint("world")</code></pre>/steps',
    )


async def checklist(update: Update, context: Context) -> None:
    message = _message(update)
    await message.reply_photo(png(640, 360), caption="<b>Your desk</b>, as it could be", parse_mode="HTML")
    await message.reply_document(
        b'{"everything": "we keep"}', filename="my-data.json", caption="All we keep about you"
    )


async def keys(update: Update, context: Context) -> None:
    rows = [
        [KeyboardButton("Manila"), KeyboardButton("Nairobi")],
        [KeyboardButton("Share my place", request_location=True)],
    ]
    await _message(update).reply_text("Where are you?", reply_markup=ReplyKeyboardMarkup(rows))


async def location(update: Update, context: Context) -> None:
    await _message(update).reply_text("Thank you for the place.", reply_markup=ReplyKeyboardRemove())


async def commands(update: Update, context: Context) -> None:
    word = (_message(update).text or "").split()[0].removeprefix("/").lower()
    if word == "delete":
        sent = await _message(update).reply_text("gone in a moment")
        await sent.delete()
        await _message(update).set_reaction("👍")
    elif word == "markup":
        await _message(update).reply_text(
            "<b>not bold</b>", reply_markup=InlineKeyboardMarkup([[data_button("<i>x</i>", "xss")]])
        )
    elif word == "crash":
        # The next poll confirms this command; it must be out before the end, or the next start meets it again.
        for _ in range(5):
            await context.bot.get_me()
        sys.stderr.write("RuntimeError: the bot fell over\n")
        sys.stderr.flush()
        os._exit(3)
    elif word == "emoji":
        await _message(update).reply_text("🎉")
    else:
        await _message(update).reply_text(f"You said /{word}")


async def quiz(update: Update, context: Context) -> None:
    await _message(update).reply_poll(
        "Which of these is never asked for?",
        ["Your name", "Money", "A test"],
        type="quiz",
        correct_option_ids=[1],
        explanation="Nobody honest asks for money.",
    )


async def echo(update: Update, context: Context) -> None:
    if context.user_data and "said" in context.user_data:
        context.user_data.pop("said").set()
        return
    if update.edited_message:
        await update.edited_message.reply_text(f"You changed it to: {update.edited_message.text}")
    elif update.message:
        await update.message.reply_text(
            f"You said: {update.message.text or 'something without words'}"[:4096]
        )


def png(width: int, height: int) -> bytes:
    """A picture: a soft gradient with a desk-like band, without any library."""
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            band = 60 if y > height * 2 // 3 else 0
            rows += bytes(
                (60 + 120 * x // width, 150 - band + 60 * y // height, 140 + 70 * (width - x) // width - band)
            )
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(bytes(rows), 6)),
        (b"IEND", b""),
    ]
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def _message(update: Update) -> Message:
    assert update.message is not None
    return update.message


async def introduce(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    bot = application.bot
    await bot.set_my_commands([BotCommand(*item) for item in COMMANDS])
    await bot.set_my_commands([BotCommand(*item) for item in COMMANDS_ES], language_code="es")
    await bot.set_my_description(
        "I walk you from “what is this work?” to your first paid task, one small step at a time.\n\n"
        "I never recruit, never charge, and never ask for your ID."
    )
    await bot.set_my_short_description("Your first steps in data annotation")


def main() -> None:
    url = os.environ["BOT_API_URL"]
    application = (
        Application.builder()
        .token(os.environ["TELEGRAM_BOT_TOKEN"])
        .base_url(f"{url}/bot")
        .base_file_url(f"{url}/file/bot")
        .concurrent_updates(False)
        .post_init(introduce)
        .build()
    )
    application.add_handler(CommandHandler("start", start))
    application.add_handler(CommandHandler("faq", faq))
    application.add_handler(CommandHandler("checklist", checklist))
    application.add_handler(CommandHandler("keys", keys))
    application.add_handler(CommandHandler("quiz", quiz))
    application.add_handler(CallbackQueryHandler(slow, pattern="^slow$", block=False))
    application.add_handler(CallbackQueryHandler(tapped))
    application.add_handler(MessageHandler(filters.LOCATION & filters.UpdateType.MESSAGE, location))
    application.add_handler(MessageHandler(filters.COMMAND & filters.UpdateType.MESSAGE, commands))
    application.add_handler(MessageHandler(filters.ALL, echo))
    application.run_polling(allowed_updates=Update.ALL_TYPES)


if __name__ == "__main__":
    main()

"""Every method of the stand-in as python-telegram-bot calls it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import telegram

from .scene import PNG, Scene

PtbCall = Callable[[telegram.Bot, Scene], Awaitable[Any]]
ARTICLE = telegram.InlineQueryResultArticle("1", "t", telegram.InputTextMessageContent("x"))

PTB_CALLS: dict[str, PtbCall] = {
    "getMe": lambda bot, s: bot.get_me(),
    "getUpdates": lambda bot, s: bot.get_updates(),
    "setWebhook": lambda bot, s: bot.set_webhook("https://127.0.0.1:1/", secret_token="abc"),
    "deleteWebhook": lambda bot, s: bot.delete_webhook(),
    "getWebhookInfo": lambda bot, s: bot.get_webhook_info(),
    "logOut": lambda bot, s: bot.log_out(),
    "close": lambda bot, s: bot.close(),
    "sendMessage": lambda bot, s: bot.send_message(s.ann, "<b>x</b>", parse_mode="HTML"),
    "sendLocation": lambda bot, s: bot.send_location(s.ann, 1.5, 2.5),
    "sendVenue": lambda bot, s: bot.send_venue(s.ann, 1.5, 2.5, "t", "a"),
    "sendContact": lambda bot, s: bot.send_contact(s.ann, "+1", "B"),
    "sendDice": lambda bot, s: bot.send_dice(s.ann),
    "sendChatAction": lambda bot, s: bot.send_chat_action(s.ann, "typing"),
    "sendPhoto": lambda bot, s: bot.send_photo(s.ann, PNG, caption="x", filename="a.png"),
    "sendDocument": lambda bot, s: bot.send_document(s.ann, b"abc", filename="a.json"),
    "sendAudio": lambda bot, s: bot.send_audio(s.ann, b"abc", duration=1, title="t"),
    "sendVoice": lambda bot, s: bot.send_voice(s.ann, b"abc", duration=1),
    "sendVideo": lambda bot, s: bot.send_video(s.ann, b"abc", duration=1, width=2, height=3),
    "sendAnimation": lambda bot, s: bot.send_animation(s.ann, b"abc", duration=1),
    "sendVideoNote": lambda bot, s: bot.send_video_note(s.ann, b"abc", duration=1, length=2),
    "sendSticker": lambda bot, s: bot.send_sticker(s.ann, b"abc", emoji="👍"),
    "sendMediaGroup": lambda bot, s: bot.send_media_group(s.ann, [telegram.InputMediaPhoto(PNG)] * 2),
    "getFile": lambda bot, s: bot.get_file(s.file_id),
    "sendPoll": lambda bot, s: bot.send_poll(s.ann, "?", ["a", "b"], type="quiz", correct_option_ids=[1]),
    "editMessageText": lambda bot, s: bot.edit_message_text("new", s.ann, s.text),
    "editMessageCaption": lambda bot, s: bot.edit_message_caption(s.ann, s.document, caption="new"),
    "editMessageReplyMarkup": lambda bot, s: bot.edit_message_reply_markup(
        s.ann, s.text, reply_markup=telegram.InlineKeyboardMarkup.from_button(ptb_button())
    ),
    "editMessageMedia": lambda bot, s: bot.edit_message_media(
        telegram.InputMediaPhoto(PNG), s.ann, s.document
    ),
    "stopPoll": lambda bot, s: bot.stop_poll(s.ann, s.poll),
    "deleteMessage": lambda bot, s: bot.delete_message(s.ann, s.text),
    "deleteMessages": lambda bot, s: bot.delete_messages(s.ann, [s.text, s.document]),
    "setMessageReaction": lambda bot, s: bot.set_message_reaction(s.ann, s.theirs, "👍"),
    "answerCallbackQuery": lambda bot, s: bot.answer_callback_query(s.tap(), "hello", show_alert=True),
    "answerInlineQuery": lambda bot, s: bot.answer_inline_query(s.ask(), [ARTICLE], cache_time=5),
    "setMyCommands": lambda bot, s: bot.set_my_commands(
        [("start", "Begin")], telegram.BotCommandScopeAllPrivateChats(), "es"
    ),
    "deleteMyCommands": lambda bot, s: bot.delete_my_commands(),
    "getMyCommands": lambda bot, s: bot.get_my_commands(),
    "setMyName": lambda bot, s: bot.set_my_name("x"),
    "setMyDescription": lambda bot, s: bot.set_my_description("x", "es"),
    "setMyShortDescription": lambda bot, s: bot.set_my_short_description("x"),
    "getMyName": lambda bot, s: bot.get_my_name(),
    "getMyDescription": lambda bot, s: bot.get_my_description(),
    "getMyShortDescription": lambda bot, s: bot.get_my_short_description(),
    "setChatMenuButton": lambda bot, s: bot.set_chat_menu_button(s.ann, telegram.MenuButtonCommands()),
    "getChatMenuButton": lambda bot, s: bot.get_chat_menu_button(),
    "getChat": lambda bot, s: bot.get_chat(s.ann),
    "getChatMember": lambda bot, s: bot.get_chat_member(s.ann, s.ann),
    "getChatMemberCount": lambda bot, s: bot.get_chat_member_count(s.group),
    "getChatAdministrators": lambda bot, s: bot.get_chat_administrators(s.group),
    "leaveChat": lambda bot, s: bot.leave_chat(s.group),
    "forwardMessage": lambda bot, s: bot.forward_message(s.ann, s.ann, s.text),
    "forwardMessages": lambda bot, s: bot.forward_messages(s.ann, s.ann, [s.text]),
    "copyMessage": lambda bot, s: bot.copy_message(s.ann, s.ann, s.text),
    "copyMessages": lambda bot, s: bot.copy_messages(s.ann, s.ann, [s.text]),
    "pinChatMessage": lambda bot, s: bot.pin_chat_message(s.ann, s.text),
    "unpinChatMessage": lambda bot, s: bot.unpin_chat_message(s.ann),
    "getUserProfilePhotos": lambda bot, s: bot.get_user_profile_photos(s.ann),
}


def ptb_button() -> telegram.InlineKeyboardButton:
    return telegram.InlineKeyboardButton("a", callback_data="x", style="primary")

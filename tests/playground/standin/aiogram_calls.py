"""Every method of the stand-in as aiogram calls it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import aiogram
from aiogram import methods as am
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InlineQueryResultArticle,
    InputMediaPhoto,
    InputTextMessageContent,
    MenuButtonCommands,
    ReactionTypeEmoji,
)

from .scene import PNG, Scene


def png() -> BufferedInputFile:
    return BufferedInputFile(PNG, "a.png")


def aio_keyboard() -> aiogram.types.InlineKeyboardMarkup:
    button = aiogram.types.InlineKeyboardButton(text="a", callback_data="x", style="primary")
    return aiogram.types.InlineKeyboardMarkup(inline_keyboard=[[button]])


AioMethod = Callable[[Scene], am.TelegramMethod[Any]]
AIO_CALLS: dict[str, AioMethod] = {
    "getMe": lambda s: am.GetMe(),
    "getUpdates": lambda s: am.GetUpdates(),
    "setWebhook": lambda s: am.SetWebhook(url="https://127.0.0.1:1/", secret_token="abc"),
    "deleteWebhook": lambda s: am.DeleteWebhook(drop_pending_updates=True),
    "getWebhookInfo": lambda s: am.GetWebhookInfo(),
    "logOut": lambda s: am.LogOut(),
    "close": lambda s: am.Close(),
    "sendMessage": lambda s: am.SendMessage(chat_id=s.ann, text="<b>x</b>", parse_mode="HTML"),
    "sendLocation": lambda s: am.SendLocation(chat_id=s.ann, latitude=1.5, longitude=2.5),
    "sendVenue": lambda s: am.SendVenue(chat_id=s.ann, latitude=1.5, longitude=2.5, title="t", address="a"),
    "sendContact": lambda s: am.SendContact(chat_id=s.ann, phone_number="+1", first_name="B"),
    "sendDice": lambda s: am.SendDice(chat_id=s.ann),
    "sendChatAction": lambda s: am.SendChatAction(chat_id=s.ann, action="typing"),
    "sendPhoto": lambda s: am.SendPhoto(chat_id=s.ann, photo=png(), caption="x"),
    "sendDocument": lambda s: am.SendDocument(chat_id=s.ann, document=png()),
    "sendAudio": lambda s: am.SendAudio(chat_id=s.ann, audio=png(), duration=1, title="t"),
    "sendVoice": lambda s: am.SendVoice(chat_id=s.ann, voice=png(), duration=1),
    "sendVideo": lambda s: am.SendVideo(chat_id=s.ann, video=png(), duration=1, width=2, height=3),
    "sendAnimation": lambda s: am.SendAnimation(chat_id=s.ann, animation=png(), duration=1),
    "sendVideoNote": lambda s: am.SendVideoNote(chat_id=s.ann, video_note=png(), duration=1, length=2),
    "sendSticker": lambda s: am.SendSticker(chat_id=s.ann, sticker=png(), emoji="👍"),
    "sendMediaGroup": lambda s: am.SendMediaGroup(chat_id=s.ann, media=[InputMediaPhoto(media=png())] * 2),
    "getFile": lambda s: am.GetFile(file_id=s.file_id),
    "sendPoll": lambda s: am.SendPoll(
        chat_id=s.ann, question="?", options=["a", "b"], type="quiz", correct_option_ids=[1]
    ),
    "editMessageText": lambda s: am.EditMessageText(chat_id=s.ann, message_id=s.text, text="new"),
    "editMessageCaption": lambda s: am.EditMessageCaption(
        chat_id=s.ann, message_id=s.document, caption="new"
    ),
    "editMessageReplyMarkup": lambda s: am.EditMessageReplyMarkup(
        chat_id=s.ann, message_id=s.text, reply_markup=aio_keyboard()
    ),
    "editMessageMedia": lambda s: am.EditMessageMedia(
        chat_id=s.ann, message_id=s.document, media=InputMediaPhoto(media=png())
    ),
    "stopPoll": lambda s: am.StopPoll(chat_id=s.ann, message_id=s.poll),
    "deleteMessage": lambda s: am.DeleteMessage(chat_id=s.ann, message_id=s.text),
    "deleteMessages": lambda s: am.DeleteMessages(chat_id=s.ann, message_ids=[s.text, s.document]),
    "setMessageReaction": lambda s: am.SetMessageReaction(
        chat_id=s.ann, message_id=s.theirs, reaction=[ReactionTypeEmoji(emoji="👍")]
    ),
    "answerCallbackQuery": lambda s: am.AnswerCallbackQuery(callback_query_id=s.tap(), text="hello"),
    "answerInlineQuery": lambda s: am.AnswerInlineQuery(
        inline_query_id=s.ask(),
        results=[
            InlineQueryResultArticle(
                id="1", title="t", input_message_content=InputTextMessageContent(message_text="x")
            )
        ],
    ),
    "setMyCommands": lambda s: am.SetMyCommands(
        commands=[BotCommand(command="start", description="Begin")],
        scope=aiogram.types.BotCommandScopeChat(chat_id=s.ann),
        language_code="es",
    ),
    "deleteMyCommands": lambda s: am.DeleteMyCommands(),
    "getMyCommands": lambda s: am.GetMyCommands(),
    "setMyName": lambda s: am.SetMyName(name="x"),
    "setMyDescription": lambda s: am.SetMyDescription(description="x", language_code="es"),
    "setMyShortDescription": lambda s: am.SetMyShortDescription(short_description="x"),
    "getMyName": lambda s: am.GetMyName(),
    "getMyDescription": lambda s: am.GetMyDescription(),
    "getMyShortDescription": lambda s: am.GetMyShortDescription(),
    "setChatMenuButton": lambda s: am.SetChatMenuButton(chat_id=s.ann, menu_button=MenuButtonCommands()),
    "getChatMenuButton": lambda s: am.GetChatMenuButton(),
    "getChat": lambda s: am.GetChat(chat_id=s.ann),
    "getChatMember": lambda s: am.GetChatMember(chat_id=s.ann, user_id=s.ann),
    "getChatMemberCount": lambda s: am.GetChatMemberCount(chat_id=s.group),
    "getChatAdministrators": lambda s: am.GetChatAdministrators(chat_id=s.group),
    "leaveChat": lambda s: am.LeaveChat(chat_id=s.group),
    "forwardMessage": lambda s: am.ForwardMessage(chat_id=s.ann, from_chat_id=s.ann, message_id=s.text),
    "forwardMessages": lambda s: am.ForwardMessages(chat_id=s.ann, from_chat_id=s.ann, message_ids=[s.text]),
    "copyMessage": lambda s: am.CopyMessage(chat_id=s.ann, from_chat_id=s.ann, message_id=s.text),
    "copyMessages": lambda s: am.CopyMessages(chat_id=s.ann, from_chat_id=s.ann, message_ids=[s.text]),
    "pinChatMessage": lambda s: am.PinChatMessage(chat_id=s.ann, message_id=s.text),
    "unpinChatMessage": lambda s: am.UnpinChatMessage(chat_id=s.ann),
    "getUserProfilePhotos": lambda s: am.GetUserProfilePhotos(user_id=s.ann),
}

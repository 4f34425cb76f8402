"""Between messages as somebody wrote them and python-telegram-bot: read without a loss, sent without a change."""

from __future__ import annotations

import json
from typing import Any

from telegram import Message, MessageEntity, PhotoSize

from bot.guide.broadcast import Post
from bot.telegram_io.connection import Bot


def read_post(message: Message) -> Post | None:
    """What was written here, if it is a text or one photo of the sender's own; nothing forwarded, no part of an album."""
    if message.forward_origin is not None or message.media_group_id is not None:
        return None
    if message.text is not None:
        return Post(message.text, _kept(message.entities))
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return Post(message.caption or "", _kept(message.caption_entities), largest.file_id)
    return None


async def send_post(bot: Bot, chat_id: int, post: Post, **options: Any) -> Message:
    """Send it as it was written. ``options`` are those that all of python-telegram-bot's ``send_...`` have."""
    entities = [MessageEntity.de_json(each, None) for each in json.loads(post.entities)]
    # Without a parse mode, which would make markup of what is none.
    if post.photo is None:
        return await bot.send_message(chat_id, post.text, entities=entities, parse_mode=None, **options)
    return await bot.send_photo(
        chat_id,
        # Not its id alone: python-telegram-bot would open a local file of that name.
        PhotoSize(post.photo, post.photo, 1, 1),
        caption=post.text or None,
        caption_entities=entities,
        parse_mode=None,
        **options,
    )


def _kept(entities: tuple[MessageEntity, ...]) -> str:
    return json.dumps([entity.to_dict() for entity in entities])

"""Reply markup: what Telegram takes, how it stores it, and how it refuses the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from . import rules
from .entities import utf16
from .links import LinkError, check_link
from .rules import bad_request

Json = dict[str, Any]

STYLES: Final = ("primary", "success", "danger")
_REPLY_FLAGS: Final = ("is_persistent", "resize_keyboard", "one_time_keyboard", "selective")
_INLINE_PREFIX: Final = "can't parse inline keyboard button: "


def inline_keyboard(markup: Json | None) -> Json | None:
    """An inline keyboard as it is stored with a message; None for none or an empty one.

    Raises ApiError when it is of another kind, which an edited message cannot have.
    """
    if not markup:
        return None
    if "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    rows = _rows(markup, "inline_keyboard", _inline_button)
    return {"inline_keyboard": rows} if rows else None


def reply_markup(markup: Json | None) -> tuple[Json | None, Json | None]:
    """(inline keyboard, anything else that the app shows below the chat), both checked."""
    if not markup:
        return None, None
    if "inline_keyboard" in markup:
        return inline_keyboard(markup), None
    if "keyboard" in markup:
        rows = _rows(markup, "keyboard", _reply_button)
        _flags(markup, _REPLY_FLAGS)
        return None, {**markup, "keyboard": rows}
    for kind in ("remove_keyboard", "force_reply"):
        if kind in markup:
            _flags(markup, (kind, "selective"))
            return None, markup if markup[kind] else None
    return None, None


def _flags(markup: Json, names: tuple[str, ...]) -> None:
    for name in names:
        if not isinstance(markup.get(name, False), bool):
            raise bad_request(f'field "{name}" must be of type Boolean')


def _rows(markup: Json, name: str, button: Callable[[Any], Json]) -> list[list[Json]]:
    rows = markup[name]
    if not isinstance(rows, list):
        raise bad_request(f'field "{name}" must be of type Array')
    kept = []
    for row in rows:
        if not isinstance(row, list):
            raise bad_request(f'field "{name}" must be an Array of Arrays')
        if row:
            kept.append([button(item) for item in row])
    if sum(len(row) for row in kept) > rules.KEYBOARD_BUTTONS:
        raise bad_request("reply markup is too long")
    return kept


def _reply_button(button: Any) -> Json:
    if isinstance(button, str):
        return {"text": button}
    if not isinstance(button, dict):
        raise bad_request("can't parse keyboard button: KeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    return button


def _inline_button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad_request(f"{_INLINE_PREFIX}InlineKeyboardButton must be an Object")
    text = button.get("text")
    if text is None:
        raise bad_request(f'{_INLINE_PREFIX}Can\'t find field "text"')
    if not isinstance(text, str):
        raise bad_request(f'{_INLINE_PREFIX}Field "text" must be of type String')
    if not text.strip():
        raise bad_request("inline keyboard button text is empty")
    stored: Json = {"text": text}
    for name in ("icon_custom_emoji_id", "style"):
        if button.get(name):
            stored[name] = button[name]
    if stored.get("style", "primary") not in STYLES:
        raise bad_request(f"{_INLINE_PREFIX}Invalid button style specified")
    for name, check in _ACTIONS.items():
        if button.get(name) or (name.startswith("switch") and name in button):
            stored[name] = check(button[name])
            return stored
    raise bad_request(f"{_INLINE_PREFIX}Text buttons are unallowed in the inline keyboard")


def _url(value: Any) -> str:
    try:
        return check_link(str(value))
    except LinkError as error:
        raise bad_request(f"inline keyboard button URL '{value}' is invalid: {error}") from None


def _callback_data(value: Any) -> str:
    if not isinstance(value, str) or len(value.encode("utf-8", "surrogatepass")) > rules.CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    return value


def _copy_text(value: Any) -> Json:
    text = value.get("text") if isinstance(value, dict) else None
    if not isinstance(text, str) or not 1 <= utf16(text) <= rules.COPY_TEXT_LIMIT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return {"text": text}


def _web_app(value: Any) -> Json:
    url = value.get("url", "") if isinstance(value, dict) else ""
    if not str(url).startswith("https://"):
        raise bad_request(
            f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed"
        )
    return {"url": url}


def _same(value: Any) -> Any:
    return value


def _refused(value: Any) -> Any:
    raise bad_request("BUTTON_TYPE_INVALID")


_ACTIONS: Final[dict[str, Callable[[Any], Any]]] = {
    "url": _url,
    "callback_data": _callback_data,
    "copy_text": _copy_text,
    "switch_inline_query": _same,
    "switch_inline_query_current_chat": _same,
    "switch_inline_query_chosen_chat": _same,
    "web_app": _web_app,
    "login_url": _refused,
    "callback_game": _refused,
    "pay": _refused,
}

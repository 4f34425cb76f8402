"""Telegram's limits and the texts of its refusals.

Sources: the Bot API documentation (core.telegram.org/bots/api) for the limits, and what the public
Bot API server answers for the texts. Lengths of text are counted in UTF-16 code units unless said otherwise.
"""

from __future__ import annotations

from typing import Any, Final

TEXT_LIMIT: Final = 4096
CAPTION_LIMIT: Final = 1024
CALLBACK_DATA_BYTES: Final = 64
COPY_TEXT_LIMIT: Final = 256
KEYBOARD_BUTTONS: Final = 100
CALLBACK_ANSWER_LIMIT: Final = 200
QUERY_SECONDS: Final = 150
PHOTO_BYTES: Final = 10 * 1024 * 1024
UPLOAD_BYTES: Final = 50 * 1024 * 1024
DOWNLOAD_BYTES: Final = 20 * 1024 * 1024
COMMANDS: Final = 100
COMMAND_LENGTH: Final = 32
COMMAND_DESCRIPTION: Final = 256
NAME_LIMIT: Final = 64
DESCRIPTION_LIMIT: Final = 512
SHORT_DESCRIPTION_LIMIT: Final = 120
UPDATES_LIMIT: Final = 100
POLL_QUESTION: Final = 300
POLL_OPTION: Final = 100
POLL_OPTIONS: Final = 12
POLL_EXPLANATION: Final = 200
TYPING_SECONDS: Final = 5
DELETE_SECONDS: Final = 48 * 3600
BATCH_MESSAGES: Final = 100
INLINE_RESULTS: Final = 50

_PREFIX: Final = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
}


class ApiError(Exception):
    """A refusal as the Bot API words it: a code, a description and perhaps `parameters`."""

    def __init__(self, code: int, reason: str = "", **parameters: Any) -> None:
        prefix = _PREFIX.get(code, "Error")
        self.code = code
        self.description = f"{prefix}: {reason}" if reason else prefix
        self.parameters = parameters
        super().__init__(self.description)

    def body(self) -> dict[str, Any]:
        """The JSON object that the Bot API answers with."""
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = dict(self.parameters)
        return answer


def bad_request(reason: str) -> ApiError:
    """400 with Telegram's usual prefix."""
    return ApiError(400, reason)


def blocked_by_user() -> ApiError:
    """The person stopped the bot."""
    return ApiError(403, "bot was blocked by the user")


def cannot_initiate() -> ApiError:
    """The person never wrote to the bot."""
    return ApiError(403, "bot can't initiate conversation with a user")


def too_many_requests(retry_after: int) -> ApiError:
    """The flood limit, with the seconds to wait."""
    return ApiError(429, f"retry after {retry_after}", retry_after=retry_after)


def second_poller() -> ApiError:
    """What the older of two simultaneous getUpdates receives."""
    return ApiError(
        409,
        "terminated by other getUpdates request; make sure that only one bot instance is running",
    )


def webhook_is_active() -> ApiError:
    """What getUpdates receives while a webhook is set."""
    return ApiError(
        409,
        "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )


def webhook_was_set() -> ApiError:
    """What a waiting getUpdates receives when a webhook is set."""
    return ApiError(409, "terminated by setWebhook request")


NOT_MODIFIED: Final = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
QUERY_TOO_OLD: Final = "query is too old and response timeout expired or query ID is invalid"

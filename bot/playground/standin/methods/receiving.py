"""getMe, getUpdates, webhooks, logOut and close."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlsplit

from .. import rules
from ..params import Params
from ..rules import bad_request
from ..world import World

Json = dict[str, Any]

_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")
_CONNECTIONS: Final = 40
_POLL_SECONDS: Final = 50


def get_me(world: World, params: Params) -> Json:
    return {
        **world.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_guest_queries": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


async def get_updates(world: World, params: Params) -> list[Json]:
    if world.webhook is not None:
        raise rules.webhook_is_active()
    _allow(world, params)
    limit = params.integer("limit", rules.UPDATES_LIMIT)
    limit = limit if 0 < limit <= rules.UPDATES_LIMIT else rules.UPDATES_LIMIT
    timeout = min(max(params.integer("timeout"), 0), _POLL_SECONDS)
    return await world.updates.poll(params.integer("offset"), limit, timeout)


def _allow(world: World, params: Params) -> None:
    if not params.given("allowed_updates"):
        return
    try:
        kinds = params.array("allowed_updates")
    except rules.ApiError:
        raise bad_request("can't parse allowed updates: expected an Array of String") from None
    world.updates.allow(str(kind) for kind in kinds)


def set_webhook(world: World, params: Params) -> bool:
    url = params.text("url").strip()
    if not url:
        return delete_webhook(world, params)
    _check_url(url)
    secret = params.text("secret_token")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    _allow(world, params)
    if params.flag("drop_pending_updates"):
        world.updates.drop_all()
    connections = params.integer("max_connections", _CONNECTIONS)
    world.set_webhook(
        {
            "url": url,
            "secret_token": secret,
            "max_connections": min(max(connections, 1), 100),
            "ip_address": params.text("ip_address"),
            "has_custom_certificate": "certificate" in params.uploads,
        }
    )
    return True


def _check_url(url: str) -> None:
    # Telegram itself takes HTTPS alone; a bot on this machine is reached by plain HTTP on loopback too.
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        raise bad_request("bad webhook: invalid webhook URL specified") from None
    if not host:
        raise bad_request("bad webhook: invalid webhook URL specified")
    if parts.scheme != "https" and not (parts.scheme == "http" and _loopback(host)):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def delete_webhook(world: World, params: Params) -> bool:
    if params.flag("drop_pending_updates"):
        world.updates.drop_all()
    world.set_webhook(None)
    return True


def get_webhook_info(world: World, params: Params) -> Json:
    hook = world.webhook or {"url": "", "has_custom_certificate": False}
    info: Json = {
        "url": hook["url"],
        "has_custom_certificate": hook["has_custom_certificate"],
        "pending_update_count": len(world.updates),
    }
    for name in ("max_connections", "ip_address", "last_error_date", "last_error_message"):
        if hook.get(name):
            info[name] = hook[name]
    if world.updates.allowed is not None:
        info["allowed_updates"] = sorted(world.updates.allowed)
    return info


def log_out(world: World, params: Params) -> bool:
    return True


METHODS: Final[dict[str, Callable[[World, Params], Any]]] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "logOut": log_out,
    "close": log_out,
}

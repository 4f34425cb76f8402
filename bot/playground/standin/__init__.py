"""A stand-in for Telegram's Bot API on this machine: in memory, strict as Telegram, able to misbehave."""

from .server import Server, serve
from .world import Call, World

__all__ = ["Call", "Server", "World", "serve"]

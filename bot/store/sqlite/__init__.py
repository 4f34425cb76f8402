"""The default store: one SQLite file beside the bot."""

from bot.store.sqlite.store import SqliteStore, open_sqlite

__all__ = ["SqliteStore", "open_sqlite"]

"""What the bot remembers: one port (:class:`bot.guide.ports.Store`), and the databases behind it.

A backend is a folder here with an opener, and its URL scheme in :data:`bot.store.opening.BACKENDS`.
"""

from bot.store.opening import open_store

__all__ = ["open_store"]

"""PostgreSQL, for when one machine is not enough: several bots may serve from one database."""

from bot.store.postgres.store import PostgresStore, open_postgres

__all__ = ["PostgresStore", "open_postgres"]

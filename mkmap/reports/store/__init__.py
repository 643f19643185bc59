"""Keep residents' reports; the only part of the room that knows a database."""

from mkmap.database.connection import Store, opened

__all__ = ["Store", "opened"]

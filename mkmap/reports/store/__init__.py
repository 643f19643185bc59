"""Keep residents' reports; the only part of the room that knows a database."""

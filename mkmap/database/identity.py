"""Give each store of reports an id that it keeps for life, so that one can be told from another."""

import sqlalchemy as sa

from mkmap.database.tables import Utc, metadata

identity = sa.Table(  # one row
    "store",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("made_at", Utc, nullable=False),
)


def id_of(connection: sa.Connection) -> str:
    """The id of the store that is there now."""
    stands: str = connection.execute(sa.select(identity.c.id)).scalar_one()
    return stands


def become(connection: sa.Connection, store: str) -> None:
    """An empty store takes the place of a lost one: whoever knew that one knows this one."""
    connection.execute(sa.update(identity).values(id=store))

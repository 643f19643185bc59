"""Give the store its id."""

import secrets
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    store = op.create_table(
        "store",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("made_at", sa.DateTime, nullable=False),
    )
    op.bulk_insert(store, [{"id": secrets.token_hex(16), "made_at": datetime.now(UTC).replace(tzinfo=None)}])

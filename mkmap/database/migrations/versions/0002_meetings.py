"""Make the table of open meetings: where a hall's screen is, and which phone moves it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "meetings",
        sa.Column("hall", sa.String(64), primary_key=True),
        sa.Column("code", sa.String(64), nullable=False, unique=True),
        sa.Column("code_ends_at", sa.DateTime, nullable=False),
        sa.Column("phone", sa.String(64), unique=True),
        sa.Column("filters", sa.Text, nullable=False),
        sa.Column("slide", sa.String(16), nullable=False),
        sa.Column("screen", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("opened_at", sa.DateTime, nullable=False),
        sa.Column("begun_at", sa.DateTime),
        sa.Column("ends_at", sa.DateTime, nullable=False),
    )

"""Let moderators find one of many reports: floods set aside, flags by index, who looks at what, and who must look twice."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("reports", sa.Column("flagged", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("reports", sa.Column("heap", sa.String(16)))
    op.add_column("reports", sa.Column("second_by", sa.String(200)))
    op.execute("UPDATE reports SET flagged = true WHERE flags <> '[]'")
    op.create_index("reports_queue", "reports", ["state", "heap", "flagged", "received_at", "id"])
    op.create_index("reports_near", "reports", ["month", "kind", "latitude", "longitude", "state"])
    op.create_index("decisions_who_at", "decisions", ["who", "at"])
    op.create_table(
        "claims",
        sa.Column("report", sa.Integer, sa.ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "networks",
        sa.Column("report", sa.Integer, sa.ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("name", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_index("networks_name_at", "networks", ["name", "at"])

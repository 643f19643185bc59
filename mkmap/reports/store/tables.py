"""Define the tables of residents' reports; `migrations` makes the same in a database."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text, false

from mkmap.database.tables import Utc, metadata

reports = Table(
    "reports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("submission", String(64), nullable=False, unique=True),  # SHA-256 of the browser's submission id
    Column("receipt", String(64), nullable=False, unique=True),  # SHA-256 of the receipt: who reads this table has none
    Column("mark", String(16), nullable=False, unique=True),
    Column("state", String(16), nullable=False, index=True),
    Column("received_at", Utc, nullable=False),
    Column("kind", String(64), nullable=False),
    Column("month", String(7), nullable=False),
    Column("longitude", Float, nullable=False),
    Column("latitude", Float, nullable=False),
    Column("street", String(200), nullable=False),
    Column("told_police", Boolean, nullable=False),
    Column("response", String(32), nullable=False),
    Column("text", Text, nullable=False),
    Column("flags", Text, nullable=False),
    Column("flagged", Boolean, nullable=False, server_default=false()),  # whether there are flags, for an index
    Column("version", Integer, nullable=False),
    Column("decided_at", Utc),
    Column("reason", Text, nullable=False),
    Column("duplicate_of", Integer, ForeignKey("reports.id", ondelete="SET NULL")),
    Column("heap", String(16)),  # the flood that it came in; no hash of anything
    Column("second_by", String(200)),  # the moderator who wants somebody else to look, too
    Index("reports_queue", "state", "heap", "flagged", "received_at", "id"),
    Index("reports_near", "month", "kind", "latitude", "longitude", "state"),
    sqlite_autoincrement=True,  # a number is never given twice: an erased report's decision must not reach another
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("report", Integer, ForeignKey("reports.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Utc, nullable=False),
    Column("who", String(200), nullable=False),
    Column("act", String(16), nullable=False),
    Column("before", String(16), nullable=False),
    Column("after", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Index("decisions_who_at", "who", "at"),
)

requests = Table(  # what people ask of the site; it outlives the report that it is about, without its text
    "requests",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("request", String(64), nullable=False, unique=True),  # SHA-256 of the browser's id of the request
    Column("receipt", String(64), unique=True),  # SHA-256 of its receipt; an appeal is found by that of its report
    Column("kind", String(16), nullable=False),
    Column("report", Integer, ForeignKey("reports.id", ondelete="SET NULL"), index=True),
    Column("sent_at", Utc, nullable=False),
    Column("what", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("flags", Text, nullable=False),
    Column("is_set_aside", Boolean, nullable=False),  # one of many from one network: looked at last
    Column("acknowledged_at", Utc),
    Column("answered_at", Utc),
    Column("outcome", String(16), nullable=False),
    Column("note", Text, nullable=False),
    Column("who", String(200), nullable=False),
    Index("requests_open", "answered_at", "kind"),
    sqlite_autoincrement=True,
)

tallies = Table(  # how many of what were decided in a year: it outlives what was decided about
    "tallies",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("what", String(16), primary_key=True),
    Column("detail", String(48), primary_key=True),
    Column("days", Integer, primary_key=True, autoincrement=False),  # that somebody waited for it
    Column("total", Integer, nullable=False),
)

past = Table(  # what is left of a published report when its time is over
    "past",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("ward", String(16), nullable=False),  # code; empty outside the wards
    Column("crime_type", String(64), nullable=False),
    Column("told_police", Boolean, nullable=False),
    Column("response", String(32), nullable=False),
    Column("reports", Integer, nullable=False),
)

arrivals = Table(  # for the limits; a row lives a day
    "arrivals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sender", String(64), nullable=False),  # salted hash of a session or a network
    Column("at", Utc, nullable=False),
    Index("arrivals_sender_at", "sender", "at"),
)

claims = Table(  # which report a moderator looks at; a row counts for some minutes
    "claims",
    metadata,
    Column("report", Integer, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("who", String(200), nullable=False),
    Column("at", Utc, nullable=False),
)

networks = Table(  # by what name moderators know the network of a report; a row lives a day
    "networks",
    metadata,
    Column("report", Integer, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("name", String(16), nullable=False),
    Column("at", Utc, nullable=False),
    Index("networks_name_at", "name", "at"),
)

facts = Table(
    "facts",
    metadata,
    Column("name", String(32), primary_key=True),  # receipt_key, salt, public_version, last_backup
    Column("value", String(128), nullable=False),
    Column("at", Utc, nullable=False),
)

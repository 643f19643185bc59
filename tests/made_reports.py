"""Make submissions of which every field follows from a number, and read back what a store keeps of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from mkmap.errors import NotKept
from mkmap.month import Month
from mkmap.reports.report import AFTER_TOLD, KINDS, NOT_TOLD, Place, Report, Submission
from mkmap.reports.store import Store, rows
from mkmap.reports.store.sending import Sender, digest, sent, submit
from mkmap.reports.store.tables import arrivals, reports

NOW = datetime(2026, 11, 15, 12, tzinfo=UTC)
MODERATOR = "moderator@example.org"


def number(writer: int, count: int) -> str:
    """The submission id of a writer's n-th report: 32 hexadecimal digits."""
    return f"{writer:016x}{count:016x}"


def submission(identity: str = number(0, 0), **fields: object) -> Submission:
    """All that a submission id was sent with."""
    turn = int(identity, 16) % 2**16
    told = turn % 2 == 0
    made = Submission(
        id=identity,
        kind=KINDS[turn % len(KINDS)],
        month=Month(2026, 11) + -(turn % 24),
        place=Place(-0.75 + turn / 1e6, 52.04 + turn / 1e6, f"Made Street {turn}"),
        told_police=told,
        response=(AFTER_TOLD if told else NOT_TOLD)[turn % 3],
        text=f"what {identity} wrote. " * (turn % 20),
    )
    return Submission(**{**vars(made), **fields})


def sender(identity: str) -> Sender:
    """Each from a visit and a network of its own: no limit is passed."""
    turn = int(identity, 16)
    return Sender(identity, f"2001:db8:{turn >> 64 & 0xFFFF:x}:{turn & 0xFFFF:x}::1")


def send(store: Store, identity: str) -> str:
    return submit(store, submission(identity), at=NOW, sender=sender(identity))


def send_until_kept(store: Store, identity: str, pause: Callable[[], object]) -> str:
    """As a person does: the same again, until there is a receipt."""
    while True:
        try:
            return send(store, identity)
        except NotKept:
            pause()


def later(**time: float) -> datetime:
    return NOW + timedelta(**time)


@dataclass(frozen=True)
class Kept:
    """What a store keeps: hash of the submission → the report; and how many senders it remembers for the limits."""

    reports: dict[str, Report]
    arrivals: int


def kept(store: Store) -> Kept:
    """Reads everything; a submission that stands twice is an error."""
    with store.reading() as connection:
        found = connection.execute(rows.REPORT).all()
        remembered = connection.execute(sa.select(sa.func.count()).select_from(arrivals)).scalar_one()
    by_submission = {row.submission: rows.report(row) for row in found}
    assert len(by_submission) == len(found), "a submission stands twice"
    return Kept(by_submission, remembered)


def check_kept(store: Store, acknowledged: dict[str, str], open_ended: set[str] = frozenset()) -> None:
    """Every submission with a receipt is kept as it was sent, each once and whole, and nothing but these.

    `acknowledged`: submission id → receipt; `open_ended`: ids that may be kept or not.
    """
    found = kept(store)
    wanted = {digest(identity): identity for identity in acknowledged}
    possible = wanted | {digest(identity): identity for identity in open_ended}
    assert wanted.keys() <= found.reports.keys(), "a report with a receipt is lost"
    assert found.reports.keys() <= possible.keys(), "a report that nobody sent"
    for hashed, report in found.reports.items():
        identity = possible[hashed]
        assert said(report, identity) == submission(identity)
        assert (report.state, report.version, report.received_at, report.reason) == ("pending", 1, NOW, "")
    assert found.arrivals == 2 * len(found.reports), "a report without its sender's visit and network, or the other way round"
    with store.reading() as connection:
        receipts = dict(connection.execute(sa.select(reports.c.submission, reports.c.receipt)).tuples().all())
    for identity, receipt in acknowledged.items():
        assert receipts[digest(identity)] == digest(receipt), "the receipt that was given does not find the report"


def said(report: Report, identity: str) -> Submission:
    """The submission that a report was made of."""
    return Submission(
        identity,
        report.kind,
        report.month,
        report.place,
        report.told_police,
        report.response,
        report.text,
        report.flags,
    )


def only(store: Store, identity: str) -> Report:
    found = sent(store, identity)
    assert found
    return found[1]

"""Make submissions and send them, as a resident would."""

import uuid
from datetime import UTC, datetime

from mkmap.database.connection import Store
from mkmap.month import Month
from mkmap.reports.report import Place, Report, Response, Submission
from mkmap.reports.request import Asked, Kind
from mkmap.reports.store import deciding, requests, sending

NOW = datetime(2026, 11, 15, 12, tzinfo=UTC)
MONTH = Month(2026, 10)
PLACE = Place(-0.705418, 52.136428, "High Street")


def submission(
    identity: str | None = None,
    *,
    kind: str = "Burglary",
    month: Month = MONTH,
    place: Place = PLACE,
    text: str = "They came at night.",
) -> Submission:
    return Submission(identity or uuid.uuid4().hex, kind, month, place, True, Response.CAME, text)


def sent(store: Store, at: datetime = NOW, **how: object) -> tuple[str, Report]:
    """A report that was sent: its receipt, and the report."""
    receipt = sending.submit(store, submission(**how), at=at)
    return receipt, sending.find(store, receipt)


def published(store: Store, at: datetime = NOW, **how: object) -> tuple[str, Report]:
    receipt, report = sent(store, at, **how)
    return receipt, deciding.decide(store, report, deciding.Act.PUBLISH, who="somebody", at=at)


def corrected(store: Store, mark: str, *, text: str = "", what: str = "It was another month", at: datetime = NOW) -> str:
    """The receipt of somebody who has asked for a correction."""
    return requests.ask(store, Asked(uuid.uuid4().hex, Kind.CORRECTION, what, text, mark), at=at)

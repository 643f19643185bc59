"""Describe what is stored of a month: what was received, of which release and area, whether it is whole, and who answers for it."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, ClassVar, Literal, TypeVar

from mkmap.crimes.wholeness.judge import Judged, Wholeness
from mkmap.month import Month

Scope = Literal["force", "area"]


@dataclass(frozen=True)
class Vouched:
    """That somebody who runs this site answers for a month: that it is whole as it is, or right in the place of another."""

    who: str
    at: datetime
    why: str

    def as_json(self) -> dict[str, str]:
        return asdict(self) | {"at": self.at.isoformat(timespec="seconds")}

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> "Vouched":
        return cls(entry["who"], datetime.fromisoformat(entry["at"]), entry["why"])


@dataclass(frozen=True)
class StoredMonth:
    """What is stored of one force in one month.

    `rows` were received; of these `no_location` have no map point, `rejected` could not be used, and all others are placed.
    `release`: the latest month of the archive, or of what the API gave then: its name; None where nothing tells it. `area`: the
    ONS code of the district that an area month is of; older stores do not say it. `judged`: by the force's other months; None
    where nobody has judged it yet.
    """

    SECTION: ClassVar[str] = "months"  # of the manifest

    month: Month
    force: str
    scope: Scope  # the whole force (archive), or the area and a mile around it (API)
    file: str
    rows: int
    no_location: int
    rejected: int
    source: str
    fetched_at: datetime
    release: Month | None = None
    area: str = ""
    judged: Judged | None = None
    confirmed: Vouched | None = None

    @classmethod
    def described(cls, month: Month, force: str, source: str, at: datetime, scope: Scope = "force") -> "StoredMonth":
        """A month that is not stored yet, its rows not yet counted."""
        return cls(month, force, scope, "", 0, 0, 0, source, at)

    @property
    def is_whole(self) -> bool:
        """One that is not is counted nowhere; whoever runs this site may confirm that one is."""
        return self.confirmed is not None or self.judged is None or self.judged.state is not Wholeness.PARTIAL

    @property
    def placed(self) -> int:
        return self.rows - self.no_location - self.rejected

    @property
    def key(self) -> str:
        return "/".join(filter(None, (str(self.month), self.force, self.scope, self.area)))


@dataclass(frozen=True)
class StoredOutcomes:
    """What is stored of the outcomes of one force that were recorded in one month; their crimes may be older.

    `rows` were received; of these `rejected` could not be used.
    """

    SECTION: ClassVar[str] = "outcomes"  # of the manifest
    scope: ClassVar[Scope] = "force"
    area: ClassVar[str] = ""

    month: Month
    force: str
    file: str
    rows: int
    rejected: int
    source: str
    fetched_at: datetime
    release: Month | None = None

    @classmethod
    def described(cls, month: Month, force: str, source: str, at: datetime) -> "StoredOutcomes":
        """A month that is not stored yet, its rows not yet counted."""
        return cls(month, force, "", 0, 0, source, at)

    @property
    def key(self) -> str:
        return f"{self.month}/{self.force}/outcomes"


Stored = TypeVar("Stored", bound=StoredMonth | StoredOutcomes)

_READ: Mapping[str, Callable[[Any], Any]] = {  # what a manifest has as something else
    "month": Month.parse,
    "fetched_at": datetime.fromisoformat,
    "release": Month.parse,
    "judged": Judged.from_json,
    "confirmed": Vouched.from_json,
}


def as_json(stored: StoredMonth | StoredOutcomes) -> dict[str, Any]:
    """As a manifest has it; what is not known of a month is left out."""
    entry = asdict(stored) | {
        "month": str(stored.month),
        "fetched_at": stored.fetched_at.isoformat(timespec="seconds"),
        "release": stored.release and str(stored.release),
    }
    if isinstance(stored, StoredMonth):
        entry |= {
            "judged": stored.judged and stored.judged.as_json(),
            "confirmed": stored.confirmed and stored.confirmed.as_json(),
        }
    return {name: value for name, value in entry.items() if value is not None}


def from_json(kind: type[Stored], entry: Mapping[str, Any]) -> Stored:
    """Raises AttributeError, KeyError, TypeError or ValueError for what describes nothing."""
    return kind(**{name: _READ[name](value) if name in _READ else value for name, value in entry.items()})

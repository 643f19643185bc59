"""Give the queries what is stored as tables of Ibis on DuckDB."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import ibis

from mkmap.crimes.store import Crimes
from mkmap.errors import Damaged
from mkmap.places.store import Places, WardSet
from mkmap.words import _

TRANSPORT_POLICE = "British Transport Police"
CRIMES = {
    "month": "string", "crime_id": "binary", "point": "int64", "crime_type": "string", "outcome": "string",
    "district": "string", "falls_within": "string", "rejected": "string",
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What is asked of the two stores as they stand: a key of what was answered, of which the versions are a part."""

    crimes: Crimes
    places: Places
    ward_set: WardSet
    force: str
    versions: tuple[str, str, str]

    @classmethod
    def now(cls, crimes: Crimes, places: Places, ward_set: WardSet, force: str) -> "Asked":
        return cls(crimes, places, ward_set, force, (crimes.version, places.version, str(crimes.folder.path)))

    @property
    def _identity(self) -> tuple:
        return self.ward_set, self.force, self.versions

    def __hash__(self) -> int:
        return hash(self._identity)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Asked) and self._identity == other._identity


@contextmanager
def readable(crimes: Crimes) -> Iterator[None]:
    """Raises Damaged where a stored file cannot be read."""
    try:
        yield
    except duckdb.Error as error:
        raise Damaged(_("A stored file under {folder} cannot be read.").format(folder=crimes.folder.path.parent)) from error


def table(database: ibis.BaseBackend, files: Sequence[Path], schema: dict[str, str]) -> ibis.Table:
    """Parquet files as one table; of none at all, a table without rows."""
    if not files:
        return database.create_table(ibis.util.gen_name("empty"), schema=schema)
    return database.read_parquet([str(file) for file in files])


def crimes_table(database: ibis.BaseBackend, files: Sequence[Path]) -> ibis.Table:
    return table(database, files, CRIMES)


def usable(rows: ibis.Table, force: str) -> ibis.Table:
    """The force's own crimes: the API's answers have the transport police's too, the force's archive files have not."""
    kept = rows.filter(rows.rejected.isnull())
    return kept if force == "btp" else kept.filter(kept.falls_within.fill_null("") != TRANSPORT_POLICE)

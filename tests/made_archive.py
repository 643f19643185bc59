"""Make months in the form of data.police.uk's archive, as text, as CSVs and as zips."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from mkmap.crimes.archive import opened
from mkmap.crimes.ingest import ingest_archive
from mkmap.crimes.layouts import COLUMNS, OUTCOME_COLUMNS
from mkmap.crimes.store import Crimes, StoredMonth
from mkmap.force_names import FORCES
from mkmap.places.store import Places

FORCE = "thames-valley"
AT = datetime(2026, 11, 15, 9, 30, tzinfo=UTC)
NOWHERE = {"Longitude": "", "Latitude": "", "Location": "No Location", "LSOA code": "", "LSOA name": ""}
ASB = {"Crime ID": "", "Crime type": "Anti-social behaviour", "Last outcome category": ""}


def row(number: int = 0, month: str = "2025-01", **changed: str) -> dict[str, str]:
    """One crime at one of seven points in the middle of Milton Keynes; names with spaces are given as a dictionary, `**{…}`."""
    plain = {
        "Crime ID": f"{number:064x}",
        "Month": month,
        "Reported by": "Thames Valley Police",
        "Falls within": "Thames Valley Police",
        "Longitude": f"{-0.79 + number % 7 / 1000:.6f}",
        "Latitude": "52.040000",
        "Location": f"On or near Street {number % 7}",
        "LSOA code": "E01016847",
        "LSOA name": "Milton Keynes 001A",
        "Crime type": ("Burglary", "Drugs", "Robbery")[number % 3],
        "Last outcome category": "Under investigation",
        "Context": "",
    }
    return plain | changed


def rows(count: int = 20, month: str = "2025-01", **changed: str) -> list[dict[str, str]]:
    return [row(number, month, **changed) for number in range(count)]


def within(force: str) -> dict[str, str]:
    """What rows of a force say, by its identifier."""
    return {"Reported by": FORCES[force], "Falls within": FORCES[force]}


def text(of: Iterable[Mapping[str, str]], columns: Iterable[str] = COLUMNS, *, newline: str = "\n") -> bytes:
    """Rows as a CSV."""
    written = io.StringIO()
    writer = csv.DictWriter(written, list(columns), lineterminator=newline, extrasaction="ignore", restval="")
    writer.writeheader()
    writer.writerows(of)
    return written.getvalue().encode()


def outcome(number: int = 0, month: str = "2025-01", **changed: str) -> dict[str, str]:
    """One outcome of a crime of `row`."""
    return {"Crime ID": f"{number:064x}", "Month": month, "Outcome type": "Suspect charged"} | changed


def outcomes_text(of: Iterable[Mapping[str, str]]) -> bytes:
    """Outcomes as a CSV."""
    return text(of, OUTCOME_COLUMNS)


def name(month: str = "2025-01", force: str = FORCE, kind: str = "street") -> str:
    return f"{month}/{month}-{force}-{kind}.csv"


def packed(file: Path, members: Mapping[str, bytes], **how) -> Path:
    """A zip of named members."""
    with zipfile.ZipFile(file, "w", **{"compression": zipfile.ZIP_DEFLATED} | how) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return file


def csv_file(folder: Path, content: bytes, month: str = "2025-01", force: str = FORCE) -> Path:
    """A file that is named as police.uk names a month of a force."""
    file = folder / Path(name(month, force)).name
    file.write_bytes(content)
    return file


def ingest(home: Path, *inputs: object, force: str = FORCE, at: datetime = AT) -> list[StoredMonth]:
    """Import as the command does."""
    with opened([str(one) for one in inputs], force=force) as members:
        return ingest_archive(Crimes(home), Places(home), members, at=at, progress=lambda *_step: None).months


def frame(of: Iterable[Mapping[str, str]]) -> pd.DataFrame:
    """Rows as `ingest_frame` takes them: None where a cell is empty."""
    return pd.DataFrame(
        [{column: one.get(column) or None for column in COLUMNS} for one in of], columns=list(COLUMNS), dtype="str"
    )


def stored_files(home: Path) -> dict[str, bytes]:
    """Everything in the store, byte by byte, but for the empty lock files."""
    return {
        str(file.relative_to(home)): file.read_bytes()
        for file in sorted(home.rglob("*"))
        if file.is_file() and file.name != "lock"
    }


def stored_rows(home: Path, **of: object) -> pd.DataFrame:
    """The rows of the one stored month that has these attributes."""
    crimes = Crimes(home)
    (found,) = (month for month in crimes.months() if all(getattr(month, key) == value for key, value in of.items()))
    with pq.ParquetFile(crimes.path(found)) as opened:
        return opened.read().to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)  # a point is no float: it has 18 digits

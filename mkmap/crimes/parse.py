"""Read rows in the archive's columns, once, into checked tables: a CSV or a frame in, Arrow out.

A row that cannot be used stays, with the reason; text that is no row at all refuses its whole file.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from mkmap.crimes.archive import Member
from mkmap.crimes.layouts import STREET, FileKind
from mkmap.errors import BadInput, Code, Refused

if TYPE_CHECKING:
    import pandas as pd

MEMORY = "350MB"  # for a parser's DuckDB; the whole import stays under 1.5 GB
LONGEST_CELL = 2**20  # bytes; the longest real row has under 400
csv.field_size_limit(LONGEST_CELL)  # as much as DuckDB takes


class Parser:
    """A DuckDB of its own, on one thread, and a folder for unpacked files; used by one thread at a time.

    Its tables have the columns of `FileKind.stored_columns`: crime_id of 32 bytes, rejected says why, or null; of street files
    rejected_place has the coordinates as they were given, and point its id (see places.points), or null.
    """

    def __init__(self, folder: Path):
        self._database = duckdb.connect(config={"memory_limit": MEMORY, "threads": 1})
        self._folder = folder
        self._scratch = TemporaryDirectory(dir=folder, prefix="new-")

    def __enter__(self) -> "Parser":
        return self

    def __exit__(self, *_error: object) -> None:
        self._database.close()
        self._scratch.cleanup()

    def csvs(self, members: list[Member]) -> list[pa.Table]:
        """The rows of files of one kind, a table a file; reading several at once takes much less time than one by one.

        Raises BadInput with the file and, where it is known, the row.
        """
        kind = members[0].kind
        by_header: dict[tuple[str, ...], list[Path]] = defaultdict(list)
        commas: dict[Path, int] = {}
        for place, member in enumerate(members):
            file = Path(self._scratch.name) / f"{place}.csv"  # written over by the next batch: its pages are in memory already
            commas[file] = member.extract(file)
            by_header[_header(file, kind, member.source)].append(file)
        try:
            tables = [self._read(kind, _read_csv(files, header)) for header, files in by_header.items()]
        except duckdb.InvalidInputException as error:
            raise _bad_row(error, kind, members, list(commas)) from None
        except duckdb.IOException as error:
            raise Refused(Code.SCRATCH_UNWRITABLE, folder=self._folder) from error
        rows = {place: rows for table in tables for place, rows in table.items()}
        for header, files in by_header.items():
            for file in files:
                if line := first_ragged_row(file, commas[file], len(header), len(rows.get(file.stem, _EMPTY))):
                    raise BadInput(kind.has_no_such_row, source=members[int(file.stem)].source, row=line)
        return [rows.get(str(place), _EMPTY) for place in range(len(members))]

    def frame(self, frame: "pd.DataFrame") -> pa.Table:
        """The rows of a frame whose columns are a street file's, all text."""
        return self._frame(frame, STREET, "''").get("", _EMPTY)

    def frame_by_month(self, frame: "pd.DataFrame", kind: FileKind = STREET) -> dict[str, pa.Table]:
        """The rows of a frame, ordered by month, with the columns of a kind of file that its query reads: a table a month, by its text."""
        return self._frame(frame, kind, '"Month"')

    def _frame(self, frame: "pd.DataFrame", kind: FileKind, member: str) -> dict[str, pa.Table]:
        given = {name: f'"{name}"' if name in frame else "NULL" for name in kind.columns}
        columns = ", ".join(
            f'{value}::VARCHAR AS "{name}"' for name, value in given.items()
        )  # one without a value has no type yet
        self._database.register("given", frame)
        try:
            return self._read(kind, f"(SELECT {columns}, {member} AS filename FROM given)")
        finally:
            self._database.unregister("given")

    def _read(self, kind: FileKind, rows: str) -> dict[str, pa.Table]:
        table = self._database.sql(kind.query.format(rows=rows)).to_arrow_table()
        if not len(table):
            return {}
        runs = pc.run_end_encode(table["member"].combine_chunks())  # one thread reads file after file
        table = table.drop_columns("member")
        ends = runs.run_ends.to_pylist()
        starts = [0, *ends[:-1]]
        return {
            name: table.slice(start, end - start)
            for name, start, end in zip(runs.values.to_pylist(), starts, ends, strict=True)
        }


# Not pa.array: it imports pandas, for which an import would wait a tenth of its time.
_TEXTS = ("month", "rejected", "odd_id", "falls_within", "outcome", "district")
_EMPTY = pa.table(
    {name: pa.nulls(0, pa.string()) for name in _TEXTS}
    | {"point": pa.nulls(0, pa.int64()), "crime_id": pa.nulls(0, pa.binary())}
)


def _header(file: Path, kind: FileKind, source: str) -> tuple[str, ...]:
    """The columns of a file: they may stand in any order, and unknown ones, whatever their names, are passed over."""
    with file.open(encoding="utf-8-sig", errors="replace") as opened:
        header = opened.readline(LONGEST_CELL).rstrip("\r\n").replace('"', "").split(",")
    wrong = [column for column in kind.columns if header.count(column) != 1]
    if separator := _separator(header, kind) if wrong else "":
        raise BadInput(Code.FILE_NOT_WITH_COMMAS, source=source, row=1, separator=separator)
    if wrong:
        raise BadInput(kind.lacks_a_column, source=source, row=1, column=wrong[0])
    return tuple(column if column in kind.columns else f"unknown {place}" for place, column in enumerate(header))


def _separator(header: list[str], kind: FileKind) -> str:
    """What parts the columns of a file that has all of them, where it is no comma: a name for it; empty where they are not there."""
    whole = ",".join(header)
    parting = (sign for sign in ";\t|" if set(kind.columns) <= set(whole.split(sign)))
    return next(parting, "").replace("\t", "Tab")


def _read_csv(files: list[Path], header: tuple[str, ...]) -> str:
    columns = ", ".join(f"{_quoted(name)}: 'VARCHAR'" for name in header)
    names = ", ".join(_quoted(str(file)) for file in files)
    return (
        f"read_csv([{names}], header = true, columns = {{{columns}}}, auto_detect = false, delim = ',', "
        f"quote = '\"', escape = '\"', strict_mode = true, max_line_size = {LONGEST_CELL}, filename = true)"
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _bad_row(error: duckdb.Error, kind: FileKind, members: list[Member], files: list[Path]) -> BadInput:
    """What DuckDB reports: the line comes first, then the row, which may say anything, then the file."""
    line, named = re.search(r"CSV Error on Line: (\d+)", str(error)), re.findall(r"\n  file = .*?(\d+)\.csv\n", str(error))
    row = int(line[1]) if line else None
    if not named:
        return BadInput(kind.has_no_such_row, source=", ".join(member.source for member in members), row=row)
    place = int(named[-1])
    code = kind.has_no_such_row if _is_utf_8(files[place]) else Code.FILE_NOT_IN_UTF_8
    return BadInput(code, source=members[place].source, row=row)


def _is_utf_8(file: Path) -> bool:
    with file.open("rb") as opened:
        try:
            return all(line.decode() is not None for line in opened)
        except UnicodeDecodeError:
            return False


def first_ragged_row(file: Path, commas: int, fields: int, rows: int) -> int | None:
    """The line on which a row begins that has not as many fields as the header has; None where every row fits.

    DuckDB passes over an empty last field too many, though a comma moved all of them.

    `commas` are in the file, and `rows` were read from it, without the header. These settle it, but for files with commas
    in cells.
    """
    if commas == (fields - 1) * (rows + 1):
        return None
    with file.open("rb") as opened:
        odd = [line for line in opened if line.count(b",") != fields - 1]
    if all(length == fields for _line, length in _lengths(line.decode(errors="replace") for line in odd)):
        return None
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as opened:
        return next((line for line, length in _lengths(opened) if length != fields), None)


def _lengths(lines: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Of each row: the line on which it begins, and how many fields it has; blank lines are none."""
    before, reader = 0, csv.reader(lines)
    for row in reader:
        if row:
            yield before + 1, len(row)
        before = reader.line_num

"""A CSV that means harm, or is harmless but odd, in place of a month of police.uk."""

import re
from pathlib import Path
from shutil import copytree

import duckdb
import pandas as pd
import pytest
from made_archive import (
    ASB,
    COLUMNS,
    FORCE,
    NOWHERE,
    csv_file,
    ingest,
    name,
    packed,
    row,
    rows,
    stored_files,
    stored_rows,
    text,
)
from refusing import refused

from mkmap.errors import BadInput, Code, Refused

GOOD = text(rows())
LINES = GOOD.decode().splitlines()
SPOILT = 7  # the row, counted from 0, that the tests spoil; the header is row 1 of the file, so it is row 9
HEADER, *BODY = LINES


def with_row(spoilt: str) -> bytes:
    return "\n".join([HEADER, *BODY[:SPOILT], spoilt, *BODY[SPOILT + 1 :], ""]).encode()


def with_street(street: str) -> bytes:
    return with_row(BODY[SPOILT].replace("On or near Street 0", street))


def lines(of: list[str], newline: str = "\n") -> bytes:
    return newline.join([*of, ""]).encode()


def quoted(line: str) -> str:
    return ",".join(f'"{cell}"' for cell in line.split(","))


@pytest.fixture(scope="module")
def plain(tmp_path_factory) -> pd.DataFrame:
    folder = tmp_path_factory.mktemp("plain")
    ingest(folder / "data", csv_file(folder, GOOD))
    return stored_rows(folder / "data")


HARMLESS = {
    "as police.uk writes it": GOOD,
    "no newline at the end": GOOD.rstrip(b"\n"),
    "CRLF": lines(LINES, "\r\n"),
    "CRLF and LF mixed": lines(LINES[:9], "\r\n") + lines(LINES[9:]),
    "LF and CRLF mixed": lines(LINES[:9]) + lines(LINES[9:], "\r\n"),
    "BOM": b"\xef\xbb\xbf" + GOOD,
    "BOM and CRLF": b"\xef\xbb\xbf" + lines(LINES, "\r\n"),
    "a quoted header": lines([quoted(HEADER), *BODY]),
    "BOM and a quoted header": b"\xef\xbb\xbf" + lines([quoted(HEADER), *BODY]),
    "everything quoted": lines([quoted(line) for line in LINES]),
    "blank lines at the end": GOOD + b"\n\n\n",
    "blank CRLF lines at the end": lines(LINES, "\r\n") + b"\r\n\r\n",
    "columns reordered": text(rows(), reversed(COLUMNS)),
    "an extra column": text(rows(Extra="x"), [*COLUMNS, "Extra"]),
    "an extra column in front": text(rows(Extra="x"), ["Extra", *COLUMNS]),
    "an extra column without a name": lines([f",{HEADER}", *(f"{number},{line}" for number, line in enumerate(BODY))]),
    "two extra columns without a name": lines([f",{HEADER},", *(f"1,{line},2" for line in BODY)]),
    "an extra column named as one of ours in capitals": text(rows(MONTH="x"), [*COLUMNS, "MONTH"]),
    "an extra column named as an attack": text(
        rows(**{"'); DROP TABLE given; --": "x"}), [*COLUMNS, "'); DROP TABLE given; --"]
    ),
    "extra columns of the same name": lines([f"{HEADER},x,x", *(f"{line},1,2" for line in BODY)]),
    "a long cell in an extra column": text(rows(Extra="x" * 100_000), [*COLUMNS, "Extra"]),
    "a long cell of commas in an extra column": text(rows(Extra="a," * 100_000), [*COLUMNS, "Extra"]),
    "commas and line breaks in an extra column": text(rows(Extra='a, "b",\n,c,\r\n'), ["Extra", *COLUMNS]),
}


@pytest.mark.parametrize("content", HARMLESS.values(), ids=HARMLESS)
def test_what_is_harmless_is_imported_as_if_it_were_not_there(home, tmp_path, plain, content):
    (stored,) = ingest(home, csv_file(tmp_path, content))
    assert (stored.rows, stored.placed, stored.no_location, stored.rejected) == (20, 20, 0, 0)
    assert stored_rows(home).equals(plain)


STREETS = {
    "a comma": ("On or near High Street, North", '"On or near High Street, North"'),
    "quotes": ('On or near "High" Street', '"On or near ""High"" Street"'),
    "a line break": ("On or near High\nStreet", '"On or near High\nStreet"'),
    "other scripts": ("On or near Ffordd Gŵyr ☃ 通り", "On or near Ffordd Gŵyr ☃ 通り"),
    "SQL": ("Robert'); DROP TABLE crimes; --", "Robert'); DROP TABLE crimes; --"),
    "HTML": ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    "a formula": ("=1+1", "=1+1"),
    "right-to-left": ("On or near \u202eteertS", "On or near \u202eteertS"),
}


@pytest.mark.parametrize(("street", "cell"), STREETS.values(), ids=STREETS)
def test_a_street_is_kept_as_it_was_written(home, tmp_path, street, cell):
    ingest(home, csv_file(tmp_path, with_street(cell)))
    assert stored_rows(home)["street"][SPOILT] == street


ROW = SPOILT + 2
REFUSED = {  # content → the row that is named, if one is to blame
    "empty": (b"", 1),
    "the header alone": (f"{HEADER}\n".encode(), None),
    "the header alone, without a newline": (HEADER.encode(), None),
    "no header": (lines(BODY), 1),
    "a missing column": (text(rows(), COLUMNS[:-1]), 1),
    "a column twice": (text(rows(), [*COLUMNS, "Month"]), 1),
    "semicolons": (GOOD.replace(b",", b";"), 1),
    "the header twice": (lines([HEADER, *LINES]), None),
    "HTML": (b"<!doctype html><html><body><h1>Sorry</h1></body></html>\n" * 30, 1),
    "JSON": (b'{"error": "no such month"}', 1),
    "one endless line": (b"x" * 5_000_000, 1),
    "any bytes": (bytes(range(1, 256)) * 1000, 1),
    "a field too many": (with_row(BODY[SPOILT] + ",more"), ROW),
    "a field too many everywhere": (lines([HEADER, *(f"{line},x" for line in BODY)]), 2),
    "an empty field too many": (with_row(BODY[SPOILT] + ","), ROW),
    "a comma that nobody quoted": (with_street("On or near High Street, North"), ROW),
    "a comma that nobody quoted, beside one that was": (
        lines([*LINES[:3], LINES[3].replace("Street 2", "Street, 2"), LINES[4].replace("On or near Street 3", '"Street, 3"')]),
        4,
    ),
    "a comma that nobody quoted, after a line break in a cell": (
        lines([*LINES[:3], LINES[3].replace("On or near Street 2", '"Street\n2"'), LINES[4].replace("Street 3", "Street, 3")]),
        6,
    ),
    "a field too few": (with_row(BODY[SPOILT].rsplit(",", 1)[0]), ROW),
    "three fields too few": (with_row(BODY[SPOILT].rsplit(",", 3)[0]), ROW),
    "a field too few everywhere": (lines([HEADER, *(line.rsplit(",", 1)[0] for line in BODY)]), 2),
    "half a row at the end": (GOOD[:-60], 21),
    "an unclosed quote": (with_street('"On or near Street 0'), ROW),
    "an unclosed quote in the last row": (lines([*LINES[:-1], LINES[-1].replace("On or", '"On or')]), 21),
    "text after a closing quote": (with_street('"On or near" Street 0'), ROW),
    "a cell of 10 MB": (with_street("x" * 10_000_000), ROW),
    "a quoted cell of 10 MB": (with_street('"' + "x\n" * 5_000_000 + '"'), ROW),
    "a cell of 10 MB in an extra column": (text([*rows(7), row(7, Extra="x" * 10_000_000)], [*COLUMNS, "Extra"]), ROW),
    "cp1252": (with_street("On or near Caf\xe9 Street").decode().encode("cp1252"), ROW),
    "broken UTF-8": (with_street("On or near Street").replace(b"near Street,", b"near \xf0\x9f,"), ROW),
    "UTF-16": (GOOD.decode().encode("utf-16"), None),
    "NUL": (with_street("On or near\0Street"), None),
    "NUL at the end": (GOOD + b"\0", None),
    "a row that names another file and line": (with_row(BODY[SPOILT].replace("Street 0", "99.csv Line: 3") + ",more"), ROW),
    "a row that looks like the parser's report": (
        with_row(
            BODY[SPOILT].replace("On or near Street 0", '"\n\n  file = /new-x/99.csv\n  delimiter = , Line: 3"') + ",more"
        ),
        ROW,
    ),
}
REPORT = re.compile(r"duckdb|error|exception|strict_mode|/new-|tmp.*/\d+\.csv|Traceback|delimiter", re.IGNORECASE)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    ingest(folder / "data", csv_file(folder, text(rows(5))))
    return folder / "data"


@pytest.fixture
def full(home, made) -> Path:
    """A store with a month in it, which an import that is refused must leave alone."""
    return copytree(made, home)


def refusal(home: Path, *inputs: Path) -> BadInput:
    before = stored_files(home)
    with pytest.raises(Refused) as caught:
        ingest(home, *inputs)
    assert stored_files(home) == before
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert len(sentence) < 500
    assert not REPORT.search(sentence.replace(caught.value.source, "")), sentence
    assert sentence.startswith(caught.value.source)
    return caught.value


@pytest.mark.parametrize(("content", "at"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_month_is_refused_with_its_file_and_row(full, tmp_path, content, at):
    file = csv_file(tmp_path, content)
    refused = refusal(full, file)
    assert (refused.source, refused.row) == (str(file), at)


def test_the_file_to_blame_is_named_among_many(full, tmp_path):
    months = [f"2024-{number:02d}" for number in range(1, 13)]
    content = {name(month): text(rows(30, month)) for month in months}
    content[name("2024-11")] = content[name("2024-11")].replace(b",2024-11,", b",2024-11,,", 3)
    refused = refusal(full, packed(tmp_path / "year.zip", content))
    assert refused.source.endswith("year.zip/2024-11/2024-11-thames-valley-street.csv")
    assert refused.row == 2


def test_a_short_row_is_found_behind_hundreds_of_thousands(full, tmp_path):
    body = [*BODY * 10_000, BODY[0].rsplit(",", 1)[0]]
    assert refusal(full, csv_file(tmp_path, lines([HEADER, *body]))).row == 200_002


@pytest.mark.parametrize("changed", [{"Month": "2025-02"}, {"Month": ""}, {"Month": "2025-1"}, {"Month": "January 2025"}])
def test_a_row_of_another_month_refuses_its_file(full, tmp_path, changed):
    refused = refusal(full, csv_file(tmp_path, text([*rows(19), row(19, **changed)])))
    assert (refused.code, refused.values["count"]) == (Code.ROWS_OF_ANOTHER_MONTH, 1)


@pytest.mark.parametrize("month", ["2026-12", "2031-01", "2999-12"])
def test_a_month_that_has_not_come_yet_is_refused(full, tmp_path, month):
    assert refusal(full, csv_file(tmp_path, text(rows(month=month)), month)).code is Code.MONTH_TO_COME


@pytest.mark.parametrize("month", ["0000-01", "0001-01", "1970-01", "2010-11", "2025-13", "2025-00", "２０２５-01"])
def test_a_name_that_is_no_month_of_police_uk_is_refused(full, tmp_path, month):
    assert refusal(full, csv_file(tmp_path, text(rows(month=month)), month)).code is Code.FILE_MISNAMED


PLACES = {  # longitude, latitude → why it is rejected
    "text": (("west", "north"), "coordinates are not numbers"),
    "one missing": (("", "52.04"), "coordinates are not numbers"),
    "the other missing": (("-0.75", ""), "coordinates are not numbers"),
    "decimal comma": (('"-0,75"', '"52,04"'), "coordinates are not numbers"),
    "NaN": (("NaN", "NaN"), "coordinates outside the United Kingdom"),
    "infinity": (("-inf", "inf"), "coordinates outside the United Kingdom"),
    "swapped": (("52.04", "-0.75"), "coordinates outside the United Kingdom"),
    "zero": (("0", "0"), "coordinates outside the United Kingdom"),
    "off the globe": (("-0.75", "5204"), "coordinates outside the United Kingdom"),
    "huge": (("1e308", "-1e308"), "coordinates outside the United Kingdom"),
    "too huge": (("1e309", "52"), None),
    "British National Grid": (("485000", "238000"), "coordinates outside the United Kingdom"),
}


@pytest.mark.parametrize(("place", "why"), PLACES.values(), ids=PLACES)
def test_a_row_with_a_place_that_cannot_be_is_kept_with_the_reason(home, tmp_path, place, why):
    spoilt = BODY[SPOILT].replace("-0.790000,52.040000", ",".join(place))
    (stored,) = ingest(home, csv_file(tmp_path, with_row(spoilt)))
    assert (stored.rows, stored.placed, stored.no_location, stored.rejected) == (20, 19, 0, 1)
    kept = stored_rows(home).loc[SPOILT]
    assert kept["rejected"] == why or (why is None and kept["rejected"].startswith("coordinates"))
    assert pd.isna(kept["point"])
    assert [part for part in kept["rejected_place"].split(", ") if part] == [cell.strip('"') for cell in place if cell]


def test_a_row_without_a_crime_type_is_kept_with_the_reason(home, tmp_path):
    (stored,) = ingest(home, csv_file(tmp_path, text([*rows(9), row(9, **{"Crime type": ""})])))
    assert (stored.rows, stored.rejected) == (10, 1)
    assert stored_rows(home)["rejected"].dropna().to_dict() == {9: "no crime type"}


def test_a_crime_id_that_is_none_costs_only_the_id(home, tmp_path):
    strange = [row(1, **{"Crime ID": "not hex"}), row(3, **{"Crime ID": "''); --"}), row(4)]
    (stored,) = ingest(home, csv_file(tmp_path, text(strange)))
    assert (stored.rows, stored.placed) == (3, 3)
    assert stored_rows(home)["crime_id"].notna().tolist() == [False, False, True]


def test_a_month_that_is_mostly_unusable_is_refused(full, tmp_path):
    bad = rows(11, Longitude="x")
    refused = refusal(full, csv_file(tmp_path, text([*bad, *rows(10)])))
    assert (refused.code, refused.values) == (Code.ROWS_UNUSABLE, {"rejected": 11, "rows": 21})


def test_a_month_without_any_location_is_no_error(home, tmp_path):
    (stored,) = ingest(home, csv_file(tmp_path, text(rows(4, **NOWHERE) + rows(3, **NOWHERE | ASB))))
    assert (stored.rows, stored.placed, stored.no_location, stored.rejected) == (7, 0, 7, 0)


def test_a_crime_type_nobody_knows_is_kept(home, tmp_path):
    ingest(home, csv_file(tmp_path, text(rows(3, **{"Crime type": "Time travel"}))))
    assert set(stored_rows(home)["crime_type"]) == {"Time travel"}


def test_a_parser_that_runs_out_of_room_does_not_blame_the_file(full, tmp_path, monkeypatch):
    def full_disk(*_anything):
        raise duckdb.IOException("Could not write file: No space left on device")

    monkeypatch.setattr("mkmap.crimes.parse.Parser._read", full_disk)
    before = stored_files(full)
    with refused(Refused, Code.SCRATCH_UNWRITABLE):
        ingest(full, csv_file(tmp_path, text(rows())))
    assert stored_files(full) == before


@pytest.mark.parametrize("force", ["", "Thames Valley", "../etc", "-x"])
def test_a_file_named_after_no_force_is_refused(full, tmp_path, force):
    file = tmp_path / f"2025-01-{force.replace('/', '_')}-street.csv"
    file.write_bytes(GOOD)
    assert refusal(full, file).code is Code.FILE_MISNAMED
    assert FORCE in str(refusal(full, file))

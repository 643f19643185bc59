"""A spreadsheet that opens an export runs nothing, and a person reads the same words."""

import csv
import io

import pandas as pd
import pytest

from mkmap.crimes.export import Provenance, defused
from mkmap.crimes.export import csv as as_csv

ABOUT = Provenance("police.uk", "made", "2025-06", "2025-03, 2025-04")

FORMULAS = [
    "=1+1", "=cmd|'/C calc'!A0", '=HYPERLINK("http://evil.example","High Street")', "+44 1908", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)",
    "\t=1+1", "\r=1+1", "\n=1+1", "\tHigh Street", "\rHigh Street", " =1+1", "\u00a0=1+1", "\u3000=1+1", " \t=1+1",
    "＝1+1", "＋1", "－1", "＠SUM(1)", "﹦1+1", "﹢1", "﹣1", "﹫SUM(1)", "⁼1+1", "⁺1", "₋1", "−1+1", "=", "-",
]  # fmt: skip
WORDS = [
    "On or near High Street", "A=B", "1+1", "x-y", "me@example.org", "’s-Gravenhage", "'quoted", "", "O'Brien", "…=1", "½", "🏠", "Ｈｉｇｈ",
    "Investigation complete; no suspect identified",
]  # fmt: skip
NUMBERS = {"longitude": [-0.75, 0.0, -1e-05], "latitude": [52.04, 51.999999, 60.0], "count": [1, 2, -3]}


def read(content: bytes) -> list[dict]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_text_and_can_still_be_read(text):
    assert defused(text) == "'" + text


@pytest.mark.parametrize("text", WORDS)
def test_words_stay_as_they_are(text):
    assert defused(text) == text


def test_every_text_of_a_csv_is_defused_and_every_number_is_a_number():
    table = pd.DataFrame({"street": ["=1+1", "On or near High Street", None], "type": ["@x", "＝y", "Burglary"], **NUMBERS})
    rows = read(as_csv(table, ABOUT))
    assert [row["street"] for row in rows] == ["'=1+1", "On or near High Street", ""]
    assert [row["type"] for row in rows] == ["'@x", "'＝y", "Burglary"]
    for column, values in NUMBERS.items():
        assert [float(row[column]) for row in rows] == values
    assert rows[0]["longitude"] == "-0.75"


def test_the_provenance_is_defused_too():
    (row,) = read(as_csv(pd.DataFrame({"a": [1]}), Provenance("police.uk", "=evil.zip", "2025-06", "")))
    assert row["source"] == "'=evil.zip"


@pytest.mark.parametrize("street", ['a "b" c', "a, b", "a\nb", "a\r\nb", "a;b", "a\u2028b", '",=1+1,"'])
def test_no_text_breaks_out_of_its_cell(street):
    table = pd.DataFrame({"street": [street], "type": ["Burglary"], "longitude": [-0.75]})
    (row,) = read(as_csv(table, ABOUT))
    assert (row["street"], row["type"], row["longitude"]) == (street, "Burglary", "-0.75")


def test_text_columns_of_every_kind_are_defused():
    table = pd.DataFrame({
        "object": pd.Series(["=1", None], dtype=object),
        "str": pd.Series(["=1", None], dtype="str"),
        "category": pd.Series(["=1", None], dtype="category"),
        "string": pd.Series(["=1", None], dtype="string"),
    })  # fmt: skip
    rows = read(as_csv(table, ABOUT))
    assert [[row[column] for column in table] for row in rows] == [["'=1"] * 4, [""] * 4]

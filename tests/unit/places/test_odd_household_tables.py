"""Households as spreadsheets and statistics offices write them: any separator and frame, and only what counts households."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import requests
from made_wards import code, wards

from mkmap.errors import BadInput, Code
from mkmap.places.households.load import load_households
from mkmap.places.store import Places, WardSet

SET = WardSet("made", date(2014, 5, 22), None, 3, "made")
COUNTS = [7255, 5788, 6304]
CODES = [code(number) for number in (1, 2, 3)]


@pytest.fixture
def load(home: Path, tmp_path: Path) -> Callable[..., tuple[list[int], int]]:
    """Load a text as a file; gives the households of the three wards and their year."""
    Places(home).add_wards(SET, wards(3))

    def load(text: str | bytes, name: str = "h.csv", **options: object) -> tuple[list[int], int]:
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        load_households(Places(home), tmp_path / name, session=requests.Session(), **options)
        stored = Places(home).households(SET)
        assert stored is not None
        return [stored.per_ward[one] for one in CODES], stored.year

    return load


def table(column: str, values: list, separator: str = ",", others: str = "") -> str:
    head = separator.join(["code", "name", column])
    return "\n".join(
        [
            head,
            *(separator.join([one, f"Ward {one[-2:]}", str(value)]) for one, value in zip(CODES, values, strict=True)),
            others,
        ]
    )


# What a table may look like


@pytest.mark.parametrize(
    ("separator", "encoding"),
    [
        (",", "utf-8"),
        (";", "utf-8-sig"),
        ("|", "cp1252"),
        ("\t", "utf-16"),
        (";", "utf-16"),
        ("\t", "utf-16-le"),
        (",", "utf-16-be"),
    ],
)
def test_any_separator_and_encoding_of_excel_is_read(load, separator, encoding):
    text = ("\ufeff" if encoding.endswith(("le", "be")) else "") + table("households_2021", COUNTS, separator)
    assert load(text.replace("\n", "\r\n").encode(encoding)) == (COUNTS, 2021)


NOMIS = f'''"TS041 - Number of Households"
"ONS Crown Copyright Reserved [from Nomis on 3 March 2025]"

"population :","All Households"
"units      :","Households"
"date       :","2021"

"2022 ward","mnemonic","COLUMN"
"Ward 01","{CODES[0]}","7,255"
"Ward 02","{CODES[1]}","5,788"
"Ward 03","{CODES[2]}","6,304"
"Column Total","","19,347"

"In order to protect against disclosure, counts are perturbed by small amounts."
"Source: ONS, 2021"
'''


@pytest.mark.parametrize("column", ["Number of households", "2021", "All households: Total", "Observation"])
def test_nomis_writes_around_its_tables(load, column):
    assert load(NOMIS.replace("COLUMN", column)) == (COUNTS, 2021)


def test_a_frame_of_empty_cells_is_no_row(load):
    """As a spreadsheet saves it: every line as wide as the table."""
    text = (
        NOMIS.replace("COLUMN", "Number of households")
        .replace("\n\n", "\n,,\n")
        .replace('"date       :","2021"', '"date       :","2021",')
    )
    assert load(text) == (COUNTS, 2021)


def test_totals_and_larger_areas_are_left_out(load):
    above = table("households_2021", COUNTS).replace("\n", "\nTotal,Everywhere,19347\nE06000042,Milton Keynes,19347\n", 1)
    assert load(above + "\nK04000001,England and Wales,24783199") == (COUNTS, 2021)


def test_a_code_may_stand_beside_its_name(load):
    text = "geography,All households 2021\n" + "".join(
        f"ward2022:{one},{count}\n" if at else f"{one} : Ward,{count}\n"
        for at, (one, count) in enumerate(zip(CODES, COUNTS, strict=True))
    )
    assert load(text) == (COUNTS, 2021)


@pytest.mark.parametrize("count", ["7,255", "7 255", "7\u00a0255", "7255.0"])
def test_thousands_may_be_written_with_signs_between(load, count):
    assert load(table("households_2021", [count, 5788, 6304], ";")) == (COUNTS, 2021)


def test_a_title_may_stand_right_above_the_header(load):
    assert load("Households by ward, England, 2021\n" + table("households_2021", COUNTS)) == (COUNTS, 2021)


def test_of_rows_of_several_years_the_newest_are_taken_unless_others_are_asked_for(load):
    rows = [f"{one},{year},{count + year}" for one, count in zip(CODES, COUNTS, strict=True) for year in (2011, 2021)]
    text = "\n".join(["code,year,Number of households: Total; measures: Value", *rows])
    assert load(text) == ([count + 2021 for count in COUNTS], 2021)
    assert load(text, year=2011) == ([count + 2011 for count in COUNTS], 2011)


def test_the_total_among_columns_of_categories_is_the_count(load):
    rows = [f"2021,Ward,{one},{count},{count - 900},900" for one, count in zip(CODES, COUNTS, strict=True)]
    head = "date,geography,geography code,Tenure of household: Total: All households,Tenure of household: Owned,Tenure of household: Rented"
    assert load("\n".join([head, *rows])) == (COUNTS, 2021)


def test_a_table_without_a_header_is_refused(load):
    with pytest.raises(BadInput) as refusal:
        load("\n".join(table("x", COUNTS).splitlines()[1:]), year=2021)
    assert refusal.value.code is Code.CSV_WITHOUT_HEADER


# Long tables


def long_table(categories: list[str], stated: str, counts: list[list[int]]) -> str:
    rows = [
        f"{one},Ward {one[-2:]},{at},{category},{count}"
        for one, of_ward in zip(CODES, counts, strict=True)
        for at, (category, count) in enumerate(zip(categories, of_ward, strict=True))
    ]
    return "\n".join([f"Electoral wards Code,Electoral wards,{stated} Code,{stated},Observation", *rows])


def test_all_categories_of_a_long_table_are_added_up(load):
    text = long_table(
        ["none", "one", "more"], "Household deprivation (3 categories)", [[7000, 200, 55], [5000, 700, 88], [6000, 300, 4]]
    )
    assert load(text, year=2021) == (COUNTS, 2021)


def test_a_total_among_the_categories_is_the_count(load):
    text = long_table(["Total: All households", "owned"], "Household tenure", [[7255, 9], [5788, 9], [6304, 9]])
    assert load(text, year=2021, named="observation") == (COUNTS, 2021)


def test_a_part_of_the_categories_is_refused(load):
    text = long_table(["none", "one"], "Household deprivation (3 categories)", [[7000, 200], [5000, 700], [6000, 300]])
    with pytest.raises(BadInput) as refusal:
        load(text, year=2021)
    assert refusal.value.code is Code.CATEGORIES_MISSING


def test_categories_of_people_are_not_households(load):
    text = long_table(["female", "male"], "Sex (2 categories)", [[7000, 7200], [5000, 5700], [6000, 6300]])
    with pytest.raises(BadInput) as refusal:
        load(text, year=2021)
    assert refusal.value.code is Code.HOUSEHOLDS_MISSING


# What counts households


@pytest.mark.parametrize(
    "column",
    ["Households_2021", "Total households 2021", "Number of Households (2021)", "household count 2021", "All households 2021: measures: Value",
     "Households with at least one usual resident, 2021", "Occupied households 2021"],
)  # fmt: skip
def test_a_column_of_all_households_is_taken(load, column):
    assert load(table(f'"{column}"', COUNTS)) == (COUNTS, 2021)


@pytest.mark.parametrize(
    ("column", "values", "why"),
    [
        ("Households deprived 2021 (%)", [52, 48, 55], Code.COLUMN_IS_NO_COUNT),
        ("pct_households_2021", [52, 48, 55], Code.COLUMN_IS_NO_COUNT),
        ("households_2021_per_cent", [52, 48, 55], Code.COLUMN_IS_NO_COUNT),
        ("households 2021 (000s)", [7, 6, 6], Code.COLUMN_IS_NO_COUNT),
        ("people in households 2021", COUNTS, Code.COLUMN_IS_NO_COUNT),
        ("household_population_2021", COUNTS, Code.COLUMN_IS_NO_COUNT),
        ("Average household size 2021", [2, 2, 3], Code.COLUMN_IS_NO_COUNT),
        ("median household income 2021", [42000, 36000, 51000], Code.COLUMN_IS_NO_COUNT),
        ("Households with no car 2021", [900, 800, 700], Code.SOME_HOUSEHOLDS),
        ("One person households 2021", [2000, 1900, 1800], Code.SOME_HOUSEHOLDS),
        ("households_2021", [0.41, 0.32, 0.27], Code.NOT_WHOLE),
        ("households_2021", [7.255, 5.788, 6.304], Code.NOT_WHOLE),
        ("households_2021", [52, 48, 55], Code.HOUSEHOLDS_IMPLAUSIBLE),
        ("households_2021", [0, 0, 0], Code.HOUSEHOLDS_IMPLAUSIBLE),
        ("households_2021", [7255000, 5788000, 6304000], Code.HOUSEHOLDS_IMPLAUSIBLE),
        ("usual_residents_2021", COUNTS, Code.HOUSEHOLDS_MISSING),
    ],
)  # fmt: skip
def test_a_column_of_anything_else_is_refused_by_its_name(load, home, column, values, why):
    with pytest.raises(BadInput) as refusal:
        load(table(column, values))
    assert refusal.value.code is why
    assert column in str(refusal.value)
    assert Places(home).households(SET) is None


def test_of_several_columns_the_one_of_all_households_is_taken(load):
    rows = [f"{one},{count},{count / 100},{count // 3}" for one, count in zip(CODES, COUNTS, strict=True)]
    assert load("\n".join(["code,households_2021,households_2021_pct,households_no_car_2021", *rows])) == (COUNTS, 2021)


def test_a_column_can_be_named_but_not_one_of_percentages(load):
    assert load(table("dwellings with somebody in", COUNTS), year=2021, named="Dwellings with somebody in") == (COUNTS, 2021)
    for column, why in (("share of dwellings", Code.COLUMN_IS_NO_COUNT), ("population", Code.COLUMN_IS_NO_COUNT)):
        with pytest.raises(BadInput) as refusal:
            load(table(column, COUNTS), year=2021, named=column)
        assert refusal.value.code is why
    with pytest.raises(BadInput) as refusal:
        load(table("dwellings", COUNTS), year=2021, named="houses")
    assert refusal.value.values == {"column": "houses", "columns": ["code", "name", "dwellings"]}


@pytest.mark.parametrize(("lsoas", "is_taken"), [(28, True), (16, False), (97, False), (None, True)])
def test_a_sum_is_held_against_the_lsoas_of_the_district(load, lsoas, is_taken):
    """19,347 households are those of about 28 LSOAs; as many people live in 12."""
    if is_taken:
        assert load(table("households_2021", COUNTS), lsoas=lsoas) == (COUNTS, 2021)
        return
    with pytest.raises(BadInput) as refusal:
        load(table("households_2021", COUNTS), lsoas=lsoas)
    assert refusal.value.code is Code.HOUSEHOLDS_AGAINST_LSOAS

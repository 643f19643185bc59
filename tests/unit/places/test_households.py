"""Households of each ward, from a file of wards or of LSOAs; a file is taken whole or refused whole."""

from datetime import date

import pytest
import requests
from made_wards import AREA, code, wards
from refusing import refused
from stores_now import Now

from mkmap.errors import BadInput, Code, Refused
from mkmap.places.households.load import load_households
from mkmap.places.load import load_wards
from mkmap.places.store import Places, WardSet

OLD, NEW = WardSet("old", date(2014, 5, 22), None, 3, "made"), WardSet("new", date(2026, 5, 7), None, 2, "made")
GOOD = f'ward24_code,ward24_name,households_2021\n{code(1)},One,7255.0\n{code(2)},Two,5788\n{code(3)},Three,"6,304"\n'
LSOAS = "lsoa21_code,households_2021\nE01000001,1000\nE01000002,500\nE01000003,300\nE01000004,200\n"
LOOKUP = f"lsoa21_code,ward24_code\nE01000001,{code(1)}\nE01000002,{code(1)}\nE01000003,{code(2)}\nE01000004,{code(3)}\n"


@pytest.fixture
def places(home) -> Now:
    made = Now(Places, home)
    made.add_wards(OLD, wards(3))
    return made


@pytest.fixture
def load(places, tmp_path):
    """Load households from texts of CSV."""

    def load(text: str | bytes, lookup: str | None = None, name: str = "households.csv", **options):
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        if lookup is not None:
            options["lookup"] = tmp_path / "lookup.csv"
            options["lookup"].write_text(lookup)
        return load_households(places, file, session=requests.Session(), **options)

    return load


@pytest.fixture
def refusal(load, places):
    """The refusal of a load, the store being as it was."""

    def refusal(*arguments, **options) -> BadInput:
        version = places.version
        with pytest.raises(BadInput) as caught:
            load(*arguments, **options)
        assert places.version == version
        sentence = str(caught.value)
        assert sentence.endswith("Nothing was changed.")
        assert "\n" not in sentence
        return caught.value

    return refusal


def row(households, ward=None) -> str:
    """The good file with another number, or another code, in its second row: row 3 of a spreadsheet."""
    return GOOD.replace(f"{code(2)},Two,5788", f"{ward or code(2)},Two,{households}")


# Failure branches


def test_a_missing_file_is_refused(places):
    with refused(Refused, Code.NO_SUCH_FILE):
        load_households(places, "nowhere.csv", session=requests.Session())


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"\x00\x01\x02", b'a,b\n"never closed,1\n', b"a,b\n1,2,3,4\n", b"<html>Not found</html>"]
)
def test_a_file_that_is_no_table_of_households_is_refused(refusal, content):
    assert refusal(content).source == "households.csv"


@pytest.mark.parametrize("number", ["-1", "many", "", "c", "NaN", "inf", "1e3", "1,23", "5.788.0", "12345678901", "=1+1", "٣"])
def test_what_is_not_a_number_of_households_is_refused_with_its_row(refusal, number):
    quoted = f'"{number}"'
    assert str(refusal(row(quoted))).startswith(f"households.csv, row 3: {number!r} is not a number of households")


def test_a_row_is_counted_as_a_spreadsheet_does(refusal):
    refused = refusal(f"ward24_code,households_2021\n\n{code(1)},1\n\n{code(2)},x\n{code(3)},3\n")
    assert (refused.code, refused.row) == (Code.NOT_HOUSEHOLDS, 5)


def test_a_code_that_is_none_is_refused_with_its_row(refusal):
    refused = refusal(row("5788", ward="Total"))
    assert (refused.code, refused.row, refused.values) == (Code.NOT_A_CODE, 3, {"text": "Total"})


def test_a_code_that_stands_twice_is_refused_with_its_row(refusal):
    refused = refusal(row("5788", ward=code(1)))
    assert (refused.code, refused.row, refused.values) == (Code.CODE_TWICE, 3, {"code": code(1)})


def test_a_missing_ward_is_named(refusal):
    refused = refusal(row("5788", ward=code(9)))
    assert (refused.code, refused.values) == (Code.WARDS_WITHOUT_HOUSEHOLDS, {"wards": ["Ward 02"], "name": "old"})


def test_a_file_of_other_wards_is_refused(refusal):
    assert refusal(GOOD.replace("E050000", "E050900")).code is Code.WARDS_NOT_STORED


def test_a_ward_without_a_household_is_kept_and_said(load, places):
    notes = []
    load(row("0"), say=notes.append)
    assert places.households(OLD).per_ward[code(2)] == 0
    assert notes == ["No household is counted in Ward 02: it gets no rate."]


def test_a_file_without_codes_is_refused(refusal):
    assert refusal("ward,households_2021\nOne,1\nTwo,2\n").code is Code.HOUSEHOLDS_WITHOUT_CODES


def test_a_file_without_households_is_refused(refusal):
    assert refusal(GOOD.replace("households", "population")).code is Code.HOUSEHOLDS_MISSING


def test_several_columns_of_households_are_refused(refusal):
    text = f"code,households owned,households rented\n{code(1)},1,2\n"
    refused = refusal(text, year=2021)
    assert (refused.code, refused.values) == (
        Code.HOUSEHOLDS_AMBIGUOUS,
        {"columns": ["households owned", "households rented"]},
    )


def test_a_year_that_nobody_says_is_refused(refusal):
    assert refusal(GOOD.replace("_2021", "")).code is Code.HOUSEHOLDS_WITHOUT_YEAR


def test_a_year_that_the_file_has_not_is_refused(refusal):
    refused = refusal(GOOD, year=2011)
    assert (refused.code, refused.values) == (
        Code.HOUSEHOLDS_OF_OTHER_YEARS,
        {"year": "2011", "columns": ["households_2021"]},
    )


def test_without_wards_there_is_nothing_to_count_in(tmp_path):
    file = tmp_path / "households.csv"
    file.write_text(GOOD)
    with refused(Refused, Code.NO_WARDS_TO_COUNT_IN):
        load_households(Places(tmp_path / "empty"), file, session=requests.Session())


def test_lsoas_without_a_lookup_are_refused(refusal):
    assert refusal(LSOAS).code is Code.LOOKUP_NEEDED


def test_wards_with_a_lookup_are_refused(refusal):
    assert refusal(GOOD, LOOKUP).code is Code.LOOKUP_NOT_NEEDED


@pytest.mark.parametrize(
    ("lookup", "code", "source", "row"),
    [
        ("", Code.NOT_A_CSV, "lookup.csv", None),
        ("lsoa21_code,lad\nE01000001,E06000042\n", Code.LOOKUP_WITHOUT_CODES, "lookup.csv", None),
        (LOOKUP.replace("E01000002", "E01000001"), Code.CODE_TWICE, "lookup.csv", 3),
        (LOOKUP.replace(code(2), "Two"), Code.NOT_A_CODE, "lookup.csv", 4),
        (LOOKUP.replace("E01000003", "E01000099"), Code.LSOAS_MISSING, "households.csv", None),
        (LOOKUP.replace(code(3), code(2)), Code.WARDS_WITHOUT_HOUSEHOLDS, "households.csv", None),
    ],
)
def test_a_lookup_that_cannot_be_used_is_refused(refusal, lookup, code, source, row):
    refused = refusal(LSOAS, lookup)
    assert (refused.code, refused.source, refused.row) == (code, source, row)


# Wards


def test_households_of_wards_are_kept_with_their_year(load, places):
    assert load(GOOD) == [OLD]
    found = places.households(OLD)
    assert found.per_ward == {code(1): 7255, code(2): 5788, code(3): 6304}
    assert (found.year, found.source, found.error) == (2021, "households.csv", None)


def test_the_newest_column_is_taken_unless_a_year_is_asked_for(load, places):
    text = f"code,households_2011,households_2021\n{code(1)},901,1000\n{code(2)},902,2000\n{code(3)},903,3000\n"
    load(text)
    assert (places.households(OLD).year, places.households(OLD).per_ward[code(1)]) == (2021, 1000)
    load(text, year=2011)
    assert (places.households(OLD).year, places.households(OLD).per_ward[code(1)]) == (2011, 901)


@pytest.mark.parametrize("options", [{"year": 2021}, {"name": "ward_households_2021.csv"}])
def test_the_year_may_come_from_outside_the_table(load, places, options):
    load(GOOD.replace("_2021", ""), **options)
    assert places.households(OLD).year == 2021


def test_other_wards_and_other_columns_do_not_matter(load, places):
    text = "no,ward24_code,population_2020,Households_2021\n" + "".join(f"{n},{code(n)},5,{n * 1000}\n" for n in range(1, 9))
    load("\ufeff" + text + "\n\n,,,\n")
    assert places.households(OLD).per_ward == {code(1): 1000, code(2): 2000, code(3): 3000}


def test_names_in_an_older_encoding_do_not_matter(load, places):
    load(GOOD.replace("Two", "Tŷ Dŵr").encode("cp1252", errors="replace").replace(b"?", b"\xff"))
    assert places.households(OLD).per_ward[code(2)] == 5788


def test_every_ward_set_that_the_file_covers_gets_its_own(load, places):
    places.add_wards(NEW, wards(2, first=2))
    assert [ward_set.name for ward_set in load(GOOD)] == ["old", "new"]
    assert places.households(NEW).per_ward == {code(2): 5788, code(3): 6304}


def test_a_set_that_the_file_covers_in_part_gets_none(load, places):
    places.add_wards(NEW, wards(2, first=3))
    assert [ward_set.name for ward_set in load(GOOD)] == ["old"]
    assert places.households(NEW) is None


# LSOAs


def test_lsoas_are_summed_by_the_lookup_and_its_error_is_stated(load, places):
    load(LSOAS, LOOKUP)
    found = places.households(OLD)
    assert found.per_ward == {code(1): 1500, code(2): 300, code(3): 200}
    assert found.error == (
        "Summed from 4 LSOAs, each counted whole in the ward that it fits best although LSOAs do not follow ward boundaries "
        "exactly; 0% of the households are in LSOAs that the lookup does not place."
    )


@pytest.mark.parametrize(
    ("more", "share"),
    [
        ("E01000005,500\n", "20% of the households are in LSOAs that the lookup does not place."),
        ("E01000005,10\n", "0.5% of the households are in LSOAs that the lookup does not place."),
        ("E01000005,8000\n", "the file covers more than the lookup, which does not place 80% of its households."),
    ],
)
def test_the_share_that_the_lookup_does_not_place_is_stated(load, places, more, share):
    load(LSOAS + more, LOOKUP)
    assert places.households(OLD).error.endswith(share)


def test_the_smallest_share_is_not_called_none(load, places):
    load(LSOAS + "E01000005,1\n", LOOKUP)
    assert "less than 0.1% of the households" in places.households(OLD).error


def test_an_lsoa_whose_ward_the_lookup_leaves_empty_is_not_placed(load, places):
    load(LSOAS + "E01000005,500\n", LOOKUP + "E01000005,\n")
    assert "20% of the households" in places.households(OLD).error


def test_a_lookup_of_a_country_needs_only_the_lsoas_of_the_wards(load, places):
    load(LSOAS, LOOKUP + f"E01000077,{code(77)}\n")
    assert places.households(OLD).per_ward[code(1)] == 1500


# Real files


def test_the_real_files_of_wards_and_of_lsoas_agree(shared, home):
    places, session = Now(Places, home), requests.Session()
    file = shared / "wards" / "milton-keynes-wards-2014-full.geojson"
    ward_set = load_wards(places, str(file), start=date(2014, 5, 22), area=AREA, session=session)
    load_households(places, shared / "census" / "mk_ward_households2021_population2020_bestfit.csv", session=session)
    by_ward = places.households(ward_set)
    load_households(
        places,
        shared / "census" / "ew_lsoa21_total_households_2021.csv",
        lookup=shared / "lookups" / "mk_lsoa21_to_ward24.csv",
        session=session,
    )
    by_lsoa = places.households(ward_set)
    assert by_ward.per_ward == by_lsoa.per_ward
    assert (sum(by_lsoa.per_ward.values()), by_lsoa.year) == (113_099, 2021)
    assert "Summed from 166 LSOAs" in by_lsoa.error


def test_the_real_lookup_of_the_census_before_is_refused(shared, home):
    places, session = Now(Places, home), requests.Session()
    file = shared / "wards" / "milton-keynes-wards-2014-full.geojson"
    load_wards(places, str(file), start=date(2014, 5, 22), area=AREA, session=session)
    with refused(BadInput, Code.LSOAS_MISSING) as refusal:
        load_households(
            places,
            shared / "census" / "ew_lsoa21_total_households_2021.csv",
            lookup=shared / "lookups" / "mk_lsoa11_to_ward17.csv",
            session=session,
        )
    assert refusal.value.values["count"] == 9


def test_real_people_are_not_taken_for_households(shared, home, tmp_path):
    """The police's latest month has crimes in 166 LSOAs of the district; its population is 1,628 for each of them."""
    places, session = Now(Places, home), requests.Session()
    load_wards(
        places,
        str(shared / "wards" / "milton-keynes-wards-2014-full.geojson"),
        start=date(2014, 5, 22),
        area=AREA,
        session=session,
    )
    real = shared / "census" / "mk_ward_households2021_population2020_bestfit.csv"
    people = tmp_path / "people.csv"
    people.write_text(real.read_text().replace("households_2021", "x").replace("population_mid2020", "households_2021"))
    with refused(BadInput, Code.HOUSEHOLDS_AGAINST_LSOAS):
        load_households(places, people, lsoas=166, session=session)
    load_households(places, real, lsoas=166, session=session)

"""Whatever stands in an address, something sensible is shown, and what was ignored is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkmap.filters import ALL_TYPES, LONGEST_ECHO, MOST_NOTES, PARAMETERS, Choices, Filters
from mkmap.month import Month

MONTHS = list(Month(2024, 3).to(Month(2026, 11)))
WARDS = {
    "E05009406": "Bletchley East",
    "E05009409": "Broughton",
    "E05009422": "Stony Stratford",
    "E05009499": "  Odd   Name ",
    "E05009501": "St. Mary’s",
    "E05009502": "St. Mary’s",
    "E05009503": "E05009409",
    "W05000001": "Llanfair-ym-Muallt / Builth",
}
TYPES = ["Burglary", "Anti-social behaviour", "Theft from the person"]
DEFAULT = Filters(Month(2026, 9), Month(2026, 9), (), ("Burglary",))
CHOICES = Choices(MONTHS, WARDS, TYPES, DEFAULT)


def read(**params: str | list[str]):
    lists = {key.rstrip("_"): [value] if isinstance(value, str) else value for key, value in params.items()}
    return CHOICES.read(lists)


def test_an_address_without_filters_is_the_default():
    assert read().filters == DEFAULT
    assert read().ignored == ()
    assert read(utm_source="x", embed=["true"], from_=[], ward=[], type=[]).filters == DEFAULT


def test_a_whole_address():
    found = read(from_="2025-01", to="2025-06", ward=["Broughton", "E05009406"], type=["Burglary", "Anti-social behaviour"])
    assert found.filters == Filters(
        Month(2025, 1), Month(2025, 6), ("E05009409", "E05009406"), ("Burglary", "Anti-social behaviour")
    )
    assert found.ignored == ()


VALID_WARDS = {
    "E05009409": ("E05009409",),
    "e05009409": ("E05009409",),
    " Broughton ": ("E05009409",),
    "BROUGHTON": ("E05009409",),
    "broughton\n": ("E05009409",),
    "stony  stratford": ("E05009422",),
    "Stony\u00a0Stratford": ("E05009422",),
    "Odd Name": ("E05009499",),
    "  Odd   Name ": ("E05009499",),
    "St. Mary’s": ("E05009501", "E05009502"),
    "E05009503": ("E05009503",),
    "Llanfair-ym-Muallt / Builth": ("W05000001",),
}


@pytest.mark.parametrize(("text", "codes"), VALID_WARDS.items())
def test_a_ward_by_its_name_or_code(text, codes):
    found = read(ward=text)
    assert found.filters.wards == codes
    assert found.ignored == ()


@pytest.mark.parametrize(
    "text",
    ["Nowhere", "Broughton,E05009406", "E05009409 ", "E0500940", "*", "%", "'; DROP TABLE wards; --", "<script>alert(1)</script>",
     "../../etc/passwd", "Brоughton", "{{7*7}}", "None", "null", "0", "\ud800", "\x00", "💥" * 1000],
)  # fmt: skip
def test_an_unknown_ward_is_ignored_with_a_note(text):
    found = read(ward=[text, "Broughton"])
    if text.strip() == "E05009409":
        assert found.filters.wards == ("E05009409",)
        return
    assert found.filters.wards == ("E05009409",)
    (note,) = found.ignored
    assert "is not a ward on this map and was ignored" in note
    assert note.isprintable()
    assert len(note) < LONGEST_ECHO + 60


@pytest.mark.parametrize("text", ["2025-01", " 2025-01 ", "2025-01\n"])
def test_a_month(text):
    assert read(from_=text, to="2025-06").filters.first == Month(2025, 1)


@pytest.mark.parametrize(
    "text",
    ["2025", "2025-1", "2025-13", "2025-00", "01-2025", "2025/01", "2025-01-01", "January 2025", "latest", "0000-01", "0000-00", "-1", "1e9",
     "2025-01 OR 1=1", "2025–01", "99999-01", "\ud800", "\u202e2025-01", "NaN", "[]", "x" * 10_000],
)  # fmt: skip
def test_what_is_no_month_is_ignored_with_a_note(text):
    found = read(from_=text, to="2025-06")
    assert (found.filters.first, found.filters.last) == (Month(2025, 6), Month(2025, 6))
    (note,) = found.ignored
    assert "is not a month like 2025-01 and was ignored" in note
    assert note.isprintable()
    assert len(note) < LONGEST_ECHO + 60


@pytest.mark.parametrize("text", ["2024-02", "2026-12", "1970-01", "2999-12"])
def test_a_month_outside_the_stored_ones_is_ignored_with_a_note(text):
    found = read(from_=text, to=text)
    assert found.filters == DEFAULT
    (note,) = found.ignored
    assert "is outside the months from March 2024 to November 2026" in note


def test_months_in_the_wrong_order_are_swapped_and_it_is_said():
    found = read(from_="2025-06", to="2025-01")
    assert (found.filters.first, found.filters.last) == (Month(2025, 1), Month(2025, 6))
    assert found.ignored == ("“from” is later than “to”: the two were swapped.",)


def test_of_several_months_the_last_counts():
    assert read(from_=["2025-01", "2025-02"], to="2025-03").filters.first == Month(2025, 2)


@pytest.mark.parametrize("text", ["burglary", "BURGLARY", " Burglary", "Burglary\t"])
def test_a_crime_type_however_it_is_written(text):
    assert read(type=text).filters.types == ("Burglary",)


@pytest.mark.parametrize("text", ["all", "ALL", " all "])
def test_every_type_has_a_word(text):
    assert read(type=[text]).filters.types == ()
    assert read(type=["Burglary", text]).filters.types == ()


@pytest.mark.parametrize("text", ["Burglaries", "burglary,drugs", "Murder", "1", "<b>Burglary</b>", "\ud800", "Burglary\x00"])
def test_an_unknown_type_is_ignored_with_a_note(text):
    found = read(type=[text, "Theft from the person"])
    assert found.filters.types == ("Theft from the person",)
    (note,) = found.ignored
    assert "is not a crime type of police.uk and was ignored" in note
    assert note.isprintable()


def test_more_notes_than_anybody_reads_are_counted():
    found = read(ward=[f"nowhere {number}" for number in range(200)])
    assert len(found.ignored) == MOST_NOTES + 1
    assert found.ignored[-1] == "195 more parts of the address were ignored."


def test_unknown_types_alone_leave_the_default():
    assert read(type=["x", "y"]).filters.types == DEFAULT.types


@pytest.mark.parametrize("blank", ["", " ", "\n"])
def test_a_parameter_without_a_value_says_nothing(blank):
    found = read(from_=blank, to=blank, ward=blank, type=blank)
    assert found.filters == DEFAULT
    assert found.ignored == ()


def test_what_is_said_twice_counts_once():
    found = read(ward=["Broughton", "E05009409", "x", "x"], type=["Burglary", "burglary"])
    assert (found.filters.wards, found.filters.types) == (("E05009409",), ("Burglary",))
    assert len(found.ignored) == 1


@given(st.dictionaries(st.sampled_from([*PARAMETERS, "other"]), st.lists(st.text(), max_size=4)))
def test_whatever_stands_in_an_address_is_read(params):
    found = CHOICES.read(params)
    assert found.filters.first in MONTHS
    assert found.filters.first <= found.filters.last in MONTHS
    assert set(found.filters.wards) <= set(WARDS)
    assert set(found.filters.types) <= set(TYPES)
    assert all(note.isprintable() for note in found.ignored)


def test_every_type_is_written_out():
    assert ("type", ALL_TYPES) in Filters(MONTHS[0], MONTHS[1]).pairs()

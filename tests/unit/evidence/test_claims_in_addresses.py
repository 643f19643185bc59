"""A claim is read from an address and written to one; claims that are ready to open say every filter."""

from pathlib import Path

import pytest
from base_for_tests import base
from hypothesis import given
from hypothesis import strategies as st
from made_archive import row
from made_stores import add_crimes, add_wards, crimes

from mkmap.dataset.dataset import real
from mkmap.evidence.claims.claim import HIGHEST, NUMBERS, Against, Claim, Who, read
from mkmap.evidence.claims.ready import longest_row, ready_claims
from mkmap.month import Month

FORCE = "thames-valley"
claims = st.builds(Claim.of, st.sampled_from(Who), st.sampled_from(Against), st.integers(1, HIGHEST))


def params(claim: Claim) -> dict[str, list[str]]:
    return {name: [value] for name, value in claim.pairs()}


@given(claims)
def test_a_link_opens_the_claim_that_it_was_made_of(claim: Claim):
    assert read(params(claim)) == (claim, ())


def test_an_address_without_a_claim_means_the_usual_one():
    assert read({}) == (Claim(Who.POLICE, Against.YEAR_BEFORE, None), ())


@pytest.mark.parametrize("against", list(Against))
def test_a_claim_without_a_number_means_the_usual_one(against: Against):
    assert read({"claim": [against.value]})[0].number == NUMBERS.get(against)


def test_a_number_that_no_claim_asks_for_is_left_out():
    claim, ignored = read({"claim": ["rise"], "number": ["7"]})
    assert (claim.number, ignored) == (None, ())
    assert claim.pairs() == [("who", "police"), ("claim", "rise")]


@pytest.mark.parametrize("text", ["0", "-3", "1.5", "a dozen", "²", "٣", "9" * 400, "100001"])
def test_what_is_no_number_is_ignored_with_a_note(text: str):
    claim, (note,) = read({"claim": ["week"], "number": [text]})
    assert claim.number == 12
    assert note.startswith(f"“{text[:60]}” is not a number between 1 and 100,000")


def test_a_parameter_without_a_value_says_nothing():
    assert read({"who": [""], "claim": ["week"], "number": [" "]}) == (Claim.of(Who.POLICE, Against.A_WEEK), ())


@pytest.mark.parametrize("name", ["who", "claim"])
def test_an_unknown_claim_is_ignored_with_a_note(name: str):
    claim, (note,) = read({name: ["<script>" * 40]})
    assert claim == Claim()
    assert len(note) < 150


def months(*texts: str) -> list[Month]:
    return [Month.parse(text) for text in texts]


@pytest.mark.parametrize(
    ("stored", "first", "last"),
    [
        (Month(2023, 1).to(Month(2025, 6)), "2024-07", "2025-06"),
        (months("2025-06"), "2025-06", "2025-06"),
        (months("2022-01", "2022-02", "2022-03", "2025-05", "2025-06"), "2022-01", "2022-03"),
        (months("2022-01", "2022-02", "2025-05", "2025-06"), "2025-05", "2025-06"),
        ([*Month(2018, 1).to(Month(2018, 12)), *Month(2025, 1).to(Month(2025, 6))], "2018-01", "2018-12"),
        (months("2025-06", "2025-01", "2025-05"), "2025-05", "2025-06"),
    ],
)
def test_twelve_months_in_a_row_else_the_longest_row_and_of_two_the_later(stored, first, last):
    assert tuple(map(str, longest_row(stored))) == (first, last)


def test_a_row_ends_where_something_changes():
    stored = list(Month(2025, 1).to(Month(2025, 6)))
    assert longest_row(stored, {month: month.number > 2 for month in stored}) == (Month(2025, 3), Month(2025, 6))


def test_of_no_month_there_is_no_row():
    with pytest.raises(ValueError, match="no row of no months"):
        longest_row([])


def found(home: Path) -> dict[Against, tuple[str, str]]:
    ready = ready_claims(base(real(home, FORCE), Month(2025, 6)))
    return {one.claim.against: (str(one.filters.first), str(one.filters.last)) for one in ready}


def test_a_rise_opens_where_the_year_before_is_stored_too(home: Path):
    add_wards(home)
    stored = [*Month(2024, 1).to(Month(2024, 3)), *Month(2025, 1).to(Month(2025, 6))]
    add_crimes(home, [one for month in stored for one in crimes(2, str(month), 0)])
    assert found(home)[Against.YEAR_BEFORE] == ("2025-01", "2025-03")
    assert found(home)[Against.A_WEEK] == ("2025-01", "2025-06")


def test_districts_open_on_one_side_of_a_reorganisation(home: Path):
    add_wards(home)
    rows = []
    for month in Month(2025, 1).to(Month(2025, 6)):
        new = "Wycombe" if month.number < 3 else "Buckinghamshire"
        rows += [row(0, str(month), **{"LSOA name": f"{name} 001A"}) for name in [new] * 20 + ["Oxford"] * 20]
    add_crimes(home, rows)
    assert found(home)[Against.DISTRICTS] == ("2025-03", "2025-06")


def test_a_ready_claim_says_every_filter(home: Path):
    add_wards(home)
    add_crimes(home, crimes(2, "2025-06", 0))
    said = {one.claim.against: one.pairs() for one in ready_claims(base(real(home, FORCE), Month(2025, 6)))}
    assert said[Against.A_WEEK] == [
        ("from", "2025-06"), ("to", "2025-06"), ("type", "Burglary"), ("who", "police"), ("claim", "week"), ("number", "12"),
    ]  # fmt: skip
    assert ("type", "all") in said[Against.WARD_MONTH]
    assert ("number", "124") in said[Against.WARD_MONTH]

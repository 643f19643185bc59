"""Districts are compared by the share of their crimes with a suspect charged, and only where all of them could be: with who can be told apart."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from base_for_tests import base
from made_archive import AT, FORCE, NOWHERE, frame, ingest, name, outcome, outcomes_text, packed, row, text
from made_stores import add_wards, confirm_all

from mkmap.crimes.ingest import ingest_frame
from mkmap.crimes.store import Crimes
from mkmap.dataset.dataset import real
from mkmap.evidence import funnel
from mkmap.evidence.districts import words
from mkmap.evidence.districts.districts import Districts, DistrictSpan, districts_of
from mkmap.filters import Filters
from mkmap.month import Month
from mkmap.places.store import Places

SEED = 20191107
MONTHS = [Month(2025, 1), Month(2025, 2), Month(2025, 3)]
BURGLARY = ("Burglary",)
QUARTER = Filters(MONTHS[0], MONTHS[-1], (), BURGLARY)
CHARGED = {  # of 300 each, in three months
    "Milton Keynes": 30, "Oxford": 90, "Reading": 33, "Slough": 27, "Cherwell": 33, "Wokingham": 27, "West Berkshire": 36, "Windsor": 24,
}  # fmt: skip
OWN = "Milton Keynes"


def burglaries(charged: dict[str, int] = CHARGED, months: list[Month] = MONTHS) -> list[dict]:
    """100 a month in each district, a third of the charged in each month; ten more that could not be placed."""
    rows = []
    for month in months:
        for at, (district, count) in enumerate(charged.items()):
            rows += [_one(month, 1000 * at + one, district, one < count // 3) for one in range(100)]
        rows += [_one(month, 9000 + one, None, False) for one in range(10)]
    return rows


def _one(month: Month, number: int, district: str | None, is_charged: bool) -> dict:
    where = {"LSOA name": f"{district} 001A"} if district else NOWHERE
    last = "Awaiting court outcome" if is_charged else "Investigation complete; no suspect identified"
    number += 10_000 * (month.year * 12 + month.number)
    return row(number, str(month), **{"Crime type": "Burglary", "Last outcome category": last} | where)


def compared(home: Path, rows: list[dict], filters: Filters = QUARTER, files: dict[str, bytes] | None = None) -> Districts:
    home.mkdir(exist_ok=True)
    by_month = pd.DataFrame(rows).groupby("Month")
    members = {name(month): text(of.to_dict("records")) for month, of in by_month}
    add_wards(home)
    ingest(home, packed(home / "a.zip", members | (files or {})))
    confirm_all(home)
    return again(home, filters)


def again(home: Path, filters: Filters = QUARTER) -> Districts:
    dataset = real(home, FORCE)
    return districts_of(dataset, base(dataset, filters.last), filters, OWN)


def test_shares_places_and_who_can_be_told_apart(home: Path):
    found = compared(home, burglaries())
    assert found.rows.set_index("name")["charged"].to_dict() == CHARGED
    assert found.rows["name"].tolist() == [
        "Oxford", "West Berkshire", "Cherwell", "Reading", OWN, "Slough", "Wokingham", "Windsor",
    ]  # fmt: skip
    assert set(found.rows["crimes"]) == {300}
    assert (found.own, found.place(OWN), found.place("Reading"), found.elsewhere) == (OWN, 5, 3, 30)
    assert (found.better(OWN), found.worse(OWN), found.places(OWN)) == (["Oxford"], [], (2, 8))
    assert found.places("Oxford") == (1, 1)


def test_the_sentences_give_counts_first_and_every_place_it_could_be(home: Path):
    found = compared(home, burglaries())
    assert words.sentence(found, QUARTER, "Thames Valley") == (
        "Milton Keynes: a suspect charged in 30 of 300 burglaries (10.0 %), place 5 of 8. "
        "As far as it can be told from the others, it could be in any place from 2 to 8."
    )
    said = words.notes(found, QUARTER, "Thames Valley", 4)
    assert "Place 4 is one of those places. Of the 12 areas of the claim that says nothing." in said
    assert any(one.startswith("Higher, and told apart: Oxford. From 6 districts it cannot be told apart") for one in said)
    assert "30 burglaries of Thames Valley lie in none of these districts, or could not be placed." in said
    assert any("rests on the street file's last outcome alone" in one for one in said)
    assert "Place 1 is none of those places." in words.notes(found, QUARTER, "Thames Valley", 1)[0]


def test_outcomes_files_are_used_where_they_are_stored(home: Path):
    rows = burglaries()
    late = [one for one in rows if one["LSOA name"] == "Slough 001A" and one["Last outcome category"].startswith("Inv")][:60]
    said = [outcome(0, "2025-03", **{"Crime ID": one["Crime ID"]}) for one in late]
    found = compared(home, rows, files={name("2025-03", kind="outcomes"): outcomes_text(said)})
    assert found.rows.set_index("name").loc["Slough", "charged"] == 27 + 60
    assert found.files == (Month(2025, 3),)


def test_chosen_wards_make_no_difference_and_that_is_said(home: Path):
    compared(home, burglaries())
    chosen = Filters(QUARTER.first, QUARTER.last, ("E05000001",), BURGLARY)
    found = again(home, chosen)
    assert found.place(OWN) == 5
    assert "Chosen wards make no difference here: districts are compared whole." in words.notes(
        found, chosen, "Thames Valley", 4
    )


@pytest.mark.parametrize("gone", MONTHS, ids=str)
def test_each_missing_month_is_refused_and_named(home: Path, gone: Month):
    around = [Month(2024, 12), *MONTHS, Month(2025, 4)]
    found = compared(home, burglaries(months=[month for month in around if month != gone]))
    assert (found.missing, found.is_comparable, len(found.rows)) == ((gone,), False, 0)
    said = words.sentence(found, QUARTER, "Thames Valley")
    assert said == f"The districts cannot be compared: {gone.name} missing."


def test_a_month_of_the_area_alone_is_refused_and_named(home: Path):
    compared(home, burglaries(months=MONTHS[:2]))
    rows = [one for one in burglaries({OWN: 30}, MONTHS[2:]) if one["LSOA name"]]
    ingest_frame(
        Crimes(home), Places(home), frame(rows), month=MONTHS[2], force=FORCE, scope="area", source="api", at=AT
    )  # fmt: skip
    confirm_all(home)
    found = again(home)
    assert (found.missing, found.not_whole) == ((), (Month(2025, 3),))
    said = words.sentence(found, QUARTER, "Thames Valley")
    assert "March 2025 stored for this area alone, and not for the whole of Thames Valley" in said


def test_months_across_a_reorganisation_are_refused_and_its_districts_named(home: Path):
    before = {"Wycombe": 30, "Chiltern": 30, **CHARGED}
    after = {"Buckinghamshire": 60, **CHARGED}
    rows = [*burglaries(before, MONTHS[:1]), *burglaries(after, MONTHS[1:])]
    found = compared(home, rows)
    assert not found.is_comparable
    assert set(found.changed) == {
        DistrictSpan("Wycombe", MONTHS[0], MONTHS[0]),
        DistrictSpan("Chiltern", MONTHS[0], MONTHS[0]),
        DistrictSpan("Buckinghamshire", MONTHS[1], MONTHS[2]),
    }
    said = words.sentence(found, QUARTER, "Thames Valley")
    assert "Chiltern and Wycombe (January 2025)" in said
    assert "Buckinghamshire (February 2025 to March 2025)" in said


def test_on_one_side_of_a_reorganisation_the_others_are_named_and_not_compared(home: Path):
    rows = [*burglaries({"Wycombe": 60, **CHARGED}, MONTHS[:1]), *burglaries({"Buckinghamshire": 60, **CHARGED}, MONTHS[1:])]
    compared(home, rows)
    found = again(home, Filters(MONTHS[1], MONTHS[2], (), BURGLARY))
    assert "Wycombe" not in set(found.rows["name"])
    assert "Not there in these months, and not compared: Wycombe (January 2025)." in words.notes(
        found, QUARTER, "Thames Valley", 4
    )


def test_a_force_of_one_district_has_nothing_to_compare(home: Path):
    found = compared(home, burglaries({OWN: 30}))
    assert not found.can_rank
    assert "1 district with such crimes" in words.sentence(found, QUARTER, "Thames Valley")


def test_few_charges_are_too_few_to_tell(home: Path):
    found = compared(home, burglaries({OWN: 3, "Oxford": 0, "Reading": 3}))
    assert words.sentence(found, QUARTER, "Thames Valley") == (
        "The districts cannot be compared: 6 of 900 burglaries charged in all districts together are too few to tell."
    )


def test_anti_social_behaviour_alone_has_nothing_to_compare(home: Path):
    compared(home, burglaries())
    alone = Filters(QUARTER.first, QUARTER.last, (), ("Anti-social behaviour",))
    said = words.sentence(again(home, alone), alone, "Thames Valley")
    assert said == "The districts cannot be compared: anti-social behaviour never has an outcome."


def test_an_area_that_is_no_district_of_the_force_gets_no_place(home: Path):
    found = compared(home, burglaries({one: count for one, count in CHARGED.items() if one != OWN}))
    assert found.own is None
    said = words.sentence(found, QUARTER, "Thames Valley")
    assert said.startswith(
        "Of 7 districts the highest is Oxford: a suspect charged in 90 of 300 burglaries (30.0 %), the lowest Windsor"
    )
    assert "Of 21 pairs of districts 6 can be told apart." in words.notes(found, QUARTER, "Thames Valley", 4)


def test_equal_districts_are_seldom_told_apart():
    """13 districts of the real sizes with one true share: in at most 6 of 100 forces is anybody told from anybody."""
    print(f"seed {SEED}")
    rng, wrong = np.random.default_rng(SEED), 0
    crimes = np.array([144, 604, 232, 432, 288, 278, 242, 141, 119, 162, 92, 213, 131], dtype=float)
    for _force in range(400):
        charged = rng.binomial(crimes.astype(int), 0.073).astype(float)
        wrong += funnel.told_apart(charged, crimes, funnel.of_shares(charged, crimes)).any()
    assert wrong / 400 <= 0.06

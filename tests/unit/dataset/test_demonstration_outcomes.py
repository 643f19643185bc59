"""The demonstration's outcomes: those of its own crimes, the same on every day, so that their ages can be compared."""

from datetime import date

import pandas as pd
import pytest

from mkmap.crimes.outcome_status import OutcomeStatus, status_of
from mkmap.crimes.outcomes import outcomes
from mkmap.dataset import invented_crimes
from mkmap.dataset.dataset import DEMONSTRATION_FORCE, demonstration_dataset
from mkmap.month import Month

TODAY = date(2026, 11, 15)  # as the fixture `demonstration`
FIRST = Month(2022, 12)  # of the 48 months up to the tests' day
MISSING = "2026-04"


@pytest.fixture(scope="module")
def frames() -> tuple[pd.DataFrame, pd.DataFrame]:
    return invented_crimes.frames(TODAY)


@pytest.fixture(scope="module")
def joined(frames) -> pd.DataFrame:
    """The crimes, each with its outcome's words and month, if it has one."""
    crimes, said = frames
    return crimes.merge(said.rename(columns={"Month": "Said in"}), on="Crime ID", how="left")


@pytest.fixture(scope="module")
def asked(demonstration) -> pd.DataFrame:
    """What the app is told of the burglaries."""
    shown = demonstration_dataset(demonstration, TODAY)
    return outcomes(shown.crimes, shown.places, shown.places.ward_sets()[0], shown.force, ("Burglary",))


def test_there_are_outcomes_of_every_month(frames):
    counts = frames[1]["Month"].value_counts()
    assert set(counts.index) == {str(month) for month in FIRST.to(Month.of(TODAY))}
    assert counts.between(1_200, 2_600).all()


def test_a_crime_has_one_at_most_and_never_before_it_was_recorded(frames, joined):
    assert frames[1]["Crime ID"].is_unique
    said = joined.dropna(subset="Said in")
    assert (said["Said in"] >= said["Month"]).all()


def test_an_outcome_says_what_the_street_file_says(joined):
    said = joined.dropna(subset="Outcome type")
    street, file = (said[column].map(status_of) for column in ("Last outcome category", "Outcome type"))
    assert (street == file).all()
    assert not (street == OutcomeStatus.OPEN).any()
    assert set(said.loc[file == OutcomeStatus.CHARGED, "Outcome type"]) == {"Suspect charged"}


def test_nearly_every_crime_that_ended_has_one(joined):
    ended = joined[joined["Last outcome category"].notna() & (joined["Last outcome category"] != "Under investigation")]
    assert 0.93 < ended["Outcome type"].notna().mean() < 0.99


def test_anti_social_behaviour_has_none(joined):
    assert joined.loc[joined["Crime type"] == "Anti-social behaviour", "Outcome type"].isna().all()


def test_some_outcomes_are_of_crimes_that_are_not_stored_as_in_real_files(frames):
    known = frames[1]["Crime ID"].isin(frames[0]["Crime ID"])
    assert 0.02 < (~known).mean() < 0.10
    assert (~known[frames[1]["Month"] == str(FIRST)]).mean() > 0.5


@pytest.mark.parametrize("later", [date(2026, 12, 1), date(2027, 9, 30)])
def test_a_month_s_outcomes_are_the_same_on_a_later_day(frames, later):
    before, after = (
        {month: set(rows.itertuples(index=False, name=None)) for month, rows in of[1].groupby("Month")}
        for of in (frames, invented_crimes.frames(later))
    )
    both = before.keys() & after.keys()
    assert len(both) > 30
    assert {month: before[month] for month in both} == {month: after[month] for month in both}


def test_they_are_stored_with_the_demonstration(demonstration):
    crimes = demonstration_dataset(demonstration, TODAY).crimes
    assert list(crimes.outcomes(DEMONSTRATION_FORCE)) == list(FIRST.to(Month.of(TODAY)))


def test_a_demonstration_of_before_there_were_outcomes_is_made_anew(home):
    dataset = demonstration_dataset(home, TODAY)
    with dataset.crimes.folder.change() as change:
        for stored in change.manifest.pop("outcomes").values():
            change.drop(stored["file"])
    assert dataset.crimes.now().outcomes(DEMONSTRATION_FORCE) == {}
    assert len(demonstration_dataset(home, TODAY).crimes.outcomes(DEMONSTRATION_FORCE)) == invented_crimes.MONTHS


def test_the_demonstration_can_be_made_on_many_days_in_the_same_folder(home):
    for today in (date(2026, 3, 1), date(2027, 4, 1)):
        assert Month.of(today) in demonstration_dataset(home, today).crimes.outcomes(DEMONSTRATION_FORCE)


def test_old_burglaries_have_ended_and_young_ones_are_open(asked):
    counts = asked.pivot_table(index="month", columns="status", values="crimes", aggfunc="sum", fill_value=0, observed=True)
    shares = counts.div(counts.sum(axis=1), axis=0)
    assert MISSING not in shares.index
    assert shares.loc["2026-11", "open"] > 0.8
    assert (shares.loc[:"2024-11", "open"] < 0.05).all()
    assert shares.loc[:"2024-11", "charged"].mean() == pytest.approx(0.13 * 0.42, abs=0.02)


def test_most_charges_have_a_month_at_most_a_year_after_the_burglary_s(asked):
    old = asked[(asked["month"] <= "2025-05") & (asked["status"] == "charged")]
    age = [Month.parse(said) - Month.parse(month) for month, said in old[["month", "outcome_month"]].dropna().to_numpy()]
    assert min(age) >= 0
    assert max(age) <= invented_crimes.IN_FILES_WITHIN
    assert old.loc[old["outcome_month"].isna(), "crimes"].sum() < 0.1 * old["crimes"].sum()

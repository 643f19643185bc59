"""The demonstration's crimes: invented, in police.uk's shape, the same every time."""

import json
import subprocess
import sys
from datetime import date
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkmap.dataset import invented_crimes
from mkmap.dataset import invented_town as town
from mkmap.month import Month

TODAY = date(2026, 11, 15)
ARCHIVE = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,"
    "LSOA code,LSOA name,Crime type,Last outcome category,Context"
)
SHARES = {  # of a month's rows, with room on both sides of what Milton Keynes has
    "Anti-social behaviour": (0.08, 0.13),
    "Bicycle theft": (0.008, 0.02),
    "Burglary": (0.025, 0.04),
    "Criminal damage and arson": (0.06, 0.09),
    "Drugs": (0.02, 0.04),
    "Other crime": (0.01, 0.03),
    "Other theft": (0.05, 0.09),
    "Possession of weapons": (0.005, 0.012),
    "Public order": (0.06, 0.09),
    "Robbery": (0.008, 0.016),
    "Shoplifting": (0.07, 0.12),
    "Theft from the person": (0.004, 0.01),
    "Vehicle crime": (0.06, 0.09),
    "Violence and sexual offences": (0.35, 0.42),
}
OPEN = "Under investigation"
days = st.dates(date(2000, 1, 1), date(2090, 12, 31))


def by_month(today: date) -> dict[Month, pd.DataFrame]:
    crimes, _outcomes = invented_crimes.frames(today)
    return {Month.parse(text): rows.reset_index(drop=True) for text, rows in crimes.groupby("Month", sort=False)}


@pytest.fixture(scope="module")
def crimes() -> pd.DataFrame:
    return invented_crimes.frames(TODAY)[0]


@pytest.fixture(scope="module")
def placed(crimes) -> pd.DataFrame:
    return crimes[crimes["Longitude"].notna()]


@given(days)
def test_one_month_is_missing_and_six_months_can_still_be_compared_with_the_year_before(today):
    age = Month.of(today) - invented_crimes.missing(today)
    assert 6 <= age <= 11


def test_the_missing_month_is_the_only_one_that_is_not_there():
    expected = [month for month in Month(2022, 12).to(Month(2026, 11)) if month != Month(2026, 4)]
    assert invented_crimes.missing(TODAY) == Month(2026, 4)
    assert list(by_month(TODAY)) == expected


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 12, 31), date(2028, 2, 29)])
def test_the_months_reach_the_current_one_on_any_day(today):
    months = list(by_month(today))
    assert months[-1] == Month.of(today)
    assert len(months) == 47
    assert months[-1] - months[0] == 47


def test_every_row_is_of_its_month():
    for month, crimes in by_month(TODAY).items():
        assert crimes["Month"].unique().tolist() == [str(month)]
        assert 2_000 < len(crimes) < 3_000


def test_the_columns_are_the_archives_and_all_text(crimes):
    assert ",".join(crimes.columns) == ARCHIVE
    assert all(dtype == "str" for dtype in crimes.dtypes)


def test_what_is_empty_reaches_the_database_as_null(crimes):
    database = duckdb.connect()
    database.register("given", crimes)
    counted = database.execute(
        'SELECT count("LSOA code"), count("Context"), count(*) - count(unhex("Crime ID")), '
        'count(*) - count(try_cast("Longitude" AS DOUBLE)) FROM given'
    ).fetchall()[0]
    nowhere, asb = (crimes["Location"] == "No Location").sum(), (crimes["Crime type"] == "Anti-social behaviour").sum()
    assert counted == (0, 0, asb, nowhere)


def test_all_fourteen_types_are_there_in_believable_proportions(crimes):
    shares = crimes["Crime type"].value_counts(normalize=True)
    assert set(shares.index) == set(SHARES)
    for name, (least, most) in SHARES.items():
        assert least < shares[name] < most, name
    assert all(set(month["Crime type"]) == set(SHARES) for _month, month in crimes.groupby("Month"))


def test_the_types_are_police_uks(crimes, shared):
    categories = json.loads((shared / "api" / "crime-categories.json").read_text())
    assert set(crimes["Crime type"]) == {category["name"] for category in categories} - {"All crime"}


@pytest.mark.parametrize("year", range(2022, 2042, 4))
def test_burglary_rises_in_winter(year):
    crimes = invented_crimes.frames(date(year, 9, 1))[0]
    monthly = crimes[crimes["Crime type"] == "Burglary"].groupby("Month").size()
    winter = monthly.index.str[5:].isin(["10", "11", "12", "01", "02", "03"])
    assert monthly.between(50, 120).all()
    assert 1.04 < monthly[winter].mean() / monthly[~winter].mean() < 1.24


def test_crimes_stack_on_some_points(placed):
    stacks = placed[placed["Month"] == "2026-11"].groupby(["Longitude", "Latitude"]).size()
    assert stacks.max() >= 20
    assert stacks.median() <= 2
    assert stacks.nlargest(len(stacks) // 10).sum() > stacks.sum() / 4


def test_every_place_is_a_point_of_the_town_under_its_own_name(placed):
    points = town.points()
    known = set(
        zip(points["longitude"].map("{:.6f}".format), points["latitude"].map("{:.6f}".format), points["street"], strict=True)
    )
    found = set(zip(placed["Longitude"], placed["Latitude"], placed["Location"], strict=True))
    assert found <= known
    assert len(found) > 0.95 * len(known)


def test_a_few_crimes_lie_outside_every_ward(placed):
    outside = placed[placed["LSOA name"].isna()]
    assert 1 < outside.groupby("Month").size().mean() < 30
    assert outside["Location"].nunique() <= town.OUTSIDE


def test_some_crimes_have_no_location_and_then_nothing_of_one(crimes):
    nowhere = crimes["Location"] == "No Location"
    assert nowhere.groupby(crimes["Month"]).mean().between(0.03, 0.09).all()
    assert crimes.loc[nowhere, ["Longitude", "Latitude", "LSOA code", "LSOA name"]].isna().all(axis=None)
    assert crimes.loc[~nowhere, ["Longitude", "Latitude"]].notna().all(axis=None)


def test_antisocial_behaviour_has_no_id_and_no_outcome_and_repeats(crimes):
    asb = crimes["Crime type"] == "Anti-social behaviour"
    assert crimes.loc[asb, ["Crime ID", "Last outcome category"]].isna().all(axis=None)
    assert crimes[asb].duplicated().any()
    assert crimes.loc[~asb, ["Crime ID", "Last outcome category"]].notna().all(axis=None)


def test_every_other_crime_has_an_id_of_its_own(crimes):
    ids = crimes["Crime ID"].dropna()
    assert ids.is_unique
    assert ids.str.fullmatch(r"[0-9a-f]{64}").all()


def test_recent_crimes_are_mostly_still_open_and_old_ones_are_not(crimes):
    outcomes = crimes.dropna(subset="Last outcome category")
    still_open = (outcomes["Last outcome category"] == OPEN).groupby(outcomes["Month"]).mean()
    assert (still_open["2026-09":] > 0.4).all()
    assert still_open["2026-11"] > 0.8
    assert (still_open[:"2024-11"] < 0.02).all()


def test_outcomes_are_those_of_street_files_in_believable_shares(crimes):
    ended = crimes[crimes["Last outcome category"].notna() & (crimes["Last outcome category"] != OPEN)]
    shares = pd.crosstab(ended["Crime type"], ended["Last outcome category"], normalize="index")
    assert "Suspect charged" not in shares
    assert 0.55 < shares.loc["Burglary", "Investigation complete; no suspect identified"] < 0.75
    assert shares.loc["Violence and sexual offences", "Unable to prosecute suspect"] > 0.5
    assert shares.loc["Drugs", "Local resolution"] > 0.15


def test_the_outcomes_are_police_uks(crimes, shared):
    with ZipFile(shared / "police-uk" / "thames-valley.zip") as archive:
        names = [name for name in archive.namelist() if name.endswith("street.csv")]
        column = "Last outcome category"
        real = {outcome for name in names for outcome in pd.read_csv(archive.open(name), usecols=[column])[column].dropna()}
    assert set(crimes[column].dropna()) - {OPEN} <= real


def test_nobody_is_named_as_the_police_of_invented_crimes(crimes):
    assert crimes["Reported by"].unique().tolist() == crimes["Falls within"].unique().tolist() == ["Demonstration police"]


def test_a_month_is_the_same_on_a_later_day_but_for_crimes_that_ended(crimes):
    later = {str(month): frame for month, frame in by_month(date(2027, 3, 2)).items()}
    for month, before in crimes.groupby("Month"):
        if month not in later:
            continue
        before, after = before.reset_index(drop=True), later[month].reset_index(drop=True)
        changed = before["Last outcome category"].fillna("") != after["Last outcome category"].fillna("")
        assert after.drop(columns="Last outcome category").equals(before.drop(columns="Last outcome category"))
        assert (before.loc[changed, "Last outcome category"] == OPEN).all()


def test_another_process_invents_the_same(crimes):
    script = (
        "from datetime import date; from hashlib import sha256; import pandas as pd; from mkmap.dataset import invented_crimes;"
        f"frame, _outcomes = invented_crimes.frames(date({TODAY.year}, {TODAY.month}, {TODAY.day}));"
        "print(sha256(pd.util.hash_pandas_object(frame).to_numpy().tobytes()).hexdigest())"
    )
    project = Path(invented_crimes.__file__).parent.parent.parent
    other = subprocess.run([sys.executable, "-c", script], cwd=project, capture_output=True, text=True, check=True)
    assert other.stdout.strip() == sha256(pd.util.hash_pandas_object(crimes).to_numpy().tobytes()).hexdigest()

"""What became of the crimes: what DuckDB answers equals a few lines of pandas, whatever rows a crime has in which months."""

import json
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_archive import AT, FORCE, NOWHERE, csv_file, frame, ingest, name, outcome, outcomes_text, packed, row, text
from made_wards import code, middle, wards
from refusing import refused
from stores_now import Stores

from mkmap.crimes.ingest import ingest_frame, ingest_months
from mkmap.crimes.layouts import OUTCOME_COLUMNS
from mkmap.crimes.outcome_status import STATUS_OF, OutcomeStatus, status_of
from mkmap.crimes.outcomes import outcomes
from mkmap.crimes.store import Crimes
from mkmap.errors import Code, Damaged
from mkmap.month import Month
from mkmap.places.store import Places, WardSet

SET = WardSet("made", date(2014, 5, 22), None, 2, "made")
MONTHS = ["2025-01", "2025-02", "2025-04"]
TYPES = ["Burglary", "Drugs"]
WORDS = ["Suspect charged", "Local resolution", "Unable to prosecute suspect", "Something new", "Under investigation"]
LAST = [*WORDS[1:], "Awaiting court outcome", ""]
OUTSIDE = 3  # the column of a point beyond the two wards
ABOUT = {"force": FORCE, "source": "made", "at": AT}


def crime(number: int, month: str, column: int | None, kind: str = "Burglary", last: str = "Under investigation") -> dict:
    """A crime at the middle of a ward (0, 1), outside of both (3), or nowhere (None)."""
    x, y = middle(column) if column is not None else (0, 0)
    where = NOWHERE if column is None else {"Longitude": f"{x:.6f}", "Latitude": f"{y:.6f}", "LSOA name": f"Town {column} 001A"}
    return row(number, month, **{"Crime type": kind, "Last outcome category": last} | where)


def said(number: int, month: str, words: str = "Suspect charged") -> dict:
    return outcome(number, month, **{"Outcome type": words})


@pytest.fixture
def stores(home) -> Stores:
    return made(home)


def made(home: Path) -> Stores:
    Places(home).add_wards(SET, wards(2))
    return Stores(home)


def put(stores: Stores, crimes: list[dict], said: list[dict] = (), **changed) -> None:
    rows = pd.DataFrame(said, columns=list(OUTCOME_COLUMNS), dtype="str") if said else None
    ingest_months(*stores, frame(crimes), **ABOUT | changed, outcomes=rows)


def asked(stores: Stores, types: tuple[str, ...] = (), **how) -> pd.DataFrame:
    return outcomes(*stores, SET, FORCE, types, **how)


crimes = st.lists(
    st.tuples(
        st.integers(0, 12),  # the Crime ID: few, so that they repeat
        st.sampled_from(MONTHS),
        st.sampled_from([0, 1, OUTSIDE, None]),
        st.sampled_from(TYPES),
        st.sampled_from(LAST),
    ),
    min_size=1,
    max_size=40,
)
rows_of_outcomes = st.lists(st.tuples(st.integers(0, 15), st.sampled_from(MONTHS), st.sampled_from(WORDS)), max_size=40)


@settings(max_examples=6)
@given(drawn=crimes, words=rows_of_outcomes, types=st.sampled_from([(), ("Burglary",), ("Drugs", "Burglary"), ("Robbery",)]))
def test_the_rows_equal_pandas(drawn, words, types):
    with TemporaryDirectory() as folder:
        stores = made(Path(folder))
        put(stores, [crime(*one) for one in drawn], [said(*one) for one in words])
        found = {scope: asked(stores, types, scope=scope) for scope in ("force", "area")}
    expected = _expected(drawn, words, types)
    assert _counts(found["force"]) == expected
    assert _counts(found["area"]) == {key: count for key, count in expected.items() if key[1]}


def _expected(drawn, words, types) -> dict:
    told = pd.DataFrame(words, columns=["id", "outcome_month", "words"]).sort_values("outcome_month", kind="stable")
    told["status"] = told["words"].map(status_of)
    charged = told[told["status"] == "charged"].drop_duplicates("id")
    decided = pd.concat([charged, told.drop_duplicates("id", keep="last")]).drop_duplicates("id").set_index("id")
    counts: dict = {}
    for number, month, column, kind, last in drawn:
        if types and kind not in types:
            continue
        ward = code(column + 1) if column in (0, 1) else None
        district = None if column is None else f"Town {column}"
        status, when = decided.loc[number, ["status", "outcome_month"]] if number in decided.index else (status_of(last), None)
        key = month, ward, district, str(status), when
        counts[key] = counts.get(key, 0) + 1
    return counts


def _counts(found: pd.DataFrame) -> dict:
    assert not found.duplicated(["month", "ward", "district", "status", "outcome_month"]).any()
    cells = found.astype(object).where(found.notna(), None)
    return {tuple(one[:-1]): one[-1] for one in cells.itertuples(index=False, name=None)}


# ---- cases that are easily wrong


def only(stores, **how) -> tuple[str, str | None]:
    """Status and outcome month of the one crime that is stored."""
    (found,) = _counts(asked(stores, **how))
    return found[3], found[4]


def test_the_outcomes_file_is_believed_before_the_street_file(stores):
    put(stores, [crime(1, "2025-01", 0, last="Local resolution")], [said(1, "2025-02", "Unable to prosecute suspect")])
    assert only(stores) == ("unable", "2025-02")


def test_without_a_row_in_an_outcomes_file_the_street_file_is_believed_and_no_month_is_given(stores):
    put(stores, [crime(1, "2025-01", 0, last="Awaiting court outcome")], [said(2, "2025-02")])
    assert only(stores) == ("charged", None)


def test_a_crime_counts_as_charged_from_the_first_month_that_says_so(stores):
    rows = [said(1, "2025-04"), said(1, "2025-02"), said(1, "2025-01", "Local resolution")]
    put(stores, [crime(1, "2025-01", 0)], rows)
    assert only(stores) == ("charged", "2025-02")


def test_one_of_several_suspects_who_is_charged_is_enough(stores):
    put(stores, [crime(1, "2025-01", 0)], [said(1, "2025-02"), said(1, "2025-02", "Offender given a caution")])
    assert only(stores) == ("charged", "2025-02")


def test_otherwise_the_last_row_of_the_latest_month_is_believed(stores):
    rows = [
        said(1, "2025-04", "Local resolution"),
        said(1, "2025-04", "Unable to prosecute suspect"),
        said(1, "2025-02", "Investigation complete; no suspect identified"),
    ]
    put(stores, [crime(1, "2025-01", 0)], rows)
    assert only(stores) == ("unable", "2025-04")


def test_anti_social_behaviour_has_none(stores):
    put(stores, [crime(1, "2025-01", 0, "Anti-social behaviour", "") | {"Crime ID": ""}], [said(0, "2025-01")])
    assert only(stores) == ("none", None)


def test_words_that_are_new_to_us_are_not_lost(stores):
    put(stores, [crime(1, "2025-01", 0, last="Hug it out")])
    assert only(stores) == ("other", None)


def test_a_newer_release_of_an_outcomes_file_replaces_the_older(home, tmp_path):
    stores = made(home)
    for words in ("Local resolution", "Suspect charged"):
        members = {
            name(): text([crime(1, "2025-01", 0)]),
            name("2025-02", kind="outcomes"): outcomes_text([said(1, "2025-02", words)]),
        }
        ingest(home, packed(tmp_path / f"{words}.zip", members))
    assert only(stores) == ("charged", "2025-02")


def test_outcomes_that_are_imported_later_are_seen_at_once(home, tmp_path):
    stores = made(home)
    put(stores, [crime(1, "2025-01", 0)])
    assert only(stores) == ("open", None)
    file = csv_file(tmp_path, outcomes_text([said(1, "2025-04")])).rename(tmp_path / "2025-04-thames-valley-outcomes.csv")
    ingest(home, file)
    assert only(stores) == ("charged", "2025-04")
    assert list(Crimes(stores.home).outcomes(FORCE)) == [Month(2025, 4)]


def test_another_force_s_outcomes_are_not_asked(stores):
    put(stores, [crime(1, "2025-01", 0)])
    put(stores, [crime(1, "2025-01", 0)], [said(1, "2025-01")], force="kent")
    assert only(stores) == ("open", None)


def test_rejected_outcomes_decide_nothing(home, tmp_path):
    stores = made(home)
    rows = [said(1, "2025-01", ""), said(2, "2025-01"), said(3, "2025-01")]
    members = {name(): text([crime(1, "2025-01", 0)]), name(kind="outcomes"): outcomes_text(rows)}
    ingest(home, packed(tmp_path / "a.zip", members))
    assert only(stores) == ("open", None)


def test_a_month_that_is_not_stored_is_in_no_row(stores):
    put(stores, [crime(1, "2025-01", 0), crime(2, "2025-04", 0)], [said(3, "2025-02")])
    assert set(asked(stores)["month"]) == {"2025-01", "2025-04"}


def test_the_force_s_months_are_its_whole_months_and_the_area_s_the_newest(stores):
    put(stores, [crime(1, "2025-01", 0), crime(2, "2025-01", OUTSIDE)])
    newer = frame([crime(1, "2025-01", 0, last="Local resolution"), crime(3, "2025-01", None)])
    ingest_frame(*stores, newer, month=Month(2025, 1), scope="area", **ABOUT | {"at": AT.replace(day=16)})
    ingest_frame(*stores, frame([crime(4, "2025-02", 1)]), month=Month(2025, 2), scope="area", **ABOUT)
    of_force, of_area = asked(stores), asked(stores, scope="area")
    assert of_force[["month", "status", "crimes"]].to_numpy().tolist() == [["2025-01", "open", 1], ["2025-01", "open", 1]]
    assert of_area[["month", "status", "crimes"]].to_numpy().tolist() == [["2025-01", "other", 1], ["2025-02", "open", 1]]


def test_nothing_stored_is_no_row(stores):
    assert asked(stores).empty
    assert list(asked(stores).columns) == ["month", "ward", "district", "status", "outcome_month", "crimes"]


def test_the_same_stand_is_asked_once(stores):
    put(stores, [crime(1, "2025-01", 0)])
    assert asked(stores, ("Burglary", "Drugs")) is asked(stores, ("Drugs", "Burglary"))


def test_a_file_that_is_missing_is_told_as_damage(stores):
    put(stores, [crime(1, "2025-01", 0)], [said(1, "2025-02")])
    (stored,) = Crimes(stores.home).outcomes(FORCE).values()
    Crimes(stores.home).path(stored).unlink()
    with refused(Damaged, Code.FILE_MISSING):
        asked(stores)


# ---- the words


def test_every_outcome_of_police_uk_has_a_status(shared):
    names = {one["name"] for one in json.loads((shared / "api" / "outcome-categories.json").read_text())}
    assert names <= set(STATUS_OF)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Suspect charged", "charged"),
        ("Awaiting court outcome", "charged"),
        ("Court result unavailable", "charged"),
        ("Defendant found not guilty", "charged"),
        ("Offender sent to prison", "charged"),
        ("Unable to prosecute suspect", "unable"),
        ("Investigation complete; no suspect identified", "no_suspect"),
        ("Offender given penalty notice", "other"),
        ("Offender given a penalty notice", "other"),
        ("Under investigation", "open"),
        ("words of tomorrow", "other"),
        ("", "none"),
        (None, "none"),
    ],
)
def test_what_words_mean(words, status):
    assert status_of(words) is OutcomeStatus(status)


# ---- real rows


def test_the_real_outcomes_of_a_month(home, shared):
    stores = made(home)
    ingest(home, shared / "police-uk" / "thames-valley-2022-01-first-release.zip")
    found = asked(stores)
    assert found["crimes"].sum() == 15_691
    assert found.groupby("status", observed=True)["crimes"].sum().to_dict() == {
        "open": 8_623, "charged": 249, "no_suspect": 3_185, "unable": 1_653, "other": 525, "none": 1_456,
    }  # fmt: skip
    by_file = found[found["outcome_month"].notna()].groupby("status", observed=True)["crimes"].sum()
    assert by_file.to_dict() == {"charged": 249, "no_suspect": 3_185, "unable": 1_653, "other": 525}


def test_an_older_outcomes_file_beside_newer_crimes(home, shared):
    """Their street file knows what became of the 8,000 that were open in the first release; the month of it is not known."""
    stores = made(home)
    for archive in ("thames-valley-2022-01-first-release.zip", "thames-valley.zip"):
        ingest(home, shared / "police-uk" / archive)
    found = asked(stores, ("Burglary",))
    january = found[found["month"] == "2022-01"].groupby("status", observed=True)["crimes"].sum()
    assert january.to_dict() == {"charged": 26, "no_suspect": 433, "unable": 80, "other": 7, "none": 35}
    assert found.loc[found["outcome_month"].notna(), "month"].unique().tolist() == ["2022-01"]

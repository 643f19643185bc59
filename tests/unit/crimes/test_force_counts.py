"""The whole force's counts, by district: what is not stored, or not there, is missing and no zero."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from made_archive import AT, FORCE, NOWHERE, frame, ingest, row
from made_stores import confirm_all
from refusing import refused

from mkmap.crimes.forces import ForceCrimes, force_crimes
from mkmap.crimes.ingest import ingest_frame, ingest_months
from mkmap.crimes.store import Crimes
from mkmap.errors import Code, Damaged
from mkmap.month import Month
from mkmap.places.store import Places

MONTHS = [Month(2024, 12), Month(2025, 1), Month(2025, 2), Month(2025, 4)]
TYPES = ["Burglary", "Drugs"]
BTP = {"Falls within": "British Transport Police"}


def crime(month: Month | str, district: str | None, kind: str = "Burglary", **changed: str) -> dict:
    """A crime in a district; in none (a place without an LSOA) where it is empty, nowhere at all where it is None."""
    where = NOWHERE if district is None else {"LSOA name": f"{district} 001A" if district else ""}
    return row(0, str(month), **{"Crime type": kind} | where | changed)


def counted(home: Path, of: list[dict], force: str = FORCE) -> ForceCrimes:
    ingest_months(Crimes(home), Places(home), frame(of), force=force, source="made", at=AT)
    confirm_all(home, force)
    return force_crimes(Crimes(home), FORCE)


rows = st.lists(
    st.tuples(
        st.sampled_from(MONTHS),
        st.sampled_from([None, "", "Oxford", "Reading", "West Oxfordshire"]),
        st.sampled_from(TYPES),
        st.sampled_from([{}, {}, {}, BTP]),
    ),
    min_size=1,
    max_size=80,
)


@settings(max_examples=6)
@given(drawn=rows, types=st.sampled_from([(), ("Burglary",), ("Drugs", "Burglary"), ("Robbery",)]))
def test_the_counts_equal_pandas(drawn, types):
    with TemporaryDirectory() as folder:
        force = counted(Path(folder), [crime(*one[:3], **one[3]) for one in drawn])
    table = pd.DataFrame([one[:3] for one in drawn if not one[3]], columns=["month", "district", "kind"])
    stored = sorted({str(one[0]) for one in drawn})
    chosen = table[table["kind"].isin(types)] if types else table
    months, placed = chosen["month"].map(str), chosen["district"].notna()
    for found, expected in (
        (force.counts(types), months.value_counts()),
        (force.placed(types), months[placed].value_counts()),
        (force.unplaced(types), months[~placed].value_counts()),
    ):
        assert found.to_dict() == {month: expected.get(month, 0) for month in stored}
        assert list(found.index) == stored
    of_districts = force.by_district(types)
    expected = chosen.assign(month=months).groupby(["month", "district"]).size()
    for district in force.districts:
        found = of_districts[district].dropna()
        assert found[found > 0].to_dict() == {m: n for (m, d), n in expected.items() if d == district}


def test_a_month_that_is_not_stored_is_in_no_count(home):
    force = counted(home, [crime(month, "Oxford") for month in ("2025-01", "2025-04")])
    for found in (force.counts(), force.placed(["Drugs"]), force.by_district()):
        assert list(found.index) == ["2025-01", "2025-04"]
    assert set(force.stored) == {Month(2025, 1), Month(2025, 4)}


def test_a_stored_month_without_a_crime_of_the_type_is_zero(home):
    force = counted(home, [crime("2025-01", "Oxford"), crime("2025-02", "Oxford", "Drugs"), crime("2025-02", None, "Drugs")])
    assert force.counts(["Burglary"]).to_dict() == {"2025-01": 1, "2025-02": 0}
    assert force.by_district(["Burglary"])["Oxford"].to_dict() == {"2025-01": 1, "2025-02": 0}
    assert force.unplaced().to_dict() == {"2025-01": 0, "2025-02": 1}


def test_an_area_fetch_is_not_the_whole_force(home):
    counted(home, [crime("2025-01", "Oxford")])
    about = {"force": FORCE, "scope": "area", "source": "api", "at": AT}
    ingest_frame(Crimes(home), Places(home), frame([crime("2025-02", "")]), month=Month(2025, 2), **about)
    assert list(force_crimes(Crimes(home), FORCE).counts().index) == ["2025-01"]


def test_nothing_stored_is_nothing_counted(home):
    force = force_crimes(Crimes(home), FORCE)
    assert (force.stored, force.districts) == ({}, ())
    assert force.counts().empty
    assert force.by_district().empty


def test_a_force_without_any_place_has_no_district(home):
    force = counted(home, [crime("2025-01", None)])
    assert force.districts == ()
    assert (force.counts().to_dict(), force.placed().to_dict()) == ({"2025-01": 1}, {"2025-01": 0})


def test_another_force_s_crimes_are_not_counted(home):
    counted(home, [crime("2025-01", "Canterbury")] * 3, force="kent")
    assert counted(home, [crime("2025-01", "Oxford")]).counts().to_dict() == {"2025-01": 1}


def reorganised() -> list[dict]:
    """Wycombe until January, Buckinghamshire from February on, Oxford always, a tiny district now and then."""
    names = {"2024-12": "Wycombe", "2025-01": "Wycombe", "2025-02": "Buckinghamshire", "2025-03": "Buckinghamshire"}
    return [
        *(crime(month, name) for month, name in names.items() for _crime in range(20)),
        *(crime(month, "Oxford", "Drugs") for month in names for _crime in range(20)),
        *(crime(month, "Scilly") for month in ("2024-12", "2025-03") for _crime in range(3)),
    ]


def test_a_district_has_no_count_before_or_after_its_time(home):
    found = counted(home, reorganised()).by_district(["Burglary"])
    assert found["Wycombe"].tolist() == [20, 20, pd.NA, pd.NA]
    assert found["Buckinghamshire"].tolist() == [pd.NA, pd.NA, 20, 20]
    assert found["Oxford"].tolist() == [0, 0, 0, 0]


def test_a_district_that_had_another_name_for_a_while_has_no_count_then(home):
    """As where a month comes from a release with newer LSOAs."""
    rows = [crime(month, "Wycombe") for month in ("2025-01", "2025-03") for _crime in range(20)]
    rows += [crime("2025-02", "Buckinghamshire")] * 20
    assert counted(home, rows).by_district()["Wycombe"].tolist() == [20, pd.NA, 20]


def test_a_district_with_few_crimes_may_have_a_month_without_any(home):
    assert counted(home, reorganised()).by_district()["Scilly"].tolist() == [3, 0, 0, 3]


def test_what_a_force_records_elsewhere_is_no_district_of_its_own(home):
    force = counted(home, [crime("2025-01", "Oxford")] * 100 + [crime("2025-01", "Swindon")])
    assert force.districts == ("Oxford",)
    assert force.counts().tolist() == [101]


def test_what_is_stored_later_is_counted_at_once(home):
    assert counted(home, [crime("2025-01", "Oxford")]).counts().tolist() == [1]
    assert counted(home, [crime("2025-01", "Oxford")] * 2).counts().tolist() == [2]


def test_the_same_stand_is_counted_once(home):
    force = counted(home, [crime("2025-01", "Oxford")])
    assert force_crimes(Crimes(home), FORCE) is force


def test_a_file_that_is_missing_or_spoilt_is_told_as_damage(home):
    counted(home, [crime("2025-01", "Oxford")])
    for spoil, code in ((lambda file: file.write_bytes(b"x"), Code.FILE_CHANGED), (Path.unlink, Code.FILE_MISSING)):
        (file,) = (home / "police").glob("*.parquet")
        spoil(file)
        with Crimes(home).changing():
            (home / "police" / "manifest.json").touch()
        with refused(Damaged, code):
            force_crimes(Crimes(home), FORCE)


def test_the_real_districts_of_thames_valley(home, shared):
    ingest(home, shared / "police-uk" / "thames-valley.zip")
    force = force_crimes(Crimes(home), FORCE)
    burglaries = force.by_district(["Burglary"])
    assert burglaries["Milton Keynes"].tolist() == [106, 94, 118, 78, 62, 68, 67, 72, 80, 90, 82, 68, 69, 47, 76]
    assert force.unplaced(["Burglary"])[["2018-10", "2025-06"]].tolist() == [131, 7]
    there = burglaries.notna()
    for gone in ("Aylesbury Vale", "Chiltern", "South Bucks", "Wycombe"):
        assert there.index[there[gone]].max() == "2022-04"
    assert there.index[there["Buckinghamshire"]].min() == "2025-01"
    assert len(force.districts) == 17
    assert not {"Basingstoke and Deane", "Dacorum", "Hillingdon"} & set(force.districts)
    assert (there.sum(axis=1)[:"2022-04"] == 16).all()
    assert (there.sum(axis=1)["2025-01":] == 13).all()


def test_the_one_district_of_the_city_of_london(home, shared):
    ingest(home, shared / "police-uk" / "city-of-london.zip")
    force = force_crimes(Crimes(home), "city-of-london")
    assert force.districts == ("City of London",)
    assert force.by_district().notna().all(axis=None)

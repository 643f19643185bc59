"""A month is replaced whole or kept whole: releases, scopes, and imports that are repeated."""

from datetime import timedelta

import pandas as pd
import pytest
from made_archive import AT, FORCE, csv_file, frame, ingest, name, packed, row, rows, stored_files, stored_rows, text, within
from refusing import refused

from mkmap.crimes.ingest import ingest_frame, ingest_months
from mkmap.crimes.store import Crimes
from mkmap.errors import BadInput, Code
from mkmap.month import Month
from mkmap.places.store import Places

JANUARY = Month(2025, 1)
OUTCOME = {"Last outcome category": "Offender given a caution"}


def ingest_area(home, of, month=JANUARY, at=AT, force=FORCE):
    return ingest_frame(Crimes(home), Places(home), frame(of), month=month, force=force, scope="area", source="api", at=at)


def kept_unless_refused(home, how, code: Code) -> BadInput:
    before = stored_files(home)
    with refused(BadInput, code) as refusal:
        how()
    assert stored_files(home) == before
    return refusal.value


def manifests(home) -> list[bytes]:
    return [(home / room / "manifest.json").read_bytes() for room in ("police", "places")]


def test_a_month_with_rows_of_another_month_is_refused_whole(home, tmp_path):
    ingest(home, csv_file(tmp_path, text(rows(9))))
    mixed = csv_file(tmp_path, text([*rows(30), row(30, "2025-02")]))
    kept_unless_refused(home, lambda: ingest(home, mixed), Code.ROWS_OF_ANOTHER_MONTH)
    kept_unless_refused(home, lambda: ingest_area(home, [*rows(30), row(30, "2025-02")]), Code.ROWS_OF_ANOTHER_MONTH)


def test_one_month_that_is_refused_keeps_all_the_others_out(home, tmp_path):
    members = {name(f"2024-{number:02d}"): text(rows(9, f"2024-{number:02d}")) for number in range(1, 12)}
    members[name("2024-12")] = text(rows(9, "2024-11"))
    refusal = kept_unless_refused(home, lambda: ingest(home, packed(tmp_path / "a.zip", members)), Code.ROWS_OF_ANOTHER_MONTH)
    assert refusal.source.endswith("2024-12-thames-valley-street.csv")
    assert Crimes(home).months() == []


def test_importing_twice_changes_nothing(home, tmp_path):
    members = {name(f"2024-{number:02d}"): text(rows(200, f"2024-{number:02d}")) for number in range(1, 13)}
    archive = packed(tmp_path / "a.zip", members)
    first = ingest(home, archive)
    files, before = stored_files(home), manifests(home)
    assert ingest(home, archive, at=AT + timedelta(days=1)) == first
    assert manifests(home) == before
    assert stored_files(home) == files


def test_importing_a_real_archive_twice_changes_nothing(home, shared):
    archive = shared / "police-uk" / "city-of-london.zip"
    ingest(home, archive)
    before = stored_files(home)
    ingest(home, archive, at=AT + timedelta(days=1))
    assert stored_files(home) == before


def test_the_newest_release_wins(home, tmp_path):
    ingest(home, csv_file(tmp_path, text(rows(50))))
    (tmp_path / "newer").mkdir()
    ingest(home, csv_file(tmp_path / "newer", text(rows(50, **OUTCOME))), at=AT + timedelta(days=30))
    assert set(stored_rows(home)["outcome"]) == {"Offender given a caution"}
    (stored,) = Crimes(home).months()
    assert stored.fetched_at == AT + timedelta(days=30)


def test_of_two_files_of_a_month_the_later_one_wins(home, tmp_path):
    older, newer = tmp_path / "older", tmp_path / "newer"
    older.mkdir(), newer.mkdir()
    (stored,) = ingest(home, csv_file(older, text(rows(50))), csv_file(newer, text(rows(50, **OUTCOME))))
    assert set(stored_rows(home)["outcome"]) == {"Offender given a caution"}
    assert stored.source == "2025-01-thames-valley-street.csv"  # without the folders of this machine


def test_a_new_release_of_a_real_month_changes_the_outcomes_alone(home, shared, tmp_path):
    ingest(home, shared / "police-uk" / "thames-valley-2022-01-first-release.zip")
    first = stored_rows(home, month=Month(2022, 1))
    ingest(home, shared / "police-uk" / "thames-valley.zip")
    second = stored_rows(home, month=Month(2022, 1))
    identified = [
        one.dropna(subset="crime_id").drop_duplicates("crime_id").set_index("crime_id").sort_index() for one in (first, second)
    ]
    assert len(first) == len(second) == 15_691
    assert (identified[0].index == identified[1].index).all()
    assert (identified[0]["outcome"].fillna("") != identified[1]["outcome"].fillna("")).sum() > 8000


def test_the_replaced_month_is_named_no_longer_and_the_store_is_in_order(home, tmp_path):
    ingest(home, csv_file(tmp_path, text(rows(50))))
    (before,) = Crimes(home).months()
    ingest(home, csv_file(tmp_path, text(rows(50, **OUTCOME))))
    folder = Crimes(home).folder
    assert before.file not in folder.read()["files"]
    assert folder.damaged() == []


@pytest.mark.parametrize(
    ("known", "received", "fits"), [(100, 40, True), (100, 39, False), (5, 2, True), (5, 1, False), (1, 1, True)]
)
def test_a_fall_of_more_than_sixty_per_cent_is_refused(home, tmp_path, known, received, fits):
    ingest(home, csv_file(tmp_path, text(rows(known))))
    fewer = csv_file(tmp_path, text(rows(received)))
    if fits:
        assert ingest(home, fewer)[0].rows == received
    else:
        refusal = kept_unless_refused(home, lambda: ingest(home, fewer), Code.MONTH_SHRANK)
        assert refusal.values == {"month": JANUARY, "rows": received, "known": known}


def test_a_fall_is_measured_within_a_scope(home, tmp_path):
    ingest(home, csv_file(tmp_path, text(rows(500))))
    assert ingest_area(home, rows(5)).rows == 5  # an area has fewer crimes than its force
    assert kept_unless_refused(home, lambda: ingest_area(home, rows(1)), Code.MONTH_SHRANK).values["known"] == 5


def test_an_area_never_replaces_a_force_file_and_they_stand_side_by_side(home, tmp_path):
    ingest(home, csv_file(tmp_path, text(rows(500))))
    force = stored_rows(home, scope="force")
    ingest_area(home, rows(50), at=AT + timedelta(days=1))
    assert [(month.scope, month.rows) for month in Crimes(home).months()] == [("area", 50), ("force", 500)]
    assert stored_rows(home, scope="force").equals(force)
    ingest(home, csv_file(tmp_path, text(rows(501))), at=AT + timedelta(days=2))
    assert [(month.scope, month.rows) for month in Crimes(home).months()] == [("area", 50), ("force", 501)]


@pytest.mark.parametrize("days", [-1, 1])
def test_the_area_s_figures_come_from_the_newer_of_two_scopes(home, tmp_path, days):
    ingest(home, csv_file(tmp_path, text(rows(500))))
    ingest_area(home, rows(50), at=AT + timedelta(days=days))
    newest = Crimes(home).of_force(FORCE)[JANUARY]
    assert newest.scope == ("area" if days > 0 else "force")


def test_an_old_archive_that_is_imported_again_is_no_newer(home, tmp_path):
    file = csv_file(tmp_path, text(rows(500)))
    ingest(home, file)
    ingest_area(home, rows(50, **OUTCOME), at=AT + timedelta(days=1))
    ingest(home, file, at=AT + timedelta(days=2))
    assert Crimes(home).of_force(FORCE)[JANUARY].scope == "area"


def test_a_fetch_that_finds_the_same_is_newer(home, tmp_path):
    ingest_area(home, rows(50))
    ingest(home, csv_file(tmp_path, text(rows(500))), at=AT + timedelta(days=1))
    ingest_area(home, rows(50), at=AT + timedelta(days=2))
    assert Crimes(home).of_force(FORCE)[JANUARY].scope == "area"


def test_forces_stand_side_by_side(home, tmp_path):
    counts = {FORCE: 9, "kent": 7, "btp": 5}
    members = {name(force=force): text(rows(count, **within(force))) for force, count in counts.items()}
    ingest(home, packed(tmp_path / "a.zip", members))
    assert {month.force: month.rows for month in Crimes(home).months()} == {FORCE: 9, "kent": 7, "btp": 5}
    assert list(Crimes(home).of_force("kent")) == [JANUARY]


def test_searches_are_passed_over(home, tmp_path):
    members = {name(): text(rows(9)), name(kind="stop-and-search"): b""}
    assert [month.rows for month in ingest(home, packed(tmp_path / "a.zip", members))] == [9]


def test_months_of_one_frame_are_stored_apart_in_whatever_order_they_come(home):
    months = [f"2024-{number:02d}" for number in (3, 1, 2)]
    mixed = pd.concat([frame(rows(9, month)) for month in months] + [frame(rows(2, "2024-01", **OUTCOME))])
    stored = ingest_months(Crimes(home), Places(home), mixed, force=FORCE, source="a test", at=AT)
    assert {str(month.month): month.rows for month in stored} == {"2024-01": 11, "2024-02": 9, "2024-03": 9}


def test_the_points_of_a_month_are_known_before_the_month_is(home, tmp_path, monkeypatch):
    def stopped(*_anything):
        raise KeyboardInterrupt

    monkeypatch.setattr("mkmap.lake.manifest.FolderChange._commit", stopped)
    with pytest.raises(KeyboardInterrupt):
        ingest(home, csv_file(tmp_path, text(rows(9))))
    monkeypatch.undo()
    assert Crimes(home).months() == []
    ingest(home, csv_file(tmp_path, text(rows(9))))
    assert len(pd.read_parquet(Places(home).points_file(), partitioning=None)) == 7


def test_a_street_s_newest_name_is_kept(home, tmp_path):
    members = {
        name(f"2024-{number:02d}"): text(rows(7, f"2024-{number:02d}", Location=f"Name {number}")) for number in (3, 1, 2)
    }
    ingest(home, packed(tmp_path / "a.zip", members))
    assert set(pd.read_parquet(Places(home).points_file(), partitioning=None)["street"]) == {"Name 3"}

"""Only months of this map's force and area, the newest release of each, and nothing passed over without a word."""

import json
import os
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from command_line import Done, run
from made_archive import (
    FORCE,
    csv_file,
    name,
    outcome,
    outcomes_text,
    packed,
    row,
    rows,
    stored_files,
    stored_rows,
    text,
    within,
)
from made_wards import as_published, wards, written
from servers.fetching import NEWEST, invented
from servers.police_uk import PoliceUk
from servers.police_uk import status as answering

from mkmap.crimes.store import Crimes
from mkmap.force_names import FORCES, region
from mkmap.lake import manifest
from mkmap.police import client, pace
from mkmap.police.pace import PACE, SharedPace
from mkmap.settings import PROJECT

CASES = PROJECT.parent / "shared" / "cases"
DECIDED = {"Last outcome category": "Investigation complete; no suspect identified"}
ANSWERED_FOR = ["--who", "Ann", "--why", "the police sent it again"]


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing waits between two questions."""
    for room in (client, pace):
        monkeypatch.setattr(room, "PACE", 0.0)
    monkeypatch.setattr(client, "wait_exponential", lambda: lambda _state: 0.0)


@pytest.fixture
def case():
    """A case by its number."""

    def folder(number: str) -> Path:
        found = list(CASES.glob(f"{number}-*"))
        if not found:
            pytest.skip(f"needs the real files of ../shared/data, and ../shared/cases/{number}")
        return found[0]

    return folder


def months(home: Path, area: str = "") -> dict[str, int]:
    """The months that are shown of an area, with their rows."""
    return {str(month.month): month.rows for month in Crimes(home, area).of_force(FORCE).values()}


def outcomes_of(home: Path) -> dict[str, int]:
    return stored_rows(home)["outcome"].value_counts().to_dict()


def refused(done: Done, *words: str) -> None:
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert all(word in done.stderr for word in words), done.stderr


def stored(done: Done, *words: str) -> None:
    assert done.returncode == 0, done.stderr
    assert all(word in done.stdout for word in words), done.stdout


# ---- the cases, as they were reported


def test_02_a_header_alone_of_another_force_stops_nothing(home, case):
    stored(run(home, "import", case("02")), "200 rows", "greater-manchester-street.csv: there is no crime in it")
    assert months(home) == {"2025-01": 200}


def test_03_two_downloads_of_a_month_are_both_named_and_the_newer_is_stored(home, case):
    folder = case("03")
    both = [folder / "2025-01-thames-valley-street (1).csv", folder / "2025-01-thames-valley-street.csv"]
    for order in (both, both[::-1]):
        done = run(home, "import", *order)
        stored(done, "2 files are for January 2025", "street (1).csv", "street.csv", "the newest of them")
        assert outcomes_of(home)[DECIDED["Last outcome category"]] == 167
    stored(
        run(home / "zip", "import", folder / "two-folders.zip"), "206 rows", "2 files are for January 2025", "newest/", "old/"
    )


def test_04_a_renamed_file_of_another_force_is_refused(home, case):
    refused(run(home, "import", case("04")), "Thames Valley Police", "200 of 200 rows are of Bedfordshire Police")


def test_06_every_file_is_read_or_named(home, case):
    stored(run(home, "import", case("06")), "4 files stored", "2025-02-thames-valley-street EDITED.csv was passed over")
    assert months(home) == {"2025-01": 200, "2025-03": 200, "2025-04": 200, "2025-05": 200}


def test_09_another_encoding_is_named(home, case):
    refused(run(home, "import", case("09")), "row 9", "not in UTF-8")


def test_11_crime_ids_that_excel_rewrote_are_named(home, case):
    refused(run(home, "import", case("11")), "24 Crime IDs", "1.23457E+63", "Excel", "Download the file again")


def test_14_no_location_at_zero_is_no_location(home, case):
    stored(run(home, "import", case("14")), "170 are placed, 30 have no location, 0 were rejected")


def test_15_pasted_rows_are_refused_and_a_wrong_month_can_be_replaced(home, case):
    for twice_or_thrice in (case("15"), case("15") / "thrice"):
        file = twice_or_thrice / "2025-01-thames-valley-street.csv"
        refused(run(home, "import", file), "only 167 have one of their own")
    stored(run(home, "import", case("15") / "right"), "200 rows")


def test_16_an_older_release_does_not_become_current(home, case):
    older, newer = case("16") / "1-first-release", case("16") / "2-newer-release"
    stored(run(home, "import", older))
    stored(run(home, "import", newer), "1 month was stored before and is replaced")
    before = stored_files(home)
    refused(run(home, "import", older), "older release of January 2025", "--replace")
    assert stored_files(home) == before


def test_16_an_older_release_of_a_real_month_does_not_become_current(home, shared):
    stored(run(home, "import", shared / "police-uk/thames-valley.zip"))
    before = stored_files(home)
    refused(run(home, "import", shared / "police-uk/thames-valley-2022-01-first-release.zip"), "older release of January 2022")
    assert stored_files(home) == before


def test_19_backslashes_in_a_zip_are_folders(home, case):
    stored(run(home, "import", case("19") / "police.zip"), "200 rows")


def test_44_what_excel_saved_is_named(home, tmp_path, case):
    """The case is of households; months come in the same clothes."""
    for clothes, words in ((case("44") / "households_2021.csv", "UTF-16"), (case("44") / "semicolon_2021.csv", "“;”")):
        dressed = clothes.read_bytes()
        content = text(rows())
        content = content.decode().encode("utf-16") if words == "UTF-16" else content.replace(b",", b";")
        assert dressed[:2] == content[:2] or b";" in dressed
        refused(run(home, "import", csv_file(tmp_path, content)), words)


def test_60_a_month_of_the_transport_police_alone_is_not_stored_and_an_id_is_one_crime(home, case):
    case("60")
    trains = invented(NEWEST, placed=60, unplaced=0).assign(**{"Falls within": "British Transport Police"})
    run(home, "wards", CASES / "base/wards.geojson", "--from", "2014-05-22")
    with PoliceUk({NEWEST: trains, NEWEST + -1: invented(NEWEST + -1)}) as police:
        police.misbehave(lambda good: replace(good, body=json.dumps(json.loads(good.body) * 2).encode()), path="crimes-")
        done = run(home, "fetch", "--from", str(NEWEST + -1), OFFLINE="0", POLICE_URL=police.url)
    stored(done, "15 crimes stored")
    assert "British Transport Police alone for September 2026" in done.stderr
    assert months(home) == {str(NEWEST + -1): 15}


@pytest.mark.usefixtures("hurried")
def test_67_a_month_that_was_fetched_for_another_area_is_missing(home, case):
    luton = case("67") / "luton.geojson"
    run(home, "wards", CASES / "base/wards.geojson", "--from", "2014-05-22")
    with PoliceUk({month: invented(month) for month in (NEWEST, NEWEST + -1)}) as police:
        net = {"OFFLINE": "0", "POLICE_URL": police.url}
        stored(run(home, "fetch", **net), "crimes stored")
        assert set(months(home, "E06000042")) == {str(NEWEST + -1), str(NEWEST)}
        without_luton = (home / "places/manifest.json").read_bytes()
        elsewhere = {"AREA": "E06000032", "AREA_NAME": "Luton"}
        run(home, "wards", luton, "--from", "2015-01-01", **elsewhere)
        status = run(home, "status", **elsewhere).stdout
        assert months(home, "E06000032") == {}
    assert "Luton (E06000032)" in status
    assert "Fetched for another area (E06000042), and missing for this one" in status
    _forget_whose(home)
    assert months(home, "E06000032") == {}, "an old store does not say its area: where its crimes are does"
    (home / "places/manifest.json").write_bytes(without_luton)
    assert set(months(home, "E06000042")) == {str(NEWEST + -1), str(NEWEST)}


def test_76_forces_have_police_uk_s_own_names():
    names = {force: (FORCES[force], region(force)) for force in ("city-of-london", "northern-ireland", "dyfed-powys")}
    assert names == {
        "city-of-london": ("City of London Police", "City of London"),
        "northern-ireland": ("Police Service of Northern Ireland", "Northern Ireland"),
        "dyfed-powys": ("Dyfed-Powys Police", "Dyfed-Powys"),
    }


# ---- which release


def archive(file: Path, *, decided: int, count: int = 100, **others: bytes) -> Path:
    """A month of which so many crimes are decided."""
    content = text([row(number, **(DECIDED if number < decided else {})) for number in range(count)])
    return packed(file, {name(): content} | others)


@pytest.mark.parametrize(
    ("stored_as", "comes_as", "decided", "becomes_current"),
    [
        ("2025-06.zip", "2025-03.zip", (10, 10), False),  # nothing in them tells: their names do
        ("2025-03.zip", "2025-06.zip", (10, 10), True),
        ("2025-03.zip", "2025-06.zip", (50, 10), False),  # a name against the content
        ("2025-06.zip", "2025-03.zip", (10, 50), True),
        ("a.zip", "b.zip", (50, 49), False),
        ("a.zip", "b.zip", (50, 51), True),
        ("a.zip", "b.zip", (50, 50), True),  # nothing tells: the last import wins
    ],
)
def test_a_release_is_judged_by_its_content_and_then_by_its_archives_name(
    home, tmp_path, stored_as, comes_as, decided, becomes_current
):
    for folder, file, of, more in (("1", stored_as, decided[0], 0), ("2", comes_as, decided[1], 1)):
        (tmp_path / folder).mkdir()
        done = run(home, "import", archive(tmp_path / folder / file, decided=of, count=100 + more))
    assert done.returncode == (0 if becomes_current else 1)
    assert months(home) == {"2025-01": 101 if becomes_current else 100}


def test_an_unpacked_archive_tells_its_release_too(home, tmp_path):
    for release, count in (("2025-06", 100), ("2025-04", 101)):
        with zipfile.ZipFile(archive(tmp_path / "a.zip", decided=0, count=count)) as opened:
            opened.extractall(tmp_path / release)
    stored(run(home, "import", tmp_path / "2025-06"))
    refused(run(home, "import", tmp_path / "2025-04"), "older release")


def test_the_outcomes_of_an_older_release_do_not_become_current_either(home, tmp_path):
    run(home, "import", archive(tmp_path / "a.zip", decided=50))
    outcomes = outcomes_text([outcome(number) for number in range(30)])
    old = archive(tmp_path / "b.zip", decided=0, **{name(kind="outcomes"): outcomes, name("2025-02"): text(rows(9, "2025-02"))})
    stored(run(home, "import", old), "1 file stored: 9 rows", "outcomes.csv: it is an older release of January 2025")
    assert Crimes(home).outcomes(FORCE) == {}


def test_a_month_is_replaced_by_will_alone_and_that_is_kept(home, tmp_path):
    run(home, "import", archive(tmp_path / "a.zip", decided=90, count=400))
    right = archive(tmp_path / "b.zip", decided=0)
    refused(run(home, "import", right), "100 rows, but 400 are stored", "--replace")
    assert run(home, "import", "--replace", right).returncode == 2, "nobody answers for it"
    stored(run(home, "import", "--replace", *ANSWERED_FOR, right), "100 rows", "Ann answers for it: the police sent it again")
    run(home, "wards", written(as_published(wards(2)), tmp_path / "wards.geojson"), "--from", "2014-05-22")
    kept = json.loads(run(home, "status", "--json").stdout)["replaced"]
    assert [(one["month"], one["rows_before"], one["rows"], one["who"], one["why"]) for one in kept] == [
        ("2025-01", 400, 100, "Ann", "the police sent it again")
    ]
    assert "January 2025 of thames-valley was replaced by Ann" in run(home, "status").stdout


# ---- what was done to a file


SPOILT = {
    "UTF-16": (lambda good: good.decode().encode("utf-16"), "UTF-16"),
    "UTF-16 without its mark": (lambda good: good.decode().encode("utf-16-le"), "UTF-16"),
    "tabs": (lambda good: good.replace(b",", b"\t"), "“Tab”"),
    "semicolons": (lambda good: good.replace(b",", b";"), "“;”"),
    "latin 1": (lambda good: good.replace(b"Street 3", "Straße".encode("latin-1")), "not in UTF-8"),
    "months as Excel writes them": (lambda good: good.replace(b"2025-01,", b"Jan-25,"), "the months of 60 rows are written like “Jan-25”"),
    "months as days": (lambda good: good.replace(b"2025-01,", b"01/01/2025,"), "“01/01/2025”: Excel"),
    "months as Excel's numbers": (lambda good: good.replace(b"2025-01,", b"45658,"), "“45658”: Excel"),
    "one Crime ID as a number": (lambda good: good.replace(f"{7:064x}".encode(), b"7.12E+61"), "1 Crime ID is"),
    "half of it pasted again": (lambda good: good + text(rows(60)[:59]).partition(b"\n")[2], "119 rows with a Crime ID only 60"),
    "without Crime IDs, pasted twice": (
        lambda good: text([row(number, **{"Crime ID": ""}) for number in range(60)] * 2),
        "the same rows stand in it 2 times",
    ),
    "another force's rows among them": (
        lambda good: text([*rows(60), *(row(number, **within("kent")) for number in range(60, 70))]),
        "10 of 70 rows are of Kent Police",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "words"), SPOILT.values(), ids=SPOILT)
def test_damage_is_named_as_what_it_is(home, tmp_path, spoil, words):
    refused(run(home, "import", csv_file(tmp_path, spoil(text(rows(60))))), words, "Download the file again")
    assert months(home) == {}


# ---- nothing in silence, and one bad file


def test_what_is_not_read_is_named(home, tmp_path):
    files = {
        name().replace("/", "\\"): text(rows()),
        "2025-02/2025-02-THAMES-VALLEY-Street.CSV": text(rows(month="2025-02")),
        "2025-03/copy of 2025-03-thames-valley-street.csv": text(rows(month="2025-03")),
        "2025-04/2025-04-thames-valey-street.csv": text(rows(month="2025-04")),
        "2025-05.zip": b"PK",
        "2025-13-thames-valley-street.csv": b"",
        name(kind="stop-and-search"): b"",
        "__MACOSX/._2025-01-thames-valley-street.csv": b"",
    }
    done = run(home, "import", packed(tmp_path / "a.zip", files))
    stored(
        done, "2 files stored", "copy of 2025-03-thames-valley-street.csv was passed over", "Did you mean thames-valley?",
        "2025-05.zip was passed over: it is a zip in a zip", "police.uk has no such month", "1 file of stops and searches",
    )  # fmt: skip
    assert "MACOSX" not in done.stdout


def test_zips_and_folders_in_a_folder_are_read_and_a_broken_zip_is_named(home, tmp_path):
    folder = tmp_path / "given" / "deeper"
    folder.mkdir(parents=True)
    packed(folder / "2025-02.zip", {name("2025-02"): text(rows(month="2025-02"))})
    csv_file(folder, text(rows()))
    (folder / "2025-03.zip").write_bytes(b"this is no zip")
    stored(run(home, "import", tmp_path / "given"), "2 files stored", "2025-03.zip was passed over")


def test_a_bad_file_of_another_force_is_left_out_and_ours_stops_all(home, tmp_path):
    others = {name(month, "kent"): text(rows(30, month, **within("kent"))) for month in ("2025-01", "2025-02")}
    spoilt = {name("2025-02", "kent"): others[name("2025-02", "kent")].replace(b",2025-02,", b",2025-02,,", 1)}
    stored(
        run(home, "import", packed(tmp_path / "a.zip", others | spoilt | {name(): text(rows())})),
        "2 files stored", "2025-02-kent-street.csv, row 2", "left out; the others were imported",
    )  # fmt: skip
    ours = {name("2025-03"): text(rows(month="2025-03")), name("2025-04"): b"a,b\n1,2\n"}
    before = stored_files(home)
    refused(
        run(home, "import", packed(tmp_path / "b.zip", others | ours)),
        "2025-04-thames-valley-street.csv",
        "Nothing was imported",
    )
    assert stored_files(home) == before


# ---- whose store


def test_another_force_on_a_store_refuses_in_words(home, tmp_path):
    run(home, "import", csv_file(tmp_path, text(rows())))
    before = stored_files(home)
    kent = csv_file(tmp_path, text(rows(**within("kent"))), force="kent")
    refused(run(home, "import", kent, FORCE="kent"), "the store of thames-valley, but MKMAP_FORCE is kent")
    assert stored_files(home) == before
    status = run(home, "status", FORCE="kent")
    assert "the police of kent" in status.stdout
    assert "the store of thames-valley" in status.stdout
    assert "Residents' reports: 0 waiting" in status.stdout


def test_a_whole_force_serves_every_area_of_it(home, tmp_path):
    run(home, "import", csv_file(tmp_path, text(rows())))
    assert months(home, "E06000039") == {"2025-01": 20}


def test_a_force_that_names_no_district_of_the_area_is_remarked_on(home, tmp_path):
    done = run(home, "import", csv_file(tmp_path, text(rows())), AREA="E06000032", AREA_NAME="Luton")
    stored(done, "No crime in January 2025 lies in Luton", "Milton Keynes")


def _forget_whose(home: Path) -> None:
    """As a store was before a month said its area, and a store its force."""
    file = home / "police/manifest.json"
    old = json.loads(file.read_text())
    del old["force"]
    old["months"] = {key.rpartition("/")[0]: entry for key, entry in old["months"].items()}
    for entry in old["months"].values():
        del entry["area"], entry["release"]
    file.write_text(json.dumps(old))


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"FORCE": "thamesvalley"}, "Did you mean thames-valley?"),
        ({"FORCE": "manchester"}, "Did you mean greater-manchester?"),
        ({"FORCE": "zzz-zzz"}, "police.uk has no force “zzz-zzz”"),
        ({"AREANAME": "x"}, "There is no setting MKMAP_AREANAME. Did you mean MKMAP_AREA_NAME?"),
        ({"QQQQQQ": "x"}, "There is no setting MKMAP_QQQQQQ."),
    ],
)
def test_unknown_settings_and_forces_are_refused_with_the_nearest_known(home, settings, words):
    refused(run(home, "status", **settings), words)


# ---- fetching


@pytest.mark.usefixtures("hurried")
def test_a_fetch_that_brought_something_ends_with_0_and_says_what_it_did_not_bring(home, case):
    run(home, "wards", CASES / "base/wards.geojson", "--from", "2014-05-22")
    with PoliceUk({month: invented(month) for month in (NEWEST, NEWEST + -1)}) as police:
        police.misbehave(answering(404), path="crimes-street/", month=NEWEST)
        done = run(home, "fetch", "--from", str(NEWEST + -1), OFFLINE="0", POLICE_URL=police.url)
        stored(done, "crimes stored")
        assert "September 2026 was not fetched" in done.stderr
        assert "Not all could be fetched. What was stored is kept" in done.stderr
        lines = done.stdout.splitlines()
        assert any("Asking police.uk for September 2026" in line for line in lines)
        assert "\r" not in done.stdout
        refused(run(home, "fetch", "--from", str(NEWEST), OFFLINE="0", POLICE_URL=police.url), "September 2026 was not fetched")


def test_one_fetch_at_a_time_and_whoever_comes_second_hears_of_the_first(home, monkeypatch):
    monkeypatch.setattr(manifest, "LOCK_PATIENCE", 0.01)
    (home / "fetching").mkdir(parents=True)
    with manifest.locked(home / "fetching/lock"):
        done = run(home, "fetch", OFFLINE="0", POLICE_URL="http://127.0.0.1:9")
    refused(done, f"Another fetch is running: process {os.getpid()}")


def test_all_processes_keep_one_pace(tmp_path):
    """Two that ask one host take turns; another host has turns of its own."""
    first, second, other = (SharedPace(host, tmp_path) for host in ("police", "police", "elsewhere"))
    waits = [asker.wait() for asker in (first, second, first, other)]
    assert waits[1:3] == pytest.approx([PACE, 2 * PACE], abs=PACE)
    assert waits[0] == waits[3] == 0


def test_a_pace_from_a_clock_that_ran_ahead_holds_nobody_up(tmp_path):
    (tmp_path / SharedPace("police", tmp_path)._file.name).write_text("99999999999.0")
    assert SharedPace("police", tmp_path).wait() == 0


# ---- siblings of the cases


def test_a_refusal_of_one_file_leaves_the_others_named_and_a_refused_month_ends_with_1(home, tmp_path):
    folder = tmp_path / "both"
    folder.mkdir()
    csv_file(folder, text(rows(300)))
    stored(run(home, "import", folder), "300 rows")
    (folder / "2025-01-thames-valley-street.csv.gz").write_bytes(b"")
    os.symlink(tmp_path, folder / "elsewhere")
    csv_file(folder, text([{**one, "Crime ID": ""} for one in rows(300)]))
    done = run(home, "import", folder)
    refused(
        done,
        "January 2025 that came now is not whole",
        "--replace",
        "csv.gz was passed over: it is packed",
        "is a link to a folder",
    )
    csv_file(folder, b"no rows")
    done = run(home, "import", folder)
    refused(done, "the column Crime ID is missing")
    assert "csv.gz was passed over" in done.stdout


def test_a_month_of_fewer_rows_is_said(home, tmp_path):
    run(home, "import", csv_file(tmp_path, text(rows(300))))
    stored(run(home, "import", csv_file(tmp_path, text(rows(270)))), "January 2025 has 270 rows now, and had 300 before.")


def test_two_files_that_say_the_same_are_said_to(home, tmp_path):
    (tmp_path / "again").mkdir()
    again = csv_file(tmp_path / "again", text(rows(300)))
    stored(
        run(home, "import", csv_file(tmp_path, text(rows(300))), again), "2 files are for January 2025", "They say the same."
    )


@pytest.mark.parametrize(
    ("made", "words"),
    [
        ([outcome(number) for number in range(50)] * 3, "downloaded or pasted more than once"),
        ([outcome(number, **within("bedfordshire")) for number in range(50)], "50 of 50 rows are of Bedfordshire Police"),
    ],
)
def test_outcomes_are_looked_at_as_crimes_are(home, tmp_path, made, words):
    file = packed(tmp_path / "a.zip", {name("2025-01", kind="outcomes"): outcomes_text(made)})
    refused(run(home, "import", file), words)


@pytest.mark.parametrize("month", ["2025/01", "January 2025", "2025-1", "202501"])
def test_a_month_that_a_program_rewrote_is_named_as_that(home, tmp_path, month):
    file = csv_file(tmp_path, text([{**one, "Month": month} for one in rows(20)]))
    refused(run(home, "import", file), f"the months of 20 rows are written like “{month}”: Excel has rewritten them")


def test_a_workbook_is_named_as_no_archive(home, tmp_path):
    book = tmp_path / "2025-01-thames-valley-street.xlsx"
    book.write_bytes(packed(tmp_path / "a.zip", {"xl/workbook.xml": b"<xml/>"}).read_bytes())
    refused(run(home, "import", book), "neither a zip archive nor a CSV file", "Download the file again as CSV")

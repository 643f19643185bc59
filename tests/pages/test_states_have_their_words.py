"""Empty, stale, half-loaded, demonstration and broken: each says so in words of its own, and never as a number."""

from datetime import date
from pathlib import Path

import pytest
from made_stores import add_crimes, add_wards, crimes
from made_stores import town as make_town
from page_visits import as_read, deck, headline, layers, notes, said, visited

from mkmap.crimes.store import Crimes
from mkmap.lake.manifest import locked

DEMONSTRATION = "**Demonstration data: invented, not evidence.** The ward areas are schematic."


def manifest_spoilt(home: Path) -> Path:
    file = home / "police" / "manifest.json"
    file.write_text("{ not json")
    return file


def entry_spoilt(home: Path) -> Path:
    file = home / "police" / "manifest.json"
    file.write_text(file.read_text().replace('"fetched_at"', '"fetched"'))
    return file


def month_missing(home: Path) -> Path:
    (file,) = (home / "police").glob("2025-01*.parquet")
    file.unlink()
    return file


def month_spoilt(home: Path) -> Path:
    (file,) = (home / "police").glob("2025-01*.parquet")
    file.write_bytes(b"PAR1 this is no Parquet PAR1")
    return file


def month_with_a_flipped_bit(home: Path) -> Path:
    (file,) = (home / "police").glob("2025-01*.parquet")
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 1
    file.write_bytes(content)
    return file


def points_missing(home: Path) -> Path:
    file = max((home / "places").glob("points-*.parquet"), key=lambda found: found.stat().st_mtime_ns)
    file.unlink()
    return file


def wards_spoilt(home: Path) -> Path:
    (file,) = (home / "places").glob("wards-*.parquet")
    file.write_bytes(b"not a ward in it")
    return file


SPOILERS = [manifest_spoilt, entry_spoilt, month_missing, month_spoilt, month_with_a_flipped_bit, points_missing, wards_spoilt]


@pytest.mark.parametrize("page", ["map", "about"])
@pytest.mark.parametrize("spoil", SPOILERS)
def test_a_broken_store_is_said_and_shows_no_number(home: Path, spoil, page: str):
    make_town(home)
    file = spoil(home)
    at = visited(page=page)
    (error,) = at.error
    assert not at.exception
    assert "The stored data cannot be read." in error.value
    assert "Nothing was deleted." in error.value
    assert "python -m mkmap verify" in error.value
    assert str(file.parent) not in as_read(error.value), "a visitor needs no path of the server"
    assert not at.title
    assert not at.metric


def test_a_store_that_is_being_changed_is_not_called_broken(home: Path):
    """The demonstration cannot be made while another process holds its lock."""
    (home / "demonstration" / "police").mkdir(parents=True)
    with locked(home / "demonstration" / "police" / "lock"):
        at = visited()
    assert not at.exception
    assert "cannot be read" not in said(at)
    assert "try again" in said(at)


def test_an_empty_house_shows_the_demonstration(home: Path):
    at = visited()
    assert at.warning[0].value == DEMONSTRATION
    assert "invented" in said(at)


@pytest.mark.parametrize("half", [add_wards, add_crimes])
def test_half_loaded_is_still_the_demonstration(with_demonstration: Path, half):
    half(with_demonstration)
    assert visited().warning[0].value == DEMONSTRATION


def test_half_loaded_says_on_the_about_page_what_is_there(with_demonstration: Path):
    add_crimes(with_demonstration)
    at = visited(page="about")
    assert "The demonstration is shown" in said(at)
    assert "2 months are stored; the latest is March 2025, 20 months ago." in said(at)
    assert not at.exception


def test_wards_alone_are_said_on_the_about_page(with_demonstration: Path):
    add_wards(with_demonstration)
    at = visited(page="about")
    assert not at.exception
    assert "Wards “made”: 3, in force from 2014-05-22 to now." in said(at)
    assert "The demonstration is shown: invented, not evidence. No month is stored." in said(at)


def test_a_current_store_does_not_say_that_it_is_old(home: Path):
    add_wards(home)
    add_crimes(home, crimes(2, "2026-09", 0))
    words = said(visited())
    assert "Latest month: September 2026, 2 months ago." in words
    assert "Newer months" not in words
    assert "Demonstration" not in words


def test_a_stale_store_says_how_old_it_is(town: Path):
    words = said(visited())
    assert "Source: data.police.uk, Thames Valley Police, Open Government Licence v3.0." in words
    assert "Latest month: March 2025, 20 months ago." in words
    assert "Newer months may have been published since; they are not loaded here." in words


def test_a_failed_fetch_is_said_on_the_about_page(own_town: Path):
    Crimes(own_town).note_fetch({"at": "2026-11-14T03:00:00", "why": "data.police.uk gave no answer."})
    assert "The last fetch failed on 2026-11-14. data.police.uk gave no answer." in notes(visited(page="about"))


def test_the_about_page_says_what_is_stored_and_missing(town: Path):
    at = visited(page="about")
    assert "2 months are stored; the latest is March 2025, 20 months ago. Missing between them: February 2025." in said(at)
    months = at.dataframe[0].value.set_index("Month")
    assert list(months.index) == ["2025-03", "2025-02", "2025-01"]
    assert months.loc["2025-01", "Crimes in the area"] == 6
    assert months.loc["2025-01", "Not placed (whole force)"] == 1
    assert months.loc["2025-02"].drop(["Source", "Covers"]).isna().all()
    assert months.loc["2025-02", "Source"] == "missing"


def test_wards_of_an_earlier_time_are_named(home: Path):
    add_wards(home, start=date(2014, 5, 22), end=date(2020, 5, 1))
    add_crimes(home)
    at = visited()
    assert "Shown in the wards of 2014 to 2020: no later boundaries are stored." in said(at)


def test_wards_of_a_later_time_are_named(home: Path):
    add_wards(home, start=date(2026, 5, 7))
    add_crimes(home)
    assert "Shown in the wards of 2026: no earlier boundaries are stored." in said(visited())


def test_an_area_without_a_crime_has_a_map(home: Path):
    add_wards(home)
    add_crimes(home, crimes(2, "2025-01", None))
    at = visited()
    assert headline(at).startswith("Police recorded 0 burglaries in Milton Keynes")
    assert {"ward-names", "crimes"} <= set(layers(at))
    assert deck(at)["mapStyle"].startswith("/map/style.json"), "the outlines of the wards are drawn with the ground"
    assert not visited(page="about").exception


@pytest.mark.parametrize(("offset", "first"), [(0, "November 2026"), (30, "May 2029")])
def test_the_demonstration_reaches_the_current_month_on_any_day(home: Path, offset: int, first: str):
    at = visited(today=date(2026 + (10 + offset) // 12, (10 + offset) % 12 + 1, 15))
    assert first in headline(at)
    assert "this month" not in headline(at)

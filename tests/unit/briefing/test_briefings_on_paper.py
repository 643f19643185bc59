"""A briefing is two A4 sheets, whatever there is to say: tagged, in its own fonts, and texts of others stay texts."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import made_stores
import pytest
from made_briefings import view, years
from made_stores import ALDER, BROUGHTON, CEDAR
from pypdf.generic import DictionaryObject
from sheets_read import Sheets, sheets

from mkmap.briefing.paper import pdf
from mkmap.briefing.ward import chosen, view_of
from mkmap.month import Month
from mkmap.plans.plan import Contact, Event, Neighbourhood, Plan, Priority
from mkmap.plans.store import Plans, WardPlace
from mkmap.settings import Settings
from mkmap.view.snapshot import Snapshot

A4 = (595, 842)  # points


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = years(tmp_path_factory.mktemp("years"))
    made_stores.add_households(home)
    return home


@pytest.fixture(scope="module")
def alder(town: Path) -> Sheets:
    return sheets(pdf(view(town)))


def is_two_sheets(found: Sheets) -> bool:
    sizes = {tuple(round(float(side)) for side in page.mediabox[2:]) for page in found.reader.pages}
    return len(found.pages) == 2 and sizes == {A4} and "Sheet 1 of 2" in found.pages[0] and "See it, check it" in found.pages[1]


@pytest.mark.parametrize("code", [ALDER, BROUGHTON, CEDAR])
@pytest.mark.parametrize("months", [("2025-01", "2025-06"), ("2025-03", "2025-03"), ("2023-01", "2025-06")])
def test_every_ward_of_the_town_fills_two_sheets(town: Path, code: str, months: tuple[str, str]):
    assert is_two_sheets(sheets(pdf(view(town, code, first=months[0], last=months[1]))))


@pytest.mark.parametrize("wards", [slice(0, 19, 9), pytest.param(slice(19), marks=pytest.mark.slow)], ids=["three", "all"])
def test_wards_of_the_demonstration_fill_two_sheets(demonstration: Path, today: date, wards: slice):
    snapshot = Snapshot.now(Settings(home=demonstration), today)
    filters = chosen(snapshot, Month(2025, 12), Month(2026, 11), ["all"])  # with the month that is missing
    names = snapshot.ward_names(filters.last)
    assert len(names) == 19
    for code, name in list(names.items())[wards]:
        found = sheets(pdf(view_of(snapshot, filters, code)))
        assert is_two_sheets(found), name
        assert all(page.count("invented, not evidence") >= 2 for page in found.pages), "in words and across the sheet"
        assert found.reader.metadata.title.startswith(f"Demonstration: Ward briefing: {name}.")
        assert f"Demonstration: {name}" in found.pages[0]


def test_a_town_with_nothing_but_wards_and_a_month_fills_two_sheets(tmp_path: Path):
    made_stores.add_wards(tmp_path)
    made_stores.add_crimes(tmp_path, made_stores.crimes(1, "2025-01", None))
    for last in ("2025-01", "2025-02"):
        assert is_two_sheets(sheets(pdf(view(tmp_path, first=last, last=last))))


LONG = " ".join(["Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"] * 4)


def test_the_longest_names_fit(tmp_path: Path):
    made_stores.add_wards(tmp_path, [LONG, f"{LONG} South", "x" * 200])
    made_stores.add_crimes(tmp_path)
    made_stores.add_households(tmp_path)
    for code in (ALDER, CEDAR):
        assert is_two_sheets(sheets(pdf(view(tmp_path, code, first="2025-01", last="2025-03"))))


HOSTILE = [
    "#evil[x]",
    '#read("/etc/passwd")',
    "$x^2$",
    "\\ \\u{41} \\#",
    "@ref",
    "*bold* _italic_ `raw`",
    "= Heading",
    "<label>",
    "// comment /* */",
    "- item",
    "\"]; #panic('x')",
    "{0} {area} %s",
    "<script>alert(1)</script>",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_never_taken_for_the_language_of_the_sheet(tmp_path: Path, name: str):
    made_stores.add_wards(tmp_path, [name, f"{name} beside", "Third"])
    made_stores.add_crimes(tmp_path)
    found = sheets(pdf(view(tmp_path, first="2025-01", last="2025-01")))
    assert is_two_sheets(found)
    assert found.reader.metadata.title == f"Ward briefing: {name}. Burglary, January 2025"
    assert found.pages[0].count(name) >= 3, "as it is: above the sheet, in the sentence, at the foot"


def test_what_the_police_write_is_never_taken_for_the_language_of_the_sheet(tmp_path: Path):
    made_stores.add_wards(tmp_path)
    made_stores.add_crimes(tmp_path)
    one, at = Neighbourhood("thames-valley", "E1"), datetime(2026, 11, 1, tzinfo=UTC)
    events = (Event(HOSTILE[3], "meeting", "", HOSTILE[4], None, None),)
    said = tuple(Priority(text, date(2026, 10, 1), text, None) for text in HOSTILE[:3])
    plan = Plan(one, HOSTILE[10], "", Contact(), (), said, events, at)
    Plans(tmp_path).fill("made", {ALDER: WardPlace((one,), at)}, [plan], "2026-11")
    found = sheets(pdf(view(tmp_path, first="2025-01", last="2025-01")))
    assert is_two_sheets(found)
    for text in (*HOSTILE[:5], HOSTILE[10]):
        assert text in found.pages[1]


@pytest.mark.parametrize("name", ["漢字", "Ward 😀", "غرب", "a\u202eb\u0007c", "\u0000"])
def test_a_name_in_letters_that_no_font_has_still_makes_sheets(tmp_path: Path, name: str):
    made_stores.add_wards(tmp_path, [name, "Second", "Third"])
    made_stores.add_crimes(tmp_path)
    assert is_two_sheets(sheets(pdf(view(tmp_path, first="2025-01", last="2025-01"))))


def test_it_is_tagged_for_screen_readers(alder: Sheets):
    assert alder.root["/Lang"] == "en-GB"
    assert alder.root["/MarkInfo"]["/Marked"]
    assert alder.root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert alder.reader.metadata.title == "Ward briefing: Alder Park. Burglary, January 2025 to June 2025"
    assert "<pdfuaid:part>1</pdfuaid:part>" in alder.metadata


def kinds(found: Sheets) -> list[str]:
    return [tag["/S"] for tag in found.tags()]


def test_headings_lists_and_tables_are_what_they_are(alder: Sheets):
    assert kinds(alder).count("/H1") == 1
    assert kinds(alder).count("/H2") == 9
    assert {"/Table", "/TH", "/TD", "/L", "/LI"} <= set(kinds(alder))


def test_each_figure_says_what_it_shows(alder: Sheets):
    said = [tag["/Alt"] for tag in alder.tags() if tag["/S"] == "/Figure"]
    assert [text.split()[0] for text in said] == ["Bars", "Map", "Funnel", "Bars"]
    assert "between 12 (January 2023) and 18 (January 2025)" in said[0]
    assert said[1].startswith("Map of Alder Park and its neighbours: a circle at 1 map point of the police.")


def test_every_font_is_inside_and_one_family(alder: Sheets):
    found: list[DictionaryObject] = list(alder.fonts())
    assert found
    assert all("/FontFile2" in font or "/FontFile3" in font for font in found)
    assert {re.sub(r"^/[A-Z]{6}\+", "", font["/FontName"]) for font in found} == {"SourceSans3-Roman"}


def test_the_same_day_makes_the_same_file(town: Path):
    assert pdf(view(town)) == pdf(view(town))

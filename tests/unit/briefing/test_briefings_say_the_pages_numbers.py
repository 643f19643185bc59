"""The numbers and words on paper are those of the screen, and what is missing is named."""

from pathlib import Path

import made_stores
import pytest
from made_briefings import view, years
from made_stores import ALDER, BROUGHTON, CEDAR
from sent_reports import published
from sheets_read import Sheets, sheets, spaced

from mkmap.briefing.paper import pdf
from mkmap.evidence.outcomes import words
from mkmap.evidence.outcomes.counts import outcome_counts_of
from mkmap.evidence.wards import words as ward_words
from mkmap.month import Month
from mkmap.reports.report import Place
from mkmap.view import sentences
from mkmap.view.cautions import cautions
from mkmap.view.view import View


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = years(tmp_path_factory.mktemp("years"))
    made_stores.add_households(home)
    return home


def read(ward_view: View) -> Sheets:
    return sheets(pdf(ward_view))


@pytest.mark.parametrize("code", [ALDER, BROUGHTON, CEDAR])
def test_the_first_sheet_says_the_screens_sentences(town: Path, code: str):
    ward_view = view(town, code)
    findings = ward_view.findings
    (first, _second) = read(ward_view).pages
    for said in (
        sentences.headline(ward_view.snapshot, ward_view.selection),
        findings.change_sentence,
        *findings.why,
        *ward_words.place(findings.ranking, code, ("Burglary",)),
        ward_words.together(findings.ranking, ("Burglary",), 2021),
        sentences.badge(ward_view.snapshot),
        findings.households_sentence,
    ):
        assert spaced(said) in first


@pytest.mark.parametrize("code", [ALDER, BROUGHTON, CEDAR])
def test_the_second_sheet_says_the_screens_sentences(town: Path, code: str):
    ward_view = view(town, code)
    filters = ward_view.selection.filters
    became = outcome_counts_of(ward_view.snapshot.dataset, ward_view.selection.area, filters)
    (_first, second) = read(ward_view).pages
    for said in (
        words.cohorts(became.cohorts, filters, sentences.in_period(filters.months), ward_view.findings.before),
        *words.notes(became),
        sentences.residents(0, filters),
        *(one.text for one in cautions(ward_view.snapshot)),
    ):
        assert spaced(said) in second


def test_the_numbers_of_a_town_that_is_known(town: Path):
    first = read(view(town)).pages[0]
    assert "108 recorded from January 2025 to June 2025" in first
    assert "72 in the same months of 2024" in first
    assert "108.00 per 1,000 households; all wards together 46.00" in first
    assert "▲ up 1.50 times as many" in first
    assert "Jan Feb Mar Apr May Jun 2024 12 12 12 12 12 12 2025 18 18 18 18 18 18" in first


def test_a_year_is_a_table_and_two_are_not(town: Path):
    assert "2023/2024 12 12 12 12 12 12 12 12 12 12 12 12" in read(view(town, first="2024-07", last="2025-06")).pages[0]
    assert "2024 12 12" not in read(view(town, first="2024-01", last="2025-06")).pages[0]


MISSING = (Month(2024, 3), Month(2025, 2))


def test_missing_months_are_named_and_never_a_zero(tmp_path: Path):
    first = read(view(years(tmp_path, without=MISSING))).pages[0]
    assert "recorded in 5 of 6 months; the others are missing" in first
    assert "February 2025 is missing: it is counted nowhere, and is not zero." in first
    assert "48 in the same 4 months a year before" in first
    assert "Left out: March 2024 and February 2025, missing." in first
    assert "2024 12 12 – 12 12 12 2025 18 – 18 18 18 18" in first
    assert "– stands for a month that is missing, not zero." in first


def test_without_any_chosen_month_no_number_is_said(tmp_path: Path):
    first, second = read(view(years(tmp_path, without=MISSING), first="2025-02", last="2025-02")).pages
    assert "– missing: February 2025" in first
    assert "There are no police figures for February 2025." in first
    assert "No chosen month is stored, so there is no rate." in first
    assert "nothing to say about what became of the crimes" in second


def test_without_households_it_says_why_there_is_no_rate(tmp_path: Path):
    first = read(view(years(tmp_path))).pages[0]
    assert "No rate is shown: no households are loaded for these wards." in first
    assert "per 1,000 households" not in first


def test_the_link_says_every_filter_and_has_a_code_where_a_phone_can_open_it(town: Path):
    query = f"from=2025-01&to=2025-06&ward={ALDER}&type=Burglary"
    closed, opened = read(view(town)), read(view(town, public_url="https://crime.example.org/"))
    assert f" /wards?{query} This site has no public address yet" in closed.pages[1]
    assert not [tag for tag in closed.tags() if "QR" in tag.get("/Alt", "")]
    assert f"https://crime.example.org/wards?{query} Made on 15 November 2026." in opened.pages[1]
    assert [tag["/Alt"] for tag in opened.tags() if "QR" in tag.get("/Alt", "")] == ["QR code of the link beside it"]


def test_residents_reports_are_counted_apart_and_their_words_are_on_no_sheet(tmp_path: Path):
    ward_view = view(years(tmp_path))
    place = Place(*made_stores.place(0), "High Street")
    published(ward_view.snapshot.reports, month=Month(2025, 6), place=place, text="canary in the cellar")
    found = read(view(tmp_path))
    assert "Residents' own reports for January 2025 to June 2025: 1. They stand beside the police figure" in found.pages[1]
    assert "108 recorded" in found.pages[0]
    assert "canary" not in found.text
    assert "Were the police told, and did they come? No published report is counted here yet." in found.pages[1]


def test_reports_that_cannot_be_read_are_not_none(town: Path):
    ward_view = view(town, database_url="postgresql://nobody@127.0.0.1:9/none")
    second = read(ward_view).pages[1]
    assert "Residents' reports cannot be read at the moment. That does not mean that there are none." in second
    assert "Questions worth asking" in second

"""The page that checks a claim: five parts before any number, counts first, a verdict only where the numbers carry it."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl

import made_stores
import pytest
from made_archive import NOWHERE, row
from page_visits import as_read, headline, notes, said, tables, visited

from mkmap.month import Month

MONTHS = list(Month(2023, 1).to(Month(2025, 12)))
QUARTER = {"from": "2025-03", "to": "2025-05", "type": "Burglary"}
CLAIMS = ("rise", "week", "ward-month", "districts")
VERDICTS = (", up.", ", down.", "is the usual level.", "the usual level is under", "no clear change", "could be in any place")


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Data folders to be read only, each made once: of all months, and of all but one."""

    @cache
    def made(without: Month | None = None) -> Path:
        return _store(tmp_path_factory.mktemp("years"), [month for month in MONTHS if month != without])

    return made


@pytest.fixture
def years(folders: Callable[..., Path], setting: Callable[..., None]) -> None:
    setting(HOME=folders())


def _store(home: Path, months: list[Month]) -> Path:
    """60 burglaries a month in Alder Park, 120 of them in 2025; each month in four districts."""
    made_stores.add_wards(home)
    rows = []
    for month in months:
        here = made_stores.crimes(120 if month.year == 2025 else 60, str(month), 0)
        rows += [one | {"LSOA name": "Milton Keynes 001A"} for one in here]
        rows += _elsewhere(month)
    made_stores.add_crimes(home, rows)
    return home


def _elsewhere(month: Month) -> Iterator[dict]:
    far = {"Longitude": "-1.250000", "Latitude": "51.750000"}
    for at, name in enumerate(("Oxford", "Reading", "Slough")):
        for number in range(50):
            last = "Awaiting court outcome" if number < 5 + 10 * (name == "Oxford") else "Under investigation"
            where = far | {"LSOA name": f"{name} 001A"}
            yield row(100 * at + number, str(month), **{"Crime type": "Burglary", "Last outcome category": last} | where)
    yield row(0, str(month), **{"Crime type": "Burglary"} | NOWHERE)


def claims(address: dict):
    at = visited(address, page="claims")
    assert not at.exception
    return at


def answer(at) -> str:
    return as_read(at.header[0].value)


def test_all_five_parts_stand_before_any_number_that_answers(years: None):
    at = claims(QUARTER | {"claim": "week", "number": "9", "ward": "Broughton"})
    assert headline(at) == "Claim: the police recorded more than 9 burglaries a week in Broughton from March 2025 to May 2025."
    parts = as_read(at.markdown[0].value)
    assert parts == (
        "**Who:** recorded by the police · **Where:** Broughton · **What:** Burglary · **When:** March 2025 to May 2025 · **Against what:** more than 9 a week"
    )


def test_a_rise_is_answered_with_the_sentence_of_the_trends_page(years: None):
    at = claims(QUARTER)
    assert headline(at) == (
        "Claim: the police recorded more burglary in Milton Keynes from March 2025 to May 2025 than in the same months of 2024."
    )
    assert answer(at) == headline(visited(QUARTER, page="trends"))
    assert answer(at).startswith(
        "360 burglaries in Milton Keynes from March 2025 to May 2025, and 180 in the same months of 2024: 2.00"
    )
    assert answer(at).endswith(", up.")


def test_a_number_a_week_is_answered(years: None):
    at = claims(QUARTER | {"claim": "week", "number": "12"})
    assert answer(at).startswith("360 burglaries in Milton Keynes from March 2025 to May 2025 are 27.4 a week in 13.1 weeks")
    assert answer(at).endswith("more than 12 a week is the usual level.")
    assert "A level is not a rise" in said(at)
    assert len(at.get("vega_lite_chart")) == 2


def test_a_number_in_one_ward_is_answered_with_how_usual_it_is(years: None):
    at = claims(QUARTER | {"claim": "ward-month", "number": "100"})
    assert answer(at).startswith("Alder Park reached 100 in a month from March 2025 to May 2025, 3 times in all.")
    assert "Of all 108 stored ward-months (3 wards, 36 months), 12 reached it (11.1 %)." in said(at)
    assert tables(at)[1]["Ward"].tolist() == ["Alder Park"] * 3


def test_districts_are_answered_after_it_is_said_that_the_claim_cannot_be_checked(years: None):
    at = claims(QUARTER | {"claim": "districts"})
    assert notes(at).startswith("The claim itself cannot be checked: the 12 police areas are not published.")
    assert answer(at).startswith("Milton Keynes: a suspect charged in 0 of 360 burglaries (0.0 %), place 4 of 4.")
    assert "Higher, and told apart:" in said(at)


@pytest.mark.parametrize("claim", CLAIMS)
@pytest.mark.parametrize("gone", [Month(2025, 3), Month(2025, 4), Month(2025, 5)], ids=str)
def test_each_missing_month_is_named_and_is_in_no_verdict(folders, setting, claim: str, gone: Month):
    setting(HOME=folders(gone))
    at = claims(QUARTER | {"claim": claim})
    assert gone.name in said(at)
    assert f"{gone.name} is missing: it is counted nowhere, and is not zero." in said(at)
    if claim == "ward-month":  # of the other months it can be said who reached it
        assert f"Of {gone.name} nobody can say here: missing." in said(at)
    elif claim == "rise":  # the others can be compared
        assert "burglaries in Milton Keynes in 2 of the 3 months from March 2025 to May 2025" in answer(at)
        assert f"Left out: {gone.name}, missing." in said(at)
    else:
        assert not any(verdict in answer(at) for verdict in VERDICTS)
        assert f"{gone.name} missing." in answer(at)


@pytest.mark.parametrize("claim", CLAIMS)
def test_what_the_data_cannot_tell_is_said_of_every_claim(years: None, claim: str):
    at = claims(QUARTER | {"claim": claim})
    found = said(at)
    assert "What the data cannot tell" in found
    assert "Burglary of homes and of other buildings is one crime type: a claim about homes alone cannot be checked." in found
    assert "3 burglaries of Thames Valley could not be placed by the police" in found


@pytest.mark.parametrize("claim", CLAIMS)
def test_every_figure_has_words_and_a_table(years: None, claim: str):
    at = claims(QUARTER | {"claim": claim})
    captions = [as_read(caption.value) for caption in at.caption]
    charts = at.get("vega_lite_chart")
    assert charts
    for chart in charts:
        assert chart.proto.alt
        assert chart.proto.alt in captions
    assert len(tables(at)) >= len(charts)


@pytest.mark.parametrize("claim", CLAIMS)
def test_residents_reports_get_counts_and_no_verdict(years: None, claim: str):
    at = claims(QUARTER | {"claim": claim, "who": "residents"})
    assert "0 published reports of residents from March 2025 to May 2025, 0 in the same months of 2024." in said(at)
    assert "Residents' reports are not a count of crime" in said(at)
    assert not at.get("vega_lite_chart")
    assert not any(verdict in said(at) for verdict in VERDICTS)


def test_the_choices_are_in_the_address_and_an_address_makes_the_choices(years: None):
    at = claims(QUARTER | {"claim": "week", "number": "9"})
    assert (at.selectbox(key="claim").value, at.number_input(key="number").value) == ("week", 9)
    at.number_input(key="number").set_value(20).run()
    assert at.query_params["number"] in ("20", ["20"])
    at.selectbox(key="claim").set_value("ward-month").run()
    assert at.number_input(key="number").value == 124
    at.selectbox(key="claim").set_value("rise").run()
    assert "number" not in at.query_params
    assert at.query_params["claim"] in ("rise", ["rise"])
    assert not at.exception


def test_an_unknown_claim_is_ignored_with_a_note(years: None):
    at = claims(QUARTER | {"claim": "[x](http://evil.example)", "number": "many"})
    assert "“[x](http://evil.example)” is no claim that can be checked here and was ignored." in notes(at)
    assert headline(at).startswith("Claim: the police recorded more burglary")


def test_four_claims_are_ready_each_a_link_that_says_every_filter(years: None):
    links = [link.proto for link in claims(QUARTER).get("page_link") if link.proto.page.endswith("claims")]
    assert [as_read(link.label) for link in links] == [
        "“Burglary in Milton Keynes has risen since last year”: January 2025 to December 2025",
        "“More than a dozen burglaries a week”: January 2025 to December 2025",
        "“124 crimes in one neighbourhood in a month”: January 2025 to December 2025",
        "“Milton Keynes is fourth best of 12 areas at bringing burglars to justice”: January 2025 to December 2025",
    ]
    queries = [dict(parse_qsl(link.query_string)) for link in links]
    assert [query["claim"] for query in queries] == list(CLAIMS)
    for query in queries:
        assert {"from", "to", "type", "who", "claim"} <= set(query)
        assert not claims(query).exception


def test_fewer_than_twelve_months_in_a_row_are_said(town: Path):
    assert "no more months in a row are stored" in said(claims({}))


@pytest.mark.parametrize("claim", CLAIMS)
def test_the_demonstration_says_that_it_is_one(demonstration: Path, setting, claim: str):
    setting(HOME=demonstration)
    at = claims({"claim": claim})
    assert headline(at).startswith("Demonstration: Claim: ")
    assert answer(at).startswith("Demonstration: ")

"""The wards page: who stands out, who cannot be told apart, and what one ward's own page says."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from made_dozen import DOZEN, dozen, month_of_a_dozen
from made_stores import ALDER, BROUGHTON, add_crimes, crimes
from page_visits import address, as_read, headline, notes, said, tables, visited

from mkmap.month import Month

YEAR = {"from": "2025-01", "to": "2025-12", "type": "Burglary"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return dozen(tmp_path_factory.mktemp("years"))


@pytest.fixture
def years(made: Path, setting: Callable[..., None]) -> Path:
    """Three years of a dozen wards; to be read only."""
    setting(HOME=made)
    return made


def wards(where: dict):
    at = visited(where, page="wards")
    assert not at.exception
    return at


def table(at) -> list[list[str]]:
    """The ranked table's rows as they are read: the texts of each cell, a bar chart by its words."""
    (html,) = (one.proto.body for one in at.get("html") if 'class="wards"' in one.proto.body)
    rows = re.findall(r"<tr.*?</tr>", html, flags=re.DOTALL)
    return [[_text(cell) for cell in re.findall(r"<t[hd][ >].*?</t[hd]>", row, flags=re.DOTALL)] for row in rows]


def _text(cell: str) -> str:
    heard = re.sub(r'<span class="spark" role="img" aria-label="(.*?)">.*?</span>', r"\1", cell, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", heard)).split())


def charts(at) -> list[str]:
    return [as_read(element.proto.alt) for element in at.get("vega_lite_chart")]


def test_the_table_ranks_all_wards_with_counts_rates_and_changes(years: Path):
    rows = table(wards(YEAR))
    assert [row[:3] for row in rows[:4]] == [
        ["Ward", "Place", "Recorded"],
        ["Alder Park", "1", "96"],
        ["Broughton", "2", "24"],
        ["Cedar & Elm", "2", "24"],
    ]
    assert re.fullmatch(r"96\.00 7\d\.\d\d to 1\d\d\.\d\d ◆ stands out above", rows[1][3])
    assert rows[1][4].startswith("▲ up 96, and 48 before: 2.00 times (1.")
    assert rows[2][4].startswith("= no clear change 24, and 24 before: 1.00 times")
    assert rows[1][5] == "January 2023 to December 2025: between 4 and 8 a month"
    assert {row[6] for row in rows[1:]} == {"0"}


def test_the_title_and_the_first_sentences_say_who_stands_out(years: Path):
    at = wards(YEAR)
    assert headline(at) == "Burglary in the wards of Milton Keynes from January 2025 to December 2025: 1 of 12 stands out."
    assert "Alder Park stands out above the rate of all wards together. The other 11 cannot be told from it" in said(at)
    assert "All 12 wards together: 360 burglaries among 12,000 households (2021), 30.00 per 1,000." in said(at)
    assert "After correcting for 12 comparisons, these changes stand out: Alder Park (up)." in said(at)


def test_the_funnel_has_words_and_a_table(years: Path):
    at = wards(YEAR)
    (funnel,) = charts(at)
    assert funnel.startswith("Funnel of 12 wards by households and rate, with 95 % and 99.8 % limits around 30.00 per 1,000")
    assert "Above the 95 % limits: Alder Park." in funnel
    assert funnel in said(at)
    assert tables(at)[0].iloc[0].tolist()[:4] == ["Alder Park", "96", "1,000", "96.00"]


def test_every_ward_is_a_link_that_keeps_the_other_filters(years: Path):
    (html,) = (one.proto.body for one in wards(YEAR).get("html") if 'class="wards"' in one.proto.body)
    found = [unescape(link) for link in re.findall(r'href="(.*?)"', html)]
    assert found[:2] == [f"?from=2025-01&to=2025-12&ward={code}&type=Burglary" for code in (ALDER, BROUGHTON)]
    assert len(found) == len(DOZEN)


def test_chosen_wards_are_marked_and_the_others_stay_in_the_table(years: Path):
    at = wards(YEAR | {"ward": ["Broughton", "Cedar & Elm"]})
    assert [row[0] for row in table(at)[1:5]] == ["Alder Park", "Broughton chosen", "Cedar & Elm chosen", "Ward D"]
    assert [row[1] for row in table(at)[1:4]] == ["1", "2", "2"]


def test_one_ward_has_a_page_of_its_own(years: Path):
    at = wards(YEAR | {"ward": "Broughton"})
    assert headline(at).startswith(
        "24 burglaries in Broughton from January 2025 to December 2025, and 24 in the same months of 2024:"
    )
    assert headline(at).endswith("no clear change.")
    assert not [one for one in at.get("html") if 'class="wards"' in one.proto.body]
    assert [as_read(one.value) for one in at.header] == [
        "Month by month",
        "Its place among the wards",
        "What became of them",
        "What the police say they do",
        "What residents report",
        "Police and residents",
    ]
    assert address(at)["ward"] == ["Broughton"]


def test_one_wards_place_says_who_it_cannot_be_told_apart_from(years: Path):
    place = said(wards(YEAR | {"ward": "Broughton"}))
    assert "24 burglaries among 1,000 households: 24.00 per 1,000 (95 % interval" in place
    assert (
        "By rate it is number 2 of 12, where number 1 is the highest. It cannot be told apart from 10 of the others." in place
    )


def test_the_way_back_keeps_all_filters_but_the_ward(years: Path):
    (link,) = (one for one in wards(YEAR | {"ward": "Broughton"}).get("page_link") if one.proto.label == "All wards")
    assert link.proto.query_string == "from=2025-01&to=2025-12&type=Burglary"


def test_crimes_that_could_not_be_placed_stand_beside_a_wards_count(home: Path):
    dozen(home)
    add_crimes(home, [*month_of_a_dozen("2025-05"), *crimes(5, "2025-05", None)])
    assert "Plus 5 in Thames Valley that the police could not place" in said(wards(YEAR | {"ward": "Broughton"}))


@pytest.mark.parametrize("missing", ["2025-05", "2024-05"])
def test_a_missing_month_is_a_gap_in_every_ward_and_left_out_of_every_change(home: Path, missing: str):
    dozen(home, (missing,))
    at = wards(YEAR)
    name = Month.parse(missing).name
    assert f"Left out: {name}, missing." in said(at)
    for row in table(at)[1:]:
        assert row[4] != "? cannot be compared"
        assert row[5].endswith(f"missing: {name}")


def test_a_missing_chosen_month_is_in_no_rate_and_is_named(home: Path):
    dozen(home, ("2025-05",))
    at = wards(YEAR)
    assert table(at)[1][2] == "88"
    assert "May 2025 is missing: it is counted nowhere, and is not zero." in said(at)
    assert "These are 11 months: but for wards that stand out" in said(at)
    assert headline(at).startswith(
        "Burglary in the wards of Milton Keynes in 11 of the 12 months from January 2025 to December 2025"
    )


def test_a_missing_month_of_one_ward_is_named_too(home: Path):
    dozen(home, ("2024-05",))
    at = wards(YEAR | {"ward": "Broughton"})
    assert headline(at).startswith("22 burglaries in Broughton in 11 of the 12 months")
    assert "Left out: May 2024, missing." in said(at)
    assert "Police recorded 24 burglaries in Broughton from January 2025 to December 2025." in said(at)


def test_without_households_there_is_no_rate_no_place_and_no_funnel(home: Path):
    dozen(home, households=False)
    at = wards(YEAR)
    assert headline(at).endswith("there are no rates to compare.")
    assert "No rate is shown and no ward is held against another: no households are loaded" in said(at)
    assert [row[0] for row in table(at)] == ["Ward", *DOZEN]
    assert not charts(at)


def test_without_households_a_wards_own_page_says_why_it_has_no_place(home: Path):
    dozen(home, households=False)
    at = wards(YEAR | {"ward": "Broughton"})
    assert "no households are loaded for these wards" in said(at)
    assert not [alt for alt in charts(at) if alt.startswith("Funnel")]


def test_a_short_range_is_said_to_be_mostly_chance_and_a_year_is_offered(years: Path):
    at = wards({"from": "2025-12", "to": "2025-12", "type": "Burglary"})
    assert "This is 1 month alone: but for wards that stand out, what differs between wards in it is mostly chance." in said(at)
    (link,) = (one.proto for one in at.get("page_link"))
    assert (link.label, link.query_string) == ("Show January 2025 to December 2025", "from=2025-01&to=2025-12&type=Burglary")


def test_a_year_offers_no_other(years: Path):
    assert not wards(YEAR).get("page_link")


def test_months_that_are_not_published_yet_have_no_rates(years: Path):
    at = wards({"from": "2026-03", "to": "2026-03"})
    assert headline(at) == "There are no police figures for March 2026."
    assert [row[0] for row in table(at)[1:]] == list(DOZEN)


def test_a_type_that_nowhere_happened_ranks_nobody(years: Path):
    at = wards(YEAR | {"type": "Robbery"})
    assert "there is no crime to compare" in said(at)
    assert {row[1] for row in table(at)[1:]} == {"0"}


def test_one_ward_with_a_type_that_nowhere_happened(years: Path):
    assert "too few to tell" in headline(wards(YEAR | {"type": "Robbery", "ward": "Broughton"}))


def test_an_unknown_ward_is_named_and_all_are_shown(years: Path):
    at = wards(YEAR)
    at.query_params["ward"] = "Atlantis"
    at.run()
    assert "“Atlantis” is not a ward on this map and was ignored." in notes(at)
    assert len(table(at)) == 1 + len(DOZEN)


def test_fewer_than_24_months_give_no_verdict(home: Path):
    dozen(home, months=list(Month(2024, 1).to(Month(2025, 6))))
    at = wards({"from": "2025-01", "to": "2025-06", "type": "Burglary"})
    assert "Fewer than 24 months are stored" in said(at)
    assert table(at)[1][4].startswith("? cannot tell")


def test_the_months_of_every_ward_are_a_table_with_gaps(home: Path):
    dozen(home, ("2025-05",))
    at = wards(YEAR)
    assert not at.dataframe
    at.session_state["ward_months"] = True  # opened
    months = at.run().dataframe[0].value.set_index("Ward")
    assert list(months.index) == list(DOZEN)
    assert months.loc["Alder Park", "Jun 2025"] == 8
    assert months["May 2025"].isna().all()


def test_the_demonstration_says_in_every_title_that_it_is_one(demonstration: Path, setting):
    setting(HOME=demonstration)
    at = wards({"from": "2025-04", "to": "2026-03"})
    assert headline(at).startswith("Demonstration: Burglary in the wards of Milton Keynes")
    (html,) = (one.proto.body for one in at.get("html") if 'class="wards"' in one.proto.body)
    assert '<p id="wards-about">Demonstration: ' in html
    assert len(table(at)) == 20

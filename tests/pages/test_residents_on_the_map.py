"""Residents' reports beside the police figure: their own layer, number, table and route, by the same filters."""

import json
import re
from pathlib import Path

import pytest
from made_stores import place
from made_tiles import path_of, tile_at
from page_visits import headline, layers, said, tables, visited
from sent_reports import NOW, published, sent
from servers.asgi import Client
from servers.routes import own_routes

from mkmap.database.connection import opened
from mkmap.errors import Code, NotKept
from mkmap.map.tiles import LARGE
from mkmap.month import Month
from mkmap.reports.report import Place
from mkmap.reports.store import deciding, requests, sending, showing

JANUARY, MARCH = Month(2025, 1), Month(2025, 3)


def at_point(column: int, street: str = "High Street") -> Place:
    return Place(*place(column), street)


@pytest.fixture
def reports(own_town: Path):
    """In January two burglaries and an attempt in Alder Park, one that waits; in March one robbery in Cedar & Elm."""
    store = opened(own_town)
    for kind in ("Burglary", "Burglary", "Attempted burglary"):
        published(store, kind=kind, month=JANUARY, place=at_point(0))
    sent(store, month=JANUARY, place=at_point(0))
    published(store, kind="Robbery", month=MARCH, place=at_point(2, "Mill Road"))
    return store


def number(at) -> str:
    return next(line for line in said(at).splitlines() if line.startswith("Residents' own reports"))


def client() -> Client:
    return own_routes()


def drawn(address: str, zoom: int = 16, column: int = 0) -> list[dict]:
    """The features of a layer's tile around a point of the town."""
    return client().get(path_of(address, tile_at(place(column), zoom, LARGE))).json()["features"]


JAN = {"from": "2025-01", "to": "2025-01"}


def test_both_numbers_are_named_apart_and_never_added(reports):
    at = visited(JAN | {"type": "Burglary"})
    assert headline(at).startswith("Police recorded 5 burglaries")
    assert number(at) == (
        "Residents' own reports for January 2025: 3. They stand beside the police figure and are not added to it."
    )


@pytest.mark.parametrize(
    ("address", "count"),
    [
        (JAN | {"type": "all"}, "January 2025: 3."),
        (JAN | {"type": "Drugs"}, "none is published"),
        (JAN | {"type": "Burglary", "ward": "Alder Park"}, "January 2025: 3."),
        (JAN | {"type": "Burglary", "ward": "Broughton"}, "none is published"),
        ({"from": "2025-01", "to": "2025-03", "type": "all"}, "January 2025 to March 2025: 4."),
    ],
)
def test_the_same_filters_choose_them(reports, address, count):
    assert count in number(visited(address))


def test_they_are_a_layer_of_another_shape_and_colour_with_a_switch(reports):
    at = visited(JAN)
    layer = layers(at)["reports"]
    assert layer["pointType"] == "icon+text"
    assert "from=2025-01&to=2025-01" in layer["data"]
    assert list(layers(at)).index("reports") > list(layers(at)).index("crimes")
    at.toggle(key="reports").set_value(False).run()
    assert "reports" not in layers(at)
    assert number(at), "the number stays"


def test_a_decision_changes_the_address_of_the_layer(reports):
    before = layers(visited(JAN))["reports"]["data"]
    report = deciding.reports_in(reports)[0]
    deciding.decide(reports, report, deciding.Act.UNDO, who="Ann", at=NOW)
    assert layers(visited(JAN))["reports"]["data"] != before


def test_newer_reports_are_told_with_a_link(reports):
    at = visited(JAN | {"type": "all"})
    (link,) = (one for one in at.get("page_link") if "newer month" in one.proto.label)
    assert link.proto.label == "1 more report is of a newer month, up to March 2025: show it"
    assert "to=2025-03" in link.proto.query_string
    assert not [one for one in visited({"from": "2025-03", "to": "2025-03"}).get("page_link") if "newer" in one.proto.label]


def test_the_table_has_each_report_with_a_way_to_correct_it(reports):
    at = visited(JAN)
    (choice,) = (group for group in at.get("button_group") if group.key == "table")
    choice.set_value("Residents' reports").run()
    rows = tables(at)[0]
    assert rows["Reported by a resident"].tolist().count("Burglary") == 2
    assert set(rows["On or near"]) == {"High Street"}
    marks = {one.mark for one in showing.published(reports) if one.month == JANUARY}
    (body,) = (one.proto.body for one in at.get("html") if 'class="rows"' in one.proto.body)
    assert set(re.findall(r'href="/report\?correct=(\w+)"', body)) == marks
    assert set(re.findall(r'href="/report\?flag=(\w+)"', body)) == marks


def test_the_map_page_is_whole_when_the_reports_cannot_be_read(own_town: Path, monkeypatch):
    def broken(*_any):
        raise NotKept(Code.DATABASE_SILENT)

    monkeypatch.setattr("mkmap.dataset.dataset.Dataset.reports", lambda *_any, **_how: broken())
    at = visited(JAN)
    assert not at.exception
    assert "Residents' reports cannot be read" in said(at)
    assert headline(at).startswith("Police recorded")
    assert "reports" not in layers(at)


def test_a_click_on_a_diamond_says_whose_words_it_is_and_how_to_correct_it(reports):
    for mark in drawn(layers(visited(JAN | {"type": "all"}))["reports"]["data"]):
        at = visited(JAN | {"type": "all"})
        at.session_state["crime_map"] = {"selection": {"objects": {"reports": [mark]}, "indices": {}}}
        at.run()
        kind = mark["properties"]["t"].splitlines()[-1]
        assert f"Reported by a resident, High Street, Alder Park, {kind}" in [text.value for text in at.text]
        links = {one.proto.label: one.proto.query_string for one in at.get("page_link")}
        assert "correct=" in links["Ask for a correction"]
        assert "flag=" in links["Report this mark"]


@pytest.mark.parametrize(
    "forged", [{}, {"properties": {"k": "0" * 16}}, "x", None, {"properties": {"k": None, "t": "x"}}, {"properties": 7}, 7, []]
)
def test_a_forged_click_on_a_diamond_is_nothing(reports, forged):
    at = visited(JAN)
    at.session_state["crime_map"] = {"selection": {"objects": {"reports": [forged]}, "indices": {}}}
    assert not at.run().exception
    assert not any(text.value.startswith("Reported by") for text in at.text)


def test_a_correction_is_asked_for_and_waits_for_a_moderator(reports):
    mark = next(one for one in showing.published(reports) if one.month == MARCH)
    at = visited({"correct": mark.mark}, page="report")
    at.query_params["correct"] = mark.mark
    at.run()
    assert "Robbery · March 2025 · on or near Mill Road" in [one.value for one in at.text]
    at.button(key="correct_submit").click().run()
    assert "Choose what it is." in "".join(one.proto.body for one in at.get("html"))
    at.radio(key="correct_what").set_value("It was another month").run()
    at.text_area(key="correct_text").set_value("ring Dave, 07700 900123").run()
    assert "looks like a name" in at.warning[-1].value
    at.button(key="correct_submit").click().run()
    assert "You have an answer here by" in said(at)
    (report,) = [one for one in deciding.reports_in(reports) if one.corrections]
    (asked,) = deciding.corrections_of(reports, report.id)
    assert (report.mark, asked.what, asked.text) == (mark.mark, "It was another month", "ring Dave, [phone number]")


def test_while_the_database_does_not_answer_a_request_stays_in_its_form(reports, monkeypatch):
    mark = showing.published(reports)[0].mark
    at = visited({"correct": mark}, page="report")
    at.query_params["correct"] = mark
    at.run()
    at.radio(key="correct_what").set_value("It was another month").run()
    at.text_area(key="correct_text").set_value("typed text").run()

    def broken(*_any, **_how):
        raise NotKept(Code.DATABASE_SILENT)

    monkeypatch.setattr(showing, "version", broken)
    monkeypatch.setattr(requests, "ask", broken)
    at.button(key="correct_submit").click().run()
    assert not at.exception
    assert "cannot be reached" in said(at)
    assert at.text_area(key="correct_text").value == "typed text"
    monkeypatch.undo()


def test_a_mark_that_is_gone_cannot_be_corrected(reports):
    at = visited(page="report")
    at.query_params["correct"] = "0" * 16
    at.run()
    assert "not public any more" in said(at)


def test_the_route_gives_point_month_and_type_and_nothing_else(reports, own_town):
    answer = client().get("/data/reports.geojson?from=2025-01&to=2025-03&type=all")
    found = answer.json()
    assert {"dataset", "source", "licence", "as_of"} <= set(found)
    assert found["dataset"] == "police.uk"
    assert "not by the police" in found["source"]
    assert len(found["features"]) == 4
    for feature in found["features"]:
        assert set(feature) == {"type", "geometry", "properties"}
        assert set(feature["properties"]) == {"month", "type"}
    assert sorted(one["properties"]["type"] for one in found["features"]) == [
        "Attempted burglary",
        "Burglary",
        "Burglary",
        "Robbery",
    ]
    assert answer.headers["cache-control"] == "no-cache"


def test_no_cache_between_keeps_a_report_that_may_be_withdrawn(reports, own_town):
    address = layers(visited(JAN))["reports"]["data"]
    answer = client().get(path_of(address, tile_at(place(0), 16, LARGE)))
    assert len(answer.json()["features"]) == 3
    assert answer.headers["cache-control"].startswith("private")
    (receipt, report) = published(reports, month=JANUARY, place=at_point(1))
    assert report.mark in json.dumps(drawn(address, column=1))
    now = layers(visited(JAN))["reports"]["data"]
    assert report.mark in json.dumps(drawn(now, column=1))
    sending.withdraw(reports, receipt, at=NOW)
    for once in (address, now):
        assert report.mark not in json.dumps(drawn(once, column=1)), "not even at the address that had it"


def test_near_each_report_at_a_point_has_its_own_mark(reports, own_town):
    found = drawn("/map/reports/{z}/{x}/{y}.json?from=2025-01&to=2025-01&type=all")
    assert len({tuple(one["geometry"]["coordinates"]) for one in found}) == 1
    assert len({tuple(one["properties"]["o"]) for one in found}) == 3


@pytest.mark.parametrize("zoom", [11, 13])
def test_from_afar_reports_in_one_place_are_one_mark_with_their_number(reports, own_town, zoom: int):
    found = drawn("/map/reports/{z}/{x}/{y}.json?from=2025-01&to=2025-03&type=all", zoom)
    assert [one["properties"].get("n") for one in found if one["properties"].get("n")] == ["3"]
    (together,) = (one for one in found if one["properties"].get("n"))
    assert together["properties"]["t"] == "3 reports by residents: tap to come closer"
    assert together["properties"]["z"] > zoom
    assert [one["properties"]["k"] for one in found if one is not together] == [
        one.mark for one in showing.published(reports) if one.month == MARCH
    ]

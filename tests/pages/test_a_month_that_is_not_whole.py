"""A stub in the place of a month: on every page, slide, sheet, feed and route it is *not whole*, and no number of it, nor a zero."""

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import made_partial
import pytest
from lxml import html
from made_clock import TODAY
from made_partial import COUNT, STUB
from made_stores import ALDER
from page_visits import as_read, said, tables, visited
from servers.asgi import Client
from servers.routes import own_routes
from sheets_read import sheets
from streamlit.testing.v1 import AppTest

from mkmap.operate.status import status
from mkmap.operate.status_words import in_words
from mkmap.settings import settings
from mkmap.view import speaker_notes
from mkmap.view.slides import Slide
from mkmap.view.snapshot import Snapshot
from mkmap.view.view import View

ALONE = {"from": str(STUB), "to": str(STUB), "type": "Burglary"}
AMONG = {"from": str(STUB + -1), "to": str(STUB + 1), "type": "Burglary"}
BEFORE = {"from": str(STUB + 12), "to": str(STUB + 12), "type": "Burglary"}  # the stub is the year before
WHOLE = 2 * 41  # burglaries of a ward in the two whole months of AMONG
PAGES = ("map", "trends", "wards", "wards ward", *(f"claims {claim}" for claim in ("rise", "week", "ward-month", "districts")))
TELLS_ALL_MONTHS = "claims ward-month"  # whatever is chosen: how usual it is in all that is stored
ZERO = re.compile(r"\b0(\.0+)? (of the|burglar|crime|per|times|a week)|\b0(\.0+)? %", re.IGNORECASE)
VERDICTS = ("times as many", ", up.", ", down.", "no clear change", "is the usual level", "the usual level is under")


@pytest.fixture(autouse=True)
def town(look_at: Callable[..., Path]) -> Path:
    return look_at(made_partial.town)


def everything(at: AppTest) -> str:
    """What a page says, its pieces of HTML and its tables with it."""
    assert not at.exception
    pieces = [_text(one.proto.body) for one in at.get("html") if one.proto.body]
    return "\n".join([said(at), *pieces, *(as_read(frame.value.to_string()) for frame in at.dataframe)])


def _text(body: str) -> str:
    piece = html.fromstring(body)
    for style in piece.xpath("//style|//script"):
        style.drop_tree()
    return " ".join([*piece.xpath("//text()|//@aria-label|//@title")])


def says_it(text: str, *, alone: bool) -> None:
    """That it is not whole; and no number of it."""
    assert "not whole" in text.lower()
    has_no_number_of_it(text)
    assert not alone or not ZERO.search(text), ZERO.search(text)


def has_no_number_of_it(text: str) -> None:
    """Neither its own count, nor that of the ward or the area with it."""
    assert not re.search(rf"\b({COUNT} burglar|{WHOLE + COUNT}|{3 * WHOLE + COUNT})\b(?![.,]\d)", text)


def page(which: str, address: dict[str, str]) -> AppTest:
    name, _space, what = which.partition(" ")
    more = {"wards": {"ward": ALDER}, "claims": {"claim": what}}.get(name, {}) if what else {}
    return visited(address | more, page=name)


@pytest.mark.parametrize("which", PAGES)
def test_no_page_counts_it(which: str):
    for address in (ALONE, AMONG):
        at = page(which, address)
        says_it(everything(at), alone=address is ALONE and which != TELLS_ALL_MONTHS)
        assert not any(words in said(at) for words in VERDICTS if address is ALONE)
        for table in tables(at):
            counted = table.get("Crimes", table.get("Recorded"))
            assert counted is None or "0" not in set(counted), "a missing month is a dash"


def test_the_filter_says_it_before_it_is_chosen():
    (first,) = (box for box in visited().selectbox if box.key == "from")
    assert "May 2025 (not whole)" in first.options


@pytest.mark.parametrize("which", ["trends", "wards", "claims rise"])
def test_nothing_is_compared_with_it(which: str):
    text = everything(page(which, BEFORE))
    assert "May 2025 not whole" in text
    assert not any(words in text for words in VERDICTS)


def test_no_slide_and_no_note_for_who_speaks_counts_it():
    snapshot = Snapshot.now(settings(), TODAY)
    for address in (ALONE, AMONG):
        view = View(snapshot, snapshot.read({name: [value] for name, value in address.items()}).filters)
        for slide in (Slide.NUMBER, Slide.MONTHS, Slide.CHANGE):
            says_it(everything(visited(address | {"slide": slide}, page="meeting")), alone=address is ALONE)
        has_no_number_of_it(everything(visited(address | {"slide": Slide.WARDS}, page="meeting")))
        for slide in (Slide.NUMBER, Slide.MONTHS, Slide.CHANGE):
            says_it(" ".join(speaker_notes.notes(view, slide)), alone=address is ALONE)


def test_no_sheet_counts_it():
    client = own_routes()
    for address in (ALONE, AMONG):
        text = sheets(client.get(f"/briefing/{ALDER}.pdf?{_query(address)}").content).text
        says_it(text, alone=address is ALONE)


def _query(address: dict[str, str]) -> str:
    return "&".join(f"{name}={value}" for name, value in address.items())


@pytest.fixture
def client() -> Client:
    return own_routes()


def test_a_file_has_none_of_its_rows_and_says_so(client: Client):
    among = client.get(f"/data/crimes.csv?{_query(AMONG)}")
    rows = list(csv.DictReader(io.StringIO(among.text)))
    assert {row["month"] for row in rows} == {str(STUB + -1), str(STUB + 1)}
    assert {(row["missing_months"], row["not_whole_months"]) for row in rows} == {("", str(STUB))}
    assert among.headers["x-not-whole-months"] == str(STUB)
    alone = client.get(f"/data/crimes.csv?{_query(ALONE)}")
    assert (alone.status_code, alone.text) == (404, "The police figures for May 2025 are not whole, so no number is shown.")
    points, wards = (client.get(f"/data/{name}.geojson?{_query(ALONE)}").json() for name in ("crimes", "wards"))
    assert (points["features"], points["not_whole_months"]) == ([], str(STUB))
    assert {(ward["properties"]["count"], ward["properties"]["rate"]) for ward in wards["features"]} == {(None, None)}


def test_the_map_s_routes_draw_nothing_of_it(client: Client):
    assert client.get(f"/map/every-street.json?{_query(ALONE)}").json() == []
    assert client.get(f"/map/crimes/12/2038/1352.json?{_query(ALONE)}").json()["features"] == []
    shades = client.get(f"/map/shades.json?{_query(ALONE)}").json()["features"]
    assert {ward["properties"]["count"] for ward in shades} == {None}


def test_a_feed_and_a_preview_say_it(client: Client):
    feed = client.get(f"/feeds/wards/{ALDER}.atom").text
    assert "<title>Alder Park, May 2025: not whole</title>" in feed
    assert f"{COUNT} burglar" not in feed
    says_it(_head(client.get(f"/trends?{_query(ALONE)}").text), alone=True)
    says_it(_head(client.get(f"/?{_query(ALONE)}").text), alone=True)


def _head(page: str) -> str:
    return " ".join(html.fromstring(page).xpath("//title/text()|//meta/@content"))


def test_the_operator_reads_why(client: Client):
    state = status(settings(), TODAY)
    (month,) = (month for month in state["months"] if month["month"] == str(STUB))
    assert (month["state"], month["rows"], month["burglaries"], month["no_location"]) == ("partial", None, None, None)
    assert f"It has {COUNT} rows;" in month["why"]
    assert state["missing"] == []
    words = in_words(state, datetime.now(UTC))
    assert f"{STUB}  force          –           –            –         –" in words
    assert f"May 2025 is not whole, and counted nowhere. {month['why']}" in words
    assert f"May 2025 is not whole, and counted nowhere. {month['why']}" in said(visited(page="about"))
    assert client.get("/healthz").json()["not_whole_months"] == [str(STUB)]

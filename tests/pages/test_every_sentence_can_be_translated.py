"""Every text that our code puts on a page goes through gettext whole: in a made-up language, none is left in English or in halves."""

import csv
from collections.abc import Callable, Iterator

import drawn_texts
import made_stores
import pyarrow as pa
import pytest
from google.protobuf.message import Message
from lxml import etree, html
from made_plans import station
from made_tiles import path_of, tile_at
from pseudo_locale import OPEN, faults, pseudo
from sent_reports import NOW, corrected, published, sent
from servers.app import PROJECT, Served
from servers.visitor import Seen, texts, visiting

from mkmap.database import meetings
from mkmap.database.connection import Store, opened
from mkmap.database.meetings import Position
from mkmap.month import Month
from mkmap.operate.clock import Clock
from mkmap.reports.report import Place
from mkmap.reports.request import Asked, Kind
from mkmap.reports.store import deciding, requests, sending
from mkmap.view.slides import ORDER

INSTALL = f"sys.path.insert(0, {str(PROJECT / 'tests')!r}); import pseudo_locale; pseudo_locale.install()"
READ = {
    "body",
    "label",
    "help",
    "placeholder",
    "text",
    "alt",
    "title",
    "caption",
    "content",
    "page_title",
    "section_header",
    "options",
}
SETTINGS = {
    "MKMAP_POSTCODE_URL": "https://postcodes.example.org/{postcode}",
    "MKMAP_LOCAL_MODERATION": "1",
    "MKMAP_OPERATOR": "Broughton",
    "MKMAP_CONTACT": "https://example.org/",
}
MARCH = Month(2025, 3)
HERE = Place(*made_stores.place(0), "High Street")
TOLD = {"description", "og:site_name", "og:title", "og:description", "og:image:alt"}  # of a link, beside the title


@pytest.fixture(scope="module")
def app(serve: Callable[..., Served], tmp_path_factory: pytest.TempPathFactory) -> Served:
    home = made_stores.town(tmp_path_factory.mktemp("town"))
    made_stores.add_crimes(home, made_stores.crimes(2, "2024-01", 0))
    made_stores.add_households(home)
    with station(home) as police:
        police.fetch()
    _add_reports(opened(home))
    return serve(home, SETTINGS, before=INSTALL)


def _add_reports(store: Store) -> None:
    """One in each state, each of March 2025, and one that somebody asks to correct."""
    _receipt, mistaken = published(store, month=MARCH, place=HERE, text="")
    corrected(store, mistaken.mark)
    published(store, month=MARCH, place=HERE, kind="Attempted burglary", text="")
    appealed, rejected = sent(store, month=MARCH, place=HERE, text="")
    deciding.decide(store, rejected, deciding.Act.REJECT, who="local", at=NOW, reason="advertising")
    requests.appeal(store, appealed, "!", at=NOW)
    requests.ask(store, Asked("1", Kind.COMPLAINT, "Something else", "!"), at=NOW)
    receipt, _report = sent(store, month=MARCH, place=HERE, text="")
    sending.withdraw(store, receipt, at=NOW)
    sent(store, month=MARCH, place=HERE, text="")


def read(seen: Seen) -> Iterator[str]:
    """What a person reads or hears of a run: texts of elements, of the navigation, in tables and pictures."""
    for message in seen.messages:
        kind = message.WhichOneof("type")
        if kind in ("delta", "navigation", "page_config_changed"):
            yield from (text for field, text in texts(message) if field in READ and not _is_code(message))
    for table in seen.of("Dataframe"):
        if table.arrow_data.data:
            yield from _of_table(pa.ipc.open_stream(table.arrow_data.data).read_all())
    for chart in seen.of("VegaLiteChart"):
        yield from drawn_texts.of_chart(chart)
    for chart in seen.of("DeckGlJsonChart"):
        yield from drawn_texts.of_map(chart)


def _of_table(rows: pa.Table) -> Iterator[str]:
    """Heads and texts of a table; the index is not shown."""
    for name in rows.column_names:
        if not name.startswith("__index"):
            yield name
            yield from (cell for cell in rows[name].to_pylist() if isinstance(cell, str))


def _is_code(message: Message) -> bool:
    return message.WhichOneof("type") == "delta" and message.delta.new_element.WhichOneof("type") in (
        "code",
        "deck_gl_json_chart",
    )


ADDRESSES = [
    ("", ""),
    ("from=2025-01&to=2025-04&type=all", ""),
    ("from=2024-01&to=2025-03&ward=Broughton&type=Burglary&type=Drugs", ""),
    ("from=2025-02&to=2025-02", ""),
    ("from=never&to=2099-01&ward=Atlantis&type=Piracy", ""),
    ("from=2025-03&to=2025-01", ""),
    ("from=2025-01&to=2025-03&type=all", "trends"),
    ("from=2024-01&to=2025-03&type=all", "wards"),
    ("from=2025-01&to=2025-01&ward=Alder+Park", "wards"),
    ("from=2025-01&to=2025-01&type=Burglary&claim=rise", "claims"),
    ("from=2025-01&to=2025-01&type=Burglary&claim=week&number=2", "claims"),
    ("from=2025-01&to=2025-03&type=all&claim=ward-month&number=2", "claims"),
    ("from=2025-01&to=2025-03&type=all&claim=districts&number=none", "claims"),
    ("from=2025-01&to=2025-01&type=all&claim=districts", "claims"),
    ("from=2025-01&to=2025-01&type=all&who=residents", "claims"),
    *(("from=2025-01&to=2025-03&type=all&slide=" + slide, "meeting") for slide in ORDER),
    ("from=2025-01&to=2025-01&ward=Alder+Park&slide=wards", "meeting"),
    ("from=2025-01&to=2025-01&type=Burglary&type=Drugs&slide=wards", "meeting"),
    ("from=never&slide=never&advance=never", "meeting"),
    ("", "about"),
    ("", "report"),
    ("", "moderation"),
    ("correct=0000000000000000", "report"),
    ("complain=1", "report"),
]


def faults_of(seen: Seen) -> dict[str, object]:
    return {text: wrong for text in read(seen) if (wrong := faults(text))}


@pytest.mark.parametrize(("query", "page"), ADDRESSES)
def test_every_text_of_a_page_is_translated_whole(app: Served, query: str, page: str):
    with visiting(app.port, headers={"Cookie": app.operator()}) as visitor:
        seen = visitor.run(query, page=page)
    assert not seen.of("Exception")
    assert sum(OPEN in text for text in read(seen)) > 2, "the translation is installed"
    assert faults_of(seen) == {}


def _named(seen: Seen) -> dict[str, Message]:
    """The widgets of a run by their keys."""
    return {one.id.rpartition("-")[2]: one for one in seen.elements if getattr(one, "id", "")}


def test_a_report_is_asked_for_shown_and_kept_in_messages(app: Served):
    """From the first answer to the receipt, and back by it."""
    answers = {"report_street": "High Street, Alder Park", "report_text": "07700 900123"}
    with visiting(app.port) as visitor:
        first = _named(visitor.run("", page="report"))
        for name in ("report_type", "report_month", "report_told_police"):
            answers[name] = first[name].options[1]
        filled = {first[name].id: answer for name, answer in answers.items()}
        shown = visitor.run("", page="report", widgets=filled)
        widgets = _named(shown)
        filled |= {widgets["report_response"].id: widgets["report_response"].options[0], widgets["report_submit"].id: True}
        kept = visitor.run("", page="report", widgets=filled)
        (receipt,) = kept.of("Code")
        looked_up = visitor.run("", page="report", widgets={_named(kept)["receipt"].id: receipt.code_text})
    for seen in (shown, kept, looked_up):
        assert faults_of(seen) == {}
    assert kept.has(pseudo("Your report is kept."))
    assert "receipt_withdraw" in _named(looked_up)


@pytest.mark.parametrize("table", [1, 2, 3])
def test_the_tables_are_translated(app: Served, table: int):
    with visiting(app.port) as visitor:
        first = visitor.run("from=2024-01&to=2025-03&type=all")
        (group,) = (one for one in first.of("ButtonGroup") if one.id.endswith("-table"))
        seen = visitor.run("from=2024-01&to=2025-03&type=all", widgets={group.id: [group.options[table].content]})
    assert faults_of(seen) == {}


def test_what_a_map_loads_is_translated(app: Served):
    with visiting(app.port) as visitor:
        (drawn,) = visitor.run("from=2024-01&to=2025-03&type=all").of("DeckGlJsonChart")
    asked = [
        path_of(address, tile_at(made_stores.place(0), zoom, size))
        for address, size in drawn_texts.addresses(drawn)
        for zoom in (12, 14, 16)
    ]
    loaded = [app.get(address).json() for address in dict.fromkeys(asked)]
    words = [text for marks in loaded for text in drawn_texts.of_marks(marks)]
    assert any(OPEN in text for text in words)
    assert [(text, faults(text)) for text in words if faults(text)] == []


def test_refusals_of_the_routes_are_translated(app: Served):
    answer = app.get("/_stcore/upload_file/a/b")
    assert (answer.status_code, answer.text[0]) == (403, OPEN)
    assert faults(answer.text) == []


@pytest.mark.parametrize("path", ["/?from=2024-01&to=2025-03", "/trends", "/claims?claim=week&number=2", "/about", "/meeting"])
def test_what_networks_show_of_a_link_is_translated(app: Served, path: str):
    head = html.fromstring(app.get(path).text).find("head")
    told = [meta.get("content") for meta in head.iter("meta") if meta.get("property", meta.get("name")) in TOLD]
    assert len(told) == len(TOLD)
    assert [(text, faults(text)) for text in [head.findtext("title"), *told] if faults(text)] == []


def test_the_presenters_page_is_translated(app: Served):
    store, now, asked = opened(app.home), Clock().now, "from=2025-01&to=2025-03&type=all"
    made = meetings.open_meeting(store, Position(asked, ""), at=now())
    cookies = {"mkmap_phone": meetings.take(store, made.code, at=now())}
    for name in ("", *ORDER):
        meetings.move_by_hall(store, made.hall, Position(asked, name), at=now())
        page = html.fromstring(app.get("/presenter", cookies=cookies).text)
        told = [text for one in page.iter() if one.tag not in ("style", "script") for text in one.xpath("text()")]
        assert len(told) > 10
        assert [(text, faults(text)) for text in told if faults(text)] == []


def test_a_feed_is_translated(app: Served):
    feed = etree.fromstring(app.get(f"/feeds/wards/{made_stores.ALDER}.atom").content)
    told = [one.text for name in ("title", "subtitle", "content", "rights") for one in feed.iter(f"{{*}}{name}")]
    assert len(told) > 5
    assert [(text, faults(text)) for text in told if faults(text)] == []


@pytest.mark.parametrize("path", ["/data/wards.geojson", "/data/reports.geojson"])
def test_a_file_speaks_to_people_in_messages(app: Served, path: str):
    file = app.get(f"{path}?from=never&ward=Atlantis").json()
    assert OPEN in file["source"]
    assert OPEN in file["ignored"]
    assert faults(file["source"]) == faults(file["ignored"]) == []


def test_a_file_names_crime_types_as_police_uk_does(app: Served):
    rows = csv.DictReader(app.get("/data/crimes.csv?from=2025-01&to=2025-01&type=Burglary").text.splitlines())
    assert {row["crime_type"] for row in rows} == {"Burglary"}


def test_what_is_not_translated_whole_is_seen():
    whole = pseudo("All of it: {where}.").format(where=pseudo("in {ward}").format(ward="Broughton"))
    assert not faults(f"{whole} {whole} · January 2025 · Broughton")
    assert [kind for kind, _what in faults(f"{whole} and this is not")] == ["not translated", "glued"]
    for changed in (whole.lower(), whole.upper(), whole.capitalize()):
        assert "recased" in dict(faults(changed))
    assert [kind for kind, _what in faults(f"{pseudo('in')} Broughton")] == ["glued"]
    assert [kind for kind, _what in faults(f"{pseudo('in')} {whole}")] == ["glued"]

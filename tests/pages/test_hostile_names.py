"""A street's or a ward's name is text wherever it stands: no Markdown, no HTML, no formula."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import made_hostile
import pytest
from google.protobuf.message import Message
from lxml import etree, html
from made_hostile import ADDRESS, AREA, CHOSEN, PAGES
from made_stores import add_crimes, add_wards, crimes
from page_visits import as_read, headline, notes, table, tables, visited
from pypdf import PdfReader
from servers.app import Served
from servers.visitor import visiting

from mkmap.view.sentences import LIVE, NOTHING
from mkmap.view.slides import ORDER

JANUARY = {"from": "2025-01", "to": "2025-01"}
ESCAPED = re.compile(rf"\\[!-/:-@\[-`{{-~]|{re.escape(NOTHING)}")
OUR_TAGS = {
    "style",
    "div",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "p",
    "ul",
    "li",
    "i",
    "a",
    "dl",
    "dt",
    "dd",
    "label",
    "input",
}
MARKDOWN = [
    "![x](https://evil.example/a.png)",
    "[click](javascript:alert(1))",
    "<https://evil.example>",
    "https://evil.example",
    "www.evil.example",
    "# Heading",
    "**bold** _italic_ ~~gone~~",
    "`code` ```more```",
    ":red[colour] :smile: :material/home:",
    "$x^2$ $$y$$",
    "| a | b |",
    "- item",
    "1. item",
    "> quote",
    "a\\b \\[c\\](d)",
    "&lt;b&gt; &amp; &#x3c;",
    "{area} {0} %s",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "--- *** ___",
    "<!-- gone -->",
]


@pytest.fixture(params=MARKDOWN)
def name(request: pytest.FixtureRequest, look_at: Callable[..., Path]) -> str:
    """A name that means harm, of a ward and of a street in it."""
    look_at(hostile, request.param)
    return request.param


def hostile(home: Path, name: str) -> None:
    add_wards(home, [name, "Second", "Third"])
    add_crimes(home, crimes(2, "2025-01", 0, street=name))


def unescaped(at) -> str:
    """What Markdown could take for its own on a page: every sign that is not escaped."""
    texts = [element.value for kind in ("title", "markdown", "caption", "info", "warning") for element in at.get(kind)]
    return "\n".join(ESCAPED.sub("", text) for text in texts)


def test_markdown_stays_text(name: str):
    at = visited(JANUARY | {"ward": "E05000001"})
    assert not at.exception
    assert f"2 burglaries in {name} in January 2025" in headline(at)
    at.text_input(key="street").set_value(f"{name}, {name}").run()
    assert f"Within a mile of {name}, {name}, police" in notes(at)
    assert name not in unescaped(at)
    assert table(at, "Streets")["Street"][0] == name


def test_a_name_in_html_is_text(name: str):
    at = visited(JANUARY)
    table(at, "Wards")
    for one in at.get("html"):
        body = html.fragment_fromstring(one.proto.body, create_parent=True)
        assert {element.tag for element in body.iter()} <= OUR_TAGS, "a comment or a tag of somebody else's"
        for element in body.iter():
            assert not [attribute for attribute in element.attrib if attribute.startswith("on")]
            assert element.get("href", "/").startswith("/")
            assert element.tag != "style" or element.text.startswith(".st-key-months {")
    assert name in tables(at)[0]["Ward"].tolist()


@pytest.mark.parametrize("value", ["<script>alert(1)</script>", "![x](https://evil.example/a.png)", ":red[x]", "a" * 5000])
@pytest.mark.parametrize("parameter", ["from", "to", "ward", "type"])
def test_an_address_is_repeated_as_text_and_not_at_length(town: Path, value: str, parameter: str):
    (note,) = visited({parameter: value}).info
    assert value not in note.value
    assert value[:60] in as_read(note.value)
    assert len(note.value) < 300


def test_a_hostile_crime_type_is_text(home: Path):
    add_wards(home)
    add_crimes(home, crimes(2, "2025-01", 0, "<img src=x onerror=alert(1)>"))
    at = visited(JANUARY | {"type": "<img src=x onerror=alert(1)>"})
    assert "2 crimes recorded as “<img src=x onerror=alert(1)>”" in headline(at)
    assert "<img" not in "".join(one.proto.body for one in at.get("html"))
    assert "<img" not in unescaped(at)


OURS = re.compile(r":material/\w+: |\]\(https://data\.police\.uk\)")
SHOWN_AS_IT_IS = {  # texts of messages that no browser reads as Markdown; the browser's own test looks at these, too
    "Code.code_text",
    "DeckGlJsonChart.alt",
    "DeckGlJsonChart.json",
    "Html.body",
    "MultiSelect.options",
    "MultiSelect.raw_values",
    "PageConfig.title",
    "PageInfo.query_string",
    "Selectbox.options",
    "Text.body",
}


def placed(message: Message) -> Iterator[tuple[str, str]]:
    """Every text of a message, with the kind of message and the field that it stands in."""
    for described, value in message.ListFields():
        if described.message_type and described.message_type.GetOptions().map_entry:
            continue
        for one in value if described.is_repeated else [value]:
            if isinstance(one, str):
                yield f"{message.DESCRIPTOR.name}.{described.name}", one
            elif isinstance(one, Message):
                yield from placed(one)


@pytest.fixture(scope="module")
def app(serve: Callable[..., Served], tmp_path_factory: pytest.TempPathFactory) -> Served:
    home = tmp_path_factory.mktemp("hostile")
    made_hostile.town(home)
    return serve(home, {"MKMAP_AREA_NAME": AREA, "MKMAP_OPERATOR": AREA, "MKMAP_CONTACT": AREA, "MKMAP_LOCAL_MODERATION": "1"})


HALL = [("meeting", f"{CHOSEN}&slide={slide}") for slide in ORDER]
ECHOES = [(page, ADDRESS) for page in ("", "claims", "report", "meeting")]


@pytest.mark.parametrize(("page", "query"), [*PAGES, *HALL, *ECHOES])
def test_nothing_from_outside_comes_alive_where_markdown_is_read(app: Served, page: str, query: str):
    with visiting(app.port) as visitor:
        seen = visitor.run(query, page=page)
    assert not seen.of("Exception")
    told = [(place, text) for message in seen.messages for place, text in placed(message) if "evil" in as_read(text)]
    assert told
    for place, text in told:
        if place not in SHOWN_AS_IT_IS:
            for part in OURS.sub("", text).split(NOTHING):
                assert not LIVE.search(as_read(part)), (place, text)


def test_sheets_and_feeds_lead_nowhere_else(app: Served):
    sheets = PdfReader(BytesIO(app.get("/briefing/E05000001.pdf?from=2025-01&to=2025-03&type=all").content))
    assert any("https://evil.example/1" in page.extract_text() for page in sheets.pages)
    links = [one.get_object().get("/A", {}).get("/URI", "") for page in sheets.pages for one in page.get("/Annots") or ()]
    assert [link for link in links if "evil" in link] == []
    feed = etree.fromstring(app.get("/feeds/wards/E05000001.atom").content)
    told = [one for name in ("title", "subtitle", "content") for one in feed.iter(f"{{*}}{name}")]
    assert any("https://evil.example/" in one.text for one in told)
    assert {one.get("type", "text") for one in told} == {"text"}
    assert all(one.get("href").startswith(app.address) for one in feed.iter("{*}link"))

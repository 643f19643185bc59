"""A street's or a ward's name is text wherever it stands: no Markdown, no HTML, no formula."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html
from made_stores import add_crimes, add_wards, crimes
from page_visits import as_read, headline, notes, table, tables, visited

JANUARY = {"from": "2025-01", "to": "2025-01"}
ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")
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

"""Every text that our code puts on a page goes through gettext: in a made-up language, none is left in English."""

import re
from collections.abc import Callable, Iterator
from html import unescape

import made_stores
import pyarrow as pa
import pytest
from google.protobuf.message import Message
from pseudo_locale import OPEN, outside
from servers.app import PROJECT, Served
from servers.visitor import Seen, texts, visiting

from mkmap.crime_types import CRIME_TYPES
from mkmap.month import Month
from mkmap.view.slides import ORDER

INSTALL = f"sys.path.insert(0, {str(PROJECT / 'tests')!r}); import pseudo_locale; pseudo_locale.install()"
READ = {"body", "label", "help", "placeholder", "text", "alt", "title", "caption", "content", "page_title", "section_header"}
NAMES = [  # what is data: names of places and of crime types, months, addresses
    *made_stores.NAMES, "High Street", "Church Lane", "Mill Road", "Milton Keynes", "Thames Valley", "mkmap", "made", "made.zip",
    *CRIME_TYPES, *(name for month in Month(2022, 1).to(Month(2026, 12)) for name in (month.name, month.short)), "data.police.uk", "a made census",
    "www.police.uk/pu/contact-us/report-a-crime",
]  # fmt: skip


@pytest.fixture(scope="module")
def app(serve: Callable[..., Served], tmp_path_factory: pytest.TempPathFactory) -> Served:
    home = made_stores.town(tmp_path_factory.mktemp("town"))
    made_stores.add_crimes(home, made_stores.crimes(2, "2024-01", 0))
    made_stores.add_households(home)
    return serve(home, {"MKMAP_POSTCODE_URL": "https://postcodes.example.org/{postcode}"}, before=INSTALL)


def read(seen: Seen) -> Iterator[str]:
    """What a person reads or hears of a run: texts of elements, of the navigation, and the heads of tables."""
    for message in seen.messages:
        kind = message.WhichOneof("type")
        if kind in ("delta", "navigation", "page_config_changed"):
            yield from (_without_markup(text) for field, text in texts(message) if field in READ and not _is_code(message))
    for table in seen.of("Dataframe"):
        if table.arrow_data.data:
            yield from _of_table(pa.ipc.open_stream(table.arrow_data.data).read_all())


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


def _without_markup(text: str) -> str:
    text = re.sub(r"<style>.*?</style>|<[^>]*>", " ", text, flags=re.DOTALL)
    return unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text))


def left(text: str) -> str:
    """Letters of a text that stand in no bracket and are no data."""
    rest = re.sub(r"\S*/\?from=\S+", "", outside(text))  # a link to the view
    for name in sorted(NAMES, key=len, reverse=True):
        rest = rest.replace(name, "")
    return rest if re.search(r"[^\W\d_]{2}", rest) else ""


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
    ("from=never&slide=never&advance=never", "meeting"),
    ("", "about"),
    ("", "report"),
    ("", "moderation"),
    ("correct=0000000000000000", "report"),
]


@pytest.mark.parametrize(("query", "page"), ADDRESSES)
def test_no_text_of_a_page_is_left_in_english(app: Served, query: str, page: str):
    with visiting(app.port) as visitor:
        seen = visitor.run(query, page=page)
    found = [text for text in read(seen) if text.strip()]
    assert not seen.of("Exception")
    assert sum(OPEN in text for text in found) > 2, "the translation is installed"
    assert [text for text in found if left(text)] == []


@pytest.mark.parametrize("table", [1, 2, 3])
def test_the_heads_of_the_tables_are_translated(app: Served, table: int):
    with visiting(app.port) as visitor:
        first = visitor.run("from=2024-01&to=2025-03&type=all")
        (group,) = (one for one in first.of("ButtonGroup") if one.id.endswith("-table"))
        seen = visitor.run("from=2024-01&to=2025-03&type=all", widgets={group.id: [group.options[table].content]})
    assert [text for text in read(seen) if left(text)] == []


def test_refusals_of_the_routes_are_translated(app: Served):
    answer = app.get("/_stcore/upload_file/a/b", headers={"X-Forwarded-For": "203.0.113.7"})
    assert (answer.status_code, answer.text[0]) == (403, OPEN)


def test_a_text_that_is_not_translated_is_found():
    assert left(f"{OPEN}translated{OPEN}twice{'⟧'}{'⟧'} and this is not")
    assert not left(f"{OPEN}all {OPEN}of it{'⟧'}{'⟧'}: Broughton, January 2025")

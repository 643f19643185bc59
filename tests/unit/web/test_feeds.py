"""A ward's feed: valid Atom, one entry a month and one a change, the same identifiers for good, and no report in it."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path

import made_stores
import pytest
from lxml import etree
from made_archive import AT as IMPORTED
from made_plans import AT, station
from sent_reports import published
from servers.asgi import Answer, Client
from servers.police_ground import priority
from servers.routes import own_routes

from mkmap.database.connection import opened
from mkmap.dataset import invented_town as demonstration_town
from mkmap.settings import settings

ATOM = "{http://www.w3.org/2005/Atom}"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
ALDER = f"/feeds/wards/{made_stores.ALDER}.atom"


@pytest.fixture
def client(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    monkeypatch.setenv("MKMAP_HOME", str(home))
    settings.cache_clear()
    yield own_routes()
    settings.cache_clear()


@pytest.fixture
def town(home: Path) -> Path:
    return made_stores.town(home)


def valid(answer: Answer) -> etree._Element:
    """The feed, with what RFC 4287 asks of one."""
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/atom+xml")
    feed = etree.fromstring(answer.content, etree.XMLParser(resolve_entities=False))
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *entries(feed)):
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1, "4.1.1, 4.1.2: exactly one"
        assert element.findtext(f"{ATOM}id").startswith("urn:uuid:"), "4.2.6: an IRI"
        assert RFC3339.fullmatch(element.findtext(f"{ATOM}updated")), "3.3"
        assert all(title.get("type", "text") == "text" for title in element.findall(f"{ATOM}title"))
    assert feed.findtext(f"{ATOM}author/{ATOM}name"), "4.1.1: an author, for all entries"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links.keys() == {"self", "alternate"}
    ids = [entry.findtext(f"{ATOM}id") for entry in entries(feed)]
    assert len(set(ids)) == len(ids), "4.2.6: no two alike"
    for entry in entries(feed):
        assert not entry.find(f"{ATOM}content").get("type") or entry.find(f"{ATOM}content").get("type") == "text"
        assert all(link.get("href").startswith("http") for link in entry.findall(f"{ATOM}link"))
    assert feed.findtext(f"{ATOM}updated") >= max((entry.findtext(f"{ATOM}updated") for entry in entries(feed)), default="")
    return feed


def entries(feed: etree._Element) -> list[etree._Element]:
    return feed.findall(f"{ATOM}entry")


def titles(feed: etree._Element) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in entries(feed)]


def test_each_month_has_its_numbers_and_what_is_missing(client: Client, town: Path):
    feed = valid(client.get(ALDER))
    assert feed.findtext(f"{ATOM}title") == "Alder Park: police figures, and what the police say they do"
    assert titles(feed) == [
        "Alder Park, March 2025: 0 burglaries among 0 crimes of all types. "
        "February 2025 is missing: it is counted nowhere, and is not zero.",
        "Alder Park, January 2025: 3 burglaries among 4 crimes of all types",
    ]
    newest, oldest = entries(feed)
    assert "Not among them: 1 crime of that month in Thames Valley that they could not place." in oldest.findtext(
        f"{ATOM}content"
    )
    assert oldest.find(f"{ATOM}link").get("href") == (
        f"http://127.0.0.1/?from=2025-01&to=2025-01&ward={made_stores.ALDER}&type=Burglary"
    )
    assert datetime.fromisoformat(newest.findtext(f"{ATOM}updated")) == IMPORTED


def test_a_new_month_is_a_new_entry_and_the_others_keep_their_identifiers(client: Client, town: Path):
    before = {entry.findtext(f"{ATOM}id") for entry in entries(valid(client.get(ALDER)))}
    made_stores.add_crimes(town, made_stores.crimes(2, "2025-04", 0))
    made_stores.add_crimes(town, made_stores.crimes(9, "2025-01", 0))
    feed = valid(client.get(ALDER))
    assert titles(feed)[0] == "Alder Park, April 2025: 2 burglaries among 2 crimes of all types"
    assert before < {entry.findtext(f"{ATOM}id") for entry in entries(feed)}


def test_a_changed_priority_is_an_entry_of_each_of_its_wards(client: Client, town: Path):
    with station(town) as at_work:
        at_work.fetch()
        assert len(entries(valid(client.get(ALDER)))) == 2, "the first fetch has changed nothing"
        at_work.first.priorities = [priority(action="Locks."), priority("Speeding.")]
        at_work.fetch(days=1)
    feed = valid(client.get(ALDER))
    assert set(titles(feed)[:2]) == {
        "Alder Park: New priority: “Speeding.”",
        "Alder Park: New word on the action: “Burglaries in sheds.”",
    }
    assert "Now: Locks." in "".join(entry.findtext(f"{ATOM}content") for entry in entries(feed))
    assert datetime.fromisoformat(entries(feed)[0].findtext(f"{ATOM}updated")) == AT.replace(day=16)
    assert len(entries(valid(client.get(f"/feeds/wards/{made_stores.BROUGHTON}.atom")))) == 4
    assert len(entries(valid(client.get(f"/feeds/wards/{made_stores.CEDAR}.atom")))) == 2


def test_old_and_new_wards_have_their_own_months(client: Client, home: Path):
    made_stores.add_wards(home, end=date(2025, 2, 28))
    made_stores.add_wards(home, ["North", "South"], name="newer", first=7, start=date(2025, 3, 1))
    made_stores.add_crimes(home)
    assert [title.partition(":")[0] for title in titles(valid(client.get(ALDER)))] == ["Alder Park, January 2025"]
    (new,) = titles(valid(client.get("/feeds/wards/E05000007.atom")))
    assert new.startswith("North, March 2025")


def test_wards_that_have_no_month_yet_have_an_empty_feed(client: Client, town: Path):
    made_stores.add_wards(town, ["North"], name="newer", first=7, start=date(2026, 5, 7))
    assert entries(valid(client.get("/feeds/wards/E05000007.atom"))) == []


@pytest.mark.parametrize(
    "code", ["E05999999", "x", "Alder%20Park", "..", "%3Cscript%3E", "' OR 1=1", "E05000001.atom", "a" * 5000]
)
def test_an_unknown_code_is_404_in_words(client: Client, town: Path, code: str):
    answer = client.get(f"/feeds/wards/{code}.atom")
    assert answer.status_code == 404
    assert "<" not in answer.text
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_written(client: Client, town: Path, method: str):
    assert client.request(method, ALDER).status_code == 405


def test_who_has_it_already_gets_nothing_twice(client: Client, town: Path):
    first = client.get(ALDER)
    assert first.headers["cache-control"] == "no-cache"
    assert client.get(ALDER).headers["etag"] == first.headers["etag"], "the same as long as the store is"
    again = client.get(ALDER, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    made_stores.add_crimes(town, made_stores.crimes(1, "2025-04", 0))
    assert client.get(ALDER, headers={"If-None-Match": first.headers["etag"]}).status_code == 200


def test_links_have_the_operators_address(client: Client, town: Path, monkeypatch: pytest.MonkeyPatch):
    before = [entry.findtext(f"{ATOM}id") for entry in entries(valid(client.get(ALDER)))]
    monkeypatch.setenv("MKMAP_PUBLIC_URL", "https://crime.example.org/")
    settings.cache_clear()
    feed = valid(client.get(ALDER))
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == f"https://crime.example.org{ALDER}"
    assert all(link.get("href").startswith("https://crime.example.org/") for link in feed.iter(f"{ATOM}link"))
    assert [entry.findtext(f"{ATOM}id") for entry in entries(feed)] == before, "an address can change, an identifier cannot"


@pytest.mark.usefixtures("with_demonstration")
def test_the_demonstration_says_so_in_every_title(client: Client, home: Path):
    feed = valid(client.get(f"/feeds/wards/{demonstration_town.code('Monkston')}.atom"))
    assert feed.findtext(f"{ATOM}title").startswith("Demonstration: ")
    assert len(entries(feed)) > 20
    assert all(title.startswith("Demonstration: ") for title in titles(feed))
    assert "invented, not evidence" in feed.findtext(f"{ATOM}subtitle")
    assert any("“Speeding on an invented road.”" in title for title in titles(feed))
    assert "data.police.uk" not in etree.tostring(feed).decode()


PAYLOADS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "]]><script>alert(1)</script>", "--><x>", "&lt;b&gt; &amp;amp;",
    "<!ENTITY x SYSTEM 'file:///etc/passwd'>&x;", "\x00\x0b\x1f\ufffe controls", "\u202e turned", "'\" onload=x", "<?php x ?>",
]  # fmt: skip


@pytest.mark.parametrize("form", [str, escape], ids=["as it is", "as entities"])
def test_whatever_the_police_or_a_ward_is_called_is_text(client: Client, home: Path, form):
    made_stores.add_wards(home, PAYLOADS)
    made_stores.add_crimes(home)
    with station(home) as at_work:
        at_work.first.priorities = []
        at_work.fetch()
        at_work.first.name = "".join(map(form, PAYLOADS))
        at_work.first.priorities = [
            priority(f"New {number} {form(payload)}", action=form(payload)) for number, payload in enumerate(PAYLOADS)
        ]
        at_work.fetch(days=1)
    for code in (made_stores.ALDER, made_stores.BROUGHTON):
        feed = valid(client.get(f"/feeds/wards/{code}.atom"))
        assert len(entries(feed)) == 2 + len(PAYLOADS)
        assert {element.tag.removeprefix(ATOM) for element in feed.iter()} <= ELEMENTS
        text = "".join(feed.itertext())
        assert not re.search("[\u0000-\u0008\u202e\u2066]", text)
        for number, payload in enumerate(PAYLOADS):
            assert form is str or not payload.isprintable() or f"New {number} {payload}" in text


ELEMENTS = {
    "feed", "entry", "id", "title", "subtitle", "updated", "author", "name", "rights", "generator", "link", "content",
}  # fmt: skip


def test_no_report_is_in_a_feed(client: Client, town: Path):
    before = client.get(ALDER).content
    published(opened(town), at=datetime(2026, 11, 1, tzinfo=UTC))
    assert client.get(ALDER).content == before


@pytest.mark.parametrize("room", ["police", "plans"])
def test_a_broken_store_is_503_in_words(client: Client, town: Path, room: str):
    with station(town) as at_work:
        at_work.fetch()
    (town / room / "manifest.json").write_text("{ not json")
    answer = client.get(ALDER)
    assert (answer.status_code, "cannot be read at the moment" in answer.text) == (503, True)
    assert str(town) not in answer.text

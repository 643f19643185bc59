"""`/briefing/<code>.pdf`: the sheets with the filters of the address, one made at a time, kept while nothing changes."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import made_stores
import pytest
from made_stores import ALDER, BROUGHTON
from sent_reports import published
from servers import asgi
from servers.asgi import Answer, Client
from servers.routes import own_routes
from sheets_read import sheets

from mkmap.month import Month
from mkmap.reports.report import Place
from mkmap.settings import settings
from mkmap.view.view import View
from mkmap.web import briefings

PATH = f"/briefing/{ALDER}.pdf"
JANUARY = "from=2025-01&to=2025-01"


@pytest.fixture
def setting(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("MKMAP_HOME", str(home))
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture
def client(setting: None) -> Client:
    return own_routes()


@pytest.fixture
def town(home: Path) -> Path:
    return made_stores.town(home)


@pytest.mark.parametrize("code", ["E05999999", "Alder Park", "%23evil", "..%2f..%2fetc%2fpasswd"])
def test_an_unknown_ward_is_404_in_words(client: Client, town: Path, code: str):
    answer = client.get(f"/briefing/{code}.pdf?{JANUARY}")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/plain")


def test_a_broken_store_is_503_in_words(client: Client, town: Path):
    (town / "police" / "manifest.json").write_text("{ not json")
    answer = client.get(f"{PATH}?{JANUARY}")
    assert answer.status_code == 503
    assert "cannot be read at the moment" in answer.text


def test_nothing_can_be_written(client: Client, town: Path):
    assert client.request("POST", PATH).status_code == 405


def test_it_opens_in_the_browser_with_the_filters_of_the_address(client: Client, town: Path):
    answer = client.get(f"{PATH}?{JANUARY}&type=all")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == f'inline; filename="Alder-Park-{ALDER}-2025-01-to-2025-01.pdf"'
    assert answer.headers["cache-control"] == "private, no-cache"
    assert "Police recorded 4 crimes of all types in Alder Park in January 2025" in sheets(answer.content).pages[0]


def test_what_is_unknown_in_an_address_is_ignored_and_said(client: Client, town: Path):
    answer = client.get(f"{PATH}?from=never&to=2025-01&type=Piracy&ward=Broughton")
    assert "Piracy" in answer.headers["x-ignored"]
    assert "Alder Park" in sheets(answer.content).pages[0]


def test_it_is_made_once_until_something_changes(client: Client, town: Path, monkeypatch: pytest.MonkeyPatch):
    made = []
    monkeypatch.setattr(briefings, "pdf", lambda view: made.append(view) or b"%PDF")
    for _again in range(3):
        client.get(f"{PATH}?{JANUARY}")
    assert len(made) == 1
    client.get(f"{PATH}?{JANUARY}&type=all")
    assert len(made) == 2
    published(made[0].snapshot.reports, month=Month(2025, 1), place=Place(*made_stores.place(0), "High Street"))  # fmt: skip
    client.get(f"{PATH}?{JANUARY}")
    assert len(made) == 3
    made_stores.add_crimes(town, made_stores.crimes(1, "2025-04", 0))
    client.get(f"{PATH}?{JANUARY}")
    assert len(made) == 4


def test_a_second_asker_gets_the_first_ones_and_waits_for_no_other_sheet(
    town: Path, setting: None, monkeypatch: pytest.MonkeyPatch
):
    made, begun = [], threading.Event()
    may_end = {code: threading.Event() for code in (ALDER, BROUGHTON)}

    def slow(view: View) -> bytes:
        begun.set()
        (code,) = view.filters.wards
        assert may_end[code].wait(30)
        made.append(code)
        return f"%PDF {code}".encode()

    async def asked_while_others_wait() -> list[Answer]:
        def asked(code: str) -> asyncio.Task[Answer]:
            return asyncio.create_task(client._request("GET", f"/briefing/{code}.pdf?{JANUARY}", {}))

        first = asked(ALDER)
        assert await asyncio.to_thread(begun.wait, 30)
        other, second = asked(BROUGHTON), asked(ALDER)
        may_end[ALDER].set()
        answers = [await first, await second]
        may_end[BROUGHTON].set()
        return [*answers, await other]

    monkeypatch.setattr(briefings, "pdf", slow)
    client = own_routes()
    answers = asgi.run(asked_while_others_wait())
    assert [answer.text for answer in answers] == [f"%PDF {code}" for code in (ALDER, ALDER, BROUGHTON)]
    assert made == [ALDER, BROUGHTON]


def test_whoever_waits_too_long_is_told_to_come_again(town: Path, setting: None, monkeypatch: pytest.MonkeyPatch):
    begun, may_end = threading.Event(), threading.Event()

    def slow(_view: View) -> bytes:
        begun.set()
        assert may_end.wait(30)
        return b"%PDF"

    async def asked_while_another_is_made() -> tuple[Answer, Answer]:
        first = asyncio.create_task(client._request("GET", f"{PATH}?{JANUARY}", {}))
        assert await asyncio.to_thread(begun.wait, 30)
        second = await client._request("GET", f"{PATH}?{JANUARY}&type=all", {})
        may_end.set()
        return await first, second

    monkeypatch.setattr(briefings, "pdf", slow)
    monkeypatch.setattr(briefings, "PATIENCE", 0.05)
    client = own_routes()
    made, busy = asgi.run(asked_while_another_is_made())
    assert (busy.status_code, busy.headers["retry-after"]) == (503, "60")
    assert "try again in a minute" in busy.text
    assert made.status_code == 200
    assert client.get(f"{PATH}?{JANUARY}").status_code == 200

"""What a program that reads HTML alone, such as a social network, is told of a shared link; and the picture with it."""

import asyncio
import re
import threading
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import made_stores
import numpy as np
import pytest
import sent_reports
from made_clock import TODAY
from PIL import Image
from servers import asgi
from servers.asgi import Answer, Client
from servers.routes import own_routes
from waiting import PATIENCE

from mkmap.evidence.claims import claim as claims
from mkmap.month import Month
from mkmap.settings import PROJECT, settings
from mkmap.view.pages import Page
from mkmap.view.snapshot import Snapshot
from mkmap.view.view import View
from mkmap.web import own_files, preview_picture, previews, server

HTML = own_files.linked(server.HTML)
JANUARY = "from=2025-01&to=2025-01&type=Burglary"
PICTURE = "/share/preview.png"


class Head(HTMLParser):
    """The tags of a page as a network reads them."""

    def __init__(self, text: str):
        super().__init__()
        self.titles: list[str] = []
        self.metas: dict[str, str] = {}
        self.scripts = 0
        self.tags: list[tuple[str, dict]] = []
        self._in_title = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.tags.append((tag, said))
        self._in_title = tag == "title"
        self.scripts += tag == "script"
        if tag == "meta":
            self.metas[said.get("property") or said.get("name") or ""] = said.get("content") or ""

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.titles.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False


@pytest.fixture
def setting(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    def put(**values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(f"MKMAP_{name}", value)
        settings.cache_clear()

    put(HOME=str(home))
    yield put
    settings.cache_clear()


@pytest.fixture
def client(setting: Callable[..., None]) -> Client:
    return own_routes()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small town, to be read only."""
    return made_stores.town(tmp_path_factory.mktemp("town"))


@pytest.fixture
def town(made: Path, setting: Callable[..., None]) -> Path:
    setting(HOME=str(made))
    return made


@pytest.fixture
def own_town(home: Path) -> Path:
    return made_stores.town(home)


def head(client: Client, path: str) -> Head:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert int(answer.headers["content-length"]) == len(answer.content)
    return Head(answer.text)


def test_the_sentence_of_the_filters_is_the_title(client: Client, town: Path):
    found = head(client, f"/?{JANUARY}&ward=Alder Park")
    said = "Police recorded 3 burglaries in Alder Park in January 2025, and 1 in Thames Valley that they could not place."
    assert found.titles == [said]
    assert found.metas["og:title"] == said
    assert found.metas["og:description"].startswith(
        "Source: data.police.uk, Thames Valley Police, Open Government Licence v3.0."
    )
    assert found.metas["description"] == found.metas["og:description"]
    assert found.metas["twitter:card"] == "summary_large_image"


def test_missing_months_are_said(client: Client, town: Path):
    assert "February 2025 is missing" in head(client, "/?from=2025-01&to=2025-03").metas["og:description"]


def test_trends_say_the_change(client: Client, town: Path):
    found = head(client, f"/trends?{JANUARY}")
    assert "cannot be compared" in found.metas["og:title"] or "missing" in found.metas["og:title"]
    assert "Police recorded 5 burglaries" in found.metas["og:description"]


def test_a_claim_is_answered_and_not_only_said(client: Client, own_town: Path):
    made_stores.add_crimes(own_town, made_stores.crimes(4, "2024-01", 0))
    found = head(client, f"/claims?{JANUARY}&claim={claims.Against.YEAR_BEFORE}").metas
    assert found["og:title"].startswith("5 burglaries in Milton Keynes in January 2025, and 4 in January 2024")


def test_what_a_page_keeps_in_its_address_is_kept_and_nothing_else(client: Client, town: Path):
    claim = head(client, f"/claims?{JANUARY}&who=police&claim={claims.Against.A_WEEK}&number=12&utm_source=x").metas["og:url"]
    assert claim.endswith(f"/claims?{JANUARY}&who=police&claim={claims.Against.A_WEEK}&number=12")
    assert head(client, f"/meeting?{JANUARY}&slide=wards").metas["og:url"].endswith(f"/meeting?{JANUARY}&slide=wards")
    assert "x" not in parse_qs(urlsplit(head(client, f"/meeting?{JANUARY}&slide=x").metas["og:url"]).query)["slide"]


def test_every_page_has_a_preview(client: Client, town: Path):
    assert {page.value for page in Page} == {file.stem for file in (PROJECT / "pages").glob("*.py")}
    for path in (page.path for page in Page):
        found = head(client, path)
        assert len(found.titles) == 1
        assert found.metas["og:title"] == found.titles[0]
        assert urlsplit(found.metas["og:url"]).path == path


def test_addresses_are_absolute_and_say_every_filter(client: Client, town: Path, setting: Callable[..., None]):
    setting(PUBLIC_URL="https://crime.example.org/")
    found = head(client, "/trends?from=2025-01&ward=alder+park").metas
    assert found["og:url"] == "https://crime.example.org/trends?from=2025-01&to=2025-01&ward=E05000001&type=Burglary"
    picture = urlsplit(found["og:image"])
    assert f"{picture.scheme}://{picture.netloc}{picture.path}" == f"https://crime.example.org{PICTURE}"
    assert parse_qs(picture.query).keys() == {"from", "to", "ward", "type", "v"}
    assert client.get(f"{picture.path}?{picture.query}").headers["cache-control"] == "public, max-age=86400"


def test_without_a_public_address_it_is_the_requests_own(client: Client, town: Path):
    assert head(client, "/").metas["og:url"] == "http://127.0.0.1/"


def test_a_page_without_filters_in_its_address_means_the_latest_month_next_month_too(client: Client, town: Path):
    assert "?" not in head(client, "/").metas["og:url"]
    assert "Burglary" not in head(client, f"/report?{JANUARY}").metas["og:url"]


def test_the_about_page_keeps_the_filters_of_its_address_and_has_a_title_of_its_own(client: Client, town: Path):
    about = head(client, f"/about?{JANUARY}").metas
    assert about["og:url"].endswith(f"/about?{JANUARY}")
    assert about["og:title"] == "What the police recorded in Milton Keynes, and what residents report"


@pytest.mark.usefixtures("with_demonstration")
def test_the_demonstration_says_so(client: Client, home: Path):
    for path in ("/", "/trends", "/about"):
        found = head(client, path).metas
        assert found["og:title"].startswith("Demonstration: ")
        assert "invented, not evidence" in found["og:description"]


def test_the_rest_of_streamlits_page_is_as_it_was(client: Client, town: Path):
    text = client.get("/").text
    (title,) = re.findall(r"<title>.*?</title>", HTML)
    before, after = HTML.split(title)
    assert text.startswith(before)
    assert text.endswith(after)


def test_who_asks_for_no_html_gets_the_page_untouched(client: Client, town: Path):
    assert client.get("/", {"accept": "image/png"}).text == HTML
    for accepted in ("text/html,application/xhtml+xml", "*/*"):
        assert "og:title" in client.get("/", {"accept": accepted}).text
    assert client.get("/").headers["vary"] == "Accept, Host"
    assert client.get("/").headers["cache-control"] == "no-cache"


HOSTILE = [
    '"><script>alert(1)</script>',
    "</title><script>alert(1)</script>",
    "' onload='alert(1)",
    '" onerror="alert(1)',
    "<!-- -->",
    "&quot;&gt;&lt;script&gt;",
    "\\1\\g<0>",
    "\x00\x01\u202e",
    "<svg/onload=alert(1)>",
    "]]>",
]


@pytest.mark.parametrize("payload", HOSTILE)
def test_html_in_an_address_is_text(client: Client, town: Path, payload: str):
    usual = Head(client.get("/").text)
    for name in ("from", "to", "ward", "type", "v", payload):
        found = head(client, "/?" + "&".join(f"{key}={_sent(payload)}" for key in {name, "ward"}))
        assert [(tag, said.keys()) for tag, said in found.tags] == [(tag, said.keys()) for tag, said in usual.tags]
        assert "alert" not in found.metas["og:title"]


def _sent(payload: str) -> str:
    return "".join(f"%{byte:02x}" for byte in payload.encode())


@pytest.mark.parametrize("payload", HOSTILE)
def test_html_in_the_name_of_a_ward_is_text(client: Client, home: Path, payload: str):
    made_stores.add_wards(home, [payload, "Broughton", "Cedar"])
    made_stores.add_crimes(home)
    usual = head(client, f"/?{JANUARY}&ward=E05000002")
    found = head(client, f"/?{JANUARY}&ward=E05000001")
    assert found.scripts == usual.scripts
    assert [tag for tag, _said in found.tags] == [tag for tag, _said in usual.tags]
    assert found.titles[0] == found.metas["og:title"]
    assert client.get(f"{PICTURE}?{JANUARY}&ward=E05000001").content.startswith(b"\x89PNG")


@pytest.mark.parametrize("host", ['evil"><script>alert(1)</script>', "a b", "[", "evil.example:port", ""])
def test_html_in_the_name_of_the_host_is_text(client: Client, town: Path, host: str):
    answer = client.get("/", {"host": host})
    assert answer.status_code == 200
    assert Head(answer.text).scripts == Head(HTML).scripts


def test_a_broken_store_keeps_no_page_back(client: Client, own_town: Path):
    (own_town / "police" / "manifest.json").write_text("{ not json")
    assert client.get("/trends").text == HTML
    answer = client.get(PICTURE)
    assert (answer.status_code, answer.headers["content-type"]) == (503, "text/plain; charset=utf-8")
    assert str(own_town) not in answer.text


def drawn(client: Client, query: str) -> np.ndarray:
    answer = client.get(f"{PICTURE}?{query}")
    assert answer.headers["content-type"] == "image/png"
    return np.asarray(Image.open(BytesIO(answer.content)).convert("RGB")).astype(int)


def test_the_picture_is_of_the_size_that_networks_show_and_not_blank(client: Client, town: Path):
    found = drawn(client, JANUARY)
    assert found.shape == (630, 1200, 3)
    blue = (np.abs(found - (0, 114, 178)) < 12).all(axis=2)
    assert blue[300:].sum() > 2000, "the chosen month's bar is there"
    assert (found[:250].sum(axis=2) < 200).sum() > 1000, "the sentence is there"
    assert (found[:, -20:] > 250).all(), "nothing runs out of it"


def test_the_picture_follows_the_filters_and_the_stored_months(client: Client, own_town: Path):
    before = client.get(f"{PICTURE}?{JANUARY}").content
    assert client.get(f"{PICTURE}?{JANUARY}").content == before
    assert client.get(f"{PICTURE}?{JANUARY}&ward=Broughton").content != before
    made_stores.add_crimes(own_town, made_stores.crimes(9, "2025-04", 0))
    assert client.get(f"{PICTURE}?{JANUARY}").content != before


@pytest.mark.usefixtures("with_demonstration")
def test_the_picture_names_the_demonstration_the_source_and_what_is_missing(home: Path, client: Client):
    view = View(snapshot := Snapshot.now(settings(), TODAY), snapshot.choices(snapshot.latest).default)
    title = preview_picture._title(view)
    assert title["text"][0].startswith("Demonstration: ")
    assert "invented, not evidence" in " ".join(title["subtitle"])
    made_stores.town(home)
    view = View(snapshot := Snapshot.now(settings(), TODAY), snapshot.read({"from": ["2025-01"], "to": ["2025-03"]}).filters)
    said = " ".join(preview_picture._title(view)["subtitle"])
    assert "data.police.uk, Thames Valley Police" in said
    assert "Latest month: March 2025" in said
    assert "February 2025 is missing" in said


def test_a_long_sentence_fits_the_picture(client: Client, home: Path):
    made_stores.add_wards(home, ["Newport Pagnell North and Hanslope " * 3 + end for end in "abc"])
    made_stores.add_crimes(home)
    found = drawn(client, f"{JANUARY}&ward=E05000001&ward=E05000002&ward=E05000003")
    assert (found[:, -20:] > 250).all()


def test_reports_are_in_no_preview(client: Client, own_town: Path):
    page, picture = client.get(f"/?{JANUARY}").text, client.get(f"{PICTURE}?{JANUARY}").content
    sent_reports.published(Snapshot.now(settings(), TODAY).reports, month=Month(2025, 1))
    assert client.get(f"/?{JANUARY}").text == page
    assert client.get(f"{PICTURE}?{JANUARY}").content == picture


def test_pictures_are_drawn_one_at_a_time_and_who_waits_too_long_is_told(town: Path, monkeypatch: pytest.MonkeyPatch):
    begun, may_end = [], threading.Event()

    def slow(view: View) -> bytes:
        begun.append(view)
        assert may_end.wait(PATIENCE)
        return b"\x89PNG"

    async def ask_at_once() -> list[Answer]:
        asked = [asyncio.create_task(client._request("GET", f"{PICTURE}?{JANUARY}", {})) for _number in range(6)]
        async with asyncio.timeout(PATIENCE):
            while sum(one.done() for one in asked) < 5:
                await asyncio.sleep(0.01)
        may_end.set()
        return await asyncio.gather(*asked)

    monkeypatch.setattr(previews, "picture", slow)
    monkeypatch.setattr(previews, "PATIENCE", 0.2)
    client = own_routes()
    found = asgi.run(ask_at_once())
    assert len(begun) == 1
    assert sorted(answer.status_code for answer in found) == [200, *[503] * 5]
    assert {answer.headers.get("retry-after") for answer in found if answer.status_code == 503} == {"60"}

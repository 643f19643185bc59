"""Every kind of answer carries the headers of a page that lets nothing foreign in."""

import csv
import io
from collections.abc import Callable
from urllib.parse import quote

import made_stores
import pytest
import requests
from servers.app import Served
from servers.proxy import proxy

from mkmap.operate import forgotten_proxy


@pytest.fixture(scope="module")
def app(serve: Callable[..., Served], tmp_path_factory: pytest.TempPathFactory) -> Served:
    return serve(made_stores.town(tmp_path_factory.mktemp("town")))


ANSWERS = [
    "/",
    "/about",
    "/healthz",
    "/data/crimes.csv",
    "/data/crimes.geojson",
    "/data/wards.geojson?from=never",
    "/map/crimes/12/2038/1352.json",
    "/map/icons.png",
    "/map/style.json",
    "/_stcore/health",
    "/_stcore/upload_file/a/b",
    "/no/such/page.json",
    "/static/nothing.js",
    "/../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
]


def policy(answer: requests.Response) -> dict[str, list[str]]:
    parts = (part.split() for part in answer.headers["content-security-policy"].split(";"))
    return {name: values for name, *values in parts}


@pytest.mark.parametrize("path", ANSWERS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
def test_every_answer_has_them_once(app: Served, method: str, path: str):
    answer = requests.request(method, app.address + path, timeout=30)
    for name, value in {
        "x-content-type-options": "nosniff",
        "referrer-policy": "strict-origin-when-cross-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
    }.items():
        assert answer.headers[name] == value
    assert len(answer.raw.headers.getlist("content-security-policy")) == 1
    assert "strict-transport-security" not in answer.headers
    assert "Traceback" not in answer.text
    assert "root:" not in answer.text


def test_the_policy_lets_nothing_foreign_in(app: Served):
    found = policy(app.get("/"))
    values = [value for of_one in found.values() for value in of_one]
    assert "'unsafe-eval'" not in values
    assert not [value for value in values if "*" in value or "http" in value or value in ("https:", "http:", "ws:", "wss:")]
    assert "'unsafe-inline'" not in found["script-src"]
    assert "'wasm-unsafe-eval'" in found["script-src"]
    assert found["default-src"] == ["'self'"]
    assert found["object-src"] == ["'none'"]
    assert found["frame-ancestors"] == ["'self'"]
    assert found["base-uri"] == found["form-action"] == ["'self'"]


def test_behind_tls_a_browser_is_told_to_stay_there(app: Served):
    assert app.get("/", headers={"X-Forwarded-Proto": "https"}).headers["strict-transport-security"] == "max-age=31536000"
    with proxy(app.port, {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}) as port:
        answer = requests.get(f"http://127.0.0.1:{port}/healthz", timeout=30)
    assert "strict-transport-security" in answer.headers


TOO_MUCH = "&".join(f"{name}={quote('💥' * 60)}{number}" for number in range(15) for name in ("ward", "type", "from", "to"))


@pytest.mark.parametrize(
    "path", [*ANSWERS, "/about/", "/data/crimes.csv/", f"/briefing/{made_stores.ALDER}.pdf", "/" + "x" * 9_000]
)
def test_whatever_is_asked_the_headers_of_an_answer_stay_small(app: Served, path: str):
    """Under the 8 kB that servers before us take of all headers together."""
    separator = "&" if "?" in path else "?"
    for query in (TOO_MUCH, "a" * 30_000):
        answer = app.get(f"{path}{separator}{query}", allow_redirects=False)
        assert sum(len(name) + len(value) + 4 for name, value in answer.headers.items()) < 6_000, answer.headers


def test_an_answer_that_says_the_host_is_kept_for_that_host_alone(app: Served):
    for path in ("/", f"/feeds/wards/{made_stores.ALDER}.atom", "/map/style.json"):
        answer = app.get(path, headers={"Host": "evil.example"})
        assert "Host" in answer.headers["vary"]
        assert answer.headers["cache-control"] in ("no-cache", "private, no-cache")


def test_who_sends_a_proxys_header_stays_who_opened_the_connection(app: Served):
    """uvicorn puts the header's word in the place of a peer on this machine, before anybody else can look."""
    app.get("/about", headers={"X-Forwarded-For": "203.0.113.7"})
    assert forgotten_proxy.noted(app.home)["peer"] == "127.0.0.1"


def test_no_other_site_may_read_an_answer(app: Served):
    for path in ("/healthz", "/data/crimes.csv", "/map/crimes/12/2038/1352.json", "/_stcore/health", "/_stcore/host-config"):
        answer = app.get(path, headers={"Origin": "https://evil.example"})
        assert answer.headers.get("access-control-allow-origin") not in ("*", "https://evil.example")


SQL = [
    "' OR '1'='1",
    "'; DROP TABLE crimes; --",
    '" OR ""="',
    "1; DELETE FROM crimes",
    "Burglary' UNION SELECT * FROM read_text('/etc/passwd') --",
    "Burglary') UNION ALL SELECT 1,2,3 --",
    "'||(SELECT 1)||'",
    "%27%20OR%201=1",
    "\\'; SELECT 1; --",
    "Burglary'/**/OR/**/1=1",
    "COPY crimes TO '/tmp/x'",
    "ATTACH '/tmp/x.db'",
    "INSTALL httpfs",
    "PRAGMA database_list",
    "$$; SELECT 1; $$",
    "'; CALL pragma_version(); --",
    "0x27",
    "ʼ OR 1=1 --",
    "admin'--",
    "') OR ('1'='1",
    "1 AND SLEEP(5)",
    "'; EXEC xp_cmdshell('dir'); --",
    "SELECT pg_sleep(5)",
    "' HAVING 1=1 --",
    "' GROUP BY ward --",
    "' ORDER BY 99 --",
    "NULL",
    "\x00",
    "{}",
    "[]",
    "../../manifest.json",
    "%s%n%d",
]


def without_note(answer: requests.Response) -> object:
    """What a data route answered, but for the sentence on what was not understood."""
    if answer.headers["content-type"].startswith("text/csv"):
        return [row | {"ignored": ""} for row in csv.DictReader(io.StringIO(answer.text))]
    found = answer.json()
    return found | {"ignored": ""} if isinstance(found, dict) else found


@pytest.mark.parametrize(
    "path", ["/data/crimes.csv", "/data/crimes.geojson", "/data/wards.geojson", "/map/crimes/12/2038/1352.json"]
)
def test_sql_in_an_address_is_an_unknown_value(app: Served, path: str):
    usual = without_note(app.get(path))
    assert len(SQL) >= 30
    for payload in SQL:
        answer = app.get(path, params=dict.fromkeys(("from", "to", "ward", "type"), payload))
        assert answer.status_code == 200
        assert without_note(answer) == usual
        assert "ignored" in answer.headers["x-ignored"]
    assert "Traceback" not in app.log

"""The commands of the About page, as it shows them, against the app: each works, and none is left out."""

import shlex
from collections.abc import Callable
from urllib.parse import urlsplit

import made_stores
import pytest
import requests
from servers.app import Served, free_port
from servers.visitor import visiting

from mkmap.operate.clock import Clock
from mkmap.web.routes import routes

QUERY = "from=2025-01&to=2025-03&ward=Cedar %26 Elm&ward=Broughton&type=all"
OF_THE_SITE = ("/map/", "/tiles/", "/own.", "/presenter", "/meeting/")  # what its own pages load: nobody else's business
KINDS = {
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".geojson": "application/geo+json",
    ".atom": "application/atom+xml",
    ".pdf": "application/pdf",
    ".png": "image/png",
    "healthz": "application/json",
}


@pytest.fixture(scope="module")
def app(serve: Callable[..., Served], tmp_path_factory: pytest.TempPathFactory) -> Served:
    port = free_port()
    home = made_stores.town(tmp_path_factory.mktemp("town"))
    return serve(home, {"MKMAP_PUBLIC_URL": f"http://127.0.0.1:{port}"}, port=port)


@pytest.fixture(scope="module")
def addresses(app: Served) -> list[str]:
    """What the commands ask for."""
    with visiting(app.port) as visitor:
        seen = visitor.run(QUERY, page="about")
    commands = [shlex.split(code.code_text) for code in seen.of("Code") if code.code_text.startswith("curl ")]
    assert all(len(words) == 2 for words in commands)
    return [address for _curl, address in commands]


def test_each_command_works(app: Served, addresses: list[str]):
    assert len(addresses) >= 6
    for address in addresses:
        answer = requests.get(address, timeout=60)
        (kind,) = (kind for end, kind in KINDS.items() if urlsplit(address).path.endswith(end))
        assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
        assert len(answer.content) > 20
        assert "x-ignored" not in answer.headers


def test_the_commands_keep_the_filters(addresses: list[str]):
    (crimes,) = (address for address in addresses if "/data/crimes.csv?" in address)
    rows = requests.get(crimes, timeout=60).text.splitlines()
    assert len(rows) == 1 + 2 + 1, "a head, two in Broughton, one in Cedar & Elm"


def test_every_route_has_a_command(addresses: list[str]):
    paths = {urlsplit(address).path for address in addresses}
    for route in routes("", Clock()):
        answers_data = "." in route.path or route.path == "/healthz"
        if answers_data and not route.path.startswith(OF_THE_SITE):
            assert any(route.path_regex.match(path) for path in paths), route.path

"""A client that speaks Streamlit's messages and is no browser: what it sends is refused, or is an unknown value."""

from collections.abc import Callable

import made_stores
import pytest
from made_archive import stored_files
from servers.app import PROJECT, Served
from servers.visitor import Seen, visiting
from websockets.exceptions import ConnectionClosed, InvalidStatus


@pytest.fixture(scope="module")
def app(serve: Callable[..., Served], tmp_path_factory: pytest.TempPathFactory) -> Served:
    return serve(made_stores.town(tmp_path_factory.mktemp("town")))


@pytest.fixture(autouse=True)
def unchanged(app: Served):
    """Nothing that is stored is changed, and the app stays up without a traceback of its own in the log."""
    before = stored_files(app.home)
    yield
    assert stored_files(app.home) == before
    assert app.get("/healthz").json()["status"] == "ok"
    assert not any(f'File "{PROJECT / ours}' in app.log for ours in ("app.py", "mkmap", "pages"))


def ids(seen: Seen) -> dict[str, str]:
    """The widgets of a page by the key in their id."""
    return {one.id.rsplit("-", 1)[-1]: one.id for one in seen.elements if "id" in one.DESCRIPTOR.fields_by_name and one.id}


def is_whole(seen: Seen) -> bool:
    return bool(seen.of("DeckGlJsonChart")) and not seen.of("Exception")


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://evil.example:8501", "null", "http://localhost.evil.example"]
)
def test_a_foreign_origin_gets_no_session(app: Served, origin: str):
    with pytest.raises((InvalidStatus, ConnectionClosed)), visiting(app.port, origin=origin) as visitor:
        visitor.run()


@pytest.mark.parametrize("message", [b"\xff" * 100, b"GET / HTTP/1.1", b"\x00" * 10_000, b"\x00" * (21 * 1024 * 1024)])
def test_what_is_no_message_or_over_the_limit_ends_its_own_session_and_no_other(app: Served, message: bytes):
    with visiting(app.port) as neighbour:
        assert is_whole(neighbour.run())
        with pytest.raises(ConnectionClosed), visiting(app.port) as visitor:
            visitor.send(message)
        assert is_whole(neighbour.run())
    with visiting(app.port) as visitor:
        assert is_whole(visitor.run())


def test_an_empty_message_is_passed_over(app: Served):
    with visiting(app.port) as visitor:
        visitor.say(b"")
        assert is_whole(visitor.run())


VALUES = ["Atlantis", "", "x" * 100_000, "<script>alert(1)</script>", "\x00", "2025-13", "-1", "null"]


@pytest.mark.parametrize("key", ["from", "to", "street"])
@pytest.mark.parametrize("value", VALUES)
def test_a_bad_option_of_a_list_changes_nothing(app: Served, key: str, value: str):
    with visiting(app.port) as visitor:
        first = visitor.run("from=2025-01&to=2025-01")
        again = visitor.run("from=2025-01&to=2025-01", widgets={ids(first)[key]: value})
        assert is_whole(again)
        assert again.has("5 burglaries")


@pytest.mark.parametrize("key", ["ward", "type"])
@pytest.mark.parametrize("value", VALUES)
def test_a_bad_option_of_several_changes_nothing(app: Served, key: str, value: str):
    with visiting(app.port) as visitor:
        first = visitor.run("from=2025-01&to=2025-01")
        again = visitor.run("from=2025-01&to=2025-01", widgets={ids(first)[key]: [value] * 3})
        assert is_whole(again)


@pytest.mark.parametrize(
    "value",
    [
        "[]",
        '{"selection": {"objects": null}}',
        '{"selection": {"objects": {"crimes": [{}]}}}',
        '{"selection": {"objects": {"crimes": [{"g": "x"}]}}}',
        '{"selection": {"objects": {"crimes": [{"g": 1e400}]}}}',
        '{"selection": {"objects": {"crimes": [{"g": "999999999999999999999999999"}]}}}',
        '{"selection": {"objects": {"crimes": [{"g": [1]}]}}}',
        '{"selection": {"objects": {"crimes": [{"g": "-1"}]}}}',
        '{"selection": {"objects": {"crimes": []}}}',
        '{"selection": {"objects": {"crimes": "abc"}}}',
        '{"selection": {"objects": [1, 2]}}',
        '{"selection": {"indices": {"crimes": [0]}, "objects": {"x": [{"g": "1", "t": "<script>"}]}}}',
    ],
)
def test_a_forged_click_on_the_map_changes_nothing(app: Served, value: str):
    with visiting(app.port) as visitor:
        first = visitor.run("from=2025-01&to=2025-01")
        again = visitor.run("from=2025-01&to=2025-01", widgets={ids(first)["crime_map"]: value})
        assert is_whole(again)


@pytest.mark.parametrize("value", ["", "{", "null", '{"selection": null}', "[" * 100_000])
def test_what_streamlit_itself_cannot_read_tells_nothing_of_the_server(app: Served, value: str):
    with visiting(app.port) as visitor:
        first = visitor.run("from=2025-01&to=2025-01")
        again = visitor.run("from=2025-01&to=2025-01", widgets={ids(first)["crime_map"]: value})
    for error in again.of("Exception"):
        assert "redacted" in error.message
        assert not error.stack_trace
    with visiting(app.port) as visitor:
        assert is_whole(visitor.run())


def test_a_widget_of_another_page_or_of_none_changes_nothing(app: Served):
    with visiting(app.port) as visitor:
        visitor.run()
        assert is_whole(visitor.run(widgets={"$$ID-0-moderate": True, "$$ID-1-x": "y"}))


@pytest.mark.parametrize("page", ["moderation", "../app", "x" * 10_000, "about/../../etc/passwd", "\x00"])
def test_an_unknown_page_is_not_found(app: Served, page: str):
    with visiting(app.port) as visitor:
        seen = visitor.run(page=page)
        assert not seen.of("Exception")


def test_a_long_address_is_read_and_not_repeated(app: Served):
    with visiting(app.port) as visitor:
        seen = visitor.run("ward=" + "a" * 200_000)
        assert is_whole(seen)
        assert max(map(len, (note.body for note in seen.of("Alert")))) < 500

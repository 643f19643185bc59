"""Who may moderate: somebody on the list, signed in with a real OpenID provider, or the operator at the server where that is allowed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import made_stores
import pytest
from sent_reports import published, sent
from servers.app import Served, free_port
from servers.openid import provider, secrets, sign_in
from servers.proxy import proxy
from servers.visitor import Seen, visiting
from websockets.exceptions import InvalidStatus

from mkmap.database import connection
from mkmap.database.connection import Store
from mkmap.reports.report import State
from mkmap.reports.store import showing

ALLOWED = "You decide as"
Serve = Callable[..., Served]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_stores.town(tmp_path_factory.mktemp("town"))


@pytest.fixture(scope="module")
def store(home: Path) -> Store:
    found = connection.connected(home)
    sent(found)
    published(found)
    return found


@pytest.fixture(scope="module")
def openid() -> Iterator[str]:
    with provider() as address:
        yield address


@pytest.fixture(scope="module")
def app(serve: Serve, home: Path, store: Store, openid: str, tmp_path_factory: pytest.TempPathFactory) -> Served:
    """With two moderators on the list; the second's address is not verified by anybody."""
    port = free_port()
    file = secrets(tmp_path_factory.mktemp("secrets") / "secrets.toml", openid, port)
    env = {"MKMAP_MODERATORS": "someone@example.org, ann@example.org", "STREAMLIT_SECRETS_FILES": str(file)}
    return serve(home, env, port=port)


def moderation(port: int, cookie: str | None = None, **how) -> Seen:
    headers = {"Cookie": cookie} if cookie else {}
    with visiting(port, headers=headers | how.pop("headers", {}), **how) as visitor:
        return visitor.run(page="moderation")


def signed_in(app: Served, subject: str) -> str:
    with visiting(app.port) as visitor:
        return sign_in(app, visitor, subject)


def buttons(seen: Seen) -> set[str]:
    return {one.label for one in seen.of("Button")}


def test_somebody_on_the_list_decides_in_their_own_name(app, store):
    seen = moderation(app.port, signed_in(app, "ann"))
    assert seen.has(f"{ALLOWED} “ann\\@example\\.org”")
    assert "Publish" in buttons(seen)


@pytest.mark.parametrize("subject", ["eve", "unverified", "silent", "nameless"])
def test_nobody_else_does(app, subject):
    seen = moderation(app.port, signed_in(app, subject))
    assert not seen.has(ALLOWED)
    assert not buttons(seen) & {"Publish", "Reject", "Undo"}
    assert not seen.has("High Street"), "the queue is for moderators"


def test_a_visitor_sees_no_queue_and_how_many_wait(app):
    seen = moderation(app.port)
    assert "Sign in" in buttons(seen)
    assert not seen.has("High Street")
    assert seen.has("1 waiting")


def test_a_forged_cookie_is_nobody(app, openid, serve, home, tmp_path):
    cookie = signed_in(app, "ann")
    name, _equal, value = next(part for part in cookie.split("; ") if part.startswith("_streamlit_user")).partition("=")
    for forged in (value[:-6] + "AAAAAA", "x", value.swapcase(), '"{\\"email\\": \\"ann@example.org\\"}"'):
        assert not moderation(app.port, f"{name}={forged}").has(ALLOWED)
    port = free_port()
    file = secrets(tmp_path / "secrets.toml", openid, port, cookie_secret="another secret, of 32 signs and more too")
    other = serve(home, {"MKMAP_MODERATORS": "ann@example.org", "STREAMLIT_SECRETS_FILES": str(file)}, port=port)
    assert not moderation(other.port, cookie).has(ALLOWED)
    assert moderation(other.port, signed_in(other, "ann")).has(ALLOWED)


def test_an_empty_list_is_nobody(openid, serve, home, tmp_path):
    port = free_port()
    file = secrets(tmp_path / "secrets.toml", openid, port)
    app = serve(home, {"MKMAP_MODERATORS": " , ", "STREAMLIT_SECRETS_FILES": str(file)}, port=port)
    for subject in ("ann", "nameless"):
        assert not moderation(app.port, signed_in(app, subject)).has(ALLOWED)


def test_the_press_of_somebody_without_the_right_changes_nothing(app, store):
    """The widget of a moderator's page, sent by a session that is none."""
    seen = moderation(app.port, signed_in(app, "ann"))
    presses = {one.id: True for one in seen.of("Button") if one.label in ("Publish", "Reject", "Undo", "Mark as duplicate")}
    before = showing.counts(store)
    for cookie in (None, signed_in(app, "eve")):
        with visiting(app.port, headers={"Cookie": cookie} if cookie else None) as visitor:
            visitor.run(page="moderation")
            for press in presses:
                visitor.run(page="moderation", widgets={press: True})
    assert presses
    assert showing.counts(store) == before


@pytest.fixture(scope="module")
def local(serve: Serve, home: Path, store: Store) -> Served:
    return serve(home, {"MKMAP_LOCAL_MODERATION": "1"})


def test_at_the_server_itself_where_that_is_allowed(local):
    assert moderation(local.port).has(f"{ALLOWED} “local”")


def test_not_where_it_is_not_allowed(serve, home, store):
    app = serve(home)
    seen = moderation(app.port)
    assert not seen.has(ALLOWED)
    assert "Sign in" not in buttons(seen)
    assert seen.has("python -m mkmap reports list")


@pytest.mark.parametrize(
    "added",
    [
        {"X-Forwarded-For": "203.0.113.9"},
        {"Forwarded": "for=203.0.113.9"},
        {"X-Real-IP": "127.0.0.1"},
        {"Via": "1.1 somewhere"},
    ],
)
def test_not_through_a_proxy(local, added):
    with proxy(local.port, added) as port:
        assert not moderation(port, origin=f"http://127.0.0.1:{local.port}").has(ALLOWED)


def test_not_under_another_host_name(local):
    with proxy(local.port, host="map.example.org") as port:
        try:
            seen = moderation(port, origin="http://map.example.org")
        except InvalidStatus:  # refused at the door
            return
    assert not seen.has(ALLOWED)


def test_a_right_that_is_gone_ends_before_the_act(local, store):
    """A page that was drawn with the right, pressed through another door, changes nothing: the right is asked at every act."""
    seen = moderation(local.port)
    press = next(one.id for one in seen.of("Button") if one.label == "Publish")
    with (
        proxy(local.port, {"X-Forwarded-For": "203.0.113.9"}) as port,
        visiting(port, origin=f"http://127.0.0.1:{local.port}") as visitor,
    ):
        visitor.run(page="moderation")
        visitor.run(page="moderation", widgets={press: True})
    assert showing.counts(store)[State.PENDING] == 1


def test_where_moderators_sign_in_loading_data_is_theirs_alone(app):
    """Behind a proxy that hides itself every visitor looks as if they sat at the server."""
    for cookie, allowed in ((None, False), (signed_in(app, "eve"), False), (signed_in(app, "ann"), True)):
        with visiting(app.port, headers={"Cookie": cookie} if cookie else None) as visitor:
            seen = visitor.run(page="about")
        assert ("Get the latest months" in buttons(seen)) is allowed


def test_elsewhere_loading_data_is_for_whoever_sits_at_the_server(local):
    with visiting(local.port) as visitor:
        assert "Get the latest months" in buttons(visitor.run(page="about"))

"""Who may moderate: somebody on the list, signed in with a real OpenID provider, or the operator where that is allowed."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import command_line
import made_stores
import pytest
import requests
from sent_reports import published, sent
from servers.app import Served, free_port
from servers.openid import provider, secrets, sign_in
from servers.proxy import proxy
from servers.visitor import Seen, upload, visiting
from waiting import until

from mkmap.database import connection, operators
from mkmap.database.connection import Store
from mkmap.reports.report import State
from mkmap.reports.store import showing
from mkmap.view.sentences import plain

ALLOWED = "You decide as"
LISTED = "Frank@example.org, ann@example.org, james@example.org,strasse@example.org, office@example.org, text@example.org"
ALIKE = ["fran\u212a@example.org", "jame\u017f@example.org", "stra\u00dfe@example.org", "o\ufb03ce@example.org"]
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
    """With moderators on the list as whom others try to sign in."""
    port = free_port()
    file = secrets(tmp_path_factory.mktemp("secrets") / "secrets.toml", openid, port)
    return serve(home, {"MKMAP_MODERATORS": LISTED, "STREAMLIT_SECRETS_FILES": str(file)}, port=port)


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
    assert seen.has(f"{ALLOWED} “{plain('ann@example.org')}”")
    assert "Publish" in buttons(seen)


@pytest.mark.parametrize("subject", ["eve", "unverified", "unverified text", "silent", "nameless", *ALIKE])
def test_nobody_else_does(app, subject):
    seen = moderation(app.port, signed_in(app, subject))
    assert not seen.has(ALLOWED)
    assert seen.has("on the list of moderators") or seen.has("Confirm the address there")
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


def test_who_gets_the_address_of_somebody_known_is_not_that_moderator(app):
    assert moderation(app.port, signed_in(app, "ann")).has(ALLOWED)
    seen = moderation(app.port, signed_in(app, "other ann"))
    assert not seen.has(ALLOWED)
    assert seen.has("Somebody with another account moderates as ann")
    try:
        assert command_line.run(app.home, "operate", "--forget", "ANN@example.org").returncode == 0
        assert moderation(app.port, signed_in(app, "other ann")).has(ALLOWED), "the operator has freed the address"
        assert not moderation(app.port, signed_in(app, "ann")).has(ALLOWED)
    finally:
        command_line.run(app.home, "operate", "--forget", "ann@example.org")


@pytest.fixture(scope="module")
def elsewhere(app: Served, serve: Serve, openid: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of another process of the same site, under whose name a proxy passes visitors on."""
    file = secrets(tmp_path_factory.mktemp("secrets") / "secrets.toml", openid, app.port)
    other = serve(app.home, {"MKMAP_MODERATORS": LISTED, "STREAMLIT_SECRETS_FILES": str(file)})
    with proxy(other.port, host=f"127.0.0.1:{app.port}") as port:
        yield port


def test_another_process_knows_the_operators_session_and_link(app, elsewhere):
    """Behind a proxy either may answer, and a restart forgets nothing."""
    token = operators.make_link(connection.connected(app.home), at=datetime.now(UTC))
    opened = requests.get(f"http://127.0.0.1:{elsewhere}/operate?token={token}", allow_redirects=False, timeout=60)
    for port, cookie in ((elsewhere, app.operator()), (app.port, opened.headers["set-cookie"].partition(";")[0])):
        with visiting(port, origin=app.address, headers={"Cookie": cookie}) as visitor:
            assert "Get the latest months" in buttons(visitor.run(page="about"))


def test_a_sign_out_counts_everywhere(app, elsewhere, store):
    """In the page that is open, in another browser, in another process, and for uploads."""
    one, two = signed_in(app, "ann"), signed_in(app, "ann")
    with visiting(app.port, headers={"Cookie": two}) as open_page:
        shown = open_page.run(page="moderation")
        assert moderation(elsewhere, two, origin=app.address).has(ALLOWED)
        address = open_page.upload_address()
        assert upload(app.address, address) == 204
        with visiting(app.port, headers={"Cookie": one}) as visitor:
            (button,) = (one.id for one in visitor.run(page="moderation").of("Button") if one.label == "Sign out")
            visitor.run(page="moderation", widgets={button: True})
        pressed = open_page.run(page="moderation", widgets={press(shown, "Publish"): True})
        assert pressed.has("Only moderators can decide")
        for seen in (
            pressed,
            moderation(app.port, one),
            moderation(app.port, two),
            moderation(elsewhere, two, origin=app.address),
        ):
            assert not seen.has(ALLOWED)
            assert not seen.has("High Street")
            assert seen.has("You have signed out since")
        assert upload(app.address, address) == 403
    assert showing.counts(store)[State.PENDING] == 1
    until(
        lambda: moderation(app.port, signed_in(app, "ann")).has(ALLOWED), "a sign-in of a later second counts again", every=0.3
    )


def press(seen: Seen, label: str) -> str:
    return next(one.id for one in seen.of("Button") if one.label == label)


def test_behind_tls_no_cookie_travels_without_it(app):
    for headers, is_secure in (({"X-Forwarded-Proto": "https"}, True), ({}, False)):
        cookie = app.get("/_stcore/health", headers=headers).headers["set-cookie"]
        assert cookie.startswith("_streamlit_xsrf=")
        assert ("; Secure" in cookie) is is_secure


@pytest.fixture(scope="module")
def local(serve: Serve, home: Path, store: Store) -> Served:
    return serve(home, {"MKMAP_LOCAL_MODERATION": "1"})


def test_the_operator_decides_where_that_is_allowed(local):
    assert moderation(local.port, local.operator()).has(f"{ALLOWED} “local”")
    assert not moderation(local.port).has(ALLOWED), "from the same machine, without the session"


def test_not_where_it_is_not_allowed(serve, home, store):
    app = serve(home)
    seen = moderation(app.port, app.operator())
    assert not seen.has(ALLOWED)
    assert "Sign in" not in buttons(seen)
    assert seen.has("python -m mkmap reports list")


def test_where_moderators_sign_in_they_and_the_operator_can_load_data(app):
    for cookie, allowed in (
        (None, False),
        (signed_in(app, "eve"), False),
        (signed_in(app, "ann"), True),
        (app.operator(), True),
    ):
        with visiting(app.port, headers={"Cookie": cookie} if cookie else None) as visitor:
            seen = visitor.run(page="about")
        assert ("Get the latest months" in buttons(seen)) is allowed


@pytest.mark.parametrize(
    ("secret", "env", "words"),
    [
        ("x" * 31, {}, "The cookie_secret in Streamlit's secrets is too short"),
        ("x" * 32, {"STREAMLIT_SERVER_TRUSTED_USER_HEADERS": '{"X-Email": "email"}'}, "server.trustedUserHeaders is set"),
    ],
)
def test_what_lets_anybody_sign_in_as_anybody_refuses_to_start(serve, openid, tmp_path, secret, env, words):
    file = secrets(tmp_path / "secrets.toml", openid, 1, cookie_secret=secret)
    with pytest.raises(AssertionError, match=words) as failed:
        serve(tmp_path / "home", {"STREAMLIT_SECRETS_FILES": str(file), **env})
    assert "Traceback" not in str(failed.value)

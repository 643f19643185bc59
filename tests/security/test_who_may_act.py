"""Only who holds the operator's session may change what is stored: no address, name or header gives the right, and no forwarder takes it in."""

import re
from collections.abc import Callable
from pathlib import Path

import command_line
import made_stores
import pytest
import requests
from made_archive import stored_files
from servers.app import Served
from servers.proxy import forwarder, proxy
from servers.visitor import Seen, upload, visiting

from mkmap.database import operators
from mkmap.database.connection import connected
from mkmap.operate.rights import COOKIE

LINK = re.compile(r"http://\S+/operate\?token=\S+")
HEADERS = (  # that proxies add, and strangers
    "Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "X-Client-IP", "X-Cluster-Client-IP",
    "True-Client-IP", "CF-Connecting-IP", "Fly-Client-IP", "X-Original-Host", "X-Remote-User", "X-Operator", "Authorization",
)  # fmt: skip


@pytest.fixture(scope="module")
def app(serve: Callable[..., Served], tmp_path_factory: pytest.TempPathFactory) -> Served:
    return serve(made_stores.town(tmp_path_factory.mktemp("town")), {"MKMAP_LOCAL_MODERATION": "1"})


@pytest.fixture
def operator(app: Served) -> str:
    return app.operator()


def seen_at(port: int, page: str, *, cookie: str = "", headers: dict[str, str] | None = None, **how) -> Seen:
    with visiting(port, headers=(headers or {}) | ({"Cookie": cookie} if cookie else {}), **how) as visitor:
        return visitor.run(page=page)


def has_acts(seen: Seen) -> bool:
    return seen.has("For the operator") or bool(seen.of("FileUploader")) or seen.has("Get the latest months")


def is_moderator(seen: Seen) -> bool:
    return seen.has("You decide as")


def menu(seen: Seen) -> set[str]:
    (navigation,) = (message.navigation for message in seen.messages if message.WhichOneof("type") == "navigation")
    return {page.url_pathname for page in navigation.app_pages if not page.is_hidden}


def nobody(port: int, **how) -> None:
    about = seen_at(port, "about", **how)
    assert not has_acts(about)
    assert "moderation" not in menu(about)
    assert about.has("For moderators: sign in"), "the page is found without the menu"
    assert not is_moderator(seen_at(port, "moderation", **how))
    assert requests.put(f"http://127.0.0.1:{port}/_stcore/upload_file/a/b", timeout=30).status_code == 403


def test_whoever_sits_at_the_server_has_no_right_by_that(app: Served):
    nobody(app.port)


def test_nor_has_a_stranger_through_a_forwarder_that_adds_nothing(app: Served):
    """TLS in TCP mode, `ssh -R`: the stranger's own words arrive, and only the peer is of this machine."""
    with forwarder(app.port) as port:
        nobody(port)


def test_nor_through_a_proxy_that_names_this_machine_as_host(app: Served):
    for host in (f"127.0.0.1:{app.port}", "localhost"):
        with proxy(app.port, host=host) as port:
            nobody(port, origin=f"http://{host}")


def test_nor_by_any_header(app: Served):
    with proxy(app.port, dict.fromkeys(HEADERS, "127.0.0.1") | {"Cookie": f"{COOKIE}=127.0.0.1"}) as port:
        nobody(port, origin=f"http://127.0.0.1:{app.port}")


def test_the_start_prints_a_link_beside_the_apps_address_and_it_opens_a_session_once(app: Served):
    (link,) = LINK.findall(app.log)
    assert link.startswith(f"{app.address}/operate?token=")
    assert app.log.index("You can now view") < app.log.index(link)
    assert requests.head(link, timeout=30).status_code == 503, "who only looks uses nothing up"
    assert requests.get(link, headers={"Sec-Purpose": "prefetch"}, timeout=30).status_code == 503
    answer = requests.get(link, allow_redirects=False, timeout=30)
    assert (answer.status_code, answer.headers["location"]) == (303, "/about")
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    cookie = answer.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict", "Path=/", "Max-Age=28800"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    held = cookie.partition(";")[0]
    about = seen_at(app.port, "about", cookie=held)
    assert has_acts(about)
    assert {"about", "moderation"} <= menu(about)
    assert is_moderator(seen_at(app.port, "moderation", cookie=held))
    again = requests.get(link, allow_redirects=False, timeout=30)
    assert again.status_code == 403
    assert "set-cookie" not in again.headers
    assert "python -m mkmap operate" in again.text
    assert held.partition("=")[2].encode() not in b"".join(stored_files(app.home).values()), "the database has its hash alone"


def test_the_command_prints_a_new_link_for_the_running_app(app: Served):
    (link,) = LINK.findall(command_line.run(app.home, "operate").stdout)
    assert link.startswith(app.address)
    answer = requests.get(link, allow_redirects=False, headers={"X-Forwarded-Proto": "https"}, timeout=30)
    assert "Secure" in answer.headers["set-cookie"]
    held = answer.headers["set-cookie"].partition(";")[0]
    assert has_acts(seen_at(app.port, "about", cookie=held))
    assert command_line.run(app.home, "operate", "--end").returncode == 0
    assert not has_acts(seen_at(app.port, "about", cookie=held))


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "%00", "é", "' OR 1=1 --", "x" * 5000])
def test_a_token_that_was_never_made_opens_nothing(app: Served, token: str):
    answer = app.get("/operate", params={"token": token}, allow_redirects=False)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("held", ["", "x", "A" * 43, "local", "null"])
def test_a_cookie_that_no_link_gave_is_nobodys(app: Served, held: str):
    nobody(app.port, headers={"Cookie": f"{COOKIE}={held}"})


def ended(app: Served, cookie: str) -> None:
    operators.end(connected(app.home), cookie.partition("=")[2])


def test_an_open_page_whose_session_is_over_can_do_nothing_more_and_says_so(app: Served, operator: str):
    before = stored_files(app.home / "crimes")
    with visiting(app.port, headers={"Cookie": operator}) as visitor:
        shown = visitor.run(page="about")
        presses = [one.id for one in shown.of("Button")]
        assert has_acts(shown)
        ended(app, operator)
        for press in presses:
            pressed = visitor.run(page="about", widgets={press: True})
            assert not has_acts(pressed)
            assert pressed.has("The operator's session of this browser is over")
        assert visitor.run(page="moderation").has("The operator's session of this browser is over")
    assert stored_files(app.home / "crimes") == before
    assert app.get("/healthz").json()["status"] == "ok"


def test_a_button_that_was_not_shown_changes_nothing(app: Served, operator: str):
    """A forged client knows the buttons' names from a page of its own, or has recorded the operator's messages."""
    shown = seen_at(app.port, "about", cookie=operator)
    buttons = {one.id: True for one in shown.of("Button")}
    assert len(buttons) >= 4
    before = stored_files(app.home / "crimes")
    with visiting(app.port) as visitor:
        visitor.run(page="about")
        seen = visitor.run(page="about", widgets=buttons)
    assert not has_acts(seen)
    assert stored_files(app.home / "crimes") == before
    assert has_acts(seen_at(app.port, "about", cookie=operator)), "nobody but the operator ends the session"
    assert "Traceback" not in app.log


def test_uploads_are_for_sessions_that_have_the_right_now(app: Served, operator: str):
    with visiting(app.port, headers={"Cookie": operator}) as visitor, visiting(app.port) as stranger:
        for one in (visitor, stranger):
            one.run(page="about")
        mine, theirs = visitor.upload_address(), stranger.upload_address()
        assert upload(app.address, theirs) == 403
        assert upload(app.address, mine) == 204
        assert upload(app.address, f"/about{mine}") in (404, 405), "another address has nothing behind it"
        ended(app, operator)
        assert upload(app.address, mine) == 403


@pytest.mark.parametrize(
    "path", ["/_stcore/upload_file", "/_stcore/upload_file/", "/_stcore/upload_file/a/b", "//_stcore/upload_file/a/b"]
)
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "OPTIONS"])
def test_the_upload_address_is_refused_to_others(app: Served, method: str, path: str):
    answer = requests.request(method, app.address + path, data=b"x" * 1000, timeout=30)
    assert answer.status_code == 403 or (path.startswith("//") and answer.status_code in (404, 405))


def test_where_the_database_does_not_answer_the_app_starts_and_nobody_has_the_right(
    serve: Callable[..., Served], tmp_path: Path
):
    home = made_stores.town(tmp_path / "town")
    app = serve(home, {"MKMAP_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"})
    assert not LINK.findall(app.log)
    assert "Traceback" not in app.log
    assert not has_acts(seen_at(app.port, "about", cookie=f"{COOKIE}=x"))


def test_what_is_stored_and_missing_is_for_everyone(app: Served):
    seen = seen_at(app.port, "about")
    assert seen.has("What is stored")
    assert seen.has("Nobody has this right because of the address from which they come")


def test_who_takes_over_a_session_of_streamlit_gets_no_right_with_it(app: Served, operator: str):
    """Streamlit gives a session to whoever knows its number; what it may do is asked of the browser that holds it now."""
    with visiting(app.port, headers={"Cookie": operator}) as visitor:
        shown = visitor.run(page="about")
        session = visitor.upload_address().split("/")[-2]
        with visiting(app.port, session=session) as stranger:
            presses = {one.id: True for one in shown.of("Button")}
            assert not has_acts(stranger.run(page="about", widgets=presses))
            assert stranger.upload_address().split("/")[-2] == session, "it is the operator's"
            assert upload(app.address, stranger.upload_address()) == 403
    assert has_acts(seen_at(app.port, "about", cookie=operator))
    assert app.get("/healthz").json()["status"] == "ok"

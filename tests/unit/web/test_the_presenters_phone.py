"""The page of the phone that moves a hall's slides: one phone, its notes and its moves, and nothing for anybody else."""

import re
from dataclasses import dataclass
from pathlib import Path

import made_dozen
import pytest
from servers.asgi import Answer
from servers.routes import own_routes

from mkmap.database import meetings
from mkmap.database.connection import Store, opened
from mkmap.database.meetings import Position
from mkmap.operate.clock import Clock
from mkmap.view.slides import Slide
from mkmap.web import presenter

QUERY = "from=2025-01&to=2025-12&type=Burglary"
START = Position(QUERY, "")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_dozen.dozen(tmp_path_factory.mktemp("dozen"))


@dataclass(frozen=True)
class Hall:
    """A meeting that is open, and what its phone does."""

    store: Store
    hall: str
    code: str

    def scan(self) -> Answer:
        return own_routes().get(f"/presenter?code={self.code}")

    def take(self, code: str | None = None) -> Answer:
        return own_routes().post("/presenter/take", code=code or self.code)

    def cookie(self) -> dict[str, str]:
        return {"cookie": self.take().headers["set-cookie"].split(";")[0]}

    def press(self, cookie: dict[str, str], label: str, **changed: str) -> Answer:
        """A button of the page as it stands."""
        page = own_routes().get("/presenter", cookie).text
        form = next(form for form in re.findall(r"<form.*?</form>", page) if f">{label}<" in form)
        fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
        (slide,) = re.findall(rf'<button name="slide" value="(\w+)"[^>]*>{label}<', form)
        return own_routes().post("/presenter/move", cookie, **{**fields, "slide": slide, **changed})

    @property
    def position(self) -> tuple[str, str]:
        position = meetings.of_hall(self.store, self.hall, at=Clock().now()).position
        return position.slide, position.screen


@pytest.fixture
def hall(made: Path, monkeypatch: pytest.MonkeyPatch) -> Hall:
    monkeypatch.setenv("MKMAP_HOME", str(made))
    store = opened(made)
    secrets = meetings.open_meeting(store, START, at=Clock().now())
    return Hall(store, secrets.hall, secrets.code)


def test_to_look_at_the_code_takes_nothing(hall: Hall):
    assert "Use this phone" in hall.scan().text
    assert "Use this phone" in hall.scan().text
    assert hall.take().status_code == 303


def test_the_phone_keeps_its_right_in_a_cookie_that_no_script_and_no_other_site_sees(hall: Hall):
    cookie = hall.take().headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict", "Path=/presenter", f"Max-Age={6 * 3600}"} <= set(cookie.split("; "))


def test_the_second_phone_is_told_so(hall: Hall):
    hall.take()
    second = hall.take()
    assert second.status_code == 409
    assert "Another phone already moves these slides." in second.text
    assert "set-cookie" not in second.headers


def test_it_says_where_the_hall_is_what_comes_next_and_what_to_say(hall: Hall):
    cookie = hall.cookie()
    assert "The hall sees nothing yet" in own_routes().get("/presenter", cookie).text
    assert hall.press(cookie, "Next").status_code == 303
    hall.press(cookie, "Next")
    page = own_routes().get("/presenter", cookie).text
    assert hall.position == (Slide.NUMBER, "")
    assert "2/8" in page
    assert "Police recorded 360 burglaries in Milton Keynes" in page
    assert "Next: Month by month" in page
    hall.press(cookie, "Blank the screen")
    assert hall.position == (Slide.NUMBER, "blank")
    hall.press(cookie, "Show the slide again")
    hall.press(cookie, "Back")
    assert hall.position == (Slide.COVER, "")
    assert own_routes().get("/presenter/version", cookie).text == "6"


@pytest.mark.parametrize(
    "forged",
    [{"proof": "0" * 64}, {"proof": ""}, {"version": "7"}, {"slide": "finale"}, {"screen": "x"}, {"slide": "x" * 3000}],
)
def test_a_forged_or_replayed_press_moves_nothing(hall: Hall, forged: dict[str, str]):
    cookie = hall.cookie()
    hall.press(cookie, "Next", **forged)
    assert hall.position == ("", "")


def test_without_the_cookie_nothing_is_shown_or_moved(hall: Hall):
    hall.cookie()
    for cookie in (
        {},
        {"cookie": "mkmap_phone="},
        {"cookie": f"mkmap_phone={hall.code}"},
        {"cookie": f"mkmap_phone={hall.hall}"},
    ):
        page = own_routes().get("/presenter", cookie)
        assert (page.status_code, "This phone moves no slides" in page.text) == (404, True)
        assert own_routes().post("/presenter/move", cookie, slide="map", version="1").status_code == 403
    assert hall.position == ("", "")


def test_with_the_meeting_the_right_is_gone(hall: Hall):
    cookie = hall.cookie()
    meetings.end(hall.store, hall.hall)
    assert own_routes().get("/presenter", cookie).status_code == 404
    assert own_routes().get("/presenter/version", cookie).text == "over"


def test_where_the_database_is_damaged_the_phone_is_off_and_says_so(home: Path, monkeypatch: pytest.MonkeyPatch):
    made_dozen.dozen(home)
    monkeypatch.setenv("MKMAP_HOME", str(home))
    (home / "reports").mkdir()
    (home / "reports" / "reports.sqlite").write_bytes(b"no database" * 100)
    answer = own_routes().get("/presenter", {"cookie": "mkmap_phone=x"})
    assert answer.status_code == 503
    assert "the phone is off" in answer.text.casefold()


def test_what_stands_on_the_page_is_text(hall: Hall):
    evil = '"><script>alert(1)</script>'
    assert "<script>" not in own_routes().get(f"/presenter?code={evil}").text


def test_the_one_script_is_a_file_of_our_own():
    answer = own_routes().get("/meeting/hall.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert len(presenter.SCRIPT.read_text().splitlines()) < 80, "read by a person in five minutes"

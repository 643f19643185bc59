"""A report's whole way in a real browser: sent on a phone, published, seen by somebody else, withdrawn, gone."""

import signal
from collections.abc import Callable
from pathlib import Path

import made_stores
import pytest
from browser_actions import click_on, idle, press
from browser_screen import on_screen
from browser_screen import settled as still
from made_wards import square
from playwright.sync_api import Page, expect
from report_form import fill_in, look_up, press_send, receipt_on
from sent_reports import published
from servers.app import ANSWERS_FOR_IT, Served, free_port
from waiting import PATIENCE, until

from mkmap.database import connection
from mkmap.map.report_marks import ABOVE
from mkmap.month import Month
from mkmap.operate.clock import Clock
from mkmap.reports.report import Place, State
from mkmap.reports.store import deciding, sending, showing
from mkmap.ui.map import canvas

TOWN = square(0, width=0.03).bounds  # the three wards
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
MODERATION = {"MKMAP_LOCAL_MODERATION": "1", **ANSWERS_FOR_IT}
JOURNEY = f"from=2025-01&to={Month.of(Clock().today())}&type=all"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return made_stores.town(tmp_path / "town")


def residents_number(page: Page):
    return page.get_by_text("Residents' own reports")


def test_from_a_phone_to_another_visitors_map_and_back(serve: Callable[..., Served], town: Path, opened):
    app = serve(town, MODERATION)
    phone = opened(f"{app.address}/report", **PHONE)
    a_refusal_takes_the_focus_and_leads_to_its_field(phone)
    what_is_written_takes_its_own_direction(phone)
    fill_in(phone, "My neighbour at 12 High Street, 07700 900123, saw it.")
    receipt = press_send(phone)
    phone.reload()
    assert receipt_on(phone) == receipt
    expect(phone.get_by_text("[house number] High Street, [phone number]")).to_have_count(1)

    visitor = opened(f"{app.address}/?{JOURNEY}")
    expect(residents_number(visitor)).to_contain_text("none is published")

    moderator = opened(f"{app.address}/moderation", cookie=app.operator())
    expect(moderator.get_by_text("1 waiting")).to_be_visible()
    a_moderator_works_by_keys(moderator)

    visitor.reload()
    expect(residents_number(visitor)).to_contain_text(": 1. They stand beside the police figure and are not added to it.")
    assert len(visitor.request.get(f"{app.address}/data/reports.geojson?{JOURNEY}").json()["features"]) == 1

    look_up(phone, receipt)
    expect(phone.get_by_text("It is published.")).to_be_visible()
    press(phone, "receipt_withdraw")
    expect(phone.get_by_text("It is withdrawn by the sender.")).to_be_visible()

    visitor.reload()
    expect(residents_number(visitor)).to_contain_text("none is published")
    assert visitor.request.get(f"{app.address}/data/reports.geojson?{JOURNEY}").json()["features"] == []


def a_moderator_works_by_keys(page: Page) -> None:
    for key, button, said in (
        ("r", "reject_1", "a rejection needs a reason"),
        ("p", "publish_1", "Report 1 is published now."),
        ("u", "desk_undo", "Taken back: 1 report waits again."),
        ("P", "publish_1", "Report 1 is published now."),
    ):
        expect(page.locator(f".st-key-{button} button")).to_be_enabled()
        idle(page)
        page.keyboard.press(key)
        expect(page.get_by_text(said)).to_be_visible()


def a_refusal_takes_the_focus_and_leads_to_its_field(page: Page) -> None:
    press(page, "report_submit")
    summary = page.get_by_role("alert").filter(has_text="Not sent yet. Please look at 4 answers.")
    expect(summary).to_be_focused()
    street = page.locator(".st-key-report_street input")
    expect(street).to_have_attribute("aria-invalid", "true")
    expect(street).to_have_accessible_description("Choose a street. Type its name, or tap it on the map.")
    summary.get_by_role("link", name="Say whether the police were told.").tap()
    expect(page.get_by_role("radio", name="Yes")).to_be_focused()
    expect(page.get_by_text("Were the police told? (required)")).to_be_in_viewport()


def what_is_written_takes_its_own_direction(page: Page) -> None:
    """In the box, and where it is shown as it will be kept."""
    page.locator(".st-key-report_text textarea").fill("فون 07700 900123")
    page.keyboard.press("Tab")
    shown = page.locator(".stText span")
    expect(shown).to_have_text("فون [phone number]")
    ends = "e => { const r = document.createRange(); r.selectNodeContents(e); return r.getBoundingClientRect().right; }"
    assert shown.evaluate(ends) == pytest.approx(shown.evaluate("e => e.getBoundingClientRect().right"), abs=1)
    assert "plaintext" in page.locator(".st-key-report_text textarea").evaluate("e => getComputedStyle(e).unicodeBidi")


KILLED_AFTER_COMMIT = (
    "import os; from mkmap.reports.store import sending as s; f = s.submit; "
    "s.submit = lambda *a, **k: (f(*a, **k), os.kill(os.getpid(), 9))"
)


def test_killed_between_commit_and_receipt_the_page_shows_the_receipt_of_the_one_row(serve, town, opened, watch):
    port = free_port()
    doomed = serve(town, ANSWERS_FOR_IT, before=KILLED_AFTER_COMMIT, port=port)
    page = opened(f"{doomed.address}/report")
    fill_in(page)
    page.locator(".st-key-report_submit button").click()
    doomed.process.join(PATIENCE)
    assert doomed.process.exitcode == -signal.SIGKILL
    expect(page.locator(".st-key-report_text textarea")).to_have_value("They came at night.")
    serve(town, ANSWERS_FOR_IT, port=port)
    receipt = receipt_on_or_pressed_again(page)
    store = connection.connected(town)
    (report,) = deciding.reports_in(store)
    assert sending.find(store, receipt).id == report.id
    watch.console.clear()  # the browser says that the line broke


def receipt_on_or_pressed_again(page: Page) -> str:
    """The page finds its report again as soon as it is connected; whoever presses before gets the same receipt."""

    def pressed_or_there() -> bool:
        page.evaluate("document.querySelector('.st-key-report_submit button:enabled')?.click()")
        return page.locator(".st-key-report_receipt").count() > 0

    until(pressed_or_there, "no receipt came", patience=2 * PATIENCE, every=0.5)
    return receipt_on(page)


def test_killed_before_a_press_nothing_that_was_typed_is_lost(serve, town, opened, watch):
    port = free_port()
    first = serve(town, ANSWERS_FOR_IT, port=port)
    page = opened(f"{first.address}/report")
    fill_in(page, "typed before the server died")
    first.process.kill()
    first.process.join()
    serve(town, ANSWERS_FOR_IT, port=port)
    receipt_on_or_pressed_again(page)
    (report,) = deciding.reports_in(connection.connected(town))
    assert (report.kind, report.place.street, report.text) == ("Burglary", "High Street", "typed before the server died")
    watch.console.clear()


PAUSES = (0, 60, 300)  # milliseconds after the press


def another(page: Page) -> None:
    press(page, "report_another")
    expect(page.locator(".st-key-report_receipt")).to_have_count(0)


def test_double_presses_are_one_row(serve, town, opened):
    app = serve(town, ANSWERS_FOR_IT)
    page = opened(f"{app.address}/report")
    store = connection.connected(town)
    for number, pause in enumerate(PAUSES, start=1):
        fill_in(page, f"with a pause of {pause}")
        page.evaluate(
            """pause => { const press = () => document.querySelector('.st-key-report_submit button')?.click();
                          press(); setTimeout(press, pause); setTimeout(press, 2 * pause); }""",
            pause,
        )
        receipt = receipt_on(page)
        idle(page)
        assert showing.counts(store)[State.PENDING] == number
        assert sending.find(store, receipt).text == f"with a pause of {pause}"
        another(page)


def test_a_click_on_something_else_right_after_the_press_loses_nothing(serve, town, opened):
    app = serve(town, ANSWERS_FOR_IT)
    page = opened(f"{app.address}/report")
    for pause in PAUSES:
        fill_in(page, f"with a pause of {pause}")
        page.evaluate(
            """pause => { document.querySelector('.st-key-report_submit button').click();
                          setTimeout(() => document.querySelector('.st-key-report_on_map label')?.click(), pause); }""",
            pause,
        )
        receipt_on(page)
        idle(page)
        another(page)
    texts = sorted(report.text for report in deciding.reports_in(connection.connected(town)))
    assert texts == sorted(f"with a pause of {pause}" for pause in PAUSES)


def test_a_first_tap_brings_the_map_nearer_and_the_next_chooses_the_dot(serve, town, opened):
    app = serve(town, ANSWERS_FOR_IT)
    page = opened(f"{app.address}/report", **PHONE)
    page.locator(".st-key-report_on_map label").first.tap()  # no mouse has come over the map before
    still(page, "report_map")
    tap_once(page, on_screen(page, made_stores.place(1), TOWN, canvas.PHONE, "report_map"))
    expect(page.get_by_text("Tap the dot nearest to where it happened.")).to_be_visible()
    still(page, "report_map")
    across, down, width, height = page.locator(".st-key-report_map .stDeckGlJsonChart").bounding_box().values()
    tap_once(page, (across + width / 2, down + height / 2))
    expect(page.get_by_text("Chosen: Church Lane, Broughton")).to_be_in_viewport()
    expect(page.locator(".st-key-report_street input")).to_have_value("Church Lane, Broughton")


def tap_once(page: Page, place: tuple[float, float]) -> None:
    """Beside a dot, as a thumb does."""
    page.touchscreen.tap(place[0] + 8, place[1] - 5)


def test_a_tap_on_a_diamond_says_whose_words_it_is(serve, town, opened):
    longitude, latitude = made_stores.place(1)
    store = connection.connected(town)
    published(store, month=Month(2025, 1), place=Place(longitude, latitude, "Church Lane"))
    app = serve(town, ANSWERS_FOR_IT)
    page = opened(f"{app.address}/?from=2025-01&to=2025-01&ward=Broughton&type=Burglary")
    expect(page.locator(".legend .diamond")).to_be_visible()
    still(page)
    across, down = on_screen(page, (longitude, latitude), square(1).bounds)
    said = page.get_by_text("Reported by a resident, Church Lane, Broughton, Burglary, January 2025")
    click_on(page, across, down - ABOVE, lambda: said.count() > 0)
    page.get_by_text("Ask for a correction").click()
    expect(page.get_by_role("heading", name="Ask for a correction")).to_be_visible()
    expect(page.get_by_text("Burglary · January 2025 · on or near Church Lane")).to_be_visible()

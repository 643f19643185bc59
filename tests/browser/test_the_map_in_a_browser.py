"""The map page in a real browser: drawn, filtered, linked, clicked."""

from collections.abc import Callable

import made_stores
import pytest
from browser_actions import choose, click_on, idle, point_at, press
from browser_screen import has_mark, headline, on_screen, picture, settled, sideways, wait_for_headline
from made_wards import square
from playwright.sync_api import Locator, Page, expect
from servers.app import Served
from waiting import until

from mkmap.drawing import palette
from mkmap.map.mercator import fitting_zoom
from mkmap.ui.map.decks import MARGIN

TOWN = square(0, width=0.03).bounds  # the three wards
JANUARY = "?from=2025-01&to=2025-01"
BLUE = palette.POLICE


@pytest.fixture(scope="module")
def app(serve: Callable[..., Served], tmp_path_factory: pytest.TempPathFactory) -> Served:
    return serve(made_stores.town(tmp_path_factory.mktemp("town")))


def test_a_month_without_figures_draws_wards_and_no_circle(app: Served, opened):
    page = opened(app.address + "/?from=2025-02&to=2025-02")
    wait_for_headline(page, "There are no police figures for February 2025.")
    assert not has_mark(settled(page), BLUE)


def test_an_unknown_value_in_a_link_is_a_visible_note(app: Served, opened):
    page = opened(app.address + "/?ward=Atlantis&type=Piracy&from=yesterday")
    wait_for_headline(page, "Police recorded 1 burglary in Milton Keynes in March 2025.")
    for value in ("Atlantis", "Piracy", "yesterday"):
        expect(page.get_by_text(f"“{value}” is not")).to_be_visible()
    expect(page.locator(".stException")).to_have_count(0)


def test_the_canvas_is_not_blank_and_a_filter_changes_it_and_the_address(app: Served, opened):
    page = opened(app.address + "/" + JANUARY)
    wait_for_headline(page, "Police recorded 5 burglaries in Milton Keynes in January 2025")
    before = settled(page)
    assert has_mark(before, BLUE)
    choose(page, "type", "Drugs")
    wait_for_headline(page, "6 crimes (burglary and drugs)")
    until(lambda: picture(page).tobytes() != before.tobytes(), "a second type makes the circles larger")
    assert "type=Burglary&type=Drugs" in page.url


def test_a_link_restores_the_view_in_another_browser(app: Served, opened):
    page = opened(app.address + "/" + JANUARY)
    wait_for_headline(page, "5 burglaries")
    choose(page, "ward", "Broughton")
    wait_for_headline(page, "2 burglaries in Broughton")
    until(lambda: "ward=Broughton" in page.url, "the address follows")
    other = opened(page.url)
    wait_for_headline(other, headline(page))
    expect(other.locator(".st-key-ward")).to_contain_text("Broughton")


def test_the_back_button_restores_what_was_shown_before(app: Served, opened):
    page = opened(app.address + "/" + JANUARY)
    wait_for_headline(page, "5 burglaries")
    page.goto(app.address + "/?from=2025-03&to=2025-03&type=Burglary")
    wait_for_headline(page, "1 burglary in Milton Keynes in March 2025")
    page.go_back()
    wait_for_headline(page, "5 burglaries")


def test_the_back_button_undoes_a_filter(app: Served, opened):
    page = opened(app.address + "/" + JANUARY)
    wait_for_headline(page, "5 burglaries")
    choose(page, "ward", "Broughton")
    wait_for_headline(page, "2 burglaries in Broughton")
    until(lambda: "ward=Broughton" in page.url, "the address follows")
    page.go_back()
    wait_for_headline(page, "5 burglaries in Milton Keynes")


def test_a_ward_in_the_address_by_its_code(app: Served, opened):
    page = opened(f"{app.address}/{JANUARY}&ward={made_stores.BROUGHTON}")
    wait_for_headline(page, "Police recorded 2 burglaries in Broughton in January 2025")


def test_filters_survive_the_about_page(app: Served, opened):
    """Also where somebody goes there as soon as the headline stands, while the rest of the page is being drawn."""
    page = opened(f"{app.address}/{JANUARY}&ward=Broughton")
    wait_for_headline(page, "2 burglaries in Broughton")
    page.get_by_role("link", name="About").first.click()
    expect(page.get_by_role("heading", name="About this map")).to_be_visible()
    expect(page.locator(".st-key-ward")).to_contain_text("Broughton")
    until(lambda: "ward=Broughton" in page.url, "the address says the filters on every page")
    page.get_by_role("link", name="Map", exact=True).first.click()
    wait_for_headline(page, "2 burglaries in Broughton in January 2025")


@pytest.fixture
def at_alder(app: Served, opened) -> tuple[Page, float, float]:
    """A page with both types shown, and where the point of Alder Park stands on the screen."""
    page = opened(app.address + "/" + JANUARY + "&type=all")
    wait_for_headline(page, "6 crimes of all types")
    settled(page)
    return page, *on_screen(page, made_stores.place(0), TOWN)


def test_hovering_says_street_ward_and_counts(at_alder):
    page, x, y = at_alder
    tooltip = page.locator(".deck-tooltip")
    point_at(page, x, y)
    expect(tooltip).to_contain_text("High Street, Alder Park")
    expect(tooltip).to_contain_text("Burglary 3")
    expect(tooltip).to_contain_text("Drugs 1")


def test_a_click_says_street_month_types_and_counts(at_alder):
    page, x, y = at_alder
    said = page.get_by_text("in January 2025: Burglary 3, Drugs 1", exact=False)
    click_on(page, x, y, said.is_visible)
    expect(page.get_by_text("High Street, Alder Park", exact=False).last).to_be_visible()


def test_a_click_beside_a_circle_within_a_thumb_counts_too(at_alder):
    page, x, y = at_alder
    said = page.get_by_text("in January 2025: Burglary 3, Drugs 1", exact=False)
    click_on(page, x - 8, y + 5, said.is_visible)
    expect(page.locator(".deck-tooltip")).to_contain_text("High Street")


PHONE = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 2,
    "user_agent": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/150.0 Mobile Safari/537.36",
}


def test_on_a_phone_the_map_is_visible_and_nothing_scrolls_sideways(app: Served, opened):
    page = opened(app.address + "/" + JANUARY, **PHONE)
    wait_for_headline(page, "5 burglaries")
    settled(page)
    assert sideways(page) <= 0
    box = page.locator(".st-key-crime_map .stDeckGlJsonChart").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert box["y"] < 844 / 2, "the map begins in the upper half of the screen"
    assert has_mark(picture(page), BLUE)


def test_on_a_phone_the_filters_can_be_reached(app: Served, opened):
    page = opened(app.address + "/" + JANUARY, **PHONE)
    wait_for_headline(page, "5 burglaries")
    opener = page.get_by_test_id("stExpandSidebarButton")
    until(lambda: "Filters" in opener.evaluate("e => getComputedStyle(e, '::after').content"), "the button says what it opens")
    opener.tap()
    expect(page.locator(".st-key-ward")).to_be_in_viewport()
    choose(page, "ward", "Broughton", thumb=True)
    until(lambda: "2 burglaries in Broughton" in headline(page), "a phone can filter")
    assert sideways(page) <= 0


def test_on_a_phone_the_about_page_does_not_scroll_sideways(app: Served, opened):
    page = opened(app.address + "/about", **PHONE)
    expect(page.get_by_role("heading", name="About this map")).to_be_visible()
    expect(page.get_by_role("heading", name="Data for your own work")).to_be_visible()
    assert sideways(page) <= 0


def test_dark_mode_has_a_dark_map_with_circles(app: Served, opened):
    page = opened(app.address + "/" + JANUARY, color_scheme="dark")
    wait_for_headline(page, "5 burglaries")
    until(lambda: sum(picture(page).getpixel((5, 5))) < 200, "the ground is dark")
    drawn = settled(page)
    assert has_mark(drawn, BLUE, ground=20)


def test_a_place_is_found_however_it_is_typed_and_from_the_table_of_all_streets(app: Served, opened):
    page = opened(app.address + "/" + JANUARY)
    wait_for_headline(page, "5 burglaries")
    before = settled(page)
    field, offered = page.locator("#find-field"), page.locator("#find-list").get_by_role("option")
    field.click()
    for typed in ("high stret", "HIHG-street", "alder"):
        field.fill(typed)
        expect(offered).to_have_text(["High Street, Alder Park"])
    for typed, words in (("Atlantis", "Try a street nearby or the estate"), ("MK6 2AB", "That postcode is not known here.")):
        field.fill(typed)
        expect(page.locator(".find [role=status]")).to_contain_text(words)
        expect(offered).to_have_count(0)
    field.fill("park")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Within a mile of High Street, Alder Park")).to_be_visible()
    expect(field).to_have_value("High Street, Alder Park")
    until(lambda: picture(page).tobytes() != before.tobytes(), "the map goes to the street")
    idle(page)
    page.locator(".st-key-table button", has_text="Streets").click()
    expect(page.locator(".rows.long tbody tr")).to_have_text(["Church LaneBroughton2", "High StreetAlder Park3"])
    page.locator(".rows.long").get_by_role("button", name="Church Lane").press("Enter")
    expect(page.get_by_text("Within a mile of Church Lane, Broughton")).to_be_visible()


def test_a_map_is_fitted_to_another_room_unless_somebody_moved_it_and_the_area_stays_in_it(app: Served, opened):
    page = opened(app.address + "/" + JANUARY)
    wait_for_headline(page, "5 burglaries")
    settled(page)
    told, drawn = page.locator(".st-key-map_size input"), page.locator(".st-key-crime_map .stDeckGlJsonChart")
    told.evaluate("e => { window.told = []; e.addEventListener('input', () => told.push([e.value, e.placeholder])) }")

    def resized(width: int) -> str:
        page.set_viewport_size({"width": width, "height": 800})
        until(lambda: str(drawn.evaluate("e => e.clientWidth")) in page.evaluate("document.cookie"), "the size is measured")
        return f"{drawn.evaluate('e => e.clientWidth')}x"

    wide = resized(1280)
    until(lambda: told.input_value().startswith(wide), "the server is told")
    until(lambda: _zoom(told) == _fitting(told.input_value()), "the view is for the new room")
    box = drawn.bounding_box()
    for _ in range(3):
        page.mouse.move(box["x"] + 60, box["y"] + 200)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] - 20, box["y"] + 210, steps=4)
        page.mouse.up()
    assert has_mark(settled(page), BLUE), "it cannot be thrown out of its frame"
    view, narrow = told.get_attribute("placeholder"), resized(1000)
    press(page, "whole_area")
    until(lambda: told.input_value().startswith(narrow), "the whole area is fitted to the room as it is")
    (_first, (_size, seen)) = page.evaluate("window.told")
    assert seen != view, "a view that somebody moved is left to them"


def _zoom(told: Locator) -> float:
    return round(float(told.get_attribute("placeholder").split()[2]), 2)


def _fitting(room: str) -> float:
    return round(fitting_zoom(TOWN, *(round(MARGIN * int(pixels)) for pixels in room.split("x"))), 2)

"""The wards page in a real browser: a ward is chosen, the funnel is drawn, a phone shows the table."""

import io
from collections.abc import Callable

import pytest
from browser_actions import idle
from browser_screen import sideways
from made_dozen import dozen
from PIL import Image
from playwright.sync_api import Page, expect
from servers.app import Served
from waiting import until

from mkmap.drawing import palette

YEAR = "/wards?from=2025-01&to=2025-12&type=Burglary"


@pytest.fixture(scope="module")
def app(serve: Callable[..., Served], tmp_path_factory: pytest.TempPathFactory) -> Served:
    return serve(dozen(tmp_path_factory.mktemp("dozen")))


def wait_for_title(page: Page, text: str) -> None:
    expect(page.locator("h1")).to_contain_text(text)


def funnel_colours(page: Page) -> dict[tuple[int, int, int], int]:
    """How often each colour is drawn in the first chart of the page."""
    chart = page.locator(".stVegaLiteChart").first
    chart.scroll_into_view_if_needed()
    picture = Image.open(io.BytesIO(chart.screenshot())).convert("RGB")
    return {colour: count for count, colour in picture.getcolors(1 << 24)}


def test_choosing_a_ward_opens_its_page_and_changes_the_address_and_the_filter(app: Served, opened):
    page = opened(app.address + YEAR)
    wait_for_title(page, "1 of 12 stands out.")
    page.get_by_role("link", name="Broughton").click()
    wait_for_title(page, "24 burglaries in Broughton from January 2025 to December 2025")
    until(lambda: "ward=" in page.url and "from=2025-01&to=2025-12" in page.url, "the address has all filters")
    expect(page.locator(".st-key-ward")).to_contain_text("Broughton")
    page.get_by_role("link", name="All wards").click()
    wait_for_title(page, "1 of 12 stands out.")
    until(lambda: "ward=" not in page.url, "the ward has left the address")


def test_a_ward_is_chosen_by_keyboard_alone(app: Served, opened):
    page = opened(app.address + YEAR)
    wait_for_title(page, "1 of 12 stands out.")
    idle(page)
    link = page.get_by_role("link", name="Alder Park")
    page.get_by_role("region", name="Burglary from January 2025").focus()
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    wait_for_title(page, "96 burglaries in Alder Park")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_funnel_is_drawn_with_the_ward_that_stands_out(app: Served, opened, scheme: str):
    page = opened(app.address + YEAR, color_scheme=scheme)
    wait_for_title(page, "1 of 12 stands out.")
    until(lambda: funnel_colours(page).get(palette.TYPES[0], 0) > 50, "the other wards are drawn")
    found = funnel_colours(page)
    assert found.get(palette.TYPES[1], 0) > 50
    assert len(found) > 20


def test_the_table_has_bars_in_the_chosen_months_colour(app: Served, opened):
    page = opened(app.address + YEAR)
    wait_for_title(page, "1 of 12 stands out.")
    bars = page.locator(".spark").first.locator("i")
    expect(bars).to_have_count(36)
    heights = bars.evaluate_all("bars => bars.map(bar => Math.round(bar.getBoundingClientRect().height))")
    assert heights[24] == 2 * heights[0] == 32
    blue = "rgb({}, {}, {})".format(*palette.TYPES[0])
    assert bars.evaluate_all("bars => bars.map(bar => getComputedStyle(bar).backgroundColor)").count(blue) == 12


def test_on_a_phone_each_ward_is_a_card_and_nothing_scrolls_sideways(app: Served, opened):
    page = opened(app.address + YEAR, viewport={"width": 390, "height": 800})
    wait_for_title(page, "1 of 12 stands out.")
    idle(page)
    assert sideways(page) == 0
    table = page.locator(".wards")
    assert table.evaluate("one => one.scrollWidth <= one.clientWidth")
    card = table.get_by_role("row").filter(has=page.get_by_role("link", name="Broughton"))
    name, recorded = card.get_by_role("rowheader"), card.locator("td").nth(1)
    assert name.bounding_box()["width"] > 300, "it takes the card's whole width"
    assert "Recorded" in recorded.evaluate("one => getComputedStyle(one, '::before').content"), "each number says what it is"

"""Claims in a real browser: a ready link opens its claim, the picture is drawn, and the address opens the same claim elsewhere."""

import io
from collections.abc import Callable

import made_stores
import pytest
from browser_actions import choose, idle
from PIL import Image
from playwright.sync_api import Page, expect
from servers.app import Served
from waiting import until

from mkmap.drawing import palette
from mkmap.month import Month

CLAIM = "claim=week&number=9&from=2025-01&to=2025-12&type=Burglary"
SENTENCE = "Claim: the police recorded more than 9 burglaries a week in Milton Keynes from January 2025 to December 2025."


@pytest.fixture(scope="module")
def app(serve: Callable[..., Served], tmp_path_factory: pytest.TempPathFactory) -> Served:
    """Two years of 60 burglaries a month."""
    home = tmp_path_factory.mktemp("two-years")
    made_stores.add_wards(home)
    months = Month(2024, 1).to(Month(2025, 12))
    made_stores.add_crimes(home, [one for month in months for one in made_stores.crimes(60, str(month), 0)])
    return serve(home)


def opened_claim(opened: Callable[..., Page], address: str, **how: object) -> Page:
    page = opened(address, **how)
    page.locator(".st-key-claim_answer").wait_for()
    idle(page)
    return page


def title(page: Page) -> str:
    return page.locator("h1").inner_text()


def blue_share(page: Page, chart: int) -> float:
    """How much of a chart of the page (0: the first) has the blue of what is measured, in any tint."""
    drawn = page.locator(".stVegaLiteChart").nth(chart)
    drawn.scroll_into_view_if_needed()
    image = Image.open(io.BytesIO(drawn.screenshot())).convert("RGB")
    red, green, _blue = palette.TYPES[0]
    colours = image.getcolors(1 << 24)
    tinted = sum(count for count, (r, g, b) in colours if b - r > 60 and abs((g - r) - (green - red)) < 60 and b >= g)
    return tinted / (image.width * image.height)


@pytest.mark.parametrize(
    "how", [{}, {"color_scheme": "dark", "viewport": {"width": 390, "height": 844}}], ids=["laptop", "phone, dark"]
)
def test_a_claims_link_opens_it_and_its_pictures_are_drawn(app: Served, opened, how: dict):
    page = opened_claim(opened, f"{app.address}/claims?{CLAIM}", **how)
    assert title(page) == SENTENCE
    expect(page.locator(".st-key-claim_answer")).to_contain_text("720 burglaries in Milton Keynes")
    expect(page.locator(".st-key-claim_answer")).to_contain_text("more than 9 a week is the usual level.")
    until(lambda: blue_share(page, 0) > 0.005, "the first picture is not drawn")
    until(lambda: blue_share(page, 1) > 0.02, "the second picture is not drawn")


def test_what_is_chosen_is_in_the_address_which_opens_the_same_claim_elsewhere(app: Served, opened):
    page = opened_claim(opened, f"{app.address}/claims?from=2025-01&to=2025-12&type=Burglary")
    choose(page, "claim", "a number in one ward in one month")
    expect(page.locator("h1")).to_contain_text("124 burglaries or more in one ward in one month")
    idle(page)
    assert "claim=ward-month" in page.url
    assert "number=124" in page.url
    other = opened_claim(opened, page.url)
    assert title(other) == title(page)
    until(lambda: blue_share(other, 0) > 0.002, "the picture is not drawn")


def test_a_ready_claim_opens_with_its_own_filters(app: Served, opened):
    page = opened_claim(opened, f"{app.address}/claims?from=2024-03&to=2024-03&type=Burglary&claim=week&number=500")
    page.get_by_role("link", name="“More than a dozen burglaries a week”").click()
    expect(page.locator("h1")).to_have_text(SENTENCE.replace("9", "12", 1))
    idle(page)
    for part in ("claim=week", "number=12", "from=2025-01", "to=2025-12", "type=Burglary"):
        assert part in page.url

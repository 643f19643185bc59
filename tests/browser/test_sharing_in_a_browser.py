"""A view is passed on: its code is read, its link opens the same, and its preview breaks no policy."""

import io
from collections.abc import Callable
from urllib.parse import urlsplit

import made_stores
import pytest
import zxingcpp
from browser_actions import idle
from PIL import Image
from playwright.sync_api import Page, expect
from servers.app import Served, free_port

VIEW = "from=2025-01&to=2025-01&ward=E05000002&type=Burglary"


@pytest.fixture(scope="module")
def app(serve: Callable[..., Served], tmp_path_factory: pytest.TempPathFactory) -> Served:
    port = free_port()
    home = made_stores.town(tmp_path_factory.mktemp("town"))
    return serve(home, {"MKMAP_PUBLIC_URL": f"http://127.0.0.1:{port}"}, port=port)


def shared(page: Page) -> str:
    """The link of the page's code, as a phone reads it from the screen."""
    idle(page)
    page.locator(".st-key-share summary").click()
    idle(page)
    code = page.get_by_role("img", name="QR code of the link above")
    code.scroll_into_view_if_needed()
    expect(code).to_be_visible()
    idle(page)
    read = zxingcpp.read_barcode(Image.open(io.BytesIO(code.screenshot())).convert("L"))
    assert read is not None
    return read.text


@pytest.mark.parametrize(("path", "width", "scheme"), [("/", 390, "dark"), ("/trends", 1280, "light")])
def test_a_phone_reads_the_code_and_opens_the_same_view(app: Served, opened, path: str, width: int, scheme: str):
    page = opened(f"{app.address}{path}?{VIEW}", viewport={"width": width, "height": 800}, color_scheme=scheme)
    expect(page.locator("h1")).to_contain_text("in Broughton")
    link = shared(page)
    assert link == f"{app.address}{path}?{VIEW}"
    other = opened(link)
    expect(other.locator("h1")).to_have_text(page.locator("h1").inner_text())


def test_the_head_that_networks_read_leaves_the_page_as_it_was(app: Served, opened):
    """Its scripts still run under the policy, and its title is the page's own in the end."""
    page = opened(f"{app.address}/wards?{VIEW}")
    idle(page)
    expect(page.locator("h1")).to_contain_text("Broughton")
    expect(page).to_have_title("Wards: crime map of Milton Keynes")
    picture = page.locator('meta[property="og:image"]').get_attribute("content")
    assert urlsplit(picture).netloc == urlsplit(app.address).netloc
    assert app.get(picture.removeprefix(app.address)).headers["content-type"] == "image/png"

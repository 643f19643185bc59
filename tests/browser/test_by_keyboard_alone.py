"""Everything that a mouse can do, a keyboard can, and whoever uses one sees where it is."""

from collections.abc import Callable, Iterator

import made_stores
import pytest
from browser_actions import idle
from playwright.sync_api import Page, expect
from servers.app import ANSWERS_FOR_IT, Served

JANUARY = "from=2025-01&to=2025-01&type=Burglary"
MOST = 70  # stops of the Tab key on a page
STREAMLITS = (
    "stMain",
    "stDataFrame",
)  # the whole page, which Streamlit lets a keyboard scroll; a grid draws its own ring in its picture
WHERE = """async () => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const frame = () => new Promise(done => requestAnimationFrame(done));
    const near = [at, ...(at.closest('label') ?? at.parentElement).querySelectorAll('*')];
    for (let one = at.parentElement; one && near.length < 300 && one !== document.body; one = one.parentElement) near.push(one);
    const look = () => near.map(one => { const style = getComputedStyle(one); return [
        style.outline, style.boxShadow, style.borderColor, style.backgroundColor, style.textDecorationLine, style.opacity,
    ].join() }).join();
    await frame();
    const focused = look(), place = at.getBoundingClientRect();
    at.blur(); await frame();
    const blurred = look();
    at.focus({focusVisible: true, preventScroll: true}); await frame();
    return {
        name: at.getAttribute('aria-label') || at.innerText || at.tagName,
        part: at.closest('.stDataFrame') ? 'stDataFrame' : at.dataset.testid ?? '',
        shows: focused !== blurred,
        inside: place.bottom > 0 && place.top < innerHeight && place.right > 0 && place.left < innerWidth,
    };
}"""


@pytest.fixture(scope="module")
def app(serve: Callable[..., Served], tmp_path_factory: pytest.TempPathFactory) -> Served:
    home = made_stores.town(tmp_path_factory.mktemp("town"))
    made_stores.add_households(home)
    return serve(home, {"MKMAP_LOCAL_MODERATION": "1", **ANSWERS_FOR_IT})


def opened_at(opened: Callable[..., Page], app: Served, path: str, **how: object) -> Page:
    page = opened(f"{app.address}{path}", **how)
    page.locator("h1").first.wait_for()
    idle(page)
    return page


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on an element of this kind; on a busy machine it comes a moment after the run that wants it."""
    page.locator(selector).first.wait_for(state="attached")
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if page.evaluate("selector => !!document.activeElement?.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never comes to {selector}")


def typed(page: Page, text: str) -> None:
    """Choose from a list by its letters."""
    page.keyboard.type(text)
    expect(page.get_by_role("option").first).to_contain_text(text)
    page.keyboard.press("Enter")
    idle(page)


def stops(page: Page) -> Iterator[dict]:
    page.add_style_tag(
        content="* { transition: none !important; animation: none !important; caret-color: transparent !important; }"
    )
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if (stop := page.evaluate(WHERE)) is None:
            return
        yield stop


@pytest.mark.parametrize("path", ["/", "/trends", "/claims", "/wards", "/report", "/about", "/moderation"])
def test_the_focus_is_seen_wherever_it_goes(app: Served, read, path: str):
    page = opened_at(read, app, path, cookie=app.operator())
    found = [stop for stop in stops(page) if stop["part"] not in STREAMLITS]
    assert len(found) > 8
    assert [stop["name"] for stop in found if not stop["shows"]] == []
    assert [stop["name"] for stop in found if not stop["inside"]] == []


def test_the_filters(app: Served, opened):
    page = opened_at(opened, app, f"/?{JANUARY}")
    expect(page.locator("h1")).to_contain_text("5 burglaries")
    tab_to(page, ".st-key-to input")
    typed(page, "March 2025")
    expect(page.locator("h1")).to_contain_text("6 burglaries")
    tab_to(page, ".st-key-ward input")
    typed(page, "Broughton")
    expect(page.locator("h1")).to_contain_text("2 burglaries in Broughton")


def test_find_my_street(app: Served, opened):
    page = opened_at(opened, app, f"/?{JANUARY}")
    tab_to(page, "#find-field")
    typed(page, "High Street")
    expect(page.get_by_text("Within a mile of High Street, Alder Park, police recorded")).to_be_visible()


def test_the_choice_of_the_table(app: Served, opened):
    page = opened_at(opened, app, f"/?{JANUARY}")
    tab_to(page, ".st-key-table button")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    idle(page)
    expect(page.locator(".st-key-table button[data-selected=true]")).not_to_have_text("Wards")


def test_the_link_is_copied(app: Served, opened):
    page = opened_at(opened, app, f"/trends?{JANUARY}", permissions=["clipboard-read", "clipboard-write"])
    tab_to(page, ".st-key-share summary")
    page.keyboard.press("Enter")
    idle(page)
    tab_to(page, ".st-key-share_link button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{app.address}/trends?{JANUARY}"


def test_a_report_is_sent(app: Served, opened):
    page = opened_at(opened, app, "/report", viewport={"width": 1000, "height": 900})
    tab_to(page, ".st-key-report_type input")
    typed(page, "Burglary")
    tab_to(page, ".st-key-report_month input")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    idle(page)
    tab_to(page, ".st-key-report_street input")
    typed(page, "High Street")
    tab_to(page, ".st-key-report_told_police input")
    page.keyboard.press("Space")
    idle(page)
    tab_to(page, ".st-key-report_response input")
    page.keyboard.press("Space")
    idle(page)
    tab_to(page, ".st-key-report_text textarea")
    page.keyboard.type("A window was broken.")
    tab_to(page, ".st-key-report_submit button")
    page.keyboard.press("Enter")
    idle(page)
    expect(page.locator(".st-key-report_receipt")).to_be_visible()


def test_the_slides_of_a_meeting(app: Served, opened):
    page = opened_at(opened, app, f"/meeting?{JANUARY}&slide=cover")
    first = page.locator("h1").first.inner_text()
    page.keyboard.press("ArrowRight")
    expect(page.locator("h1").first).not_to_have_text(first)
    idle(page)  # the way back is drawn after the slide
    page.keyboard.press("ArrowLeft")
    expect(page.locator("h1").first).to_have_text(first)

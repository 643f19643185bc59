"""Work a page as a person does: wait until it stands still, choose from a list, open the list again where it closed."""

from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import BrowserContext, Page, TimeoutError, expect
from waiting import until

TRIES, TRY = 6, 3_000  # how often a list is opened, and how long it is looked at (milliseconds)
BEFORE_ANOTHER = 10  # seconds: a second click on a mark would let it go again
LOOK = 50  # milliseconds: to look at each frame would have every frame drawn
QUIET = 300  # milliseconds without a run: what was clicked has reached the server by then

_STANDS_STILL = """quiet => {
    const app = document.querySelector('[data-testid="stApp"]'), now = performance.now();
    const state = app && `${app.dataset.testScriptState} ${app.dataset.testConnectionState}`;
    if (state !== 'notRunning CONNECTED') { delete window.quietSince; return false; }
    return now - (window.quietSince ??= now) >= quiet;
}"""


def carry(context: BrowserContext, cookie: str, address: str) -> None:
    """Let a browser come with a cookie, `name=value`; an empty one is none."""
    if cookie:
        name, _equal, value = cookie.partition("=")
        context.add_cookies([{"name": name, "value": value, "url": address, "httpOnly": True, "sameSite": "Strict"}])


def idle(page: Page) -> None:
    """Until the server has answered to all that was done, and the page has drawn it."""
    page.evaluate("delete window.quietSince")
    page.wait_for_function(_STANDS_STILL, arg=QUIET, polling=LOOK)


def choose(page: Page, key: str, text: str, *, exact: bool = True, thumb: bool = False) -> None:
    """Pick the option of this name in a select box, or the first that has it in its name.

    A `thumb` types nothing: a short list opens without the keyboard of a phone.
    """
    field = page.locator(f".st-key-{key} input").first
    option = page.get_by_role("option", name=text, exact=exact).first
    for _ in range(TRIES):
        idle(page)
        if thumb:
            field.tap()
        else:
            field.click()
            field.fill(text)
        if _picked(option.tap if thumb else option.click):
            return idle(page)
        page.keyboard.press("Escape")
    raise AssertionError(f"{key} never offered {text}")


def _picked(pick: Callable[..., None]) -> bool:
    try:
        pick(timeout=TRY)
    except TimeoutError:  # a run that ended meanwhile has closed the list
        return False
    return True


def press(page: Page, key: str) -> None:
    """Press a button once the page stands still."""
    idle(page)
    page.locator(f".st-key-{key} button").click()


def point_at(page: Page, x: float, y: float) -> None:
    """Move the mouse over a mark of a map until it says what it is: only then can it be clicked."""

    tooltip = page.locator(".deck-tooltip")

    def is_told() -> bool:
        if tooltip.is_visible():
            return True
        page.mouse.move(x - 60, y - 60)
        page.mouse.move(x, y, steps=5)
        return False

    until(is_told, "the map never said what is there", every=0.5)


def click_on(page: Page, x: float, y: float, seen: Callable[[], bool]) -> None:
    """Click on a mark of a map, and see what it does."""
    point_at(page, x, y)
    until_seen(seen, lambda: page.mouse.click(x, y))


def until_seen(seen: Callable[[], bool], act: Callable[[], None]) -> None:
    """Do something on a map again until it shows: what is drawn first cannot be hit yet."""
    for _ in range(TRIES):
        act()
        with suppress(AssertionError):
            return until(seen, "nothing happened on the map", patience=BEFORE_ANOTHER, every=0.1)
    raise AssertionError("nothing happened on the map")


def ticked(page: Page, key: str, answer: str) -> None:
    """Give one of the answers of a question, and see that it stands."""
    question = page.locator(f".st-key-{key}")
    question.get_by_text(answer, exact=True).click()
    expect(question.get_by_role("radio", name=answer, exact=True)).to_be_checked()
    idle(page)

"""Look at a page as a person does: what is drawn, what is written, where a map point stands on the screen."""

import io
import math

from PIL import Image
from playwright.sync_api import Locator, Page, expect
from waiting import until

from mkmap.map.mercator import fitting_zoom
from mkmap.ui.map.decks import MARGIN

MAP = "crime_map"
HEADLINE = ".st-key-headline h1"
MARK_OPACITY = 245 / 255
CANVAS = (520, 380)  # pixels: what each context says of its map, so that tests know what a view is fitted to


def headline(page: Page) -> str:
    return page.locator(HEADLINE).inner_text()


def wait_for_headline(page: Page, text: str) -> None:
    expect(page.locator(HEADLINE)).to_contain_text(text)


def _map(page: Page, key: str) -> Locator:
    return page.locator(f".st-key-{key} .stDeckGlJsonChart")


def picture(page: Page, key: str = MAP) -> Image.Image:
    """A map as it is drawn."""
    return Image.open(io.BytesIO(_map(page, key).screenshot())).convert("RGB")


def has_mark(image: Image.Image, colour: tuple[int, int, int], ground: int = 255) -> bool:
    """Whether a circle of a colour is drawn, on a light (255) or a dark (20) ground that shines through."""
    seen = [MARK_OPACITY * part + (1 - MARK_OPACITY) * ground for part in colour]
    close = [count for count, pixel in image.getcolors(1 << 24) if all(abs(pixel[at] - seen[at]) < 25 for at in range(3))]
    return sum(close) >= 20


def settled(page: Page, key: str = MAP) -> Image.Image:
    """A map once it is drawn and stands still."""
    _map(page, key).locator("canvas").first.wait_for()
    last = [picture(page, key)]

    def still() -> bool:
        page.wait_for_timeout(400)
        now = picture(page, key)
        same = now.tobytes() == last[0].tobytes() and len(now.getcolors(1 << 24)) > 20
        last[0] = now
        return same

    until(still, "the map never stood still")
    return last[0]


def on_screen(
    page: Page,
    place: tuple[float, float],
    bounds: tuple[float, float, float, float],
    canvas: tuple[int, int] = CANVAS,
    key: str = MAP,
) -> tuple[float, float]:
    """Where a place (longitude, latitude) of a map that is fitted to bounds stands on the screen, in pixels from its left and top.

    `canvas`: how large the server takes the map to be.
    """
    box, zoom = _map(page, key).bounding_box(), fitting_zoom(bounds, *(round(MARGIN * pixels) for pixels in canvas))
    middle = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    world = 512 * 2**zoom
    east = (place[0] - middle[0]) / 360 * world
    south = (_mercator(middle[1]) - _mercator(place[1])) / (2 * math.pi) * world
    return box["x"] + box["width"] / 2 + east, box["y"] + box["height"] / 2 + south


def _mercator(latitude: float) -> float:
    return math.asinh(math.tan(math.radians(latitude)))


def sideways(page: Page) -> int:
    """How many pixels the page can be scrolled sideways."""
    return page.evaluate(
        "Math.max(...[document.scrollingElement, ...document.querySelectorAll('.stMain')].map(e => e.scrollWidth - e.clientWidth))"
    )

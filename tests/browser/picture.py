"""Draw the README's picture anew: `python tests/browser/picture.py`."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1]))

from browser.browser_screen import settled
from browser.conftest import FLAGS, chromium
from servers.app import served
from waiting import PATIENCE

PICTURE = Path(__file__).parent / "map.png"
SIZE = {"width": 1280, "height": 760}


def draw() -> None:
    """The map of the demonstration, as a laptop shows it."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder)
        with served(home / "data", home / "log") as app:
            browser = playwright.chromium.launch(executable_path=chromium(playwright), args=FLAGS)
            page = browser.new_page(viewport=SIZE)
            page.set_default_timeout(PATIENCE * 1000)
            page.goto(app.address)
            page.wait_for_selector(".stDeckGlJsonChart canvas")
            settled(page)
            page.screenshot(path=PICTURE)
            browser.close()


if __name__ == "__main__":
    draw()

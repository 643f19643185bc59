"""Every page as people meet it who see little, use no mouse, or enlarge what they read (WCAG 2.2 AA)."""

import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

import axe_playwright_python
import pytest
from browser_actions import carry, idle
from playwright.sync_api import Browser, Page
from servers.app import ANSWERS_FOR_IT, PROJECT, Served, served
from waiting import PATIENCE, until

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """tags => axe.run(document, {
    runOnly: {type: 'tag', values: tags},
    resultTypes: ['violations'],  // every rule is asked; to describe each element that passes takes four times as long
})"""
BAD = {"serious", "critical"}
PAGES = sorted("" if file.stem == "map" else file.stem for file in (PROJECT / "pages").glob("*.py"))
PLAIN = "tests/servers/plain_page.py"
OURS = "color-contrast"  # the colours are of our theme, whoever draws with them
CLOSED = "details:not([open]) > summary"
KIND = re.compile(r'(?:data-testid|role|kind|aria-roledescription)="[^"]*"')
Finding = tuple[str, ...]  # axe's rule, and the kind of element that it found


@pytest.fixture(scope="module")
def app(serve: Callable[..., Served], tmp_path_factory: pytest.TempPathFactory) -> Served:
    """The demonstration: it has something on every page."""
    return serve(tmp_path_factory.mktemp("home"), {"MKMAP_LOCAL_MODERATION": "1", **ANSWERS_FOR_IT})


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("plain")
    with served(folder, folder / "log", script=PLAIN) as app:
        yield app


@pytest.fixture(scope="module")
def of_streamlit(browser: Browser, plain: Served) -> set[Finding]:
    """What axe finds on a page with nothing of ours."""
    page = browser.new_page()
    page.goto(plain.address)
    found = {_finding(rule, node) for rule, node in looked_at(page)}
    page.close()
    return found


def looked_at(page: Page) -> list[tuple[str, dict]]:
    """The serious findings of a page, with all that can be opened opened: rule, and axe's node."""
    _open_all(page)
    page.add_style_tag(content="* { transition: none !important; animation: none !important; }")  # nothing is half faded in
    page.wait_for_function("() => !document.querySelector('[data-stale=\"true\"]')")
    page.evaluate(AXE)
    found = page.evaluate(RUN, WCAG)
    assert len(found["passes"]) > 15, "axe has looked at a page"
    return [(one["id"], node) for one in found["violations"] for node in one["nodes"] if node["impact"] in BAD]


def _open_all(page: Page) -> None:
    page.locator("h1").first.wait_for()
    idle(page)
    while page.locator(CLOSED).count():
        page.locator(CLOSED).evaluate_all("all => all.forEach(one => one.click())")
        idle(page)


def _finding(rule: str, node: dict) -> Finding:
    tag = re.match(r"<[^>]*>", node["html"]).group()
    return (rule, tag.split()[0].strip("<>"), *sorted(KIND.findall(tag)))


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_serious_of_ours(app: Served, read, of_streamlit: set[Finding], path: str):
    page = read(f"{app.address}/{path}", cookie=app.operator())
    page.locator("h1").first.wait_for()
    idle(page)  # before, Streamlit does not hear that the device has changed its theme
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        until(partial(is_of, page, scheme), f"the page is {scheme}")
        ours = [
            (rule, node["html"], node["failureSummary"])
            for rule, node in looked_at(page)
            if rule == OURS or _finding(rule, node) not in of_streamlit
        ]
        assert ours == [], scheme


def is_of(page: Page, scheme: str) -> bool:
    """Whether the page is as light or as dark as was asked for."""
    page.locator("h1").first.wait_for()
    idle(page)
    ground = page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    return (sum(map(int, re.findall(r"\d+", ground)[:3])) > 3 * 128) is (scheme == "light")


def test_axe_would_find_what_is_wrong(app: Served, read):
    page = read(f"{app.address}/about")
    idle(page)
    page.evaluate("""() => {
        const main = document.querySelector('[data-testid="stMain"]');
        main.insertAdjacentHTML('afterbegin', '<img src="/map/icons.png"><p style="color: #999; background: #fff">faint</p>');
    }""")
    assert {"image-alt", "color-contrast"} <= {rule for rule, _node in looked_at(page)}


ENLARGED = {"viewport": {"width": 640, "height": 360}, "device_scale_factor": 2}  # 1280 × 720 at 200 %


@pytest.fixture(scope="module")
def enlarged(browser: Browser, app: Served) -> Iterator[Callable[[str], Page]]:
    """A page at 200 %, with all that can be opened opened, as the operator sees it."""
    context = browser.new_context(**ENLARGED)
    carry(context, app.operator(), app.address)
    context.set_default_timeout(PATIENCE * 1000)

    @cache
    def at(path: str) -> Page:
        page = context.new_page()
        page.goto(f"{app.address}/{path}")
        _open_all(page)
        return page

    yield at
    context.close()


SIDEWAYS = """() => {
    const main = document.querySelector('[data-testid="stMain"]'), width = document.documentElement.clientWidth;
    const inABox = one => one !== main && (getComputedStyle(one).overflowX !== 'visible' || inABox(one.parentElement));
    const out = [...main.querySelectorAll('p, h1, h2, h3, li, button, input, svg.marks, canvas')].filter(
        one => one.getBoundingClientRect().width && one.getBoundingClientRect().right > width + 1 && !inABox(one));
    return {
        sideways: [document.documentElement.scrollWidth - width, main.scrollWidth - main.clientWidth],
        out: out.map(one => one.outerHTML.slice(0, 160)),
    };
}"""


@pytest.mark.parametrize("path", PAGES)
def test_at_200_percent_a_page_scrolls_one_way_and_nothing_runs_out_of_it(enlarged: Callable[[str], Page], path: str):
    found = enlarged(path).evaluate(SIDEWAYS)
    assert max(found["sideways"]) <= 1
    assert found["out"] == []


PICTURES = """() => [...document.querySelectorAll('.stVegaLiteChart, .stDeckGlJsonChart, table, .stDataFrame, .stExpander')].map(one => ({
    kind: [...one.classList].find(name => /^st[A-Z]/.test(name)) ?? one.tagName,
    words: (one.closest('[aria-label]') ?? one.querySelector('[aria-label]'))?.getAttribute('aria-label') ?? '',
}))"""
CHARTS = ("stVegaLiteChart", "stDeckGlJsonChart")


@pytest.mark.parametrize("path", [path for path in PAGES if path != "meeting"])
def test_every_map_and_chart_has_a_sentence_and_then_a_table(enlarged: Callable[[str], Page], path: str):
    found = enlarged(path).evaluate(PICTURES)
    if path in ("", "trends", "wards"):
        assert any(one["kind"] in CHARTS for one in found)
    for one, after in zip(found, [*found[1:], {"kind": "nothing"}], strict=False):
        if one["kind"] in CHARTS:
            assert len(one["words"].split()) > 4
            assert after["kind"] not in (*CHARTS, "nothing")


LETTERS = """() => {
    const light = colour => { const [red, green, blue] = colour.match(/[\\d.]+/g).slice(0, 3).map(Number).map(
        one => (one /= 255) <= .03928 ? one / 12.92 : ((one + .055) / 1.055) ** 2.4); return .2126 * red + .7152 * green + .0722 * blue };
    const ground = light(getComputedStyle(document.querySelector('.stApp')).backgroundColor);
    return [...document.querySelectorAll('.stVegaLiteChart :is(.role-axis, .role-legend) text')].map(one => light(getComputedStyle(one).fill))
        .map(ink => (Math.max(ink, ground) + .05) / (Math.min(ink, ground) + .05));
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_letters_of_charts_can_be_read(enlarged: Callable[[str], Page], scheme: str):
    """Axe does not look into pictures."""
    page = enlarged("trends")
    page.emulate_media(color_scheme=scheme)
    idle(page)
    contrasts = page.evaluate(LETTERS)
    assert len(contrasts) > 20
    assert min(contrasts) >= 4.5


def test_nothing_of_ours_moves():
    """Who asked for less motion gets none: there is none for anybody."""
    sources = "".join(file.read_text() for file in (PROJECT / "mkmap" / "ui").rglob("*.py"))
    assert "font-size:" in sources
    assert not re.findall(
        r"animation\s*:|transition\s*:|@keyframes|scroll-behavior|transition_duration|st\.balloons|st\.snow", sources
    )

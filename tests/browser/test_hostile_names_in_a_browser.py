"""Names of streets, wards and crime types that try to run, on every page, in a real browser: no dialog, no foreign request."""

import json
from collections.abc import Callable
from urllib.parse import quote, urlencode, urlsplit

import made_hostile
import made_stores
import pytest
from browser_actions import choose, idle
from browser_screen import settled, wait_for_headline
from made_stores import crimes
from made_wards import wards
from playwright.sync_api import Page, expect
from servers.app import Served

EVIL = "//evil.example"
PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    f"<img src={EVIL}/i.png>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<iframe src=javascript:alert(1)></iframe>",
    f"<iframe src={EVIL}></iframe>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<marquee onstart=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<math><mtext></p><img src=x onerror=alert(1)>",
    f"<link rel=stylesheet href={EVIL}/a.css>",
    f"<style>@import '{EVIL}/a.css';</style>",
    f"<style>*{{background:url({EVIL}/b)}}</style>",
    f"<base href={EVIL}/>",
    f"<meta http-equiv=refresh content=0;url={EVIL}>",
    f"<object data={EVIL}></object>",
    f"<embed src={EVIL}>",
    "<a href=javascript:alert(1)>x</a>",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "'\"><script>alert(1)</script>",
    '"onmouseover=alert(1) x="',
    "'onmouseover='alert(1)",
    "';alert(1);//",
    '\\";alert(1);//',
    "${alert(1)}",
    "{{constructor.constructor('alert(1)')()}}",
    "#{alert(1)}",
    "<%= alert(1) %>",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<SCRIPT>alert(1)</SCRIPT>",
    "<img/src=x/onerror=alert(1)>",
    "<img src=`x`onerror=alert(1)>",
    "<x onclick=alert(1)>click",
    "<form action=javascript:alert(1)><button>x",
    "<isindex action=javascript:alert(1)>",
    "<template><script>alert(1)</script></template>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<audio src onerror=alert(1)>",
    "<select onfocus=alert(1) autofocus>",
    "<keygen autofocus onfocus=alert(1)>",
    "<div style=width:expression(alert(1))>",
    "<table background=javascript:alert(1)>",
    "<style>@keyframes x{}</style><p style=animation-name:x onanimationstart=alert(1)>",
    "＜script＞alert(1)＜/script＞",
    "\u202e<script>alert(1)</script>",
    f"![x](https:{EVIL}/a.png)",
    f"![x][1] [1]: https:{EVIL}/a.png",
    f"[x](https:{EVIL})",
    "[x](javascript:alert(1))",
    f"<https:{EVIL}>",
    f"https:{EVIL}/",
    "$\\href{javascript:alert(1)}{x}$",
    "$\\includegraphics{//evil.example/a.png}$",
    ":red[<img src=x onerror=alert(1)>]",
    "`<img src=x onerror=alert(1)>`",
]


STREETS = [*PAYLOADS, *made_hostile.LIVE]
WARDS = 10  # of these names; three more of those that want to come alive
LIVE = """() => {
    const inText = ["img", "span[role=img]", ".katex", ".stMarkdownColoredText", ".stMarkdownColoredBackground", ".stMarkdownBadge"]
        .map(kind => `:is([data-testid=stMarkdownContainer], [data-testid=stCaptionContainer], [data-testid=stHeading]) ${kind}`);
    const pictures = [...document.querySelectorAll([...inText, "img:not([data-testid=stImage] img)"].join())];
    const links = [...document.querySelectorAll("a[href]")].filter(a => !OURS.includes(a.host) && a.checkVisibility());
    return [...pictures, ...links].map(one => one.outerHTML).concat(document.body.innerText.match(/[😄👍→←]/gu) || []);
}"""
OUR_LINKS = ["data.police.uk", "ico.org.uk"]


def came_alive(page: Page) -> list[str]:
    """Links to others, pictures, icons and styles that stand in a page's text and that none of our sentences has."""
    hosts = [*OUR_LINKS, urlsplit(page.url).netloc]
    return page.evaluate(LIVE.replace("OURS", json.dumps(hosts)))


@pytest.fixture(scope="module")
def app(serve: Callable[..., Served], tmp_path_factory: pytest.TempPathFactory) -> Served:
    """Wards and streets that all mean harm; the crimes of the first ward have a type that does, too."""
    home = tmp_path_factory.mktemp("hostile")
    made_stores.add_wards(home, [*PAYLOADS[:10], *made_hostile.NAMES])
    made_hostile.add_plan(home)
    rows = []
    for number, payload in enumerate(STREETS):
        (one,) = crimes(1, "2025-01", number % WARDS, "Burglary" if number % WARDS else PAYLOADS[1], street=payload)
        rows.append({**one, "Latitude": f"{52.001 + number // WARDS / 1000:.6f}"})
    made_stores.add_crimes(home, [*rows, *crimes(1, "2025-01", 11, made_hostile.KIND)])
    made_stores.add_households(home, error=PAYLOADS[2])
    return serve(
        home,
        {"MKMAP_AREA_NAME": f"{PAYLOADS[1]} {made_hostile.AREA}", "MKMAP_CONTACT": "ada@evil.example", "MKMAP_OPERATOR": "A"},
    )


ALL = "from=2025-01&to=2025-01&type=all"
LAST = "E05000011"  # the first of the wards that want to come alive


PRESSED = "one => one.click()"  # itself, not what has moved to its place meanwhile: the slider of the months, say


def test_the_map_page_shows_them_as_text(app: Served, opened):
    chosen = "&".join(f"ward={code}" for code in wards(WARDS)["code"])
    page = opened(f"{app.address}/?{ALL}&{chosen}&type=Burglary&type={quote(made_hostile.KIND)}&type={quote(PAYLOADS[1])}")
    wait_for_headline(page, f"Police recorded {len(STREETS)} crimes of all types")
    page.get_by_text("Link to exactly this view").evaluate(PRESSED)
    idle(page)
    for table in ("Ward, type and month", "Streets", "Wards"):
        page.get_by_role("radio", name=table, exact=True).evaluate(PRESSED)
        idle(page)
        assert came_alive(page) == []
        if table == "Streets":
            expect(page.get_by_role("cell", name=PAYLOADS[1], exact=True).first).to_be_attached()


def test_tooltips_clicks_and_the_mile_show_them_as_text(app: Served, opened):
    page = opened(f"{app.address}/?{ALL}")
    wait_for_headline(page, f"Police recorded {len(STREETS) + 1} crimes of all types in <img")
    settled(page)
    box = page.locator(".st-key-crime_map .stDeckGlJsonChart").bounding_box()
    for part in range(3, 18):
        page.mouse.move(box["x"] + box["width"] * part / 20, box["y"] + box["height"] / 2)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    choose(page, "find", "onerror", exact=False)
    expect(page.get_by_text("Within a mile of", exact=False)).to_be_visible()
    assert came_alive(page) == []


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("about?", "This map shows crimes that the police recorded in <img"),
        (f"trends?{ALL}&ward={LAST}", "https://evil.example/1 :streamlit:"),
        (f"wards?{ALL}&ward={LAST}", "closed. Report it at https://evil.example/?a=b"),
        (f"claims?{ALL}&claim=ward-month&number=1", "Claim: the police recorded 1 crime of any type or more in one ward"),
        (f"meeting?{ALL}&ward={LAST}&slide=police", "Priorities for www.evil.example :material_home:"),
    ],
)
def test_other_pages_show_them_as_text(app: Served, read, address: str, shown: str):
    page = read(f"{app.address}/{address}")
    expect(page.get_by_text(shown, exact=False).first).to_be_visible()
    idle(page)
    assert came_alive(page) == []


ECHOES = [
    "closed. Report it at https://evil.example/?a=b",
    "www.evil.example :streamlit: :material_home: a -> b",
    "ada@evil.example :smile: :red[x] $x^2$",
    "![x](https://evil.example/a.png)<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>`x`**x**",
]


def test_an_address_that_means_harm_is_text(app: Served, read):
    page = read(f"{app.address}/?{urlencode({'ward': ECHOES}, doseq=True)}")
    for text in ECHOES:
        expect(page.get_by_text(f"“{text}” is not a ward on this map and was ignored.", exact=True)).to_be_visible()
    idle(page)
    assert came_alive(page) == []


def test_downloads_are_files_and_not_pages(app: Served):
    for path in ("crimes.csv", "crimes.geojson", "wards.geojson"):
        answer = app.get(f"/data/{path}?{ALL}")
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "html" not in answer.headers["content-type"]

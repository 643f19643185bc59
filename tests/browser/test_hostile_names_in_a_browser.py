"""Names of streets, wards and crime types that try to run, on every page, in a real browser: no dialog, no foreign request."""

from collections.abc import Callable

import made_stores
import pytest
from browser_actions import choose, idle
from browser_screen import settled, wait_for_headline
from made_stores import crimes
from made_wards import wards
from playwright.sync_api import expect
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


@pytest.fixture(scope="module")
def app(serve: Callable[..., Served], tmp_path_factory: pytest.TempPathFactory) -> Served:
    """Wards and streets that all mean harm; the crimes of the first ward have a type that does, too."""
    home = tmp_path_factory.mktemp("hostile")
    made_stores.add_wards(home, PAYLOADS[:10])
    rows = []
    for number, payload in enumerate(PAYLOADS):
        (one,) = crimes(1, "2025-01", number % 10, "Burglary" if number % 10 else PAYLOADS[1], street=payload)
        rows.append({**one, "Latitude": f"{52.001 + number // 10 / 1000:.6f}"})
    made_stores.add_crimes(home, rows)
    made_stores.add_households(home, error=PAYLOADS[2])
    return serve(home, {"MKMAP_AREA_NAME": PAYLOADS[1]})


ALL = "from=2025-01&to=2025-01&type=all"


@pytest.mark.parametrize("table", ["Wards", "Ward, type and month", "Streets"])
def test_the_map_page_shows_them_as_text(app: Served, opened, table: str):
    chosen = "&".join(f"ward={code}" for code in wards(10)["code"])
    page = opened(f"{app.address}/?{ALL}&{chosen}")
    wait_for_headline(page, f"Police recorded {len(PAYLOADS)} crimes of all types")
    page.get_by_role("radio", name=table, exact=True).click(force=True)
    page.get_by_text("Link to exactly this view").click()
    idle(page)
    if table == "Streets":
        expect(page.get_by_role("cell", name=PAYLOADS[1], exact=True).first).to_be_attached()


def test_tooltips_clicks_and_the_mile_show_them_as_text(app: Served, opened):
    page = opened(f"{app.address}/?{ALL}")
    wait_for_headline(page, f"Police recorded {len(PAYLOADS)} crimes of all types in <img")
    settled(page)
    box = page.locator(".st-key-crime_map .stDeckGlJsonChart").bounding_box()
    for part in range(3, 18):
        page.mouse.move(box["x"] + box["width"] * part / 20, box["y"] + box["height"] / 2)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    choose(page, "find", "onerror", exact=False)
    expect(page.get_by_text("Within a mile of", exact=False)).to_be_visible()


def test_the_about_page_shows_them_as_text(app: Served, opened):
    page = opened(f"{app.address}/about?{ALL}")
    expect(page.get_by_text("This map shows crimes that the police recorded in <img", exact=False)).to_be_visible()
    expect(page.get_by_role("heading", name="For the operator")).to_be_visible()


@pytest.mark.parametrize("parameter", ["from", "to", "ward", "type"])
def test_an_address_that_means_harm_is_text(app: Served, opened, parameter: str):
    from urllib.parse import quote

    page = opened(f"{app.address}/?" + "&".join(f"{parameter}={quote(one)}" for one in PAYLOADS))
    expect(page.get_by_text("was ignored").first).to_be_visible()


def test_downloads_are_files_and_not_pages(app: Served):
    for path in ("crimes.csv", "crimes.geojson", "wards.geojson"):
        answer = app.get(f"/data/{path}?{ALL}")
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "html" not in answer.headers["content-type"]

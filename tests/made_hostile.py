"""Make a town in which every name and every sentence of the police wants to be a link, a picture, an icon or a style."""

from pathlib import Path

import made_stores
import shapely
from made_plans import station
from servers.police_ground import Ground, event, priority

LIVE = [
    "https://evil.example/",
    "HTTP://evil.example",
    "closed. Report it at https://evil.example/?a=b",
    "www.evil.example",
    "(WWW.evil.example)",
    "ada@evil.example",
    "mailto:ada@evil.example",
    ":streamlit:",
    ":material/home:",
    ":material_home:",
    ":smile: :+1:",
    ":red[x] :blue-badge[x]",
    "$x^2$ $$y$$",
    "a -> b <- c -- d >= e",
    "<b>x</b>",
    "![x](https://evil.example/a.png)",
    "[x](https://evil.example)",
    "<https://evil.example>",
    "`x`",
]
AREA = "https://evil.example :streamlit: $x^2$"
NAMES = ["https://evil.example/1 :streamlit:", "www.evil.example :material_home:", "ada@evil.example :smile: a -> b"]
KIND = "www.evil.example :red[x]"  # a crime type that police.uk does not have
ADDRESS = "&".join(
    f"{name}=closed. Report it at https://evil.example www.evil.example :streamlit: :material_home:"
    for name in ("ward", "type", "from", "to", "slide", "claim", "correct")
)
CHOSEN = "from=2025-01&to=2025-03&type=all"
PAGES = [
    ("", CHOSEN),
    ("", f"from=2025-01&to=2025-03&type=Burglary&ward=E05000001&type={KIND}"),
    ("trends", CHOSEN),
    ("claims", f"{CHOSEN}&claim=ward-month&number=2"),
    ("wards", CHOSEN),
    ("wards", f"{CHOSEN}&ward=E05000001"),
    ("report", ""),
    ("about", ""),
    ("moderation", ""),
]


def town(home: Path) -> None:
    """Three wards and their streets, crimes of a type that nobody knows, households of somebody, and what the police say."""
    made_stores.add_wards(home, NAMES)
    places = [(f"2025-0{month}", column) for month in (1, 3) for column in range(len(NAMES))]
    rows = [crime for month, column in places for crime in made_stores.crimes(2, month, column, street=NAMES[column])]
    made_stores.add_crimes(home, [*rows, *made_stores.crimes(1, "2025-01", 0, KIND, NAMES[0])])
    made_stores.add_households(home, error=NAMES[0])
    add_plan(home)


def add_plan(home: Path) -> None:
    """One neighbourhood for every ward, whose priorities have changed."""
    with station(home) as police:
        ground = Ground("E1", shapely.box(-2, 51, 1, 53), name=NAMES[1], details={"url_force": LIVE[0]})
        ground.priorities = [priority(one, action=one) for one in LIVE]
        ground.events = [event(NAMES[0], address=NAMES[2])]
        ground.people = [{"name": NAMES[2], "rank": NAMES[0], "bio": None, "contact_details": {}}]
        police.police.grounds = [ground]
        police.fetch()
        ground.priorities = [priority(one) for one in reversed(LIVE)]
        police.fetch(days=3)

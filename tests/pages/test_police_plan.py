"""What the police say they do, as a page shows it: their words as text, their silence in words, and how old it all is."""

import re
from datetime import date
from html import escape
from pathlib import Path

import made_stores
import pytest
from made_plans import AT, E1, Station, station
from page_visits import as_read, said, visited
from servers.police_ground import event, priority
from streamlit.testing.v1 import AppTest
from test_hostile_names import ESCAPED, MARKDOWN

from mkmap.dataset import invented_town as demonstration_town
from mkmap.dataset.invented_plans import filled
from mkmap.month import Month
from mkmap.plans.plan import Plan
from mkmap.plans.store import Plans, WardPlace
from mkmap.settings import settings
from mkmap.view.snapshot import Snapshot


def drawn(ward: str, day: str = "2026-11-20") -> AppTest:
    """A page with nothing but the plan of a ward, on a day."""

    def script(ward: str, day: str) -> None:
        from datetime import date

        from mkmap.settings import settings
        from mkmap.ui.wards.police_plan import police_plan
        from mkmap.view.snapshot import Snapshot
        from mkmap.view.view import View

        police_plan(View(Snapshot.now(settings(), date.fromisoformat(day)), None), ward)

    at = AppTest.from_function(script, default_timeout=60, kwargs={"ward": ward, "day": day}).run()
    assert not at.exception
    return at


@pytest.fixture
def at_work(home: Path):
    made_stores.town(home)
    with station(home) as one:
        yield one


def test_everything_that_was_said_is_shown(at_work: Station):
    at_work.first.priorities = [priority("<p>Sheds.</p>", "2026-08-20", action="Locks.", action_date="2026-09-02T00:00:00")]
    at_work.first.events = [event(end_date="2026-12-03T19:30:00"), event("Long over", "2026-01-01T10:00:00")]
    at_work.fetch()
    text = said(drawn(made_stores.ALDER))
    for shown in (
        "Alder & West", "Sheds.", "What they did: Locks.", "set on 20 August 2026, action of 2 September 2026",
        "Thursday, 3 December 2026, 18:30–19:30 · Have your say · Village Hall, High Street", "Sgt Ada Example",
        "Telephone: 101 · E-mail: east@police.example · Website: http://www.police.example/east",
        "Priorities for Alder & West last updated 2 months ago.", "Nothing, as far as it has been fetched here.",
        "as fetched on 15 November 2026", "neighbourhood E1",
    ):  # fmt: skip
        assert shown in text
    assert "Long over" not in text


def test_what_changed_is_shown_with_its_day(at_work: Station):
    at_work.fetch()
    at_work.first.priorities = [priority(action="Locks."), priority("Speeding.", "2026-11-01")]
    at_work.fetch(days=3)
    text = said(drawn(made_stores.ALDER))
    assert "New priority: “Speeding.” (seen on 18 November 2026)" in text
    assert "New word on the action: “Burglaries in sheds.” (seen on 18 November 2026)" in text
    assert "Now: Locks." in text


def test_a_plan_asleep_stands_out(at_work: Station):
    at_work.fetch()
    awake, asleep = (drawn(made_stores.ALDER, day) for day in ("2026-11-20", "2027-10-20"))
    assert [as_read(one.value) for one in asleep.warning] == ["Priorities for Alder & West last updated 14 months ago."]
    assert not awake.warning


def test_several_neighbourhoods_are_named(at_work: Station):
    at_work.fetch()
    text = said(drawn(made_stores.BROUGHTON))
    assert "This ward lies in 2 police neighbourhoods: Alder & West and East. The first is that of its middle." in text
    assert "police neighbourhoods" not in said(drawn(made_stores.ALDER))


def test_silence_has_its_words(at_work: Station):
    at_work.first.priorities = at_work.first.people = at_work.first.events = []
    at_work.first.details = {"contact_details": [], "url_force": None}
    at_work.fetch()
    text = said(drawn(made_stores.ALDER))
    for shown in ("name no priority", "None is announced.", "police.uk names nobody."):
        assert shown in text
    assert "Contact" not in text


def test_what_is_not_loaded_is_said(at_work: Station):
    assert "Not loaded" in said(drawn(made_stores.ALDER))
    at_work.plans.put_wards("made", {made_stores.ALDER: WardPlace((E1,), AT), made_stores.CEDAR: WardPlace((), AT)})
    assert "The plan of the neighbourhood E1 has not been fetched" in said(drawn(made_stores.ALDER))
    assert "police.uk names no police neighbourhood for this ward." in said(drawn(made_stores.CEDAR))


def test_a_ward_of_an_older_set_has_its_plan(at_work: Station):
    at_work.fetch()
    made_stores.add_wards(at_work.home, ["New"], name="newer", first=7, start=date(2026, 5, 7))
    assert "Sgt Ada Example" in said(drawn(made_stores.ALDER))
    assert "Not loaded" in said(drawn("E05000007"))


HTML = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<iframe src=javascript:alert(1)>x",
]
WAYS = ("telephone", "mobile", "email", "address", "web", "facebook", "twitter")
HANDFULS = [[*HTML, *MARKDOWN][first : first + len(WAYS)] for first in range(0, len(HTML + MARKDOWN), len(WAYS))]


@pytest.mark.parametrize("payloads", HANDFULS, ids=lambda payloads: payloads[0])
@pytest.mark.parametrize("form", [str, escape], ids=["as it is", "as entities"])
def test_whatever_the_police_write_is_text(at_work: Station, payloads: list[str], form):
    everywhere(at_work, ["before"])
    at_work.fetch()
    everywhere(at_work, [form(payload) for payload in payloads])
    at_work.fetch(days=3)
    at = drawn(made_stores.ALDER)
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error", "text")
    elements = [element for kind in kinds for element in at.get(kind)]
    assert not any(getattr(element.proto, "allow_html", False) for element in elements)
    assert not at.get("html")
    unescaped = "\n".join(re.sub(r"\A(- |#### |\*\*(.*)\*\*\Z)", r"\2", ESCAPED.sub("", one.value)) for one in elements)
    assert not [payload for payload in payloads if payload in unescaped]
    assert not re.search(r"[<\[$`|~\\]", unescaped), "no sign is left that Markdown could take for its own"
    if form is escape:
        seen = said(at)
        assert all(seen.count(" ".join(payload.split())) >= 7 for payload in payloads), "and a person reads what was written"


def everywhere(at_work: Station, texts: list[str]) -> None:
    """The texts in every field that is read."""
    ground, first = at_work.first, texts[0]
    ground.name = f"Name {first}"
    ground.details = {"description": first, "url_force": first, "contact_details": dict(zip(WAYS, texts, strict=False))}
    ground.people = [{"name": f"A {text}", "rank": f"B {text}", "bio": text} for text in texts]
    ground.priorities = [priority(f"C {text}", action=f"D {text}") for text in texts]
    ground.priorities += [priority(f"E {text}", None) for text in texts]
    ground.events = [event(f"F {text}", address=f"G {text}", description=text, type=text) for text in texts]


def plans_of_demonstration(ward: str) -> tuple[Plan, ...]:
    return Snapshot.now(settings(), date(2026, 11, 20)).plans(demonstration_town.code(ward)).plans


def test_the_demonstration_shows_all_there_is_to_see(with_demonstration: Path):
    text = said(drawn(demonstration_town.code("Monkston")))
    assert "Demonstration: invented, not evidence." in text
    assert "This ward lies in 2 police neighbourhoods: Demonstration Centre and Demonstration South." in text
    assert "Priorities for Demonstration Centre last updated 14 months ago." in text
    assert "No longer named: “Speeding on an invented road.”" in text
    assert "Have your say" in text
    assert [len(plan.history) for plan in plans_of_demonstration("Monkston")] == [0, 4]
    neighbourhoods = [
        tuple(plan.neighbourhood.id for plan in plans_of_demonstration(ward)) for ward in demonstration_town.WARDS
    ]
    assert len(set(neighbourhoods)) == 4, "three by themselves, and two of them together"
    assert all(neighbourhoods)


@pytest.mark.parametrize("day", [date(2026, 11, 1), date(2027, 2, 28), date(2028, 2, 29), date(2028, 12, 31)])
def test_the_demonstration_is_asleep_for_14_months_on_every_day(home: Path, day: date):
    filled(Plans(home), Month.of(day))
    centre, *_others = Plans(home).of_ward("demonstration", demonstration_town.code("Monkston")).plans
    assert centre.months_old(day) == 14
    assert centre.next_events(day), "and a meeting is always to come"
    again = Plans(home).version
    filled(Plans(home), Month.of(day))
    assert Plans(home).version == again, "it is not made anew within a month"


def test_the_about_page_names_the_feed_of_a_ward(town: Path):
    codes = [one.value for one in visited({"ward": "Broughton", "from": "2025-01", "to": "2025-01"}, page="about").code]
    assert any(value.endswith(f"/feeds/wards/{made_stores.BROUGHTON}.atom'") for value in codes)

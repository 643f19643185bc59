"""The link to a view says every filter; a code is drawn where a phone could open it, else the page says why not."""

from collections.abc import Callable
from pathlib import Path

import made_stores
import pytest
from page_visits import said, visited
from streamlit.testing.v1 import AppTest

ADDRESS = {"from": "2025-01", "to": "2025-01", "ward": "Cedar & Elm"}
QUERY = f"from=2025-01&to=2025-01&ward={made_stores.CEDAR}&type=Burglary"
WHY_NOT = "There is no QR code: no phone can open this address, which is of this machine alone."


def shared(page: str = "map", **address: object) -> AppTest:
    """A page with its sharing opened."""
    at = visited(ADDRESS | address, page=page)
    at.session_state["share"] = True
    return at.run()


def links(at: AppTest) -> list[str]:
    return [code.value for code in at.code if "from=" in code.value]


def codes(at: AppTest) -> list[str]:
    """The words of the pictures that are QR codes."""
    return [one.alt for element in at.get("image") for one in element.proto.imgs if "QR" in one.alt]


@pytest.mark.parametrize("page", ["map", "trends", "wards", "claims"])
def test_every_page_with_filters_can_be_shared(town: Path, page: str):
    at = shared(page)
    assert not at.exception
    (link,) = links(at)
    assert QUERY in link


def test_the_link_says_every_filter_and_defaults_too(town: Path):
    (link,) = links(shared(to="2025-04", type="all"))
    assert link.endswith(f"/?from=2025-01&to=2025-04&ward={made_stores.CEDAR}&type=all")
    (link,) = links(shared(to=[], ward=[], **{"from": []}))
    assert link.endswith("/?from=2025-03&to=2025-03&type=Burglary")


def test_nothing_is_made_before_it_is_asked_for(town: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("mkmap.drawing.qr.svg", lambda _address: pytest.fail("made without need"))
    at = visited(ADDRESS)
    assert not at.exception
    assert links(at) == []


def test_a_claim_is_shared_with_its_choices(town: Path):
    (link,) = links(shared("claims", who="police", claim="week", number="12"))
    assert link.endswith(f"{QUERY}&who=police&claim=week&number=12")


def test_on_this_machine_alone_the_page_says_why_there_is_no_code(town: Path):
    at = shared()
    assert WHY_NOT in said(at)
    assert codes(at) == []


def test_with_a_public_address_link_and_code_have_it(town: Path, setting: Callable[..., None]):
    setting(PUBLIC_URL="https://crime.example.org/")
    at = shared()
    assert links(at) == [f"https://crime.example.org/?{QUERY}"]
    assert codes(at) == ["QR code of the link above"]
    assert WHY_NOT not in said(at)


def test_a_link_that_is_too_long_for_a_code_says_so(home: Path, setting: Callable[..., None]):
    setting(PUBLIC_URL="https://crime.example.org/" + "a" * 40)
    made_stores.add_wards(home, [f"Ward {number}" for number in range(240)])
    made_stores.add_crimes(home)
    at = shared(ward=[f"Ward {number}" for number in range(240)])
    assert "too long for one" in said(at)
    assert codes(at) == []

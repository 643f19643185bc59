"""What police.uk says of a neighbourhood is read once, odd objects and all; what has another shape is refused."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

from mkmap.plans import answers
from mkmap.plans.plan import Contact, Priority


def details(**changed: object) -> answers.Details:
    return answers.DETAILS.validate_python({"id": "NC04", "name": "City Centre"} | changed)


@pytest.mark.parametrize("nothing", [None, {}, [], ""])
def test_no_contact_is_no_contact(nothing: object):
    assert details(contact_details=nothing).contact == Contact()


def test_a_contact_keeps_what_can_be_used():
    given = {
        "telephone": "101", "email": None, "web": "javascript:alert(1)", "facebook": "https://www.facebook.com/x",
        "twitter": ["odd"], "mobile": {"odd": 1}, "address": "1 Road\n, Town", "bebo": "https://bebo.com/x",
    }  # fmt: skip
    found = details(contact_details=given, url_force="http://www.police.example").contact
    assert found == Contact(
        telephone="101", address="1 Road , Town", web="http://www.police.example", facebook="https://www.facebook.com/x"
    )


ODD = [
    {"population": 1000}, {"population": None}, {"centre": None}, {"centre": {"latitude": None, "longitude": None}},
    {"links": None}, {"links": [None, 7]}, {"locations": [{"latitude": None}]}, {"locations": None}, {"surprise": {"deep": [1]}},
    {"description": None}, {"description": 7}, {"id": 4}, {"url_force": 7},
]  # fmt: skip


@pytest.mark.parametrize("change", ODD, ids=json.dumps)
def test_an_odd_object_spoils_nothing(change: dict):
    assert details(**change).name == "City Centre"


@pytest.mark.parametrize("name", [None, "", "  ", "<p></p>", ["City Centre"], {"a": 1}, True])
def test_a_neighbourhood_has_a_name(name: object):
    with pytest.raises(ValidationError):
        details(name=name)


def test_a_name_is_read_as_text():
    assert details(name="Leake &amp; <b>Keyworth</b>\u202e").name == "Leake & Keyworth"


def priorities(*given: object) -> tuple[Priority, ...]:
    return answers.priorities(answers.PRIORITIES.validate_python(list(given)))


def test_a_priority_without_action_or_dates_is_one():
    assert priorities({"issue": "<p>Speeding.</p>", "action": None, "issue-date": None, "action-date": None}) == (
        Priority("Speeding.", None, "", None),
    )


def test_what_says_nothing_is_no_priority_and_what_is_said_twice_is_one():
    assert priorities({}, {"issue": None, "action": "<p> </p>"}) == ()
    assert len(priorities({"issue": "One"}, {"issue": "One"})) == 1


DAYS = {
    "2018-09-20T00:00:00": date(2018, 9, 20),
    "2018-09-20": date(2018, 9, 20),
    "2018-09-20T00:00:00Z": date(2018, 9, 20),
    "0001-01-01T00:00:00": None,
    "1970-01-01T00:00:00": None,
    "20 September": None,
    "": None,
    "2018-13-40": None,
    "9" * 5000: None,
}


@pytest.mark.parametrize("written", DAYS)
def test_days_are_read_and_what_is_none_is_none(written: str):
    assert priorities({"issue": "x", "issue-date": written})[0].issued == DAYS[written]


@pytest.mark.parametrize("written", [7, True, ["2018-09-20"], {"date": "2018-09-20"}])
def test_a_day_of_another_kind_is_none(written: object):
    assert priorities({"issue": "x", "issue-date": written})[0].issued is None


@pytest.mark.parametrize(
    "given", [None, {}, "x", 7, [None], [7], ["x"], [{"issue": ["x"]}], [{"issue": {"a": 1}}], [{"issue": True}]]
)
def test_another_shape_is_refused(given: object):
    with pytest.raises(ValidationError):
        answers.PRIORITIES.validate_python(given)


@pytest.mark.parametrize("expected", [answers.PEOPLE, answers.PRIORITIES, answers.EVENTS])
def test_a_list_without_end_is_refused(expected):
    with pytest.raises(ValidationError):
        expected.validate_python([{}] * (answers.MOST + 1))


def test_people_have_a_name_or_a_rank():
    given = [{"name": "A<b>d</b>a", "rank": None, "bio": "<p>long</p>"}, {"name": None, "rank": ""}, {"rank": "PCSO"}]
    found = answers.people(answers.PEOPLE.validate_python(given))
    assert [(one.name, one.rank) for one in found] == [("Ada", ""), ("", "PCSO")]


def test_events_keep_their_local_time():
    given = [{"title": "Surgery", "start_date": "2026-12-03T18:30:00", "end_date": None, "type": "meeting"}, {"title": None}]
    (found,) = answers.events(answers.EVENTS.validate_python(given))
    assert (found.starts, found.ends, found.kind) == (datetime(2026, 12, 3, 18, 30), None, "meeting")


FORCES = ["../etc", "Thames", "a/b", "", None, "a" * 41, "thames-valley\n", 7, "http:"]
IDS = ["..", "../x", "a/b", "a?b", "a#b", "a%2fb", "", None, "a" * 61, "E1\n", " E1", {"a": 1}]


@pytest.mark.parametrize(
    "located",
    [
        *({"force": force, "neighbourhood": "E1"} for force in FORCES),
        *({"force": "kent", "neighbourhood": one} for one in IDS),
        None, [], {}, "x", {"force": "kent"},
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_stand_in_an_address_is_refused(located: object):
    with pytest.raises(ValidationError):
        answers.LOCATED.validate_python(located)


@pytest.mark.parametrize("one", ["NC04", "55.CR3001", "E05009406N", "CTC 44", 44])
def test_identifiers_as_forces_use_them(one: object):
    assert answers.LOCATED.validate_python({"force": "thames-valley", "neighbourhood": one}).neighbourhood == str(one)


def test_the_real_samples_are_read(shared: Path):
    folder = shared / "api" / "neighbourhood"
    plain, html = (
        answers.DETAILS.validate_json((folder / f"neighbourhood{end}.json").read_text()) for end in ("", "-html-in-name")
    )
    assert (plain.name, html.name) == ("City Centre", "Leake & Keyworth")
    assert plain.description.count("\n\n") == 1
    assert "<" not in plain.description
    assert plain.contact.telephone == "101"
    assert plain.contact.web == "http://www.leics.police.uk/local-policing/city-centre"


def test_the_real_contact_is_read(shared: Path):
    given = json.loads((shared / "api" / "neighbourhood" / "contact-details.json").read_text())
    found = details(contact_details=given).contact
    assert (found.mobile, found.web, found.facebook) == (
        "0123456789",
        "https://www.police.uk",
        "https://www.facebook.com/leicspolice",
    )


def test_the_real_priorities_are_read(shared: Path):
    names = ("priority", "priority-html", "priority-no-action")
    given = [json.loads((shared / "api" / "neighbourhood" / f"neighbourhood-{name}.json").read_text()) for name in names]
    first, html, silent = priorities(*given)
    assert (first.issued, first.acted) == (date(2015, 10, 8), date(2015, 12, 22))
    assert html.issue.startswith("Beggars and homeless persons")
    assert html.issue.count("\n\n") == 1
    assert (silent.action, silent.acted) == ("", None)

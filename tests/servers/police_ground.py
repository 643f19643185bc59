"""Play police.uk's neighbourhoods: a piece of ground, and what its police say, in the form of the API."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import shapely


def priority(issue: str = "<p>Burglaries in sheds.</p>", issued: str | None = "2026-08-20", **changed: object) -> dict:
    """A priority as police.uk gives it; days without a time are completed."""
    given = {"issue": issue, "issue-date": issued and f"{issued}T00:00:00", "action": None, "action-date": None}
    return given | {name.replace("_", "-"): value for name, value in changed.items()}


def event(title: str = "Have your say", starts: str = "2026-12-03T18:30:00", **changed: object) -> dict:
    return {
        "title": title, "type": "meeting", "description": None, "address": "Village Hall, High Street",
        "start_date": starts, "end_date": None, "contact_details": {},
    } | changed  # fmt: skip


@dataclass
class Ground:
    """One neighbourhood; where several hold a place, the first of the list has it."""

    id: str
    shape: shapely.Geometry
    force: str = "thames-valley"
    name: str = "Alder &amp; Elm"
    details: dict = field(default_factory=dict)
    people: list = field(default_factory=lambda: [{"name": "Ada Example", "rank": "Sgt", "bio": None, "contact_details": {}}])
    priorities: list = field(default_factory=lambda: [priority()])
    events: list = field(default_factory=lambda: [event()])

    def answer(self, question: str) -> object:
        return {"": self._itself(), "people": self.people, "priorities": self.priorities, "events": self.events}[question]

    def _itself(self) -> dict:
        return {
            "id": self.id,
            "name": self.name,
            "description": "<p>The east of the town.</p>",
            "url_force": "http://www.police.example/east",
            "contact_details": {"telephone": "101", "email": "east@police.example"},
            "population": "7985",
            "centre": {"latitude": None, "longitude": None},
            "links": [],
            "locations": [
                {"name": "Station", "latitude": None, "longitude": None, "postcode": "", "address": "1 Road\n, Town"}
            ],
        } | self.details


def answered(grounds: Iterable[Ground], path: str, fields: Mapping[str, str]) -> object | None:
    """The JSON value of an answer; None where police.uk knows nothing."""
    if path == "locate-neighbourhood":
        latitude, longitude = map(float, fields["q"].split(","))
        holding = (one for one in grounds if one.shape.intersects(shapely.Point(longitude, latitude)))
        return next(({"force": one.force, "neighbourhood": one.id} for one in holding), None)
    for one in grounds:
        for question in ("", "people", "priorities", "events"):
            if path == f"{one.force}/{one.id}/{question}".rstrip("/"):
                return one.answer(question)
    return None

"""What can be looked for: streets, and with a ground what it names, each told apart from a street of the same name."""

from pathlib import Path

from made_stores import add_crimes, add_wards, crimes, place

from mkmap.crimes.query import area_crimes
from mkmap.dataset.dataset import real
from mkmap.map.findable import findable
from mkmap.month import Month
from mkmap.places.ground.kinds import Name
from mkmap.places.ground.store import Drawn, Ground


class MadeGround(Ground):
    """One that names a few places."""

    drawn = Drawn(
        {},
        [
            Name("Fishermead", "suburb", -0.74, 52.04),
            Name("High Street", "main road", -0.75, 52.05),
            Name("Mill Road", "street", -0.7, 52.0),
            Name("Fishermead", "suburb", -0.9, 52.9),
        ],
    )


def test_streets_and_places_stand_in_one_list(home: Path):
    add_wards(home)
    add_crimes(home, crimes(1, "2025-01", 0))
    dataset, january = real(home, "thames-valley"), Month(2025, 1)
    area = area_crimes(dataset.crimes, dataset.places, dataset.places.ward_set(january), dataset.force)
    assert findable(area, Ground(home)) == {"High Street, Alder Park": place(0)}
    assert findable(area, MadeGround(home / "ground")) == {
        "Fishermead (estate or suburb)": (-0.74, 52.04),
        "High Street (main road)": (-0.75, 52.05),
        "High Street, Alder Park": place(0),
    }


def test_a_street_through_several_wards_is_one_and_one_far_away_another(home: Path):
    add_wards(home)
    near = [
        row | {"Longitude": place(0)[0] + step, "Latitude": place(0)[1]}
        for step in (0, 0.0055)
        for row in crimes(1, "2025-01", 0)
    ]
    add_crimes(home, [*near, *crimes(1, "2025-01", 2)])
    dataset, january = real(home, "thames-valley"), Month(2025, 1)
    area = area_crimes(dataset.crimes, dataset.places, dataset.places.ward_set(january), dataset.force)
    assert area.streets["label"].tolist() == ["High Street, Alder Park", "High Street, Broughton", "High Street, Cedar & Elm"]
    assert list(area.whole_streets) == ["High Street, Alder Park", "High Street, Cedar & Elm"]

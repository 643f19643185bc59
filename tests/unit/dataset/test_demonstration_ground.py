"""The demonstration's ground: every class of a real one, invented, the same each time, made once."""

from pathlib import Path

import pytest

from mkmap.dataset import invented_ground, invented_town
from mkmap.places.ground.kinds import AREAS, LINES
from mkmap.places.ground.store import Ground


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return invented_ground.filled(Ground(tmp_path_factory.mktemp("demonstration")))


def test_it_is_the_same_each_time_and_made_once(ground: Ground, tmp_path: Path):
    again = invented_ground.filled(Ground(tmp_path))
    assert again.drawn == ground.drawn
    assert invented_ground.filled(again) is again


def test_it_has_every_class_of_a_real_one(ground: Ground):
    kinds = {kind for kind, _name, _shape in invented_ground._things()}
    assert {*LINES} - {"stream"} | {*AREAS} <= kinds
    assert {name.kind for name in ground.drawn.names} == {"suburb", "station", "main road", "park", "lake", "street"}


def test_its_streets_are_those_of_the_points(ground: Ground):
    streets = {street.removeprefix("On or near ") for street in invented_town.points()["street"]}
    assert {name.text for name in ground.drawn.names if name.kind == "street"} <= streets


def test_it_is_small(ground: Ground):
    (file,) = ground.folder.path.glob("*.pmtiles")
    assert file.stat().st_size < 500_000

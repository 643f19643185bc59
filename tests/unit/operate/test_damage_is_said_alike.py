"""One flipped bit of anything that is stored: whoever reads it, `/healthz` and `verify` say so, and none says otherwise."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from command_line import run
from made_clock import TODAY

from mkmap.dataset.dataset import DEMONSTRATION_FORCE, demonstration_folder, shown
from mkmap.errors import Damaged
from mkmap.month import Month
from mkmap.operate.health import health
from mkmap.places import store as places_store
from mkmap.settings import Settings

KINDS = {  # a kind of stored file → a part of its name
    "months": "police/*-force-*.parquet",
    "outcomes": "police/*-outcomes-*.parquet",
    "wards": "places/wards-*.parquet",
    "points": "places/points-*.parquet",
    "plans": "plans/*-*.json",
    "ground": "ground/ground-*",
    "counts": "police/manifest.json",
    "households": "places/manifest.json",
    "neighbourhoods": "plans/manifest.json",
}


@pytest.fixture
def town(home: Path, demonstration: Path) -> Path:
    """What was invented, as if it were real: everything that can be stored is."""
    shutil.copytree(demonstration_folder(demonstration), home, ignore=shutil.ignore_patterns("reports"))
    return home


def settings(town: Path) -> Settings:
    return Settings(home=town, force=DEMONSTRATION_FORCE)


def read_all(town: Path, today: date) -> None:
    """Each store as pages and routes open it in a process that has read nothing yet."""
    places_store._wards.cache_clear()
    dataset = shown(town, DEMONSTRATION_FORCE, today)
    assert not dataset.is_demonstration
    for stored in [*dataset.crimes.months(), *dataset.crimes.outcomes(DEMONSTRATION_FORCE).values()]:
        dataset.crimes.path(stored)
    ward_set = dataset.places.ward_set(Month.of(today))
    dataset.places.wards(ward_set), dataset.places.households(ward_set), dataset.places.points_file()
    plans = dataset.plans(settings(town), today)
    for code in plans.wards(ward_set.name):
        plans.of_ward(ward_set.name, code)
    dataset.ground.file(dataset.ground.manifest["ground"]["file"])


def is_named(file: Path) -> bool:
    """What was replaced lies there for some minutes more."""
    return file.name == "manifest.json" or file.name in json.loads(file.with_name("manifest.json").read_bytes())["files"]


def flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) * 2 // 3] ^= 1
    file.write_bytes(content)


def test_each_kind_of_file(town: Path):
    read_all(town, TODAY)
    assert run(town, "verify").returncode == 0
    assert health(settings(town), TODAY)["status"] == "ok"
    for kind, pattern in KINDS.items():
        file = next(file for file in town.glob(pattern) if is_named(file))
        good = file.read_bytes()
        flip(file)
        with pytest.raises(Damaged):
            read_all(town, TODAY)
        assert health(settings(town), TODAY) == {"status": "damaged"}, kind
        done = run(town, "verify")
        assert done.returncode == 1, kind
        assert file.name in done.stderr, kind
        file.write_bytes(good)
    read_all(town, TODAY)
    assert health(settings(town), TODAY)["status"] == "ok"
    assert run(town, "verify").returncode == 0


def test_no_bit_of_a_manifest_changes_in_silence(town: Path):
    """But for those of its own checksum's line, which says nothing about the town."""
    file = town / "places" / "manifest.json"
    good = file.read_bytes()
    households = json.loads(good)["households"]
    for at in range(good.index(b",") + 1, len(good), 97):
        file.write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
        with pytest.raises(Damaged):
            read_all(town, TODAY)
    file.write_bytes(json.dumps(json.loads(good), indent=1, sort_keys=True).encode())  # as an older mkmap writes it
    read_all(town, TODAY)
    assert json.loads(file.read_bytes())["households"] == households

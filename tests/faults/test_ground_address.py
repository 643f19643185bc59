"""A ground from an address: of a PMTiles file only what the area needs, of others the whole; on a bad day one line, nothing changed."""

from pathlib import Path

import made_ground
import made_stores
import pytest
from command_line import Done, run
from made_archive import stored_files
from made_ground import geopackage, packed, pmtiles
from servers import ranged
from servers.app import free_port
from servers.ranged import Ranged

from mkmap.places import download
from mkmap.places.ground import blocks
from mkmap.places.ground.store import Ground


@pytest.fixture(autouse=True)
def not_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits between two tries."""
    monkeypatch.setattr(download.session, "__defaults__", (0,))
    monkeypatch.setattr(download, "SILENCE", 1.0)


@pytest.fixture
def world(tmp_path: Path) -> bytes:
    """The town's tiles, and far more of another place behind them."""
    tiles = packed(made_ground.PROTOMAPS)
    elsewhere = {(14, 16_000, row): bytes([row % 256]) * 50_000 for row in range(16_000, 16_040)}
    return pmtiles(tmp_path / "world.pmtiles", {**tiles, **elsewhere}).read_bytes()


def loaded(home: Path, address: str) -> Done:
    return run(home, "ground", address, OFFLINE="0")


def test_of_pmtiles_only_the_areas_pieces_are_read(home: Path, world: bytes, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(blocks, "SIZE", 10_000)
    made_stores.add_wards(home)
    with Ranged(world) as server:
        done = loaded(home, server.url)
    assert (done.returncode, done.stderr) == (0, "")
    assert {name.text for name in Ground(home).drawn.names} == {"Grid Way", "High Street", "Alder Halt", "Fishermead"}
    assert sum(end - start for start, end in server.sent) < 0.05 * len(world)
    assert len({start for start, _end in server.sent}) == len(server.sent) - 1, (
        "each piece once, after the question whether there are any"
    )


@pytest.mark.parametrize("ranges", [True, False])
def test_of_other_files_the_whole_is_read(home: Path, tmp_path: Path, ranges: bool):
    made_stores.add_wards(home)
    with Ranged(geopackage(tmp_path / "OS.gpkg", made_ground.ZOOMSTACK).read_bytes(), ranges=ranges) as server:
        server.url = server.url.replace(".zip", ".gpkg")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ranged, "PATH", ranged.PATH.replace(".zip", ".gpkg"))
            assert loaded(home, server.url).returncode == 0
    assert Ground(home).is_there


@pytest.mark.parametrize(
    "how",
    [ranged.status(404), ranged.status(503), ranged.html, ranged.html_as_a_range, ranged.cut, ranged.shortened, ranged.longer,
     ranged.zeros, ranged.hung_up, ranged.silent(3.0)],
    ids=lambda how: getattr(how, "__qualname__", ""),
)  # fmt: skip
@pytest.mark.parametrize("of", [range(1_000), range(2, 1_000)], ids=["always", "later"])
def test_a_bad_day_is_one_plain_line(
    home: Path, world: bytes, monkeypatch: pytest.MonkeyPatch, how: ranged.Misbehaviour, of: range
):
    monkeypatch.setattr(blocks, "SIZE", 200)
    made_stores.add_wards(home)
    before = stored_files(home)
    with Ranged(world) as server:
        server.misbehave(how, of)
        done = loaded(home, server.url)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1), done
    assert "Nothing was changed" in done.stderr
    assert stored_files(home) == before


def test_nobody_there_is_one_plain_line(home: Path):
    made_stores.add_wards(home)
    done = loaded(home, f"http://127.0.0.1:{free_port()}/x.pmtiles")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)


def test_offline_nobody_is_asked(home: Path, world: bytes):
    made_stores.add_wards(home)
    with Ranged(world) as server:
        assert run(home, "ground", server.url).returncode == 1
    assert server.requests == []

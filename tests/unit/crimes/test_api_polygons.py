"""The polygon that police.uk is asked about holds the mile around the area, and stays small."""

import geopandas as gpd
import pytest
import shapely

from mkmap.crimes.polygon import MARGIN, METRES, MILE, as_text, halves, mile_around
from mkmap.places.files import geojson
from mkmap.police.client import PoliceApi

TOWN = shapely.box(-0.80, 52.00, -0.70, 52.08)
ISLANDS = TOWN.union(shapely.box(0.5, 52.0, 0.51, 52.01))
COAST = shapely.Polygon([(-0.8 + n / 5000, 52.0 + (n % 2) / 2000) for n in range(500)] + [(-0.7, 52.2), (-0.8, 52.2)])
RING = TOWN.difference(shapely.box(-0.79, 52.01, -0.71, 52.07))


def metres(*shapes) -> list:
    return list(gpd.GeoSeries(list(shapes), crs="EPSG:4326").to_crs(METRES))


@pytest.mark.parametrize("outline", [TOWN, ISLANDS, COAST, RING], ids=["town", "islands", "coast", "ring"])
def test_the_whole_mile_is_inside_and_little_more(outline):
    exact = metres(outline)[0].buffer(MILE, quad_segs=90)
    drawn = shapely.union_all(metres(*mile_around(outline)))
    assert drawn.covers(exact)
    assert exact.buffer(2 * MARGIN).covers(shapely.difference(drawn, shapely.convex_hull(exact)))


@pytest.mark.parametrize("outline", [TOWN, ISLANDS, COAST, RING], ids=["town", "islands", "coast", "ring"])
def test_the_question_is_small(outline):
    assert all(len(as_text(polygon)) < 2_000 for polygon in mile_around(outline))


def test_islands_are_asked_for_one_by_one():
    assert len(mile_around(ISLANDS)) == 2


def test_the_text_has_latitude_first_and_an_open_ring():
    assert (
        as_text(shapely.Polygon([(-0.8, 52), (-0.7, 52), (-0.7, 52.1)]))
        == "52.00000,-0.80000:52.00000,-0.70000:52.10000,-0.70000"
    )


@pytest.mark.parametrize("outline", [TOWN, COAST], ids=["town", "coast"])
def test_halves_hold_everything_and_are_smaller(outline):
    pieces = halves(outline)
    assert shapely.union_all(pieces).buffer(1e-9).covers(outline)
    assert all(piece.area < outline.area * 0.7 for piece in pieces)


def test_the_longer_side_is_cut():
    wide, tall = shapely.box(-1.0, 52.0, -0.5, 52.1), shapely.box(-0.8, 51.9, -0.7, 52.3)
    assert all(piece.bounds[2] - piece.bounds[0] < 0.3 for piece in halves(wide))
    assert all(piece.bounds[3] - piece.bounds[1] < 0.3 for piece in halves(tall))


def test_the_real_borough_fits_one_question(shared):
    borough = geojson.read(shared / "wards" / "milton-keynes-borough.geojson", "").union_all()
    (polygon,) = mile_around(borough)
    assert len(as_text(polygon)) < 4_094
    assert metres(polygon)[0].covers(metres(borough)[0].buffer(MILE, quad_segs=90))


def test_a_client_takes_an_address_with_or_without_a_slash():
    assert PoliceApi(None, "https://data.police.uk/").base_url == "https://data.police.uk"

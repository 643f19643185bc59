"""Answer what the map's layers load."""

import orjson
import pandas as pd
import shapely
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mkmap.crimes.export import wards_geojson
from mkmap.map import cells, crime_marks, report_marks, shading
from mkmap.map.findable import findable
from mkmap.map.placed_names import placed_names
from mkmap.map.tiles import DECIMALS, LARGE, Tile, feature
from mkmap.operate.clock import Clock
from mkmap.places.streets import street_name
from mkmap.view.tables import every_street
from mkmap.web.files import File, FileRequest

A_DAY = "public, max-age=86400"
JSON = "application/json"
TILE = "{z:int}/{x:int}/{y:int}.json"


def _json(value: object) -> bytes:
    return orjson.dumps(value)


def features_of(features: list[dict]) -> bytes:
    return _json({"type": "FeatureCollection", "features": features})


def _crimes(asked: FileRequest) -> bytes:
    """Cells where a view shows too much for circles, else the circles of map points."""
    tile = Tile(**asked.place)
    if tile.zoom > cells.LAST_ZOOM:
        return features_of(crime_marks.features(asked.selection, tile))
    names = placed_names(asked.selection.area, asked.snapshot.ground, tile.zoom, asked.opens_at)
    return features_of(cells.features(asked.selection, tile, asked.ground, beside=names.beside))


def _reports(asked: FileRequest) -> bytes:
    chosen = asked.published.select(asked.selection.filters)
    area, tile = asked.selection.area, Tile(**asked.place, size=LARGE)
    if tile.zoom > cells.LAST_ZOOM:
        return features_of(report_marks.features(chosen, area.ward_names, tile))
    names = placed_names(area, asked.snapshot.ground, tile.zoom, asked.opens_at)
    return features_of(report_marks.features(chosen, area.ward_names, tile, clear=names.clear))


def _shades(asked: FileRequest) -> bytes:
    """The wards' shapes with the colour of their rate."""
    wards = orjson.loads(wards_geojson(asked.selection, asked.households, asked.provenance))
    shading.fill(wards, asked.selection, asked.households, asked.ground)
    return _json(wards)


def _outlines(asked: FileRequest) -> bytes:
    """The chosen wards' shapes, else the borders of all."""
    area, chosen = asked.selection.area, asked.selection.filters.wards
    if not chosen:
        return features_of([{"type": "Feature", "geometry": shapely.geometry.mapping(area.borders), "properties": {}}])
    return features_of([{"type": "Feature", "geometry": area.shapes[code], "properties": {"code": code}} for code in chosen])


def _points(asked: FileRequest) -> bytes:
    """Every map point that the police use here, whether or not anything was recorded there."""
    return features_of([feature("MultiPoint", _here(asked)[["longitude", "latitude"]].to_numpy().tolist())])


def _streets(asked: FileRequest) -> bytes:
    """The same points, each with its street."""
    here = _here(asked)
    return _json(
        [
            {"p": [longitude, latitude], "n": street_name(street)}
            for longitude, latitude, street in zip(here["longitude"], here["latitude"], here["street"], strict=True)
        ]
    )


def _here(asked: FileRequest) -> pd.DataFrame:
    points = asked.selection.area.points
    return points[points["ward"].notna()].round({"longitude": DECIMALS, "latitude": DECIMALS})


def _findable(asked: FileRequest) -> bytes:
    """The names that can be looked for, in their order."""
    return _json(list(findable(asked.selection.area, asked.snapshot.ground)))


def _every_street(asked: FileRequest) -> bytes:
    return _json(every_street(asked.selection))


async def _icons(_request: Request) -> Response:
    return Response(crime_marks.icons(), media_type="image/png", headers={"Cache-Control": A_DAY})


FILES = (
    File(f"/map/reports/{TILE}", JSON, _reports, of_residents=True),
    File(f"/map/crimes/{TILE}", JSON, _crimes),
    File("/map/shades.json", JSON, _shades),
    File("/map/wards.json", JSON, _outlines),
    File("/map/points.json", JSON, _points),
    File("/map/streets.json", JSON, _streets),
    File("/map/findable.json", JSON, _findable),
    File("/map/every-street.json", JSON, _every_street),
)


def routes(clock: Clock) -> list[Route]:
    return [
        *(file.route(clock) for file in FILES),
        Route("/map/icons.png", _icons, methods=["GET"]),
    ]

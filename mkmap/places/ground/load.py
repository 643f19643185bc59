"""Make the area's ground of what an operator has, and store it in place of the one that stands."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import requests

from mkmap.errors import BadInput, Code, Refused
from mkmap.places import download
from mkmap.places.ground import names, schemas, things, tiles
from mkmap.places.ground.area import Area, Progress
from mkmap.places.ground.files import Layers, opened, opened_at
from mkmap.places.ground.kinds import AREAS, LINES, Name
from mkmap.places.ground.mapping import mapping
from mkmap.places.ground.schemas import Schema, Theme
from mkmap.places.ground.store import Ground
from mkmap.places.store import Places

LAYERS_NAMED = 30  # in a refusal


@dataclass(frozen=True)
class Loaded:
    """What was stored: how many lines, areas and names, of which publisher's, and how many things could not be read."""

    schema: str
    attribution: str
    lines: int
    areas: int
    names: int
    unread: int
    size: int  # bytes


def area_of(places: Places) -> Area:
    """The area of the newest wards.

    Raises Refused where there are none.
    """
    if not (ward_sets := places.ward_sets()):
        raise Refused(Code.GROUND_WITHOUT_WARDS)
    return Area.around(places.outline(ward_sets[-1]))


def load_ground(
    home: Path,
    source: str,
    *,
    taken: Sequence[str] = (),
    attribution: str = "",
    session: requests.Session,
    progress: Progress,
) -> Loaded:
    """Read, cut and store the ground of the area whose wards stand in `home`.

    `source`: a path, or the address of a file. `taken`: a mapping of a file of no known publisher, each `kind=layer` or
    `kind=layer:column of names`; `attribution`: who is to be named for it. Raises Refused, having changed nothing.
    """
    area = area_of(Places(home))
    is_address = download.is_address(source)
    called = download.without_secrets(source) if is_address else Path(source).name
    layers = opened_at(source, area, session, progress) if is_address else opened(Path(source), area, called, progress)
    return store_ground(Ground(home), layers, area, source=called, taken=taken, attribution=attribution, progress=progress)


def store_ground(
    ground: Ground,
    source_of_layers: AbstractContextManager[Layers],
    area: Area,
    *,
    source: str,
    taken: Sequence[str] = (),
    attribution: str = "",
    progress: Progress,
) -> Loaded:
    """Cut the area's things out of layers, wherever these lie, and store them; as `load_ground` does."""
    own = mapping(taken, attribution)
    with source_of_layers as layers:
        schema, themes = _themes(layers, own, source)
        chosen, unread = things.of_source(layers, themes, area, progress)
    named = names.of_things(chosen)
    drawn = chosen[chosen["is_drawn"]]
    if drawn.empty and not named:
        raise BadInput(Code.GROUND_EMPTY, source=source)
    said = " ".join(attribution.split())
    by = ", ".join(dict.fromkeys(filter(None, (schema.attribution, said))))
    size = put(ground, drawn, named, area, source=source, attribution=by, progress=progress)
    lines, areas = (int(drawn["kind"].isin(kinds).sum()) for kinds in (LINES, AREAS))
    return Loaded(schema.name, by, lines, areas, len(named), unread, size)


def _themes(layers: Layers, own: Schema | None, source: str) -> tuple[Schema, dict[str, list[Theme]]]:
    """What is taken of each layer, by the mapping that was given or the schema that is known."""
    schema = own or schemas.known(layers.columns)
    themes = {layer: schema.themes_of(layer) for layer in layers.columns} if schema else {}
    if schema is None or not any(themes.values()):
        raise BadInput(Code.GROUND_LAYERS_UNKNOWN, source=source, layers=sorted(layers.columns)[:LAYERS_NAMED] or ["–"])
    return schema, {layer: of_layer for layer, of_layer in themes.items() if of_layer}


def put(
    ground: Ground,
    drawn: gpd.GeoDataFrame,
    named: Sequence[Name],
    area: Area,
    *,
    source: str,
    attribution: str,
    progress: Progress,
) -> int:
    """Store lines, areas and names as one file, in place of the one that stands; gives its size in bytes."""
    with ground.folder.change() as change:
        file = change.temporary(".pmtiles")
        tiles.write_file(file, drawn, named, area, progress)
        size = file.stat().st_size
        bounds = [round(edge, 5) for edge in area.degrees]
        ground.replace(change, file, {"source": source, "attribution": attribution, "bounds": bounds})
    return size

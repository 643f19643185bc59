"""Know the publishers' files by their layers, and say what each thing in them is."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

Values = Mapping[str, str]  # a publisher's word, in small letters -> a kind

OS = "Contains OS data © Crown copyright and database right"
OSM = "© OpenStreetMap contributors"


def values(**kinds: str) -> Values:
    """`main="motorway, a road"` -> {"motorway": "main", "a road": "main"}."""
    return {word.strip(): kind.replace("_", " ") for kind, words in kinds.items() for word in words.split(",")}


@dataclass(frozen=True)
class Theme:
    """What is taken of a layer: `layer` is a pattern of its name without capitals and signs; so are the columns' names."""

    layer: str
    by: tuple[str, ...] = ()  # columns whose words say what a thing is: the first that does
    kinds: Values | str = ""  # or what everything in the layer is
    names: tuple[str, ...] = ("name",)
    is_drawn: bool = True  # not where another layer has the same lines, without their names

    def fits(self, layer: str) -> bool:
        return re.fullmatch(self.layer, bare(layer)) is not None

    def kind_of(self, rows: pd.DataFrame) -> pd.Series:
        """The kind of each row, missing where it is none of ours."""
        if isinstance(self.kinds, str):
            return pd.Series(self.kinds, rows.index, dtype=object)
        kinds = pd.Series(None, rows.index, dtype=object)
        for name in self.by:
            words = texts(rows, name).str.lower().str.split(",").str[0]  # "A Road, Collapsed Dual Carriageway"
            kinds = kinds.where(kinds.notna(), words.map(self.kinds))
        return kinds

    def name_of(self, rows: pd.DataFrame) -> pd.Series:
        """The name of each row, empty where it has none."""
        names = pd.Series("", rows.index, dtype=object)
        for name in self.names:
            names = names.where(names != "", texts(rows, name).str.split().str.join(" "))
        return names


@dataclass(frozen=True)
class Schema:
    """A publisher's layers, and the words in which the publisher wants to be named."""

    name: str
    attribution: str
    themes: tuple[Theme, ...]
    at_least: int = 2  # layers of this schema: a layer called `roads` alone may be anybody's

    def themes_of(self, layer: str) -> list[Theme]:
        return [theme for theme in self.themes if theme.fits(layer)]

    def fit(self, layers: Mapping[str, Sequence[str]]) -> int:
        """How many layers, of these with their columns, are known."""
        return sum(any(_has(columns, theme) for theme in self.themes_of(layer)) for layer, columns in layers.items())


def known(layers: Mapping[str, Sequence[str]]) -> Schema | None:
    """The schema of a file with these layers and their columns; None where it is none of them."""
    best = max(SCHEMAS, key=lambda schema: schema.fit(layers))
    return best if best.fit(layers) >= best.at_least else None


def bare(name: str) -> str:
    """A name of a layer or a column without capitals and signs: `Road_Link` and `roadlink` are one."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def column(columns: Iterable[str], wanted: str) -> str | None:
    """The column that is meant; the names of a shapefile's are cut off after ten letters."""
    bared = {bare(str(name)): str(name) for name in columns}
    return bared.get(wanted) or bared.get(wanted[:10])


def texts(rows: pd.DataFrame, wanted: str) -> pd.Series:
    """What a column says, empty where it is not there; OpenStreetMap's rarer words stand together in `other_tags`."""
    if name := column(rows.columns, wanted):
        return rows[name].astype("string").fillna("").astype(object)
    if "other_tags" in rows:
        tags = rows["other_tags"].astype("string").str.extract(rf'"{wanted}"=>"([^"]*)"', expand=False)
        return tags.fillna("").astype(object)
    return pd.Series(np.full(len(rows), ""), rows.index, dtype=object)


def _has(columns: Sequence[str], theme: Theme) -> bool:
    return not theme.by or any(column(columns, name) for name in theme.by)


_OS_ROADS = values(
    main="motorway, primary, primary road, a road",
    through="b road, minor, minor road, classified unnumbered",
    local="local, local street, local road, local access road, unclassified, not classified, unknown",
    path="restricted, restricted local access road, secondary access road, guided busway, pedestrianised street, private road publicly accessible",
)
_OS_NAMES = values(
    town="capital, city, town", suburb="suburban area, suburb", village="village, hamlet, small settlements, other settlement",
    park="greenspace, woodland", lake="water",
)  # fmt: skip
ZOOMSTACK = Schema(
    "OS Open Zoomstack",
    OS,
    (
        Theme(r"roads(national|regional|local)?", ("type",), _OS_ROADS, ("name", "name1", "number")),
        Theme("rail", ("type",), values(rail="multi track, single track, narrow gauge, light rapid transit system, tram")),
        Theme("railwaystations", (), "station", ("name", "name1")),
        Theme("surfacewater|sea|tidalwater", (), "water"),
        Theme("waterlines", (), "stream"),
        Theme("greenspaces?", (), "green", ("name", "name1")),
        Theme("woodland", (), "wood"),
        Theme("urbanareas", (), "built"),
        Theme("names", ("type",), _OS_NAMES, ("name1", "name")),
    ),
    at_least=3,
)
OPEN_MAP_LOCAL = Schema(
    "OS OpenMap Local",
    OS,
    (
        Theme(r"(\w\w)?road", ("classification", "class"), _OS_ROADS, ("distname", "distinctivename", "name", "roadnumber")),
        Theme(r"(\w\w)?railwaytrack", (), "rail"),
        Theme(r"(\w\w)?railwaystation", (), "station", ("distname", "distinctivename", "name")),
        Theme(r"(\w\w)?(surfacewaterarea|tidalwater)", (), "water"),
        Theme(r"(\w\w)?surfacewaterline", (), "stream"),
        Theme(r"(\w\w)?woodland", (), "wood"),
        Theme(r"(\w\w)?(opengreenspace|greenspacesite)", (), "green", ("distname", "distname1")),
        Theme(
            r"(\w\w)?namedplace", ("classification", "class"), values(suburb="populated place", park="woodland or forest", lake="hydrography"),
            ("distname", "distinctivename", "name"),
        ),
    ),
)  # fmt: skip
OPEN_ROADS = Schema(
    "OS Open Roads",
    OS,
    (
        Theme(
            r"(\w\w)?roadlink",
            ("roadclassification", "class", "roadfunction", "function"),
            _OS_ROADS,
            ("name1", "roadnumber", "roadclassificationnumber"),
        ),
    ),
    at_least=1,
)
_HIGHWAYS = values(
    main="motorway, trunk, primary, motorway_link, trunk_link, primary_link, highway",
    through="secondary, tertiary, secondary_link, tertiary_link, major_road, medium_road",
    local="residential, unclassified, living_street, pedestrian, road, minor_road, minor",
    path="footway, path, cycleway, bridleway, track, steps, trail, service, other",
)
_RAILWAYS = values(rail="rail, light_rail, tram, narrow_gauge, transit")
_LAND = values(
    water="water, basin, reservoir", wood="forest, wood",
    green="grass, recreation_ground, village_green, cemetery, allotments, park, garden, golf_course, nature_reserve, common, playground, pitch",
    built="residential, commercial, industrial, retail, suburb, neighbourhood, quarter",
)  # fmt: skip
_PLACES = values(
    town="city, town", suburb="suburb, quarter, neighbourhood, macrohood", village="village, hamlet", station="station, halt, train_station"
)  # fmt: skip
OPEN_STREET_MAP = Schema(
    "OpenStreetMap",
    OSM,
    (
        Theme("lines", ("highway", "railway", "waterway"), {**_HIGHWAYS, **_RAILWAYS, **values(stream="river, canal, stream")}, ("name", "ref")),
        Theme("multipolygons", ("natural", "leisure", "landuse"), _LAND),
        Theme("points", ("place", "railway"), _PLACES),
        Theme("points|multipolygons", (), "postcode", ("addr:postcode",), is_drawn=False),
    ),
    at_least=3,
)  # fmt: skip
PROTOMAPS = Schema(
    "Protomaps",
    OSM,
    (
        Theme("roads", ("kinddetail", "pmapkinddetail", "kind", "pmapkind"), {**_HIGHWAYS, **_RAILWAYS}, ("name", "ref", "shieldtext")),
        Theme("water", ("kind", "pmapkind"), values(
            water="water, lake, ocean, river, pond, basin, reservoir, other, riverbank, dock", stream="stream, canal, waterway"
        )),
        Theme("landuse|natural", ("kind", "pmapkind"), _LAND),
        Theme("places", ("kinddetail", "pmapkinddetail", "kind", "pmapkind"), _PLACES),
        Theme("pois", ("kind", "pmapkind"), values(station="station, train_station")),
    ),
    at_least=3,
)  # fmt: skip
OPEN_MAP_TILES = Schema(
    "OpenMapTiles",
    "© OpenMapTiles, © OpenStreetMap contributors",
    (
        Theme("transportation", ("class",), {**_HIGHWAYS, **_RAILWAYS}, ()),
        Theme("transportationname", ("class",), _HIGHWAYS, ("name", "ref"), is_drawn=False),
        Theme("water", (), "water"),
        Theme("waterway", (), "stream"),
        Theme("landcover|landuse", ("class",), _LAND),
        Theme("park", (), "green"),
        Theme("place", ("class",), _PLACES),
        Theme("poi", ("subclass",), values(station="station, halt")),
    ),
    at_least=3,
)
SCHEMAS = (ZOOMSTACK, OPEN_MAP_LOCAL, OPEN_ROADS, OPEN_STREET_MAP, PROTOMAPS, OPEN_MAP_TILES)

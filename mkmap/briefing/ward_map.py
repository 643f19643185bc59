"""Draw a ward without tiles: its outline among its neighbours, the police's map points, circles by count, and a scale."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

import altair as alt
import geopandas
import numpy as np
import pandas as pd
import shapely

from mkmap.crimes.query import Selection
from mkmap.drawing import palette
from mkmap.drawing.chart_parts import made_once, specified
from mkmap.drawing.figure import DATA, Figure, Spec
from mkmap.drawing.palette import css
from mkmap.map import circles
from mkmap.words import _, ngettext, number

WIDTH, HEIGHT, STRIP = 332, 296, 50  # pixels: the map, and below it the strip with the scale and the sizes
SMALLER = 0.7  # than on the screen, where a ward has twice the width
MARGIN = 14  # pixels between the ward and the frame
METRES = 27700  # the British National Grid: lengths on it are true within a thousandth
SCALES = (100, 200, 500, 1000, 2000, 5000, 10000)  # metres that a person can add up
LONGEST_SCALE = 120  # pixels
ROOM_FOR_A_NAME = 17  # pixels to all sides: a neighbour that shows less of itself stays nameless
LINE, LINES = 14, 3  # characters of a name's line; what does not fit into so many is cut
NEIGHBOURS = palette.SHADES[0]


@dataclass(frozen=True)
class Frame:
    """Where metres of the British grid stand in the picture: `scale` pixels a metre, from its left and upper edge."""

    west: float
    north: float
    scale: float

    def pixels(self, metres: np.ndarray) -> np.ndarray:
        """Places (east, north) as pixels from the left and from the top."""
        return (metres - (self.west, self.north)) * (self.scale, -self.scale)


def ward_map(selection: Selection) -> Figure:
    """The map of the one ward that is chosen."""
    wards = selection.area.wards.to_crs(METRES)
    frame = _frame(wards.loc[wards["code"].isin(selection.filters.wards)].total_bounds)
    rows = [
        *_wards(wards, selection, frame),
        *_streets(selection, frame),
        *_circles(selection, frame),
        *_strip(selection, frame),
    ]
    table = selection.by("ward").rename(index=selection.area.ward_names).rename(_("Recorded")).reset_index()
    return Figure(_chart(), pd.DataFrame(rows), table, _alt(selection))


def _alt(selection: Selection) -> str:
    points = len(selection.by("point"))
    (ward,) = (selection.area.ward_names[code] for code in selection.filters.wards)
    if not points:
        return _("Map of {ward} and its neighbours, without a circle: nothing is recorded in these months.").format(ward=ward)
    sentence = ngettext(
        "Map of {ward} and its neighbours: a circle at {points} map point of the police.",
        "Map of {ward} and its neighbours: circles at {points} map points of the police.",
        points,
    ).format(ward=ward, points=number(points))
    return f"{sentence} {circles.size_words(selection)}"


def _frame(bounds: np.ndarray) -> Frame:
    """The ward in the middle of the picture, as large as it fits."""
    west, south, east, north = bounds
    scale = min((WIDTH - 2 * MARGIN) / (east - west), (HEIGHT - 2 * MARGIN) / (north - south))
    return Frame((west + east - WIDTH / scale) / 2, (south + north + HEIGHT / scale) / 2, scale)


def _wards(wards: geopandas.GeoDataFrame, selection: Selection, frame: Frame) -> Iterator[dict]:
    """The outlines as GeoJSON features in pixels, the chosen ward last, and the names of those that have room for one."""
    shapes = shapely.transform(wards.geometry.to_numpy(), frame.pixels)
    shapes = shapely.simplify(shapely.clip_by_rect(shapes, 0, 0, WIDTH, HEIGHT), 0.3)
    chosen = wards["code"].isin(selection.filters.wards)
    for is_chosen, shape in sorted(zip(chosen, shapes, strict=True), key=lambda ward: ward[0]):
        if not shape.is_empty:
            kind = "chosen" if is_chosen else "neighbour"
            yield {"type": "Feature", "kind": kind, "geometry": shapely.geometry.mapping(shape)}
    for name, shape in zip(wards.loc[~chosen, "name"], shapes[~chosen], strict=True):
        yield from _name(name, shape)


def _name(name: str, shape: shapely.Geometry) -> Iterator[dict]:
    """In the middle of the largest circle that fits in what is seen of a ward."""
    if shape.is_empty:
        return
    middle, edge = shapely.get_coordinates(shapely.maximum_inscribed_circle(shape, tolerance=1))
    if np.hypot(*(edge - middle)) >= ROOM_FOR_A_NAME:
        yield {
            "kind": "name",
            "x": middle[0],
            "y": middle[1],
            "label": textwrap.fill(name, LINE, max_lines=LINES, placeholder="…"),
        }


def _streets(selection: Selection, frame: Frame) -> Iterator[dict]:
    """Every map point that the police use here, whether or not anything was recorded there."""
    for x, y in _on_paper(selection.area.points, frame):
        if 0 <= x <= WIDTH and 0 <= y <= HEIGHT:
            yield {"kind": "street", "x": x, "y": y}


def _circles(selection: Selection, frame: Frame) -> Iterator[dict]:
    """One a map point, the largest first so that small ones are seen."""
    counts = selection.by("point").sort_values(ascending=False)
    radius = SMALLER * circles.radius_of_one(selection)
    places = _on_paper(selection.area.points.loc[counts.index], frame)
    for (x, y), count in zip(places, counts, strict=True):
        yield {"kind": "crime", "x": x, "y": y, "size": 4 * radius**2 * int(count)}


def _on_paper(points: pd.DataFrame, frame: Frame) -> np.ndarray:
    """Where points (longitude, latitude) stand, in pixels."""
    metres = geopandas.points_from_xy(points["longitude"], points["latitude"], crs=4326).to_crs(METRES)
    return np.round(frame.pixels(np.column_stack([metres.x, metres.y])), 1)


def _strip(selection: Selection, frame: Frame) -> Iterator[dict]:
    """Below the map: a length, and what the sizes mean."""
    length = max((metres for metres in SCALES if metres * frame.scale <= LONGEST_SCALE), default=SCALES[0])
    label = _("{n} m").format(n=length) if length < 1000 else _("{n} km").format(n=length // 1000)
    middle = HEIGHT + STRIP / 2
    yield {"kind": "scale", "x": 1, "x2": 1 + length * frame.scale, "y": middle + 8, "label": label}
    x = float(WIDTH)
    for count, on_screen in reversed(circles.sizes(selection)):
        diameter = SMALLER * on_screen
        x -= diameter / 2 + 8 * len(number(count))
        yield {
            "kind": "size",
            "x": x,
            "y": middle + 4,
            "size": diameter**2,
            "label": number(count),
            "shift": x + diameter / 2 + 3,
        }
        x -= diameter / 2 + 12


@made_once
def _chart() -> Spec:
    """Rows: kind, and what the kind needs of geometry, x, x2, y, size, label, shift."""
    ink = css(palette.LIGHT.name)
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, WIDTH]), axis=None)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[HEIGHT + STRIP, 0]), axis=None)
    area = alt.Size("size:Q", scale=None)
    name = _of("name").encode(x=x, y=y, text=alt.Text("label:N"))
    drawn = alt.layer(
        _shape("neighbour", css(NEIGHBOURS), css(palette.LIGHT.outline), 0.6),
        _shape("chosen", "white", ink, 2),
        _of("street").mark_circle(size=5, color=css(palette.LIGHT.street), opacity=1).encode(x=x, y=y),
        name.mark_text(fontSize=10, lineBreak="\n", baseline="middle", stroke="white", strokeWidth=3, strokeJoin="round"),
        name.mark_text(fontSize=10, lineBreak="\n", baseline="middle", color=ink),
        _circle("crime").encode(x=x, y=y, size=area),
        _of("scale").mark_rule(color=ink, strokeWidth=2).encode(x=x, x2=alt.X2("x2:Q"), y=y),
        _of("scale").mark_text(align="left", baseline="bottom", dy=-4, color=ink).encode(x=x, y=y, text=alt.Text("label:N")),
        _circle("size").encode(x=x, y=y, size=area),
        _of("size").mark_text(align="left", color=ink).encode(x=alt.X("shift:Q"), y=y, text=alt.Text("label:N")),
    )
    return specified(drawn.properties(width=WIDTH, height=HEIGHT + STRIP).configure_view(stroke=None))


def _of(kind: str) -> alt.Chart:
    return alt.Chart(alt.NamedData(DATA)).transform_filter(f"datum.kind === '{kind}'")


def _circle(kind: str) -> alt.Chart:
    fill = css(palette.POLICE)
    circles: alt.Chart = _of(kind).mark_circle(fill=fill, fillOpacity=0.75, stroke="white", strokeWidth=0.7, opacity=1)
    return circles


def _shape(kind: str, fill: str, stroke: str, width: float) -> alt.Chart:
    shapes: alt.Chart = _of(kind).mark_geoshape(fill=fill, stroke=stroke, strokeWidth=width)
    return shapes.project(type="identity", scale=1, translate=[0, 0])

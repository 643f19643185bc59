"""Make small ward sets: squares of a hundredth of a degree in a row, about 700 by 1,100 metres each."""

from pathlib import Path

import geopandas
from shapely import box

from mkmap.places.files import gdal  # noqa: F401 before anything else loads GDAL

WEST, SOUTH, STEP = -0.80, 52.00, 0.01
AREA = "E06000042"


def square(column: int, row: int = 0, *, width: float = STEP):
    """A square of the grid; `width` in degrees may reach over the next."""
    west, south = WEST + column * STEP, SOUTH + row * STEP
    return box(west, south, west + width, south + STEP)


def code(number: int) -> str:
    return f"E050{number:05d}"


def wards(count: int = 3, *, first: int = 1, row: int = 0) -> geopandas.GeoDataFrame:
    """`count` wards side by side as the places room keeps them: code, name, geometry."""
    numbers = range(first, first + count)
    labels = {"code": [code(number) for number in numbers], "name": [f"Ward {number:02d}" for number in numbers]}
    return geopandas.GeoDataFrame(labels, geometry=[square(at, row) for at in range(count)], crs=4326)


def as_published(frame: geopandas.GeoDataFrame, *, vintage: str = "25", area: str | None = AREA) -> geopandas.GeoDataFrame:
    """The wards with the columns that the ONS publishes."""
    names = {"code": f"WD{vintage}CD", "name": f"WD{vintage}NM"}
    published = frame.rename(columns=names).assign(**{f"WD{vintage}NMW": None})
    return published if area is None else published.assign(**{f"LAD{vintage}CD": area})


def written(frame: geopandas.GeoDataFrame, file: Path) -> Path:
    file.write_text(frame.to_json())
    return file


def middle(column: int, row: int = 0) -> tuple[float, float]:
    """Longitude and latitude of the middle of a square."""
    return round(WEST + (column + 0.5) * STEP, 6), round(SOUTH + (row + 0.5) * STEP, 6)

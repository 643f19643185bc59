"""Name the tile of a map that holds a place, as a browser does."""

import pandas as pd

from mkmap.map.mercator import TILE, flat_points
from mkmap.map.tiles import SIZE, Tile


def tile_at(place: tuple[float, float], zoom: int, size: int = SIZE) -> Tile:
    """The one that a view of a whole zoom shows around a place (longitude, latitude)."""
    z = zoom - ((size // TILE).bit_length() - 1)
    column, row = (flat_points(pd.DataFrame([place], columns=["longitude", "latitude"]))[0] * 2**z).astype(int).tolist()
    return Tile(z, column, row, size)


def path_of(address: str, tile: Tile) -> str:
    """What is asked for of a layer's address."""
    return address.format(x=tile.x, y=tile.y, z=tile.z)

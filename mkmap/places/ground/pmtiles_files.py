"""Look tiles up in a PMTiles file, of which only pieces are read: it may be as large as the world, and lie anywhere."""

import gzip
import zlib
from collections.abc import Callable
from functools import lru_cache

from pmtiles.tile import (
    Compression,
    Entry,
    MagicNumberNotFound,
    SpecVersionUnsupported,
    TileType,
    deserialize_directory,
    deserialize_header,
    find_tile,
    zxy_to_tileid,
)

from mkmap.errors import BadInput, Code
from mkmap.places.ground.tile_files import LARGEST_TILE, StoredTiles, unpacked

MAGIC = b"PMTiles"
HEADER = 127  # bytes
LARGEST_DIRECTORY = 5_000_000  # bytes, unpacked: thirty times what its writers make
DEEPEST = 4  # directories, one in the other

Piece = Callable[[int, int], bytes]  # offset and length -> bytes
DAMAGE = (
    ValueError, IndexError, KeyError, EOFError, OverflowError, OSError, zlib.error, MagicNumberNotFound, SpecVersionUnsupported,
)  # fmt: skip


def stored_tiles(piece: Piece, source: str) -> StoredTiles:
    """The tiles of a file.

    Raises BadInput for what is damaged or holds no vector tiles, and whatever `piece` raises.
    """
    try:
        header = deserialize_header(piece(0, HEADER))
    except DAMAGE:
        raise BadInput(Code.GROUND_UNREADABLE, source=source) from None
    compressions = {header["tile_compression"], header["internal_compression"]}
    if header["tile_type"] != TileType.MVT or not compressions <= {Compression.NONE, Compression.GZIP}:
        raise BadInput(Code.GROUND_NOT_VECTOR, source=source)
    leaves, tiles = header["leaf_directory_offset"], header["tile_data_offset"]

    @lru_cache(maxsize=64)
    def directory(offset: int, length: int) -> list[Entry]:
        packed = _checked(piece, offset, length, LARGEST_DIRECTORY)
        content = unpacked(packed, LARGEST_DIRECTORY)
        return deserialize_directory(gzip.compress(content, 0))  # it unpacks itself, without a limit

    def get(zoom: int, x: int, y: int) -> bytes | None:
        where = header["root_offset"], header["root_length"]
        try:
            for _depth in range(DEEPEST):
                entry = find_tile(directory(*where), zxy_to_tileid(zoom, x, y))
                if entry is None:
                    return None
                if entry.run_length:
                    return _checked(piece, tiles + entry.offset, entry.length, LARGEST_TILE)
                where = leaves + entry.offset, entry.length
        except DAMAGE:
            raise BadInput(Code.GROUND_UNREADABLE, source=source) from None
        return None

    return StoredTiles((header["min_zoom"], header["max_zoom"]), get)


def _checked(piece: Piece, offset: int, length: int, most: int) -> bytes:
    if length > most:
        raise ValueError(length)
    content = piece(offset, length)
    if len(content) != length:
        raise EOFError(offset)
    return content

"""Read a file at an address block by block: tiles that lie beside each other in the world mostly do so in the file."""

from functools import lru_cache

import requests

from mkmap.errors import BadInput, Code
from mkmap.places import download

SIZE = 1 << 18  # bytes
KEPT = 64  # blocks
MOST = 2_000  # blocks, half a gigabyte: a town is a twentieth of it


class Blocks:
    """A file of which only those blocks are asked for in which something lies that is wanted."""

    def __init__(self, session: requests.Session, address: str):
        self._session, self._address = session, address
        self._asked = 0
        self._block = lru_cache(maxsize=KEPT)(self._get)

    def piece(self, offset: int, length: int) -> bytes:
        """So many bytes, fewer at the end of the file.

        Raises Unreachable, and BadInput where more was asked for than a town can be.
        """
        first, last = offset // SIZE, (offset + length - 1) // SIZE
        blocks = [self._block(number) for number in range(first, last + 1)]
        if any(
            len(block) < SIZE for block in blocks[:-1]
        ):  # the end of the file, if it is true, and not where something is wanted
            return b""
        return b"".join(blocks)[offset - first * SIZE :][:length]

    def _get(self, number: int) -> bytes:
        self._asked += 1
        if self._asked > MOST:
            raise BadInput(
                Code.ANSWER_TOO_LARGE, source=download.without_secrets(self._address), limit=MOST * SIZE // 1_000_000
            )
        return download.part(self._session, self._address, number * SIZE, SIZE)

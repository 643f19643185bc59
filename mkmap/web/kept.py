"""Keep answers whose address names a version as they went out, so that who asks the same again costs no counting and packing."""

import gzip
from dataclasses import dataclass
from threading import Lock

from cachetools import LRUCache
from starlette.requests import Request
from starlette.responses import Response

from mkmap.words import language

BYTES = 64 * 2**20  # of all kept answers
SMALLEST = 500  # bytes: less is not worth packing
LEVEL = 5  # Streamlit's own


@dataclass(frozen=True)
class Packed:
    """An answer's body, compressed or not, with its headers."""

    body: bytes
    is_compressed: bool
    media_type: str
    headers: dict[str, str]

    def response(self, request: Request) -> Response:
        """As this browser can read it."""
        if not self.is_compressed:
            return Response(self.body, media_type=self.media_type, headers=self.headers)
        headers = self.headers | {"Vary": "Accept-Encoding"}
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(self.body, media_type=self.media_type, headers=headers | {"Content-Encoding": "gzip"})
        return Response(gzip.decompress(self.body), media_type=self.media_type, headers=headers)


class KeptAnswers:
    """The answers that were asked for last, by their whole address; those that have not been for longest go first."""

    def __init__(self, most: int) -> None:
        self._answers: LRUCache[tuple[str, str, str], Packed] = LRUCache(most, getsizeof=lambda packed: len(packed.body))
        self._lock = Lock()

    def get(self, request: Request) -> Response | None:
        with self._lock:
            packed = self._answers.get(_address(request))
        return packed.response(request) if packed else None

    def keep(self, request: Request, body: bytes, media_type: str, headers: dict[str, str]) -> Response:
        is_worth_it = len(body) >= SMALLEST
        packed = Packed(gzip.compress(body, LEVEL, mtime=0) if is_worth_it else body, is_worth_it, media_type, headers)
        with self._lock:
            self._answers[_address(request)] = packed
        return packed.response(request)


def _address(request: Request) -> tuple[str, str, str]:
    """The whole of it, and in which language it is answered."""
    return request.url.path, request.url.query, language()


KEPT = KeptAnswers(BYTES)

"""Bring bytes from an address, within a size and a time; every failure is one sentence."""

import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

import requests
from requests.adapters import HTTPAdapter
from urllib3 import Retry
from urllib3.exceptions import HTTPError

from mkmap.errors import BadInput, Code, Unreachable

CONNECT, SILENCE = 5.0, 60.0  # seconds: to connect; between two pieces of an answer
DEADLINE = 300.0  # seconds: for one whole answer, however steadily it drips
MOST_BYTES = 500_000_000  # every ward of the United Kingdom at full resolution, unpacked, stays below it
_PIECE = 1 << 16
WHOLE, PARTIAL = 200, 206  # HTTP's numbers of a whole answer, and of a part
AGAIN = 3  # times in 7 seconds at most


def session(again: int = AGAIN) -> requests.Session:
    """A session that tries again when a server is busy, so many times, whatever the server asks."""
    retry = Retry(total=again, backoff_factor=1, status_forcelist={429, 502, 503, 504}, respect_retry_after_header=False)
    retry.raise_on_status = False
    made = requests.Session()
    made.headers["User-Agent"] = "mkmap"
    for scheme in ("http://", "https://"):
        made.mount(scheme, HTTPAdapter(max_retries=retry))
    return made


def is_address(source: str) -> bool:
    return source.lower().startswith(("http://", "https://"))


def without_secrets(address: str) -> str:
    """An address as sentences show it: without a password and without a query."""
    scheme, __, rest = address.partition("://")
    host, slash, path = rest.partition("?")[0].partition("#")[0].partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"


def answer(
    session: requests.Session, address: str, *, params: dict[str, str], deadline: float = DEADLINE, most: int | None = None
) -> bytes:
    """The whole body of an answer.

    Raises Unreachable when there is none in time, BadInput when it is too large.
    """
    return b"".join(_pieces(session, address, deadline, params=params, most=most))


def gives_parts(session: requests.Session, address: str) -> bool:
    """Whether a server gives parts of a file; raises Unreachable where it does not answer."""
    try:
        with session.get(address, headers=_range(0, 1), timeout=(CONNECT, SILENCE), stream=True) as response:
            return response.status_code == PARTIAL
    except (requests.RequestException, HTTPError, OSError) as error:
        raise _unreached(error, without_secrets(address)) from None


def part(session: requests.Session, address: str, offset: int, length: int) -> bytes:
    """So many bytes of a file, fewer at its end; raises as `answer` does."""
    headers = _range(offset, length)
    return b"".join(_pieces(session, address, DEADLINE, headers=headers, most=length, status=PARTIAL))


def _range(offset: int, length: int) -> dict[str, str]:
    return {"Range": f"bytes={offset}-{offset + length - 1}", "Accept-Encoding": "identity"}


def _pieces(
    session: requests.Session,
    address: str,
    deadline: float,
    *,
    params: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    most: int | None = None,
    status: int = WHOLE,
) -> Iterator[bytes]:
    """The body of an answer piece by piece; raises as `answer` does."""
    until, total = time.monotonic() + deadline, 0
    try:
        timeout = CONNECT, min(SILENCE, deadline)
        with session.get(address, params=params, headers=headers, timeout=timeout, stream=True) as response:
            _check_status(response, address, status)
            # read1 returns what has come: a slow drip meets the deadline, not only the silence between two drops.
            while piece := response.raw.read1(_PIECE, decode_content=True):
                total += len(piece)
                _check_limits(address, total, MOST_BYTES if most is None else most, until)
                yield piece
    except (requests.Timeout, TimeoutError):
        raise Unreachable(Code.ADDRESS_TIMED_OUT, address=without_secrets(address)) from None
    except (requests.RequestException, HTTPError, OSError) as error:
        raise _unreached(error, without_secrets(address)) from None


@contextmanager
def local(source: str, session: requests.Session) -> Iterator[tuple[Path, str]]:
    """A file of this machine for a path or an address, and what sentences call it; a downloaded one is gone afterwards."""
    if not is_address(source):
        yield Path(source), Path(source).name
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / (PurePosixPath(without_secrets(source)).name[-100:] or "file")
        with file.open("wb") as opened:
            # Not compressed on the way: of a compressed answer nobody notices that its end is missing.
            for piece in _pieces(session, source, DEADLINE, headers={"Accept-Encoding": "identity"}):
                opened.write(piece)
        yield file, without_secrets(source)


def _check_status(response: requests.Response, address: str, status: int) -> None:
    if response.status_code != status:
        raise Unreachable(Code.ADDRESS_SAID_NO, address=without_secrets(address), status=response.status_code)


def _check_limits(address: str, total: int, most: int, until: float) -> None:
    if total > most:
        raise BadInput(Code.ANSWER_TOO_LARGE, source=without_secrets(address), limit=most // 1_000_000)
    if time.monotonic() > until:
        raise TimeoutError


def _unreached(error: Exception, address: str) -> Unreachable:
    if "timed out" in str(error).lower():
        return Unreachable(Code.ADDRESS_TIMED_OUT, address=address)
    if isinstance(error, requests.exceptions.SSLError):
        return Unreachable(Code.ADDRESS_NOT_PROVED, address=address)
    if isinstance(error, requests.exceptions.ConnectionError):
        return Unreachable(Code.ADDRESS_UNREACHABLE, address=address)
    return Unreachable(Code.ADDRESS_BROKE_OFF, address=address)

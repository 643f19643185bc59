"""Read a zip archive at an address by HTTP ranges: only its list of members, and the members that are wanted."""

import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from threading import Lock
from typing import IO

import requests
import urllib3
from remotezip import RangeNotSupported, RemoteIOError, RemoteZip, RemoteZipError
from requests.adapters import HTTPAdapter

from mkmap.errors import Code, Unreachable

TIMEOUT = (10, 60)  # seconds to connect, seconds between two bytes
AGAIN = urllib3.Retry(  # an archive of 36 members is 38 requests: one that fails by chance should not cost the others
    total=4,
    backoff_factor=0.5,
    status_forcelist=(429, 500, 502, 503, 504),
    raise_on_status=False,
    respect_retry_after_header=False,
)


@contextmanager
def archive(url: str) -> Iterator[zipfile.ZipFile]:
    """The archive at `url`, of which only the list of members was read.

    Raises Unreachable, and zipfile's own errors for what is no zip.
    """
    with (
        _reached(url),
        _session() as session,
        RemoteZip(url, session=session, timeout=TIMEOUT) as opened,
        closing(opened.fp),  # zipfile leaves open what it was given
    ):
        yield opened


@contextmanager
def member(url: str, turn: Lock, open_: Callable[[], IO[bytes]]) -> Iterator[IO[bytes]]:
    """A member to read, in turn: members that are read at once would break off each other's ranges.

    Raises Unreachable.
    """
    with turn, _reached(url), open_() as opened:
        yield opened


def _session() -> requests.Session:
    session = requests.Session()
    session.max_redirects = 5
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(max_retries=AGAIN))
    session.hooks["response"] = [_hang_up_unless_ranged]
    return session


def _hang_up_unless_ranged(answer: requests.Response, **_how: object) -> None:
    """Not read what was not asked for: a page that says sorry, or the whole archive."""
    if answer.status_code != requests.codes.partial_content and not answer.is_redirect:
        answer.close()


@contextmanager
def _reached(url: str) -> Iterator[None]:
    try:
        yield
    except RangeNotSupported:
        raise Unreachable(Code.ARCHIVE_ADDRESS_WITHOUT_RANGES, url=url) from None
    except (requests.RequestException, urllib3.exceptions.HTTPError, RemoteIOError, RemoteZipError):
        raise Unreachable(Code.ARCHIVE_ADDRESS_UNREADABLE, url=url) from None

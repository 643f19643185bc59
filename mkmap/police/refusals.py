"""Say what it means when police.uk answers, but not with data."""

from collections.abc import Mapping
from contextlib import suppress

from urllib3 import Retry
from urllib3.exceptions import InvalidHeader

from mkmap.error_sentences import Value
from mkmap.errors import BadInput, Code, Unreachable

LONGEST_WAIT = 120.0  # seconds of Retry-After; asked for more, we give up and a person decides
IN_TROUBLE = (429, 500, 502, 503, 504)  # may be over in a moment
BAD_QUESTION, UNKNOWN = 400, 404  # the question is at fault: a month that is not out, or too old
OVERLOADED = 503
LONGEST_QUOTE = 100  # characters: one line of a terminal


class Hiccup(Unreachable):
    """Something that may be over in a moment; `wait` is how many seconds the service asked for."""

    def __init__(self, code: Code, /, *, wait: float = 0.0, **values: Value):
        super().__init__(code, **values)
        self.wait = wait


class Overloaded(Hiccup):
    """503, police.uk's answer to a question with too many crimes."""


class NoAnswer(BadInput):
    """404, police.uk's answer to a question about something that it doesn't know."""


def said_no(status: int, headers: Mapping[str, str], host: str, path: str) -> Unreachable | BadInput:
    """The error for an answer of another status than 200."""
    if 300 <= status < 400:
        return Unreachable(Code.POLICE_MOVED, host=host, address=shown(headers.get("Location", "?")))
    if status in IN_TROUBLE:
        return _in_trouble(status, host, retry_after(headers.get("Retry-After", "")))
    if status == UNKNOWN:
        return NoAnswer(Code.POLICE_HAS_NO_ANSWER, source=source(host, path), status=status)
    if status == BAD_QUESTION:
        return BadInput(Code.POLICE_HAS_NO_ANSWER, source=source(host, path), status=status)
    return Unreachable(Code.POLICE_SAID_NO, host=host, status=status)


def source(host: str, path: str) -> str:
    """The name of an answer, for people."""
    return f"{host}/api/{path}"


def shown(text: str) -> str:
    """A stranger's text, short and on one line, fit for a sentence in a terminal."""
    return "".join(filter(str.isprintable, text))[:LONGEST_QUOTE]


def retry_after(header: str) -> float:
    """Seconds, from the seconds or the date of a Retry-After header; 0 where it says neither."""
    with suppress(InvalidHeader, ValueError, OverflowError):
        return Retry().parse_retry_after(header)
    return 0.0


def _in_trouble(status: int, host: str, wait: float) -> Unreachable:
    if wait > LONGEST_WAIT:
        return Unreachable(Code.POLICE_WANTS_A_PAUSE, host=host, minutes=int(wait / 60) + 1)
    if status == OVERLOADED:
        return Overloaded(Code.POLICE_IN_TROUBLE, wait=wait, host=host, status=status)
    return Hiccup(Code.POLICE_IN_TROUBLE, wait=wait, host=host, status=status)

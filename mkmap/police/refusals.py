"""Say in a sentence what it means when police.uk answers, but not with data."""

from collections.abc import Mapping
from contextlib import suppress

from urllib3 import Retry
from urllib3.exceptions import InvalidHeader

from mkmap.errors import BadInput, Unreachable
from mkmap.words import _, number

LONGEST_WAIT = 120.0  # seconds of Retry-After; asked for more, we give up and a person decides
WITHOUT_ANSWER = (400, 404)  # the question is at fault: a month that is not out, or too old
IN_TROUBLE = (429, 500, 502, 503, 504)  # may be over in a moment
UNKNOWN = 404
OVERLOADED = 503
LONGEST_QUOTE = 100  # characters: one line of a terminal


class Hiccup(Unreachable):
    """Something that may be over in a moment; `wait` is how many seconds the service asked for."""

    def __init__(self, sentence: str, *, wait: float = 0.0):
        self.wait = wait
        super().__init__(sentence)


class Overloaded(Hiccup):
    """503, police.uk's answer to a question with too many crimes."""


class NoAnswer(BadInput):
    """404, police.uk's answer to a question about something that it doesn't know."""


def said_no(status: int, headers: Mapping[str, str], host: str, path: str) -> Unreachable | BadInput:
    """The error for an answer of another status than 200."""
    if 300 <= status < 400:
        return _elsewhere(host, headers.get("Location", "?"))
    if status in IN_TROUBLE:
        return _in_trouble(status, host, retry_after(headers.get("Retry-After", "")))
    if status in WITHOUT_ANSWER:
        what = _("police.uk has no answer to this question ({status}). What is stored was kept.").format(status=status)
        return (NoAnswer if status == UNKNOWN else BadInput)(what, source=source(host, path))
    sentence = _("{host} does not answer us ({status}). What is stored was kept; try again later.")
    return Unreachable(sentence.format(host=host, status=status))


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


def _elsewhere(host: str, address: str) -> Unreachable:
    sentence = _("{host} sends us elsewhere ({address}). What is stored was kept; if that is right, correct MKMAP_POLICE_URL.")
    return Unreachable(sentence.format(host=host, address=shown(address)))


def _in_trouble(status: int, host: str, wait: float) -> Unreachable:
    if wait > LONGEST_WAIT:
        sentence = _("{host} asks us to come back in {minutes} minutes. What is stored was kept; try again then.")
        return Unreachable(sentence.format(host=host, minutes=number(int(wait / 60) + 1)))
    sentence = _("{host} is in trouble ({status}). What is stored was kept; try again later.").format(host=host, status=status)
    return Overloaded(sentence, wait=wait) if status == OVERLOADED else Hiccup(sentence, wait=wait)

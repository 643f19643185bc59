"""Speak to police.uk's API: ask slowly, wait when told to, and hand back checked values."""

import time
from collections.abc import Callable
from concurrent.futures import Future
from datetime import date
from threading import Thread

import requests
import urllib3
from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json
from shapely import Polygon
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from mkmap.crimes.answers import CATEGORIES, CRIMES, LAST_UPDATED, PUBLISHED, Crime
from mkmap.crimes.polygon import as_text
from mkmap.errors import BadInput, TooManyCrimes, Unreachable
from mkmap.month import Month
from mkmap.police.refusals import Hiccup, Overloaded, said_no, shown, source
from mkmap.words import _, number

PACE = 0.1  # seconds between two requests, never a burst: police.uk allows 15 a second, shared by all behind one address
TRIES = 5  # a bad minute passes in 15 seconds of waiting; more would only be a burden
TRIES_WHEN_OVERLOADED = 3  # 503 is also how police.uk says "too many crimes"; said three times over, it is meant
CONNECT = 10.0  # seconds: a service that is there answers the door
DEADLINE = 120.0  # seconds for a whole answer: police.uk can take more than a minute
LARGEST_ANSWER = 64 * 2**20  # bytes: 10,000 crimes, the most that police.uk gives, are 4 MB
CHUNK = 2**16  # bytes


class PoliceApi:
    """police.uk's API at `base_url`, without the `/api`.

    Every method raises Unreachable when no usable answer came, and BadInput when the answer is not what was asked for.
    `clock` gives seconds, `sleep` takes them; `deadline` is the seconds that an answer may take.
    """

    def __init__(
        self,
        session: requests.Session,
        base_url: str,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        deadline: float = DEADLINE,
    ):
        self.base_url = base_url.rstrip("/")
        self._session, self._clock, self._sleep, self._deadline = session, clock, sleep, deadline
        self.host = base_url.partition("://")[2].partition("/")[0].rpartition("@")[2]
        self._next_turn = clock()

    def months(self) -> list[Month]:
        """Every month that can be had, newest first."""
        return sorted({published.date for published in self.ask("crimes-street-dates", PUBLISHED)}, reverse=True)

    def last_updated(self) -> date:
        """The release that is being served; it changes once a month."""
        return self.ask("crime-last-updated", LAST_UPDATED).date

    def categories(self, month: Month) -> dict[str, str]:
        """The names of the crime categories of a month, by their slugs."""
        found = {category.url: category.name for category in self.ask("crime-categories", CATEGORIES, date=str(month))}
        if not found:
            raise BadInput(
                _("there are no crime categories in it. What is stored was kept."),
                source=source(self.host, "crime-categories"),
            )
        return found

    def street_crimes(self, polygon: Polygon, month: Month) -> list[Crime]:
        """The month's crimes of every force whose map points lie in the polygon (WGS 84, no holes).

        Raises TooManyCrimes where they are more than police.uk gives at once.
        """
        path = "crimes-street/all-crime"
        try:
            found = self.ask(path, CRIMES, "POST", poly=as_text(polygon), date=str(month))
        except Overloaded:
            raise TooManyCrimes(
                self._say(
                    _("{host} has too many crimes in this area for one answer, or is overloaded. What is stored was kept.")
                )
            ) from None
        return self._of(month, found, path)

    def unplaced_crimes(self, force: str, month: Month) -> list[Crime]:
        """The month's crimes of a force that have no map point."""
        path = "crimes-no-location"
        return self._of(month, self.ask(path, CRIMES, category="all-crime", force=force, date=str(month)), path)

    def _of(self, month: Month, crimes: list[Crime], path: str) -> list[Crime]:
        """All the crimes, if each is of the month: police.uk answers a month that it doesn't know with another, silently."""
        for row, crime in enumerate(crimes, 1):
            if crime.month != str(month):
                raise BadInput(
                    _("police.uk answered with another month ({other}) than {month}. What is stored was kept.").format(
                        other=shown(crime.month or "") or _("none"), month=month.name
                    ),
                    source=source(self.host, path),
                    row=row,
                )
        return crimes

    def ask(self, path: str, expected: TypeAdapter, method: str = "GET", **fields: str):
        """The checked answer to one question, asked up to `TRIES` times; other rooms ask theirs by it, at the same pace.

        Raises NoAnswer where police.uk knows nothing of what was asked for.
        """
        ask = Retrying(retry=retry_if_exception_type(Hiccup), stop=_enough, wait=_patience, sleep=self._sleep, reraise=True)
        try:
            return expected.validate_python(ask(self._try, path, method, fields))
        except ValidationError as error:
            where = error.errors(include_url=False, include_input=False, include_context=False)[0]["loc"]
            raise BadInput(
                _("the answer is not what police.uk publishes. What is stored was kept; try again later."),
                source=source(self.host, path),
                row=where[0] + 1 if where and isinstance(where[0], int) else None,
            ) from None

    def _try(self, path: str, method: str, fields: dict[str, str]):
        """One request, when it is its turn: the JSON value of the answer."""
        self._sleep_until_turn()
        try:
            status, headers, body = _within(self._deadline, lambda: self._receive(path, method, fields))
        except (TimeoutError, requests.Timeout, urllib3.exceptions.TimeoutError):
            raise Hiccup(self._say(_("{host} did not answer in time. What is stored was kept; try again later."))) from None
        except (requests.RequestException, urllib3.exceptions.HTTPError, UnicodeError) as error:
            raise self._unreached(error) from None
        if status != 200:
            raise said_no(status, headers, self.host, path)
        try:
            return from_json(body)
        except ValueError:
            raise Hiccup(
                self._say(
                    _("{host} gave an answer that is cut short or is not data. What is stored was kept; try again later.")
                )
            ) from None

    def _sleep_until_turn(self) -> None:
        wait = self._next_turn - self._clock()
        if wait > 0:
            self._sleep(wait)
        self._next_turn = self._clock() + PACE

    def _receive(
        self, path: str, method: str, fields: dict[str, str]
    ) -> tuple[int, requests.structures.CaseInsensitiveDict, bytes]:
        end = time.monotonic() + self._deadline
        with self._session.request(
            method,
            f"{self.base_url}/api/{path}",
            **{"data" if method == "POST" else "params": fields},
            headers={"Accept": "application/json", "User-Agent": "mkmap"},
            timeout=(CONNECT, self._deadline),
            allow_redirects=False,
            stream=True,
        ) as response:
            body = bytearray()
            while chunk := response.raw.read1(CHUNK, decode_content=True):
                body += chunk
                if len(body) > LARGEST_ANSWER:
                    raise Unreachable(
                        _("{host} gave an answer of more than {size} MB. What is stored was kept.").format(
                            host=self.host, size=number(LARGEST_ANSWER // 2**20)
                        )
                    )
                if time.monotonic() > end:
                    raise TimeoutError
            return response.status_code, response.headers, bytes(body)

    def _say(self, sentence: str) -> str:
        return sentence.format(host=self.host)

    def _unreached(self, error: Exception) -> Unreachable:
        if isinstance(error, (requests.exceptions.SSLError, urllib3.exceptions.SSLError)):
            return Unreachable(
                self._say(_("{host} could not be reached safely: its certificate was not accepted. What is stored was kept."))
            )
        if isinstance(error, requests.exceptions.InvalidURL | UnicodeError):
            return Unreachable(
                _("{address} is not an address. What is stored was kept; correct MKMAP_POLICE_URL.").format(
                    address=self.base_url
                )
            )
        return Hiccup(
            self._say(
                _("{host} could not be reached, or broke off. What is stored was kept; check the connection and try again.")
            )
        )


def _enough(state: RetryCallState) -> bool:
    tries = TRIES_WHEN_OVERLOADED if isinstance(state.outcome.exception(), Overloaded) else TRIES
    return stop_after_attempt(tries)(state)


def _patience(state: RetryCallState) -> float:
    """Seconds until the next try: 1, 2, 4, 8, or longer where the service asked for it."""
    return max(state.outcome.exception().wait, wait_exponential()(state))


def _within(seconds: float, work: Callable):
    """The result of `work`, unless it takes longer.

    A thread, because no socket timeout covers the look-up of a name, or headers that drip; one that is given up is left behind.

    Raises TimeoutError.
    """
    future: Future = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    Thread(target=run, daemon=True, name="police.uk").start()
    return future.result(timeout=seconds)

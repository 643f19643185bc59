"""Ask police.uk's API: slowly, again when it is in trouble, and no longer than anybody would wait."""

import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Thread
from typing import TypeVar

import requests
import urllib3
from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json
from tenacity import RetryCallState, Retrying, retry_if_exception_type, wait_exponential

from mkmap.errors import BadInput, Code, Unreachable
from mkmap.police.pace import PACE, SharedPace
from mkmap.police.refusals import Hiccup, Overloaded, said_no, source

TRIES = 5  # a bad minute passes in 15 seconds of waiting; more would only be a burden
TRIES_WHEN_OVERLOADED = 3  # 503 is also how police.uk says "too much at once"; said three times over, it is meant
CONNECT = 10.0  # seconds: a service that is there answers the door
DEADLINE = 120.0  # seconds for a whole answer: police.uk can take more than a minute
LARGEST_ANSWER = 64 * 2**20  # bytes: 10,000 crimes, the most that police.uk gives, are 4 MB
CHUNK = 2**16  # bytes

Answer = TypeVar("Answer")


class PoliceApi:
    """police.uk's API at `base_url`, without the `/api`; what is asked stands in the rooms that ask.

    `clock` gives seconds, `sleep` takes them; `deadline` is the seconds that an answer may take; `hear` is told what time it is
    there (UTC); `pace` is kept beside the client's own.
    """

    def __init__(
        self,
        session: requests.Session,
        base_url: str,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        deadline: float = DEADLINE,
        hear: Callable[[datetime], None] = lambda _at: None,
        pace: SharedPace | None = None,
    ):
        self.base_url = base_url.rstrip("/")
        self._session, self._clock, self._sleep, self._deadline = session, clock, sleep, deadline
        self._hear = hear
        self.host = base_url.partition("://")[2].partition("/")[0].rpartition("@")[2]
        self._next_turn, self._pace = clock(), pace

    def ask(self, path: str, expected: TypeAdapter[Answer], method: str = "GET", **fields: str) -> Answer:
        """The checked answer to one question, asked up to `TRIES` times.

        Raises Unreachable when no usable answer came, BadInput when the answer is not what was asked for, and its kind NoAnswer
        where police.uk knows nothing of what was asked for.
        """
        ask = Retrying(retry=retry_if_exception_type(Hiccup), stop=_enough, wait=_patience, sleep=self._sleep, reraise=True)
        try:
            return expected.validate_python(ask(self._try, path, method, fields))
        except ValidationError as error:
            where = error.errors(include_url=False, include_input=False, include_context=False)[0]["loc"]
            raise BadInput(
                Code.POLICE_ANSWER_UNKNOWN,
                source=source(self.host, path),
                row=where[0] + 1 if where and isinstance(where[0], int) else None,
            ) from None

    def _try(self, path: str, method: str, fields: dict[str, str]) -> object:
        """One request, when it is its turn: the JSON value of the answer."""
        self._sleep_until_turn()
        try:
            status, headers, body = _within(self._deadline, lambda: self._receive(path, method, fields))
        except (TimeoutError, requests.Timeout, urllib3.exceptions.TimeoutError):
            raise Hiccup(Code.POLICE_TIMED_OUT, host=self.host) from None
        except (requests.RequestException, urllib3.exceptions.HTTPError, UnicodeError) as error:
            raise self._unreached(error) from None
        self._tell_time(headers)
        if status != 200:
            raise said_no(status, headers, self.host, path)
        try:
            return from_json(body)
        except ValueError:
            raise Hiccup(Code.POLICE_CUT_SHORT, host=self.host) from None

    def _tell_time(self, headers: Mapping[str, str]) -> None:
        with suppress(ValueError):
            told = parsedate_to_datetime(headers.get("Date", ""))
            self._hear(told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC))

    def _sleep_until_turn(self) -> None:
        wait = max(self._next_turn - self._clock(), self._pace.wait() if self._pace else 0.0)
        if wait > 0:
            self._sleep(wait)
        self._next_turn = self._clock() + PACE

    def _receive(
        self, path: str, method: str, fields: dict[str, str]
    ) -> tuple[int, requests.structures.CaseInsensitiveDict[str], bytes]:
        end = time.monotonic() + self._deadline
        with self._session.request(
            method,
            f"{self.base_url}/api/{path}",
            params=None if method == "POST" else fields,
            data=fields if method == "POST" else None,
            headers={"Accept": "application/json", "User-Agent": "mkmap"},
            timeout=(CONNECT, self._deadline),
            allow_redirects=False,
            stream=True,
        ) as response:
            body = bytearray()
            while chunk := response.raw.read1(CHUNK, decode_content=True):
                body += chunk
                if len(body) > LARGEST_ANSWER:
                    raise Unreachable(Code.POLICE_TOO_LONG, host=self.host, size=LARGEST_ANSWER // 2**20)
                if time.monotonic() > end:
                    raise TimeoutError
            return response.status_code, response.headers, bytes(body)

    def _unreached(self, error: Exception) -> Unreachable:
        if isinstance(error, (requests.exceptions.SSLError, urllib3.exceptions.SSLError)):
            return Unreachable(Code.POLICE_NOT_PROVED, host=self.host)
        if isinstance(error, requests.exceptions.InvalidURL | UnicodeError):
            return Unreachable(Code.POLICE_URL_UNUSABLE, address=self.base_url)
        return Hiccup(Code.POLICE_UNREACHABLE, host=self.host)


def _hiccup(state: RetryCallState) -> Hiccup:
    """Why the last try failed; nothing else is tried again."""
    error = state.outcome.exception() if state.outcome else None
    assert isinstance(error, Hiccup)
    return error


def _enough(state: RetryCallState) -> bool:
    return state.attempt_number >= (TRIES_WHEN_OVERLOADED if isinstance(_hiccup(state), Overloaded) else TRIES)


def _patience(state: RetryCallState) -> float:
    """Seconds until the next try: 1, 2, 4, 8, or longer where the service asked for it."""
    return max(_hiccup(state).wait, wait_exponential()(state))


def _within(seconds: float, work: Callable[[], Answer]) -> Answer:
    """The result of `work`, unless it takes longer.

    A thread, because no socket timeout covers the look-up of a name, or headers that drip; one that is given up is left behind.

    Raises TimeoutError.
    """
    future: Future[Answer] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    Thread(target=run, daemon=True, name="police.uk").start()
    return future.result(timeout=seconds)

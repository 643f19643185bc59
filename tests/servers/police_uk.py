"""Play data.police.uk's API on loopback, from rows in the archive's form, and misbehave as told."""

import gzip
import json
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pandas as pd
import shapely
from servers.police_ground import Ground, answered

from mkmap.month import Month

LONGEST_GET = 4_094
NAMES = {
    "all-crime": "All crime",
    "anti-social-behaviour": "Anti-social behaviour",
    "bicycle-theft": "Bicycle theft",
    "burglary": "Burglary",
    "criminal-damage-arson": "Criminal damage and arson",
    "drugs": "Drugs",
    "other-theft": "Other theft",
    "possession-of-weapons": "Possession of weapons",
    "public-order": "Public order",
    "robbery": "Robbery",
    "shoplifting": "Shoplifting",
    "theft-from-the-person": "Theft from the person",
    "vehicle-crime": "Vehicle crime",
    "violent-crime": "Violence and sexual offences",
    "other-crime": "Other crime",
}
SLUGS = {name: slug for slug, name in NAMES.items()}
API_OUTCOMES = {"Offender given penalty notice": "Offender given a penalty notice"}


@dataclass(frozen=True)
class Request:
    """One question that was asked; `at` in seconds of a clock that only runs forward."""

    method: str
    path: str
    fields: dict[str, str]
    at: float


@dataclass(frozen=True)
class Answer:
    """What goes over the wire; `silence` are seconds before anything, `pause` before each byte of the body.

    `length` is the length that is promised, where it is not the body's.
    """

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})
    silence: float = 0.0
    pause: float = 0.0
    length: int | None = None
    hang_up: bool = False


Misbehaviour = Callable[[Answer], Answer]


def status(code: int, **headers: str) -> Misbehaviour:
    """A refusal, with a page as a web server would send; `Retry_After="7"` becomes a header."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _good: Answer(code, b"<html><h1>Sorry</h1></html>", {"Content-Type": "text/html", **named})


def body(content: bytes, content_type: str = "application/json") -> Misbehaviour:
    return lambda _good: Answer(200, content, {"Content-Type": content_type})


def cut(share: float) -> Misbehaviour:
    """Only a part of the body, though with a length that fits it."""
    return lambda good: replace(good, body=good.body[: int(len(good.body) * share)])


def broken_off(share: float) -> Misbehaviour:
    """Only a part of the body that was promised."""
    return lambda good: replace(good, body=good.body[: int(len(good.body) * share)], length=len(good.body), hang_up=True)


def gzipped(share: float = 1.0) -> Misbehaviour:
    def squeeze(good: Answer) -> Answer:
        packed = gzip.compress(good.body)
        return replace(good, body=packed[: int(len(packed) * share)], headers={**good.headers, "Content-Encoding": "gzip"})

    return squeeze


def dripping(pause: float) -> Misbehaviour:
    return lambda good: replace(good, pause=pause)


def silent(seconds: float) -> Misbehaviour:
    return lambda good: replace(good, silence=seconds)


def hung_up(_good: Answer) -> Answer:
    return Answer(hang_up=True)


def edited(edit: Callable[[list], object]) -> Misbehaviour:
    """The good answer's JSON value, changed."""
    return lambda good: replace(good, body=json.dumps(edit(json.loads(good.body))).encode())


@dataclass
class _Rule:
    misbehaviour: Misbehaviour
    path: str
    month: str
    times: float


class PoliceUk:
    """data.police.uk at `url`, with one frame of archive rows a month, all of one force but for British Transport Police.

    `limit` is how many crimes it gives for one area. `requests` are those that came, in order.
    """

    def __init__(self, months: Mapping[Month, pd.DataFrame], *, force: str = "thames-valley", limit: int = 10_000):
        self.months = {str(month): _Rows(frame, position) for position, (month, frame) in enumerate(months.items(), 1)}
        self.force, self.limit = force, limit
        self.grounds: list[Ground] = []  # the neighbourhoods that it knows
        self.requests: list[Request] = []
        self._rules: list[_Rule] = []
        self._closing = Event()

    def misbehave(
        self, misbehaviour: Misbehaviour, *, path: str = "", month: Month | str = "", times: float = float("inf")
    ) -> None:
        """Spoil the next `times` answers to questions whose path starts so and that are about the month."""
        self._rules.append(_Rule(misbehaviour, path, str(month), times))

    def behave(self) -> None:
        self._rules.clear()

    def asked(self, path: str) -> list[Request]:
        return [request for request in self.requests if request.path.startswith(path)]

    def answer(self, request: Request) -> Answer:
        """The answer of a good day, spoiled by the first rule that fits."""
        good = self._good(request)
        for rule in self._rules:
            if rule.times > 0 and request.path.startswith(rule.path) and rule.month in request.fields.get("date", ""):
                rule.times -= 1
                return rule.misbehaviour(good)
        return good

    def _good(self, request: Request) -> Answer:
        if (found := answered(self.grounds, request.path, request.fields)) is not None:
            return _json(found)
        month = request.fields.get("date", max(self.months, default=""))
        if request.path == "crimes-street-dates":
            return _json([{"date": name, "stop-and-search": [self.force]} for name in sorted(self.months, reverse=True)])
        if request.path == "crime-last-updated":
            return _json({"date": f"{max(self.months)}-01"})
        if month not in self.months:
            return Answer(404)
        if request.path == "crime-categories":
            return _json([{"url": slug, "name": name} for slug, name in NAMES.items()])
        if request.path == "crimes-no-location":
            return _json(self.months[month].unplaced() if request.fields.get("force") == self.force else [])
        if request.path == "crimes-street/all-crime":
            return self._street(self.months[month], request)
        return Answer(404)

    def _street(self, rows: "_Rows", request: Request) -> Answer:
        poly = request.fields.get("poly", "")
        if request.method == "GET" and len(poly) > LONGEST_GET:
            return Answer(400)
        found = rows.inside(shapely.Polygon([[float(part) for part in corner.split(",")][::-1] for corner in poly.split(":")]))
        return Answer(503) if len(found) > self.limit else _json(found)

    def __enter__(self) -> "PoliceUk":
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_error) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()


class _Rows:
    """One month's archive rows as the API gives them."""

    def __init__(self, frame: pd.DataFrame, position: int):
        text = frame.astype(object).where(frame.notna(), "")
        self._crimes = [_crime(row, position * 1_000_000 + number) for number, row in enumerate(text.to_dict("records"))]
        placed = [
            (crime["location"]["longitude"], crime["location"]["latitude"]) for crime in self._crimes if crime["location"]
        ]
        self._placed = [crime for crime in self._crimes if crime["location"]]
        self._xy = np.array(placed, dtype=float).reshape(-1, 2)

    def inside(self, polygon: shapely.Polygon) -> list[dict]:
        shapely.prepare(polygon)
        return [self._placed[number] for number in np.flatnonzero(shapely.intersects_xy(polygon, self._xy))]

    def unplaced(self) -> list[dict]:
        return [crime for crime in self._crimes if not crime["location"]]


def _crime(row: dict, number: int) -> dict:
    outcome, location = row["Last outcome category"], None
    if row["Longitude"]:
        street = {"id": number, "name": row["Location"]}
        location = {"latitude": row["Latitude"], "longitude": row["Longitude"], "street": street}
    force = "BTP" if row["Falls within"] == "British Transport Police" else "Force"
    return {
        "category": SLUGS[row["Crime type"]],
        "location_type": force if location else None,
        "location": location,
        "context": row["Context"],
        "outcome_status": {"category": API_OUTCOMES.get(outcome, outcome), "date": row["Month"]} if outcome else None,
        "persistent_id": row["Crime ID"],
        "id": number,
        "location_subtype": "",
        "month": row["Month"],
    }


def _json(value: object) -> Answer:
    return Answer(body=json.dumps(value).encode())


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address) -> None:
        """A client that goes away is part of the play."""


def _handler(police: PoliceUk) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # headers and body are two writes; the second would wait for 40 ms

        def do_GET(self) -> None:
            self._play(urlsplit(self.path).query)

        def do_POST(self) -> None:
            self._play(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def _play(self, fields: str) -> None:
            path = urlsplit(self.path).path.removeprefix("/api/")
            request = Request(self.command, path, dict(parse_qsl(fields)), time.monotonic())
            police.requests.append(request)
            with suppress(ConnectionError):
                self._send(police.answer(request))

        def _send(self, answer: Answer) -> None:
            police._closing.wait(answer.silence)
            self.close_connection = answer.hang_up
            if answer.hang_up and answer.length is None:
                return
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body) if answer.length is None else answer.length))
            self.end_headers()
            self._send_body(answer)

        def _send_body(self, answer: Answer) -> None:
            if not answer.pause:
                self.wfile.write(answer.body)
                return
            for byte in answer.body:
                if police._closing.wait(answer.pause):
                    break
                self.wfile.write(bytes([byte]))

        def log_message(self, *_args) -> None:
            """Say nothing: the requests are recorded."""

    return Handler

"""A postcode is sent to the operator's service alone, and only when it is one."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from refusing import refused
from servers.app import free_port

from mkmap.errors import BadInput, Code, Refused, Unreachable
from mkmap.places import download, postcode
from mkmap.places.postcode import host

PLACE = {"longitude": -0.7594, "latitude": 52.0417}


class Service(ThreadingHTTPServer):
    """Answers every request with what the test says, and keeps what it was asked."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str] = []
        self.status, self.body, self.headers = 200, json.dumps(PLACE).encode(), {}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/postcodes/{{postcode}}"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.send_response(self.server.status)
        for name, value in {"Content-Length": str(len(self.server.body)), **self.server.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *_parts: object) -> None:
        pass


def find(service: str, text: str, *, offline: bool = False) -> tuple[float, float]:
    with download.session(again=1) as session:
        return postcode.find(service, text, session, offline=offline)


@pytest.fixture
def service() -> Iterator[Service]:
    with Service() as started:
        threading.Thread(target=started.serve_forever, daemon=True).start()
        yield started
        started.shutdown()


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "MK9",
        "Milton Keynes",
        "MK9 3EJ; DROP",
        "../admin",
        "12345",
        "MK9 3E",
        "MK99 99EJ",
        "９９９",
        "MK9\n3EJ",
        "A" * 1000,
    ],
)
def test_what_is_no_postcode_goes_nowhere(service: Service, text: str):
    with refused(BadInput, Code.NOT_A_POSTCODE):
        find(service.address, text)
    assert not service.asked


def test_offline_nothing_goes_out(service: Service):
    with refused(Refused, Code.POSTCODES_NOT_ASKED):
        find(service.address, "MK9 3EJ", offline=True)
    assert not service.asked


def test_an_unknown_postcode_is_said(service: Service):
    service.status = 404
    with refused(BadInput, Code.POSTCODE_UNKNOWN):
        find(service.address, "ZZ9 9ZZ")


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b"{}"), (200, b""), (200, b"<html>"), (200, b"[]"), (200, b"null"), (200, b"{}"), (200, b'{"result": null}'),
        (200, b'{"longitude": "x", "latitude": 1}'), (200, b'{"longitude": null, "latitude": 1}'), (302, b""), (429, b"slow down"),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_used_is_one_sentence(service: Service, status: int, body: bytes):
    service.status, service.body = status, body
    with refused(Unreachable, Code.POSTCODE_SERVICE_SILENT):
        find(service.address, "MK9 3EJ")


@pytest.mark.parametrize("number", ["1e999", "NaN", "Infinity", "500"])
def test_a_place_off_the_globe_is_no_answer(service: Service, number: str):
    service.body = f'{{"longitude": {number}, "latitude": 52.0}}'.encode()
    with refused(Unreachable, Code.POSTCODE_SERVICE_SILENT):
        find(service.address, "MK9 3EJ")


def test_a_redirect_is_not_followed(service: Service):
    service.status, service.headers = 302, {"Location": service.address.replace("{postcode}", "elsewhere")}
    with refused(Unreachable, Code.POSTCODE_SERVICE_SILENT):
        find(service.address, "MK9 3EJ")
    assert len(service.asked) == 1


def test_a_service_that_is_not_there_is_one_sentence():
    with refused(Unreachable, Code.POSTCODE_SERVICE_SILENT):
        find(f"http://127.0.0.1:{free_port()}/{{postcode}}", "MK9 3EJ")


@pytest.mark.parametrize("text", ["MK9 3EJ", "mk93ej", " mk9 3ej ", "MK93EJ"])
def test_a_postcode_is_found_however_it_is_typed(service: Service, text: str):
    assert find(service.address, text) == (PLACE["longitude"], PLACE["latitude"])
    assert service.asked == ["/postcodes/MK9%203EJ"]


def test_the_form_of_postcodes_io_is_understood(service: Service):
    service.body = json.dumps({"status": 200, "result": {"postcode": "MK9 3EJ", **PLACE}}).encode()
    assert find(service.address, "MK9 3EJ") == (PLACE["longitude"], PLACE["latitude"])


def test_the_recipient_has_a_name():
    assert host("https://postcodes.example.org/x/{postcode}") == "postcodes.example.org"

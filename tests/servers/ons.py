"""Play the ONS Open Geography Portal on loopback: one ArcGIS feature layer, some files, and its bad days."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

Answer = Callable[[BaseHTTPRequestHandler], None]
PATH = "/arcgis/rest/services/Wards/FeatureServer/0"


class Portal:
    """A layer of GeoJSON features and files by path. `instead` maps a request's part to what is answered in its place.

    Parts: "layer", "query", "file"; a list of answers is used up one by one, None being the good answer.
    `limit`: features in one answer at most. `flag`: where the layer says that there is more ("top", "properties").
    """

    def __init__(self, features: list[dict], *, fields: list[str] | None = None, limit: int = 2000, flag: str = "properties"):
        self.features = features
        self.fields = fields if fields is not None else list(features[0]["properties"])
        self.limit, self.flag = limit, flag
        self.files: dict[str, bytes] = {}
        self.instead: dict[str, Answer | list[Answer | None]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.address = ""

    @property
    def layer(self) -> str:
        return self.address + PATH

    @property
    def queries(self) -> list[dict[str, str]]:
        return [params for path, params in self.asked if path == PATH + "/query"]

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        path = urlsplit(request.path).path
        params = {name: values[0] for name, values in parse_qs(urlsplit(request.path).query).items()}
        self.asked.append((path, params))
        part = {PATH: "layer", PATH + "/query": "query"}.get(path, "file")
        instead = self.instead.get(part)
        if isinstance(instead, list):
            instead = instead.pop(0) if instead else None
        (instead or getattr(self, f"_{part}"))(request)

    def _layer(self, request: BaseHTTPRequestHandler) -> None:
        send_json({"name": "Wards", "fields": [{"name": name} for name in self.fields]})(request)

    def _query(self, request: BaseHTTPRequestHandler) -> None:
        params = self.asked[-1][1]
        column, area = params["where"].replace("'", "").split("=")
        found = [feature for feature in self.features if feature["properties"].get(column) == area]
        start = int(params.get("resultOffset", 0))
        end = start + min(self.limit, int(params.get("resultRecordCount", self.limit)))
        more = {"exceededTransferLimit": True} if end < len(found) else {}
        page = {"type": "FeatureCollection", "features": found[start:end]}
        send_json(page | (more if self.flag == "top" else {"properties": more}))(request)

    def _file(self, request: BaseHTTPRequestHandler) -> None:
        content = self.files.get(urlsplit(request.path).path)
        (send(404, b"Not found") if content is None else send(200, content))(request)


def send(status: int, body: bytes, **headers: str) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in ({"Content_Length": str(len(body))} | headers).items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body)

    return answer


def send_json(content: object) -> Answer:
    return send(200, json.dumps(content).encode(), Content_Type="application/json")


def drip(body: bytes, *, pause: float) -> Answer:
    """One byte, a pause, one byte: never silent for long, never done."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        for byte in body:
            request.wfile.write(bytes([byte]))
            request.wfile.flush()
            time.sleep(pause)

    return answer


def silence(seconds: float) -> Answer:
    return lambda request: time.sleep(seconds)


def hang_up(request: BaseHTTPRequestHandler) -> None:
    request.connection.close()


@contextmanager
def serving(portal: Portal) -> Iterator[Portal]:
    """Answer on a free port of loopback until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                portal.answer(self)
            except OSError:
                self.close_connection = True  # the client went away, as on some bad days it should

        def log_message(self, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        portal.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield portal
        finally:
            server.shutdown()
            thread.join()

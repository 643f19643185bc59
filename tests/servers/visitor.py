"""Visit a page without a browser: speak Streamlit's messages over its WebSocket, as anybody can."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie

import requests
from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

PATIENCE = 60  # seconds for one run of a page


@dataclass
class Seen:
    """What one run of a page sent."""

    messages: list[ForwardMsg] = field(default_factory=list)

    @property
    def elements(self) -> list[Message]:
        """The elements, in the order in which they were sent."""
        deltas = [message.delta.new_element for message in self.messages if message.WhichOneof("type") == "delta"]
        return [getattr(element, kind) for element in deltas if (kind := element.WhichOneof("type"))]

    def of(self, kind: str) -> list[Message]:
        return [element for element in self.elements if type(element).__name__ == kind]

    @property
    def texts(self) -> list[str]:
        """Every text in every message."""
        return [text for message in self.messages for _field, text in texts(message)]

    def has(self, text: str) -> bool:
        return any(text in one for one in self.texts)


def texts(message: Message) -> Iterator[tuple[str, str]]:
    """The name and the value of every text field of a message, at any depth."""
    for described, value in message.ListFields():
        values = value if described.is_repeated else [value]
        if described.message_type and described.message_type.GetOptions().map_entry:
            continue
        for one in values:
            if isinstance(one, str):
                yield described.name, one
            elif isinstance(one, Message):
                yield from texts(one)


class Visitor:
    """One session; a run gives what the server sent until it was done."""

    def __init__(self, socket: ClientConnection):
        self._socket = socket

    def run(self, query: str = "", *, page: str = "", widgets: dict[str, object] | None = None) -> Seen:
        """Ask for a page; `widgets`: a widget's id → a text, a list of texts, a number or True for a press."""
        asked = BackMsg()
        asked.rerun_script.query_string = query
        asked.rerun_script.page_name = page
        for name, value in (widgets or {}).items():
            _fill(asked.rerun_script.widget_states.widgets.add(id=name), value)
        return self.send(asked.SerializeToString())

    def say(self, message: bytes) -> None:
        """Send a message that nothing needs to be answered to."""
        self._socket.send(message)

    def upload_address(self) -> str:
        """Where a file would be sent, as Streamlit's page asks for it, whether or not it has an uploader."""
        asked = BackMsg()
        asked.file_urls_request.request_id = "1"
        asked.file_urls_request.file_names.append("wards.geojson")
        self.say(asked.SerializeToString())
        received = ForwardMsg()
        while received.WhichOneof("type") != "file_urls_response":
            received.ParseFromString(self._socket.recv(PATIENCE))
        return received.file_urls_response.file_urls[0].upload_url

    def send(self, message: bytes) -> Seen:
        self.say(message)
        seen = Seen()
        while True:
            received = ForwardMsg()
            received.ParseFromString(self._socket.recv(PATIENCE))
            seen.messages.append(received)
            if received.WhichOneof("type") == "script_finished":
                return seen


def _fill(state: Message, value: object) -> None:
    match value:
        case True:
            state.trigger_value = True
        case str():
            state.string_value = value
        case int():
            state.int_value = value
        case bytes():
            state.bytes_value = value
        case _:
            state.string_array_value.data.extend(value)


def upload(address: str, path: str) -> int:
    """Send a file to the app at an address, as Streamlit's page does; the status of the answer."""
    with requests.Session() as browser:
        browser.get(f"{address}/_stcore/health", timeout=PATIENCE)
        token = {"X-Xsrftoken": browser.cookies["_streamlit_xsrf"]}
        return browser.put(address + path, files={"f": b"{}"}, headers=token, timeout=PATIENCE).status_code


@contextmanager
def visiting(
    port: int, *, origin: str | None = None, headers: dict[str, str] | None = None, session: str | None = None
) -> Iterator[Visitor]:
    """A session with the app at a port, or at a proxy before it; `headers` may name another Host.

    As Streamlit's page does, it says the token of an XSRF cookie again: without that nobody is signed in. `session`: one of
    before that is to go on.
    """
    cookies = SimpleCookie((headers or {}).get("Cookie", ""))
    tokens = [cookies["_streamlit_xsrf"].value] if "_streamlit_xsrf" in cookies else ["none"] if session else []
    with connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        subprotocols=["streamlit", *tokens, *([session] if session else [])],
        origin=origin or f"http://127.0.0.1:{port}",
        additional_headers=headers,
        max_size=None,
        proxy=None,
    ) as socket:
        yield Visitor(socket)

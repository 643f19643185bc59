"""Be a browser as far as the WebSocket goes: ask for runs of a page's script and wait until each has finished."""

import time
from dataclasses import dataclass

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

WIDGETS = ("selectbox", "multiselect", "button_group", "checkbox")


@dataclass(frozen=True)
class Widget:
    id: str
    label: str
    kind: str
    options: list[str]


class Visitor:
    """One session with the app on a port of this machine."""

    def __init__(self, port: int, query: str = "", *, page: str = ""):
        self._query, self._page = query, page
        self._values: dict[str, str | list[str]] = {}
        self.widgets: dict[str, Widget] = {}  # by label
        start = time.perf_counter()
        self._socket: ClientConnection = connect(
            f"ws://127.0.0.1:{port}/_stcore/stream",
            subprotocols=["streamlit"],
            origin=f"http://127.0.0.1:{port}",
            max_size=None,
        )
        self._run()
        self.first_run = time.perf_counter() - start  # seconds, from the connection to the end of the script

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(self, *_error: object) -> None:
        self._socket.close()

    def choose(self, **values: str | list[str]) -> float:
        """Set widgets by label; seconds until the script has finished."""
        self._values |= {label.replace("_", " "): value for label, value in values.items()}
        return self._run()

    def _run(self) -> float:
        message = self._message()
        start = time.perf_counter()
        self._socket.send(message)
        while not self._finished(self._socket.recv()):
            pass
        return time.perf_counter() - start

    def _message(self) -> bytes:
        message = BackMsg()
        message.rerun_script.query_string = self._query
        message.rerun_script.page_name = self._page
        for label, value in self._values.items():
            state = message.rerun_script.widget_states.widgets.add()
            state.id = self.widgets[label].id
            if isinstance(value, str):
                state.string_value = value
            else:
                state.string_array_value.data.extend(value)
        return message.SerializeToString()

    def _finished(self, received: bytes) -> bool:
        message = ForwardMsg.FromString(received)
        kind = message.WhichOneof("type")
        if kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._note(message.delta.new_element)
        return kind == "script_finished"

    def _note(self, element) -> None:
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise SystemExit(f"the page failed: {element.exception.message}")
        if kind in WIDGETS:
            drawn = getattr(element, kind)
            options = [getattr(option, "content", option) for option in getattr(drawn, "options", ())]
            self.widgets[drawn.label] = Widget(drawn.id, drawn.label, kind, options)

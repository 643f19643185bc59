"""Be a browser as far as the WebSocket and the map's data go: ask for runs of a page's script, and wait until all has come."""

import pickle
import time
from dataclasses import dataclass
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from tests.benchmarks.map_data import MapData

WIDGETS = ("selectbox", "multiselect", "button_group", "checkbox")

Values = dict[str, str | list[str]]


@dataclass(frozen=True)
class Widget:
    id: str
    label: str
    kind: str
    options: list[str]


class Session:
    """What a browser knows of a page between two runs: its address, its widgets, and its map."""

    def __init__(self, query: str = "", page: str = "") -> None:
        self._query, self._page = query, page
        self.widgets: dict[str, Widget] = {}  # by label
        self.deck = ""  # the map of the last run, as JSON
        self._large: dict[str, ForwardMsg] = {}  # by hash: a browser keeps them, and is told only that nothing changed

    def asking(self, values: Values) -> bytes:
        """The message that asks for a run with widgets, by label, set so."""
        message = BackMsg()
        message.rerun_script.query_string = self._query
        message.rerun_script.page_name = self._page
        message.rerun_script.cached_message_hashes.extend(self._large)
        for label, value in values.items():
            state = message.rerun_script.widget_states.widgets.add(id=self.widgets[label].id)
            if isinstance(value, str):
                state.string_value = value
            else:
                state.string_array_value.data.extend(value)
        return message.SerializeToString()

    def take_in(self, received: bytes) -> ForwardMsg:
        """A message of a run, whole also where the browser has it already."""
        message = self._whole(ForwardMsg.FromString(received))
        kind = message.WhichOneof("type")
        if kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._note(message.delta.new_element)
        return message

    def _whole(self, message: ForwardMsg) -> ForwardMsg:
        if message.WhichOneof("type") == "ref_hash":
            whole = ForwardMsg()
            whole.CopyFrom(self._large[message.ref_hash])
            whole.metadata.CopyFrom(message.metadata)
            return whole
        if message.metadata.cacheable:
            self._large[message.hash] = message
        return message

    def _note(self, element) -> None:
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise SystemExit(f"the page failed: {element.exception.message}")
        if kind == "deck_gl_json_chart":
            self.deck = element.deck_gl_json_chart.json
        elif kind in WIDGETS:
            drawn = getattr(element, kind)
            known = self.widgets.get(drawn.label)
            if known is None or known.id != drawn.id:
                options = [getattr(option, "content", option) for option in getattr(drawn, "options", ())]
                self.widgets[drawn.label] = Widget(drawn.id, drawn.label, kind, options)


def is_last(message: ForwardMsg) -> bool:
    """Of a run."""
    return message.WhichOneof("type") == "script_finished"


class Visitor(Session):
    """One session with the app on a port of this machine."""

    def __init__(self, port: int, query: str = "", *, page: str = ""):
        super().__init__(query, page)
        self._values: Values = {}
        self._received: list[ForwardMsg] = []  # in the last run
        self.map_data = MapData(port)
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
        """Set widgets by label; seconds until the script has finished and the map's data have come."""
        self._values |= {label.replace("_", " "): value for label, value in values.items()}
        start = time.perf_counter()
        self._run()
        if self.deck:
            self.map_data.load(self.deck)
        return time.perf_counter() - start

    def record(self, file: Path) -> Path:
        """Write what the last run drew, for a page beside this one."""
        drawn = [message for message in self._received if message.WhichOneof("type") == "delta"]
        file.write_bytes(pickle.dumps([message.SerializeToString() for message in drawn]))
        return file

    def _run(self) -> None:
        self._socket.send(self.asking(self._values))
        self._received = [self.take_in(self._socket.recv())]
        while not is_last(self._received[-1]):
            self._received.append(self.take_in(self._socket.recv()))

"""Read what a run of a page sent, once a process."""

import os
import pickle
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from google.protobuf.message import Message
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

FILTERS = ("selectbox", "multiselect", "button_group", "checkbox")  # what the filters and the questions of a form are


@dataclass(frozen=True)
class Recorded:
    """An element, or a container of others."""

    path: tuple[int, ...]  # the number of the sidebar or the main part, of a container in it, of an element in that …
    kind: str
    content: Message


@cache
def recorded() -> list[Recorded]:
    """In the order in which they were drawn."""
    messages = pickle.loads(Path(os.environ["BESIDE_RECORDED"]).read_bytes())  # written by this benchmark
    return [_recorded(ForwardMsg.FromString(message)) for message in messages]


def _recorded(message: ForwardMsg) -> Recorded:
    delta = message.delta
    one = delta.new_element if delta.WhichOneof("type") == "new_element" else delta.add_block
    kind = one.WhichOneof("type")
    return Recorded(tuple(message.metadata.delta_path), kind, getattr(one, kind))

"""Read what people read in a picture: the words of a chart's axes, keys and marks, and of a map's."""

import json
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pyarrow as pa
from google.protobuf.message import Message

WORDS = {"title", "text", "description"}
UNREAD = {"x2", "y2", "xOffset", "yOffset", "detail", "order", "key", "opacity", "size"}  # channels that say nothing


def of_chart(chart: Message) -> Iterator[str]:
    """Titles of axes and keys, and of each row what an axis, a key, a tooltip or a text over a mark says."""
    spec = json.loads(chart.spec)
    yield from _titles(spec)
    shown = {*_shown(spec)}
    for named in chart.datasets:
        for row in pa.ipc.open_stream(BytesIO(named.data.data)).read_all().to_pylist():
            yield from (value for field, value in row.items() if field in shown and isinstance(value, str) and value[:1] != "#")


def _titles(part: Any) -> Iterator[str]:
    for name, value in _entries(part):
        if name in WORDS and isinstance(value, str):
            yield value
        if name == "labelExpr":
            yield from re.findall(r'"([^"]*)"', value)
        yield from _titles(value)


def _shown(part: Any) -> Iterator[str]:
    """The fields whose values can be read."""
    for name, value in _entries(part):
        if isinstance(value, dict) and name == "encoding":
            for channel, how in value.items():
                yield from (one["field"] for one in (how if isinstance(how, list) else [how]) if _is_read(channel, one))
        yield from _shown(value)


def _is_read(channel: str, how: Any) -> bool:
    drawn_as_it_is = how.get("axis", 0) is not None and how.get("legend", 0) is not None and how.get("type") != "quantitative"
    relabelled = any("labelExpr" in (how.get(part) or {}) for part in ("axis", "legend"))
    return "field" in how and channel not in UNREAD and (channel in ("tooltip", "text") or drawn_as_it_is) and not relabelled


def _entries(part: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(part, dict):
        yield from part.items()
    elif isinstance(part, list):
        yield from (("", one) for one in part)


def of_map(chart: Message) -> Iterator[str]:
    """Words that stand on the map itself."""
    for layer in json.loads(chart.json)["layers"]:
        if isinstance(layer["data"], list):
            yield from of_marks(layer["data"])


def addresses(chart: Message) -> Iterator[tuple[str, int]]:
    """Where a map's other words come from, and the size of the tiles that the address is of."""
    for layer in json.loads(chart.json)["layers"]:
        if isinstance(layer["data"], str) and not {"streets", "names"} & set(
            re.split(r"[/.]", layer["data"])
        ):  # names are no messages
            yield layer["data"], layer.get("tileSize", 512)


def of_marks(loaded: dict[str, Any] | list[dict[str, Any]]) -> Iterator[str]:
    """Names beside marks (n), and the words of their tooltips (t), in what a map has loaded or holds itself."""
    marks = [feature["properties"] for feature in loaded["features"]] if isinstance(loaded, dict) else loaded
    for mark in marks:
        yield from (mark[name] for name in ("n", "t") if name in mark)

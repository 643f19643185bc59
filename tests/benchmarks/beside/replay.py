"""Draw recorded elements again, by the calls that draw them."""

import json
import sys
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pydeck as pdk
import streamlit as st
from streamlit.proto.Markdown_pb2 import Markdown

from tests.benchmarks.beside.recorded import Recorded

Draw = Callable[[Any, Any, str], Any]  # where, what, under which key


def replay(elements: list[Recorded]) -> None:
    """Where a container was left out, its elements stand in what holds it."""
    places: dict[tuple[int, ...], Any] = {(0,): st, (1,): st.sidebar}
    for one in elements:
        holder = one.path[:-1]
        while holder not in places:
            holder = holder[:-1]
        places[one.path] = DRAWN[one.kind](places[holder], one.content, f"at {one.path}")


sys.modules["pydeck.widget"] = None  # type: ignore[assignment]  # as mkmap does: no map pays for looking for Jupyter
READ: dict[int, list[str]] = {}


def _options(widget: Any) -> list[str]:
    """Read once: taking texts out of a message is no part of drawing them."""
    if id(widget) not in READ:  # what is recorded stays as long as the process
        READ[id(widget)] = [getattr(option, "content", option) for option in widget.options]
    return READ[id(widget)]


def _heading(place: Any, heading: Any, _key: str) -> None:
    (place.title if heading.tag == "h1" else place.header)(heading.body, anchor=False)


def _markdown(place: Any, markdown: Any, _key: str) -> None:
    is_caption = markdown.element_type == Markdown.Type.CAPTION
    (place.caption if is_caption else place.markdown)(markdown.body)


def _slider(place: Any, slider: Any, key: str) -> None:
    options = _options(slider)
    place.select_slider(slider.label, options, (options[0], options[-1]), key=key)


def _map(place: Any, chart: Any, key: str) -> None:
    layers, rest = _described(chart.json)
    deck = pdk.Deck([pdk.Layer(kind, **given) for kind, given in layers], **rest)
    place.pydeck_chart(deck, key=key, on_select="rerun", height="stretch", alt="A map.")


@lru_cache(maxsize=1)
def _described(text: str) -> tuple[list[tuple[str, dict]], dict]:
    """What pydeck's layers and its deck were made of."""
    deck = json.loads(text)
    layers = [
        (layer["@@type"], {name: _given(name, value) for name, value in layer.items() if name != "@@type"})
        for layer in deck["layers"]
    ]
    view = pdk.ViewState(**{name: value for name, value in deck["initialViewState"].items() if name != "maxZoom"})
    return layers, {"initial_view_state": view, "map_provider": "carto", "map_style": deck.get("mapStyle")}


def _given(name: str, value: Any) -> Any:
    """pydeck takes a text for an expression unless it stands in quotation marks."""
    if name in ("id", "data") or not isinstance(value, str):
        return value
    return value.removeprefix("@@=") if value.startswith("@@=") else f"'{value}'"


DRAWN: dict[str, Draw] = {
    "flex_container": lambda place, _box, key: place.container(key=key.strip("()").replace(", ", "-")),
    "expandable": lambda place, box, _key: place.expander(box.label),
    "heading": _heading,
    "markdown": _markdown,
    "html": lambda place, html, _key: place.html(html.body),
    "button": lambda place, button, key: place.button(button.label, key=key),
    "checkbox": lambda place, box, key: place.toggle(box.label, key=key),
    "selectbox": lambda place, box, key: place.selectbox(box.label, _options(box), index=None, key=key),
    "multiselect": lambda place, box, key: place.multiselect(box.label, _options(box), key=key),
    "button_group": lambda place, group, key: place.segmented_control(group.label, _options(group), key=key),
    "text_input": lambda place, box, key: place.text_input(box.label, key=key),
    "slider": _slider,
    "page_link": lambda place, link, _key: place.page_link("https://example.org", label=link.label),
    "deck_gl_json_chart": _map,
}

"""Load a ward set from a file, the address of a file, or a layer of the ONS."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import requests

from mkmap.places import download, ons
from mkmap.places.sets import WardSet, default_name
from mkmap.places.store import Places


def load_wards(
    places: Places,
    source: str,
    *,
    start: date,
    end: date | None = None,
    name: str | None = None,
    area: str,
    session: requests.Session,
) -> WardSet:
    """Read, check and store the wards of a district; gives what was stored.

    `source`: a path, the address of a file, or of an ArcGIS layer (…/FeatureServer/0). `area`: the district's ONS code.
    `name`: by default made of the start. Raises Refused, having changed nothing.
    """
    from mkmap.places import boundaries  # it needs geopandas, which a command that loads no wards should not wait for

    ward_set = WardSet(name or default_name(start), start, end, wards=0, source=_called(source))
    with _file(source, area, session) as (file, called):
        frame = boundaries.read(file, area, source=called)
    ward_set = replace(ward_set, wards=len(frame))
    places.add_wards(ward_set, frame)
    return ward_set


@contextmanager
def _file(source: str, area: str, session: requests.Session) -> Iterator[tuple[Path, str]]:
    if not ons.is_layer(source):
        with download.local(source, session) as file_and_name:
            yield file_and_name
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "layer.geojson"
        file.write_text(json.dumps(ons.wards(session, source, area)))
        yield file, download.without_secrets(source)


def _called(source: str) -> str:
    return download.without_secrets(source) if download.is_address(source) else Path(source).name

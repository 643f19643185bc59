"""Load a ward set from a file, the address of a file, or a layer of the ONS."""

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import requests

from mkmap.places import download, ons
from mkmap.places.sets import WardSet, default_name
from mkmap.places.store import Places

if TYPE_CHECKING:
    from mkmap.places.wards.columns import Named


def load_wards(
    places: Places,
    source: str,
    *,
    start: date,
    end: date | None = None,
    name: str | None = None,
    area: str,
    area_name: str | None = None,
    named: "Named | None" = None,
    session: requests.Session,
    say: Callable[[str], None] = lambda sentence: None,
) -> WardSet:
    """Read, check and store the wards of a district; gives what was stored.

    `source`: a path, the address of a file, or of an ArcGIS layer (…/FeatureServer/0). `area`: the district's ONS code.
    `name`: of the set, by default made of the start; or of the file's column of names, where it has one that is called so. `named`:
    columns that are not to be looked for. `say` is told what was read otherwise than it is written. Raises Refused, having changed nothing.
    """
    from mkmap.places.wards import boundaries  # it needs geopandas, which a command that loads no wards should not wait for
    from mkmap.places.wards.columns import Named

    ward_set = WardSet(name or default_name(start), start, end, wards=0, source=_called(source))
    named = named or Named()
    with _file(source, area, session) as (file, called):
        rows = boundaries.table(file, called)
        if name and not named.name and boundaries.has_column(rows, name):
            named, ward_set = replace(named, name=name), replace(ward_set, name=default_name(start))
        frame = boundaries.wards(rows, area, area_name=area_name, named=named, source=called, say=say)
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

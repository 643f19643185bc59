"""Ask the ONS Open Geography Portal, an ArcGIS feature layer, for the wards of a district."""

import json
import re

import requests

from mkmap.errors import BadInput, Code, Unreachable
from mkmap.places.download import answer, is_address, without_secrets
from mkmap.places.wards.columns import district_column, ward_columns

PAGE = 100  # wards in one answer; most districts have fewer, and a layer may give fewer still
MOST_PAGES = 50  # a layer that never ends is not a layer of wards
_LAYER = re.compile(r"/(FeatureServer|MapServer)/\d+/?$")


def is_layer(source: str) -> bool:
    """Whether an address is a layer's, like …/FeatureServer/0."""
    return is_address(source) and bool(_LAYER.search(without_secrets(source)))


def wards(session: requests.Session, layer: str, area: str) -> dict:
    """The wards of a district as one GeoJSON FeatureCollection, WGS 84, as the layer gives them.

    `layer`: its address, ending in /FeatureServer/0 or the like. `area`: the ONS code of the district.
    Raises Unreachable when the service gives no usable answer, BadInput when the layer has not these wards.
    """
    layer = layer.partition("?")[0].rstrip("/")
    fields = _fields(_ask(session, layer, {"f": "json"}), layer)
    query = {"where": f"{_district(fields, layer)}='{area}'", "outFields": "*", "outSR": "4326", "f": "geojson"}
    features = _all_pages(session, layer, query | {"orderByFields": _ward_code(fields, layer)})
    if not features:
        raise BadInput(Code.LAYER_WITHOUT_AREA, source=without_secrets(layer), area=area)
    return {"type": "FeatureCollection", "features": features}


def _fields(description: dict, layer: str) -> list[str]:
    fields = description.get("fields")
    if not isinstance(fields, list):
        raise Unreachable(Code.LAYER_UNDESCRIBED, address=without_secrets(layer))
    return [str(field.get("name")) for field in fields if isinstance(field, dict)]


def _district(fields: list[str], layer: str) -> str:
    column = district_column(fields)
    if not column:
        raise BadInput(Code.LAYER_WITHOUT_DISTRICTS, source=without_secrets(layer))
    return column


def _ward_code(fields: list[str], layer: str) -> str:
    columns = ward_columns(fields)
    if not columns:
        raise BadInput(Code.LAYER_WITHOUT_WARDS, source=without_secrets(layer))
    return columns[0]


def _all_pages(session: requests.Session, layer: str, query: dict) -> list[dict]:
    features: list[dict] = []
    for _page in range(MOST_PAGES):
        page = _ask(session, f"{layer}/query", query | {"resultOffset": len(features), "resultRecordCount": PAGE})
        of_page = page.get("features")
        if not isinstance(of_page, list):
            raise Unreachable(Code.LAYER_EMPTY, address=without_secrets(layer))
        if of_page and of_page[0] in features:
            raise Unreachable(Code.LAYER_REPEATS, address=without_secrets(layer))
        features += of_page
        if not _goes_on(page):
            return features
        if not of_page:
            raise Unreachable(Code.LAYER_BROKE_OFF, address=without_secrets(layer))
    raise Unreachable(Code.LAYER_ENDLESS, address=without_secrets(layer))


def _goes_on(page: dict) -> bool:
    """Whether the layer holds more; older servers say so at the top, newer ones in the collection's properties."""
    properties = page.get("properties")
    return bool(page.get("exceededTransferLimit") or (isinstance(properties, dict) and properties.get("exceededTransferLimit")))


def _ask(session: requests.Session, address: str, params: dict) -> dict:
    """An answer in JSON. ArcGIS reports its errors in the body, with the status 200."""
    try:
        value = json.loads(answer(session, address, params=params))
    except (ValueError, RecursionError):
        raise Unreachable(Code.LAYER_NOT_DATA, address=without_secrets(address)) from None
    if not isinstance(value, dict):
        raise Unreachable(Code.LAYER_NOT_DATA, address=without_secrets(address))
    if "error" in value:
        raise _refusal(value["error"], without_secrets(address))
    return value


def _refusal(error: object, address: str) -> Unreachable:
    """The refusal of an answer that is an error in ArcGIS's form."""
    message = error.get("message") if isinstance(error, dict) else None
    if not message:
        return Unreachable(Code.LAYER_REFUSED_WITHOUT_REASON, address=address)
    return Unreachable(Code.LAYER_REFUSED, address=address, why=" ".join(str(message).split())[:200].rstrip("."))

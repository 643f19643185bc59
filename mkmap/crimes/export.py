"""Write what is shown as files that others can use, each with its source, licence and date."""

import json
import unicodedata
from dataclasses import dataclass
from typing import Any

import pandas as pd

from mkmap.crimes.query import Selection
from mkmap.crimes.rates import per_ward
from mkmap.places.store import Households

LICENCE = "Open Government Licence v3.0, https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
FORMULA = ("=", "+", "-", "@", "−")  # as a cell begins; full-width and small forms are read as these
CONTROL = ("\t", "\r", "\n")  # some spreadsheets pass over them and read on


@dataclass(frozen=True)
class Provenance:
    """What every file carries."""

    dataset: str
    source: str
    as_of: str  # the latest stored month
    missing: str  # the chosen months that are not stored, comma-separated
    not_whole: str = ""  # those of which a part is stored: none of its rows are in the file
    ignored: str = ""  # what of the question was not understood and left out, in sentences
    licence: str = LICENCE

    def as_dict(self) -> dict[str, str]:
        return {
            "dataset": self.dataset,
            "source": self.source,
            "licence": self.licence,
            "as_of": self.as_of,
            "missing_months": self.missing,
            "not_whole_months": self.not_whole,
            "ignored": self.ignored,
        }


def csv(rows: pd.DataFrame, provenance: Provenance) -> bytes:
    """A row a crime; the provenance stands in columns of its own, so that no program stumbles over it."""
    text = rows.select_dtypes(exclude="number").columns
    safe = rows.assign(**{column: rows[column].map(defused, na_action="ignore") for column in text})
    text_file: str = safe.assign(**{name: defused(value) for name, value in provenance.as_dict().items()}).to_csv(index=False)
    return text_file.encode()


def defused(text: str) -> str:
    """A text that no spreadsheet takes for a formula; a person still reads the same words."""
    plain = unicodedata.normalize("NFKC", text)
    return f"'{text}" if plain.startswith(CONTROL) or plain.lstrip().startswith(FORMULA) else text


def crimes_geojson(selection: Selection, provenance: Provenance) -> bytes:
    """A feature a map point: `street`, `ward`, `count`, and a count for each crime type that was recorded there."""
    counts = selection.by("point", "crime_type").unstack(fill_value=0)
    places = selection.area.points.loc[counts.index]
    names = selection.area.ward_names
    features = [
        _feature(
            {"type": "Point", "coordinates": [place.longitude, place.latitude]},
            {
                **{name: count for name, count in by_type.items() if count},
                "street": place.street if isinstance(place.street, str) else None,
                "ward": names.get(place.ward),
                "count": sum(by_type.values()),
            },
        )
        for place, by_type in zip(places.itertuples(), counts.to_dict("records"), strict=True)
    ]
    return _collection(features, provenance)


def wards_geojson(selection: Selection, households: Households | None, provenance: Provenance) -> bytes:
    """A feature a ward: `code`, `name`, `count`, `households`, `rate` (per 1,000 households, in the chosen months)."""
    features = [
        _feature(
            selection.area.shapes[ward.code],
            {"code": ward.code, "name": ward.name, "count": ward.crimes, "households": ward.households, "rate": ward.rate},
        )
        for ward in per_ward(selection, households)
    ]
    return _collection(features, provenance)


def _feature(geometry: dict[str, Any], properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _collection(features: list[dict[str, Any]], provenance: Provenance) -> bytes:
    collection = {"type": "FeatureCollection", **provenance.as_dict(), "features": features}
    return json.dumps(collection, ensure_ascii=False, allow_nan=False).encode()

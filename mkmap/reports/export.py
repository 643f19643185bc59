"""Write published reports as a file that others can use."""

import json

import pandas as pd

LICENCE = "Creative Commons Attribution 4.0, https://creativecommons.org/licenses/by/4.0/"  # senders are told beforehand


def reports_geojson(chosen: pd.DataFrame, carried: dict[str, str]) -> bytes:
    """A feature a report: its point, `month` and `type` (police.uk's, or Attempted burglary), and nothing else of it.

    `carried`: what every file says of itself.
    """
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [row.longitude, row.latitude]},
            "properties": {"month": row.month, "type": row.kind},
        }
        for row in chosen.itertuples()
    ]
    return json.dumps({"type": "FeatureCollection", **carried, "features": features}, ensure_ascii=False).encode()

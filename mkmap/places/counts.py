"""Households as a file counts them: by ward, or by LSOA."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Count:
    """`households` is indexed by ONS code, of LSOAs or of wards; `source` is what sentences call the file."""

    households: pd.Series
    year: int
    source: str
    of_lsoas: bool

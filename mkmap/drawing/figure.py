"""Hold one figure for screen and paper: a chart, what it shows in words, and the same numbers as a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

DATA = "rows"  # the name under which a chart looks for its data
Spec = dict[str, Any]  # Vega-Lite


@dataclass(frozen=True, eq=False)
class Figure:
    """`spec`: Vega-Lite without data; `rows`: what it draws; `table`: the same for people; `alt`: what it shows, in a sentence."""

    spec: Mapping[str, Any]
    rows: pd.DataFrame
    table: pd.DataFrame
    alt: str
    is_blank: bool = False  # nothing to draw: the words say why

    def whole(self) -> Spec:
        """The chart with its data, for programs that take one file."""
        rows = self.rows.astype(object).where(self.rows.notna(), None)
        return {**self.spec, "datasets": {DATA: rows.to_dict("records")}}

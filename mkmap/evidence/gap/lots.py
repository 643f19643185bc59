"""Count what residents say the police did, so that nobody can read off the counts what one of them said.

Reports are counted in lots. A lot is of one calendar year, and of one ward or of several together; it has at least
`FEWEST_IN_A_CELL` reports of each answer, and stays as it is until one of them is withdrawn. Whatever is shown of a ward or of the
area, today or later, is a sum of whole lots: whatever is taken from whatever, what is left is one too.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from mkmap.reports.privacy import FEWEST_IN_A_CELL
from mkmap.reports.report import Response

AREA = "area"  # in the place of a ward's code
ANSWERS = ["came", "did_not_come", "not_told"]
COLUMNS = ["year", "ward", "reports", *ANSWERS]
TOGETHER = 4  # April: by then most reports of the year before have come, and what is too few in each ward is put together


def gap(reports: pd.DataFrame, past: pd.DataFrame, wards: Sequence[str], as_of: date) -> pd.DataFrame:
    """For each calendar year with reports a row for each of these wards (codes), in their order, and one for the area.

    `reports`: month, ward (code; empty outside all), told_police, response, decided_at (UTC) of each published report; `past`: year,
    ward, told_police, response, reports, of those of which only counts are left. A report is counted from the first day of the month
    after its decision, so that no count moves when its mark appears.
    Columns: year, ward, reports (how many are counted), came, did_not_come, not_told; NA where there is no lot. The area's row has the
    lots of all its wards, whichever are asked for, and those of several wards together.
    """
    counted = pd.concat([_live(reports), _past(past)], ignore_index=True).astype(
        dict.fromkeys(["year", "from", "reports"], "int64")
    )
    counted = counted[(counted["ward"] != "") & (counted["from"] <= _number(as_of.year, as_of.month))]
    years = counted.groupby("year")
    rows = [row for year, of_year in years for row in _rows(int(year), _lots(int(year), of_year, as_of), wards)]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"year": "int64", **dict.fromkeys(COLUMNS[2:], "Int64")})


def _number(year: int | pd.Series, month: int | pd.Series) -> int | pd.Series:
    return year * 12 + month


def _live(reports: pd.DataFrame) -> pd.DataFrame:
    decided = pd.to_datetime(reports["decided_at"], utc=True).dt
    counts = {"year": reports["month"].str[:4].astype("int64"), "from": _number(decided.year, decided.month) + 1, "reports": 1}
    return pd.DataFrame({"ward": reports["ward"], "answer": _answers(reports), **counts})


def _past(past: pd.DataFrame) -> pd.DataFrame:
    """Counts without a date: their reports were decided about before all others."""
    return past[["ward", "year", "reports"]].assign(answer=_answers(past), **{"from": 0})


def _answers(reports: pd.DataFrame) -> np.ndarray:
    """The place of each report's answer among `ANSWERS`."""
    told, came = reports["told_police"].to_numpy(bool), (reports["response"] == Response.CAME).to_numpy(bool)
    return np.select([told & came, told], [0, 1], default=2)


def _lots(year: int, of_year: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The sums of the lots of each ward, and of all lots: a column an answer."""
    together = {_number(later, TOGETHER) for later in range(year + 1, as_of.year + 1)}
    codes, ward = np.unique(of_year["ward"].to_numpy(str), return_inverse=True)
    lots = _Lots(len(codes))
    for month in sorted({*of_year["from"], *together}):
        if month > _number(as_of.year, as_of.month):
            break
        new = (of_year["from"] == month).to_numpy()
        lots.add(ward[new], of_year["answer"].to_numpy()[new], of_year["reports"].to_numpy()[new])
        if month in together:
            lots.put_together()
    return pd.DataFrame([*lots.of_wards, lots.of_all], index=[*codes, AREA], columns=ANSWERS)


class _Lots:
    """The lots of a year as they fill up: a row a ward, a column an answer."""

    def __init__(self, wards: int):
        self.of_wards = np.zeros((wards, len(ANSWERS)), int)
        self.of_all = np.zeros(len(ANSWERS), int)
        self._waiting = np.zeros((wards, len(ANSWERS)), int)

    def add(self, ward: np.ndarray, answer: np.ndarray, reports: np.ndarray) -> None:
        """Let reports wait in their ward; where there are enough then, they are a lot."""
        np.add.at(self._waiting, (ward, answer), reports)
        full = _enough(self._waiting)
        self.of_wards[full] += self._waiting[full]
        self._release(full)

    def put_together(self) -> None:
        """Make one lot of what waits in all wards, where there are enough of them together."""
        if _enough(self._waiting.sum(axis=0, keepdims=True)).all():
            self._release(np.full(len(self._waiting), True))

    def _release(self, wards: np.ndarray) -> None:
        self.of_all += self._waiting[wards].sum(axis=0)
        self._waiting[wards] = 0


def _enough(counts: np.ndarray) -> np.ndarray:
    """Which rows have enough of each answer."""
    fewest: np.ndarray = np.min(counts, axis=1, keepdims=True)[:, 0]
    return fewest >= FEWEST_IN_A_CELL


def _rows(year: int, lots: pd.DataFrame, wards: Sequence[str]) -> list[list]:
    shown = lots.reindex([*wards, AREA], fill_value=0)
    return [
        [year, ward, counts.sum(), *counts] if counts.any() else [year, ward, *[pd.NA] * 4]
        for ward, counts in zip(shown.index, shown.to_numpy(), strict=True)
    ]

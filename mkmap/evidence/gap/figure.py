"""Make the figure of what residents say the police did, by ward and calendar year; what is too few to show is said to be."""

from collections.abc import Mapping

import pandas as pd

from mkmap.drawing.figure import Figure
from mkmap.drawing.palette import Ground
from mkmap.evidence.gap import charts
from mkmap.evidence.gap.lots import ANSWERS, AREA
from mkmap.words import _, number


def answers(found: pd.DataFrame, names: Mapping[str, str], area: str, ground: Ground) -> Figure | None:
    """Of `gap.gap`: bars of the area in each year, and of the wards in the latest year of which one is shown; None where none is.

    `names`: of the wards, by code.
    """
    if found["reports"].isna().all():
        return None
    names = {**names, AREA: area}
    drawn = _drawn(found)
    return Figure(charts.answers(ground), _rows(drawn, names), table(found, names), _alt(drawn, names))


def _drawn(found: pd.DataFrame) -> pd.DataFrame:
    shown = found[found["reports"].notna()]
    is_area = shown["ward"] == AREA
    latest = shown.loc[~is_area, "year"].max()
    return pd.concat([shown[is_area], shown[~is_area & (shown["year"] == latest)]])


def _rows(drawn: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    words = charts.words()
    parts = [(row, answer, int(getattr(row, answer))) for row in drawn.itertuples() for answer in ANSWERS]
    return pd.DataFrame(
        [
            {
                "group": _group(row, names),
                "reports": count,
                "answer_word": charts.lettered(answer),
                "place": ANSWERS.index(answer),
                "text": f"{charts.LETTERS[answer]} {number(count)}",
                "ink": charts.COLOURS[answer][1],
                "said": f"{_group(row, names)}: {number(count)} {words[answer]}",
            }
            for row, answer, count in parts
        ]
    )


def _group(row: object, names: Mapping[str, str]) -> str:
    return _("{place}, {year}").format(place=names[row.ward], year=row.year)


def table(found: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Every year and ward, latest year first, the area before its wards."""
    rows = found.assign(is_ward=found["ward"] != AREA, name=found["ward"].map(names))
    rows = rows.sort_values(["year", "is_ward", "name"], ascending=[False, True, True])
    words = charts.words()
    counts = {words[answer]: [_count(value) for value in rows[answer]] for answer in ANSWERS}
    return pd.DataFrame(
        {
            _("Year"): rows["year"],
            _("Where"): rows["name"],
            _("Reports"): [_count(value) for value in rows["reports"]],
            **counts,
        }
    )


def _count(value: object) -> str:
    return _("hidden: too few") if pd.isna(value) else number(int(value))


def _alt(drawn: pd.DataFrame, names: Mapping[str, str]) -> str:
    words = charts.words()
    parts = [
        "{where}: {counts}".format(
            where=_group(row, names),
            counts=", ".join(f"{number(int(getattr(row, answer)))} {words[answer]}" for answer in ANSWERS),
        )
        for row in drawn.itertuples()
    ]
    return _("Bars of residents' reports by what the police did. {parts}.").format(parts="; ".join(parts))

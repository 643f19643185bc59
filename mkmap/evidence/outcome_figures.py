"""Make the figure of what became of the crimes, by month of the crime."""

import numpy as np
import pandas as pd

from mkmap.crimes.outcome_status import OutcomeStatus
from mkmap.evidence import outcome_charts, outcome_words
from mkmap.evidence.figure import Figure
from mkmap.evidence.outcomes import Became
from mkmap.evidence.shares import Share
from mkmap.filters import Filters
from mkmap.month import Month, ranges
from mkmap.palette import Ground
from mkmap.words import _, listed, ngettext, number

IN_TABLE = (OutcomeStatus.CHARGED, OutcomeStatus.NO_SUSPECT, OutcomeStatus.OTHER, OutcomeStatus.UNABLE, OutcomeStatus.OPEN)
NOTHING = "–"  # where a number is missing: never a zero
ROOM = 0.06  # of the highest bar: below it a letter does not fit into its part
ROW = ("month", "crimes", "status_word", "place", "letter", "ink", "said")
BARS_WITH_LETTERS = 12  # in more than a dozen bars letters would touch on a phone, so some go without


def by_month(found: Became, filters: Filters, ground: Ground) -> Figure | None:
    """A bar a month of the crime, in parts by what became of it; None where there is none."""
    if not found.count():
        return None
    spec = outcome_charts.stack(ground)
    return Figure(spec, _rows(found, filters), _table(found, filters), _alt(found, filters))


def _rows(found: Became, filters: Filters) -> pd.DataFrame:
    parts = [status for status in outcome_charts.STACK if status is not OutcomeStatus.NONE or found.count(status)]
    counts, words = found.months[[status.value for status in parts]].to_numpy(), outcome_charts.words()
    every = -(-len(filters.months) // BARS_WITH_LETTERS)
    fits = (counts >= ROOM * counts.sum(axis=1).max()) & (np.arange(len(counts)) % every == 0)[:, None]
    rows = [
        (month, crimes, outcome_charts.lettered(status), place, outcome_charts.STACK[status] if fits[at, place] else "",
         outcome_charts.COLOURS[status][1], f"{name}: {number(crimes)} {words[status]}")
        for at, (month, name) in enumerate((text, Month.parse(text).name) for text in found.months.index)
        for place, (status, crimes) in enumerate(zip(parts, counts[at].tolist(), strict=True))
    ]  # fmt: skip
    told = pd.DataFrame(rows, columns=list(ROW)).astype({"crimes": "Int64"})
    return pd.concat([told, _missing(found, filters)], ignore_index=True)


def _missing(found: Became, filters: Filters) -> pd.DataFrame:
    missing = [month for month in filters.months if str(month) not in found.months.index]
    rows = [
        (str(month), None, "", 0, "", outcome_charts.DARK_INK, f"{month.name}: {_('missing, not zero')}") for month in missing
    ]
    return pd.DataFrame(rows, columns=list(ROW)).astype({"crimes": "Int64"})


def _table(found: Became, filters: Filters) -> pd.DataFrame:
    rows = [
        _row(month, found.months.loc[str(month)], found.needed[-1])
        if str(month) in found.months.index
        else [month.name, *[NOTHING] * (len(IN_TABLE) + 3)]
        for month in filters.months
    ]
    heads = {status: word.capitalize() for status, word in outcome_charts.words().items()}
    heads[OutcomeStatus.UNABLE] = _("Of these, unable to prosecute")
    names = [_("Month of the crime"), _("Age"), _("Crimes"), *(heads[status] for status in IN_TABLE), _("Open, of 100")]
    return pd.DataFrame(rows, columns=names)


def _row(month: Month, counts: pd.Series, last: Month) -> list[str]:
    """The month's cells; what ended another way has what could not be prosecuted in it."""
    told = {status: int(counts[status.value]) for status in IN_TABLE}
    told[OutcomeStatus.OTHER] += told[OutcomeStatus.UNABLE]
    age, total = last - month, int(counts.sum())
    still = f"{100 * told[OutcomeStatus.OPEN] / total:.1f}" if total else NOTHING
    return [
        month.name, ngettext("{n} month", "{n} months", age).format(n=number(age)), number(total), *map(number, told.values()), still
    ]  # fmt: skip


def _alt(found: Became, filters: Filters) -> str:
    total, charged, still = found.count(), found.count(OutcomeStatus.CHARGED), found.count(OutcomeStatus.OPEN)
    said = _(
        "Bars by month of the crime, in parts by what became of it: of {total} crimes, {charged} have a suspect charged "
        "({charged_share}) and {open} are still open ({open_share})."
    ).format(
        total=number(total), charged=number(charged), charged_share=outcome_words.percent(Share(charged, total)),
        open=number(still), open_share=outcome_words.percent(Share(still, total)),
    )  # fmt: skip
    missing = [month for month in filters.months if str(month) not in found.months.index]
    return f"{said} {_('Missing: {months}.').format(months=listed(ranges(missing)))}" if missing else said

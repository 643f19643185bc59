"""Make the figure of what became of the crimes, by month of the crime."""

import pandas as pd

from mkmap.crimes.outcome_status import OutcomeStatus
from mkmap.drawing.figure import Figure
from mkmap.drawing.palette import Ground
from mkmap.evidence.outcomes import charts
from mkmap.evidence.outcomes import words as outcome_words
from mkmap.evidence.outcomes.became import Became
from mkmap.evidence.shares import Share
from mkmap.filters import Filters
from mkmap.month import Month, ranges
from mkmap.words import _, listed, ngettext, number

IN_TABLE = (OutcomeStatus.CHARGED, OutcomeStatus.NO_SUSPECT, OutcomeStatus.OTHER, OutcomeStatus.UNABLE, OutcomeStatus.OPEN)
NOTHING = "–"  # where a number is missing: never a zero
ROOM = 0.08  # of the highest bar: below it a letter does not fit into its part
ROW = ("month", "crimes", "status_word", "place", "letter", "ink", "said")
BARS_WITH_LETTERS = 12  # in more than a dozen bars letters would touch on a phone, so some go without


def by_month(found: Became, filters: Filters, ground: Ground) -> Figure | None:
    """A bar a month of the crime, in parts by what became of it; None where there is none."""
    if not found.count():
        return None
    spec = charts.stack(ground)
    return Figure(spec, _rows(found, filters), _table(found, filters), _alt(found, filters))


def _rows(found: Became, filters: Filters) -> pd.DataFrame:
    parts = [status for status in charts.STACK if status is not OutcomeStatus.NONE or found.count(status)]
    words, keys = charts.words(), [charts.lettered(status) for status in parts]
    room, letters = _room(found), _with_letters(found, filters)
    rows = []
    for month, counts in _by_month(found, filters).items():
        if counts is None:
            rows.append((str(month), None, "", 0, "", charts.DARK_INK, f"{month.name}: {_('missing, not zero')}"))
            continue
        for place, (status, key) in enumerate(zip(parts, keys, strict=True)):
            letter = charts.STACK[status] if month in letters and counts[status] >= room else ""
            said = f"{month.name}: {number(counts[status])} {words[status]}"
            rows.append((str(month), counts[status], key, place, letter, charts.COLOURS[status][1], said))
    return pd.DataFrame(rows, columns=list(ROW)).astype({"crimes": "Int64"})


def _by_month(found: Became, filters: Filters) -> dict[Month, dict[OutcomeStatus, int] | None]:
    """Of each chosen month how many crimes became what; None where it is missing."""
    statuses = [OutcomeStatus(column) for column in found.months.columns]
    counts = dict(zip(found.months.index, found.months.to_numpy().tolist(), strict=True))
    rows = {month: counts.get(str(month)) for month in filters.months}
    return {month: row and dict(zip(statuses, row, strict=True)) for month, row in rows.items()}


def _room(found: Became) -> float:
    """How many crimes a part of a bar must have for its letter to fit into it."""
    return ROOM * float(found.months.to_numpy().sum(axis=1).max())


def _with_letters(found: Became, filters: Filters) -> set[Month]:
    every = -(-len(filters.months) // BARS_WITH_LETTERS)
    return {Month.parse(text) for text in found.months.index[::every]}


def _table(found: Became, filters: Filters) -> pd.DataFrame:
    rows = [_row(month, counts, found.needed[-1]) for month, counts in _by_month(found, filters).items()]
    heads = {status: word.capitalize() for status, word in charts.words().items()}
    heads[OutcomeStatus.UNABLE] = _("Of these, unable to prosecute")
    names = [_("Month of the crime"), _("Age"), _("Crimes"), *(heads[status] for status in IN_TABLE), _("Open, of 100")]
    return pd.DataFrame(rows, columns=names)


def _row(month: Month, counts: dict[OutcomeStatus, int] | None, last: Month) -> list[str]:
    """The month's cells; what ended another way has what could not be prosecuted in it."""
    if counts is None:
        return [month.name, *[NOTHING] * (len(IN_TABLE) + 3)]
    told = {status: counts[status] for status in IN_TABLE}
    told[OutcomeStatus.OTHER] += told[OutcomeStatus.UNABLE]
    age, total = last - month, sum(counts.values())
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

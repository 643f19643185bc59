"""Make a picture of a finding, on the ground that it is drawn on: the same for the screen, the hall and paper."""

from mkmap.drawing.figure import Figure
from mkmap.drawing.palette import Ground
from mkmap.evidence.gap import figure as gap_figures
from mkmap.evidence.outcomes import figure as outcome_figures
from mkmap.evidence.series import MonthRole
from mkmap.evidence.trend import figures as trend_figures
from mkmap.evidence.wards import figures as ward_figures
from mkmap.view import sentences
from mkmap.view.findings import Findings


def interval(findings: Findings, ground: Ground) -> Figure | None:
    """The change as a ratio with its interval; None where there is none to draw."""
    return trend_figures.interval(findings.change, sentences.where(findings.snapshot, findings.selection), ground)


def months(findings: Findings, ground: Ground) -> Figure:
    """A bar a month."""
    return trend_figures.months(findings.months, ground)


def stored_months(findings: Findings, ground: Ground) -> Figure:
    """The same from the first month on that is chosen or stored: a hall's screen is not for what came before."""
    months = findings.months
    is_known = (months["role"] != MonthRole.MISSING) | (months["month"] >= str(findings.filters.first))
    return trend_figures.months(months[is_known.cummax()], ground)


def years(findings: Findings, ground: Ground) -> Figure:
    """The twelve months up to the last chosen one, over the twelve before."""
    return trend_figures.years(findings.base, findings.filters, ground)


def rolling(findings: Findings, ground: Ground) -> Figure:
    """Sums of twelve months."""
    return trend_figures.rolling(findings.months, ground)


def funnel(findings: Findings, ground: Ground) -> Figure | None:
    """Every ward by its households and rate; None where there are no rates."""
    if findings.households is None:
        return None
    return ward_figures.funnel(findings.ranking, findings.filters.wards, findings.households.year, ground)


def outcomes(findings: Findings, ground: Ground) -> Figure | None:
    """What became of the crimes, by month of the crime; None where there is none."""
    return None if findings.outcomes is None else outcome_figures.by_month(findings.outcomes, findings.filters, ground)


def gap(findings: Findings, ground: Ground) -> Figure | None:
    """What residents say the police did, of the chosen wards and the area; None where too few say it, or nobody can be asked."""
    answers = findings.gap_of_the_chosen
    if answers is None:
        return None
    return gap_figures.answers(answers, findings.ward_names, findings.snapshot.settings.area_name, ground)

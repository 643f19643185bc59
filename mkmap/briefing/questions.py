"""Ask what the findings leave open: each question comes from a rule, so that nobody has to take our word for it."""

from collections.abc import Iterator

from mkmap.crime_types import BURGLARY, counted
from mkmap.crimes.outcome_status import OutcomeStatus
from mkmap.evidence import absent
from mkmap.evidence.change import Change, Verdict
from mkmap.evidence.outcomes.counts import OutcomeCounts
from mkmap.evidence.shares import Share
from mkmap.plans import sentences as plan_sentences
from mkmap.view.findings import Findings
from mkmap.view.sentences import force_name
from mkmap.words import _, ngettext, number

MOST = 5  # that a meeting can put to the police in ten minutes
MANY_OPEN = 0.2  # of the crimes still open: more than that can still turn the picture
MANY_UNPLACED = 0.05  # of the force's crimes without a place: a ward's share of them can be larger than its change


def questions(findings: Findings) -> tuple[str, ...]:
    """The first few that apply, those that the ward's own figures raise before those of every ward."""
    of_ward = [*_of_change(findings.change), *_of_place(findings), *_of_outcomes(findings.outcomes), *_of_plan(findings)]
    return tuple([*of_ward, *_of_unplaced(findings), *_of_homes(findings)][:MOST])


def _of_change(change: Change) -> Iterator[str]:
    match change.verdict:
        case Verdict.UP:
            yield _(
                "The count is up by more than its months' own ups and downs. What do the police think is behind it, and what have they changed here since?"
            )
        case Verdict.DOWN:
            yield _(
                "The count is down by more than its months' own ups and downs. What was done here, and do people still report as much?"
            )
        case Verdict.NO_CLEAR_CHANGE:
            yield _(
                "The figures show no clear change. If neighbours feel one, what do they see that is not in these figures, and was it reported?"
            )
        case Verdict.CANNOT_BE_COMPARED:
            yield _missing(change)
        case Verdict.CANNOT_TELL if change.depends_on_placing:
            yield _(
                "Better placing could be all of the difference. How many of the crimes without a place were in this ward, in both years?"
            )
        case _:
            yield _("These figures are too few to tell a change. What do the police see here over several years?")


def _missing(change: Change) -> str:
    __, partial = absent.parted(change.missing, change.not_whole)
    if partial:
        return _("Not all months to compare are whole here. What is the police's own count for this ward, in both years?")
    return _("The months to compare with are missing here. What is the police's own count for this ward, in both years?")


def _of_place(findings: Findings) -> Iterator[str]:
    ranking = findings.ranking
    row = ranking.wards[ranking.wards["code"] == findings.ward]
    if ranking.funnel is None or row.empty or not row["stands_out"].iloc[0]:
        return
    if row["z"].iloc[0] > 0:
        yield _(
            "The rate stands out above that of all wards together. Which places or buildings bring that about, and what is planned for them?"
        )
    else:
        yield _("The rate stands out below that of all wards together. Is less done here, or less reported?")


def _of_outcomes(outcomes: OutcomeCounts | None) -> Iterator[str]:
    if outcomes is None or not (total := outcomes.count()):
        return
    still, unsolved = outcomes.count(OutcomeStatus.OPEN), outcomes.count(OutcomeStatus.NO_SUSPECT)
    if Share(still, total).value >= MANY_OPEN:
        yield ngettext(
            "{open} of {total} is still open. Is it being worked on, and when will the victim hear?",
            "{open} of {total} are still open. How many of them are being worked on, and when will the victims hear?",
            still,
        ).format(open=number(still), total=number(total))
    if Share(unsolved, total).value >= 0.5:
        yield ngettext(
            "{none} of {total} was closed with no suspect found. What would have helped to find one: cameras, witnesses, marked goods?",
            "{none} of {total} were closed with no suspect found. What would have helped to find one: cameras, witnesses, marked goods?",
            unsolved,
        ).format(none=number(unsolved), total=number(total))


def _of_plan(findings: Findings) -> Iterator[str]:
    plans = findings.plan.plans if findings.plan else ()
    today = findings.snapshot.today
    if not any(plan.priorities for plan in plans):
        yield _(
            "No priority of the police for this ward is known here. Which are they, who set them, and when are they looked at again?"
        )
    elif stale := next((plan for plan in plans if plan_sentences.is_stale(plan, today)), None):
        yield _("{staleness} Are these still the priorities, and what became of them?").format(
            staleness=plan_sentences.staleness(stale, today)
        )


def _of_unplaced(findings: Findings) -> Iterator[str]:
    """Of the whole force, where whole months of it are stored."""
    types, months = findings.filters.types, [str(month) for month in findings.selection.months]
    force = findings.base.force
    counts = force.counts(types)
    if not months or not set(months) <= set(counts.index):
        return
    unplaced, total = int(force.unplaced(types)[months].sum()), int(counts[months].sum())
    if total and unplaced / total >= MANY_UNPLACED:
        yield _("In {force} the police could not place {unplaced} of {total}. How many of those were in this ward?").format(
            force=force_name(findings.snapshot), unplaced=number(unplaced), total=counted(total, types)
        )


def _of_homes(findings: Findings) -> Iterator[str]:
    if BURGLARY in (findings.filters.types or (BURGLARY,)):
        yield _(
            "How many of the burglaries were of homes, and how many of shops, garages and other buildings? police.uk does not tell."
        )

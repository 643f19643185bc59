"""Find out once what a view says: the numbers and sentences that page, sheet, slide and feed share."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

import pandas as pd

from mkmap.crimes.query import Selection
from mkmap.errors import Refused
from mkmap.evidence import reasons, series, verdicts
from mkmap.evidence.base import Base, base_of
from mkmap.evidence.change import Change
from mkmap.evidence.claims import levels
from mkmap.evidence.claims.levels import WardMonths, Weekly
from mkmap.evidence.districts.districts import Districts, districts_of
from mkmap.evidence.gap.lots import AREA, gap
from mkmap.evidence.matching import compared, year_before
from mkmap.evidence.outcomes import words as outcome_words
from mkmap.evidence.outcomes.counts import OutcomeCounts, outcome_counts_of
from mkmap.evidence.wards import figures as ward_figures
from mkmap.evidence.wards import words as ward_words
from mkmap.evidence.wards.ranking import Ranking, ranked
from mkmap.filters import Filters
from mkmap.places.store import Households
from mkmap.plans.plan import WardPlans
from mkmap.reports.answers import Answers, answers
from mkmap.view import chosen, sentences, types_gone
from mkmap.view.snapshot import Snapshot
from mkmap.words import _


@dataclass(frozen=True, eq=False)
class Findings:
    """Each is worked out when it is first asked for. Those of the police raise Damaged where a stored file cannot be read."""

    snapshot: Snapshot
    selection: Selection
    households: Households | None

    @property
    def filters(self) -> Filters:
        return self.selection.filters

    @property
    def ward(self) -> str | None:
        """The code of the one ward that is chosen; None where several are, or all."""
        wards = self.filters.wards
        return wards[0] if len(wards) == 1 else None

    @property
    def ward_names(self) -> dict[str, str]:
        return self.selection.area.ward_names

    @cached_property
    def base(self) -> Base:
        """What comparisons rest on."""
        return base_of(self.snapshot.dataset, self.selection.area)

    @cached_property
    def change(self) -> Change:
        """The chosen months beside the same months of the year before."""
        return self.base.change(self.filters)

    @cached_property
    def changes(self) -> dict[str, Change]:
        """The same of each ward by its code, whichever are chosen."""
        return self.base.changes(self.filters)

    @cached_property
    def months(self) -> pd.DataFrame:
        """Month by month, as `series.months` gives them."""
        return series.months(self.base, self.filters)

    @cached_property
    def ward_months(self) -> pd.DataFrame:
        """A row a month, a column a ward's code; NaN where a month is missing."""
        return ward_figures.months(self.base, self.filters)

    @cached_property
    def ranking(self) -> Ranking:
        """All wards by rate, whichever are chosen."""
        return ranked(self.base, self.filters, self.households.per_ward if self.households else None)

    @cached_property
    def outcomes(self) -> OutcomeCounts | None:
        """What became of the crimes; None where no chosen month is stored."""
        return outcome_counts_of(self.snapshot.dataset, self.selection.area, self.filters) if self.selection.months else None

    @cached_property
    def plans(self) -> dict[str, WardPlans]:
        """What the police say they do in each of the chosen wards, else in all, as far as it was fetched; by the ward's code."""
        plans = {code: self.snapshot.plans(code) for code in self.filters.wards or self.ward_names}
        return {code: of_ward for code, of_ward in plans.items() if of_ward}

    @property
    def plan(self) -> WardPlans | None:
        """The same of the one chosen ward; None where several are, or police.uk was never asked about it."""
        return self.plans.get(self.ward) if self.ward else None

    @cached_property
    def gap(self) -> pd.DataFrame | None:
        """What residents say the police did, in each ward and in the area; None where their database does not answer."""
        try:
            answered = answers(self.snapshot.reports, self.snapshot.dataset.places)
        except Refused:
            return None
        return _counted(answered, tuple(self.ward_names), self.snapshot.today)

    @property
    def gap_of_the_chosen(self) -> pd.DataFrame | None:
        """The same of the chosen wards and of the area."""
        wards = self.filters.wards
        return self.gap[self.gap["ward"].isin([*wards, AREA])] if self.gap is not None and wards else self.gap

    @cached_property
    def districts(self) -> Districts:
        """The districts of the force; chosen wards make no difference."""
        return districts_of(self.snapshot.dataset, self.base, self.filters, self.snapshot.settings.area_name)

    def weekly(self, claimed: int) -> Weekly:
        """The weekly level beside a number that is claimed."""
        return levels.weekly(self.base, self.filters, claimed)

    def reached(self, claimed: int) -> WardMonths:
        """In how many wards and months there were as many as claimed."""
        return levels.ward_months(self.base, self.filters, claimed)

    @property
    def where(self) -> str:
        """`in Milton Keynes`."""
        return _("in {where}").format(where=sentences.where(self.snapshot, self.selection))

    @property
    def period(self) -> str:
        """All chosen months: `from January 2025 to June 2025`."""
        return sentences.in_period(self.filters.months)

    @property
    def selection_before(self) -> Selection | None:
        """The same months a year earlier; None where not all of either are stored."""
        area, before = self.selection.area, year_before(self.filters)
        is_stored = all(month in area.stored for month in [*before.months, *self.filters.months])
        return area.select(before) if is_stored else None

    @property
    def before(self) -> str:
        """`the same months of 2024`, or of two years: `December 2023 to January 2024`."""
        return sentences.in_year_before(year_before(self.filters))

    @property
    def compared_period(self) -> str:
        """The months whose change is told: `in 2 of the 3 months from March 2025 to May 2025` where one is missing."""
        months = compared(self.filters).months
        return sentences.in_some(len(self.change.months) or len(months), months)

    @property
    def compared_before(self) -> str:
        """The months that they are compared with."""
        if self.change.left_out:
            return sentences.same_months_before(len(self.change.months))
        return sentences.in_year_before(year_before(compared(self.filters)))

    @property
    def change_sentence(self) -> str:
        """The change in one sentence, which says of the demonstration that it is one."""
        sentence = verdicts.sentence(self.change, self.filters, self.where, self.compared_period, self.compared_before)
        return sentences.of_demonstration(self.snapshot, sentence)

    @property
    def must_know(self) -> list[str]:
        """What stands beside the change wherever it is told: which months, why nobody can tell, who chose them."""
        chosen_by = chosen.sentences(self.snapshot, self.filters, self.change)
        return [*reasons.first(self.change), *types_gone.sentences(self.selection), *chosen_by]

    @property
    def first_to_know(self) -> list[str]:
        """The one of these sentences that a hall has room for, if without it the screen misleads; the notes have them all."""
        return [*reasons.why_nobody_can_tell(self.change), *reasons.left_out(self.change)][:1]

    @property
    def why(self) -> list[str]:
        """The same, and how sure it is."""
        return [*self.must_know, *reasons.how_sure(self.change)]

    @property
    def households_sentence(self) -> str:
        """Whose households a rate rests on, of which year and how surely; or that there are none."""
        if self.households is None:
            return _("No rate is shown: no households are loaded for these wards.")
        source = sentences.households(self.households)
        return f"{source} {self.households.error}" if self.households.error else source

    @property
    def place_sentences(self) -> list[str]:
        """Where the one chosen ward stands among all by rate; none where it has no rate."""
        return ward_words.place(self.ranking, self.ward, self.filters.types) if self.ward else []

    @property
    def together_sentence(self) -> str:
        """The rate that wards are held against; empty where there is none."""
        if self.households is None or self.ranking.funnel is None:
            return ""
        return ward_words.together(self.ranking, self.filters.types, self.households.year)

    @property
    def no_rate_sentence(self) -> str:
        """Why there is no rate: no chosen month is stored, or none is whole; empty where one is."""
        if self.selection.months:
            return ""
        if self.selection.area.partial(self.filters.months):
            return _("No chosen month is whole, so there is no rate.")
        return _("No chosen month is stored, so there is no rate.")

    @property
    def few_months_sentence(self) -> str:
        """That these months are too few to tell wards apart; empty where they are not."""
        return ward_words.few_months(len(self.selection.months))

    @property
    def outcomes_sentence(self) -> str:
        """What became of the crimes; or that no chosen month is stored."""
        if self.outcomes is None:
            if self.selection.area.partial(self.filters.months):
                return _("No chosen month is whole, so there is nothing to say about what became of the crimes.")
            return _("No chosen month is stored, so there is nothing to say about what became of the crimes.")
        return outcome_words.sentence(self.outcomes, self.filters, self.where, sentences.counted_period(self.selection))

    @property
    def cohorts_sentence(self) -> str:
        """Whether more are charged than a year before; empty where no chosen month is stored."""
        if self.outcomes is None:
            return ""
        return outcome_words.cohorts(self.outcomes.cohorts, self.filters, self.period, self.before)


@lru_cache(maxsize=4)
def _counted(answered: Answers, wards: tuple[str, ...], as_of: date) -> pd.DataFrame:
    """Kept until a decision changes the answers."""
    return gap(answered.reports, answered.past, wards, as_of)

"""Say where the area's district stands among the force's, as far as it can be told from the others."""

from collections.abc import Sequence

import pandas as pd

from mkmap.crime_types import CRIME_TYPES
from mkmap.evidence import absent
from mkmap.evidence.districts.districts import DISTRICTS_AT_LEAST, Districts, DistrictSpan
from mkmap.evidence.outcomes import words as outcome_words
from mkmap.evidence.outcomes.counts import with_outcomes
from mkmap.evidence.shares import Share
from mkmap.filters import Filters
from mkmap.month import ranges, span
from mkmap.words import _, listed, ngettext, number


def first(force: str) -> str:
    """What must be said before any number."""
    return _(
        "The claim itself cannot be checked: the 12 police areas are not published. The nearest check is the districts of {force}, by the "
        "share of the crimes of the chosen months with a suspect charged."
    ).format(force=force)


def sentence(districts: Districts, filters: Filters, force: str) -> str:
    """The area's own share and place, and who can be told from it; or why nothing is compared."""
    if not districts.is_comparable:
        return _("The districts cannot be compared: {why}.").format(why=why_not(districts, force))
    if not districts.can_rank:
        return _("The districts cannot be compared: {why}.").format(why=_too_few(districts, filters))
    if districts.own is None:
        best, worst = districts.rows.iloc[0], districts.rows.iloc[-1]
        return _("Of {count} districts the highest is {best}, the lowest {worst}. None of them bears the area's name.").format(
            count=number(len(districts.rows)), best=_of_district(best, filters), worst=_of_district(worst, filters)
        )
    own = districts.rows[districts.rows["name"] == districts.own].iloc[0]
    low, high = districts.places(districts.own)
    words = _(
        "{own}, place {place} of {count}. As far as it can be told from the others, it could be in any place from {low} to {high}."
    )
    return words.format(
        own=_of_district(own, filters), place=number(districts.place(districts.own)), count=number(len(districts.rows)),
        low=number(low), high=number(high),
    )  # fmt: skip


def _of_district(district: pd.Series, filters: Filters) -> str:
    return _("{name}: a suspect charged in {charged} of {crimes} ({share})").format(
        name=district["name"], charged=number(int(district["charged"])),
        crimes=outcome_words.counted_with_outcome(int(district["crimes"]), filters),
        share=outcome_words.percent(Share(int(district["charged"]), int(district["crimes"]))),
    )  # fmt: skip


def why_not(districts: Districts, force: str) -> str:
    """What stands against a comparison."""
    if districts.missing:
        return absent.reason(districts.missing, districts.partial)
    if districts.not_whole:
        return _(
            "{months} stored for this area alone, and not for the whole of {force}; the archive has the whole force"
        ).format(months=listed(ranges(list(districts.not_whole))), force=force)
    return _("districts were reorganised within these months: {changed}").format(changed=_spans(districts.changed))


def _too_few(districts: Districts, filters: Filters) -> str:
    if not with_outcomes(filters.types or CRIME_TYPES):
        return _("anti-social behaviour never has an outcome")
    if not districts.are_told:
        return _("police.uk has no outcome of any of their crimes")
    if len(districts.rows) < DISTRICTS_AT_LEAST:
        return ngettext("{n} district with such crimes", "{n} districts with such crimes", len(districts.rows)).format(
            n=number(len(districts.rows))
        )
    crimes, charged = int(districts.rows["crimes"].sum()), int(districts.rows["charged"].sum())
    return ngettext(
        "{charged} of {crimes} charged in all districts together is too few to tell",
        "{charged} of {crimes} charged in all districts together are too few to tell",
        charged,
    ).format(charged=number(charged), crimes=outcome_words.counted_with_outcome(crimes, filters))


def _spans(districts: Sequence[DistrictSpan]) -> str:
    """`Wycombe (October 2018 to April 2022)`; districts of the same months together."""
    names: dict[str, list[str]] = {}
    for district in districts:
        names.setdefault(span(district.first, district.last), []).append(district.name)
    return listed([_("{districts} ({months})").format(districts=listed(of), months=months) for months, of in names.items()])


def notes(districts: Districts, filters: Filters, force: str, claimed: int) -> list[str]:
    """Who can be told apart, what is left out, and what it rests on."""
    sentences = []
    if districts.can_rank:
        sentences += [
            _claimed(districts, claimed),
            _apart(districts),
            outcome_words.basis(districts.needed, districts.files),
            outcome_words.courts(),
        ]
    if districts.elsewhere:
        sentences.append(
            ngettext(
                "{crimes} of {force} lies in none of these districts, or could not be placed.",
                "{crimes} of {force} lie in none of these districts, or could not be placed.",
                districts.elsewhere,
            ).format(crimes=outcome_words.counted_with_outcome(districts.elsewhere, filters), force=force)
        )
    if districts.others and districts.is_comparable:
        sentences.append(
            _("Not there in these months, and not compared: {districts}.").format(districts=_spans(districts.others))
        )
    if filters.wards:
        sentences.append(_("Chosen wards make no difference here: districts are compared whole."))
    return [sentence for sentence in sentences if sentence]


def _claimed(districts: Districts, claimed: int) -> str:
    """Whether the claimed place is one of those that the area's district could be in."""
    if districts.own is None:
        return ""
    low, high = districts.places(districts.own)
    if low <= claimed <= high:
        words = _("Place {n} is one of those places. Of the 12 areas of the claim that says nothing.")
    else:
        words = _("Place {n} is none of those places. Of the 12 areas of the claim that says nothing.")
    return words.format(n=number(claimed))


def _apart(districts: Districts) -> str:
    """Who can be told from the area's own district; where there is none, how many pairs can be told apart."""
    if districts.own is None:
        pairs = len(districts.rows) * (len(districts.rows) - 1) // 2
        return _("Of {pairs} pairs of districts {apart} can be told apart.").format(
            pairs=number(pairs), apart=number(int(districts.apart.to_numpy().sum()) // 2)
        )
    better, worse = districts.better(districts.own), districts.worse(districts.own)
    others = len(districts.rows) - 1 - len(better) - len(worse)
    sentences = [
        _("Higher, and told apart: {districts}.").format(districts=listed(better)) if better else "",
        _("Lower, and told apart: {districts}.").format(districts=listed(worse)) if worse else "",
        ngettext(
            "From {n} district it cannot be told apart: which of the two stands higher may be chance.",
            "From {n} districts it cannot be told apart: which of them stand higher may be chance.",
            others,
        ).format(n=number(others)),
    ]
    return " ".join(filter(None, sentences))

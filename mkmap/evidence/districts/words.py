"""Say where the area's district stands among the force's, as far as it can be told from the others."""

from collections.abc import Sequence

from mkmap.crime_types import CRIME_TYPES
from mkmap.evidence.claims.words import not_stored
from mkmap.evidence.districts.districts import DISTRICTS_AT_LEAST, Districts, Lived
from mkmap.evidence.outcomes import words as outcome_words
from mkmap.evidence.outcomes.became import with_outcomes
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


def sentence(found: Districts, filters: Filters, force: str) -> str:
    """The area's own share and place, and who can be told from it; or why nothing is compared."""
    if not found.is_comparable:
        return _("The districts cannot be compared: {why}.").format(why=why_not(found, force))
    if not found.can_rank:
        return _("The districts cannot be compared: {why}.").format(why=_too_few(found, filters))
    if found.own is None:
        best, worst = found.rows.iloc[0], found.rows.iloc[-1]
        return _("Of {count} districts the highest is {best}, the lowest {worst}. None of them bears the area's name.").format(
            count=number(len(found.rows)), best=_of_district(best, filters), worst=_of_district(worst, filters)
        )
    row = found.rows[found.rows["name"] == found.own].iloc[0]
    low, high = found.places(found.own)
    said = _(
        "{own}, place {place} of {count}. As far as it can be told from the others, it could be in any place from {low} to {high}."
    )
    return said.format(
        own=_of_district(row, filters), place=number(found.place(found.own)), count=number(len(found.rows)),
        low=number(low), high=number(high),
    )  # fmt: skip


def _of_district(row: object, filters: Filters) -> str:
    return _("{name}: a suspect charged in {charged} of {crimes} ({share})").format(
        name=row["name"], charged=number(int(row["charged"])), crimes=outcome_words.counted_with_outcome(int(row["crimes"]), filters),
        share=outcome_words.percent(Share(int(row["charged"]), int(row["crimes"]))),
    )  # fmt: skip


def why_not(found: Districts, force: str) -> str:
    """What stands against a comparison."""
    if found.missing:
        return not_stored(found.missing)
    if found.not_whole:
        return _(
            "{months} stored for this area alone, and not for the whole of {force}; the archive has the whole force"
        ).format(months=listed(ranges(list(found.not_whole))), force=force)
    return _("districts were reorganised within these months: {changed}").format(changed=_lived(found.changed))


def _too_few(found: Districts, filters: Filters) -> str:
    if not with_outcomes(filters.types or CRIME_TYPES):
        return _("anti-social behaviour never has an outcome")
    if len(found.rows) < DISTRICTS_AT_LEAST:
        return _("{count} with such crimes").format(
            count=ngettext("{n} district", "{n} districts", len(found.rows)).format(n=number(len(found.rows)))
        )
    crimes, charged = int(found.rows["crimes"].sum()), int(found.rows["charged"].sum())
    return _("{charged} of {crimes} charged in all districts together are too few to tell").format(
        charged=number(charged), crimes=outcome_words.counted_with_outcome(crimes, filters)
    )


def _lived(districts: Sequence[Lived]) -> str:
    """`Wycombe (October 2018 to April 2022)`; districts of the same months together."""
    names: dict[str, list[str]] = {}
    for one in districts:
        names.setdefault(span(one.first, one.last), []).append(one.name)
    return listed([f"{listed(of)} ({months})" for months, of in names.items()])


def notes(found: Districts, filters: Filters, force: str, claimed: int) -> list[str]:
    """Who can be told apart, what is left out, and what it rests on."""
    said = []
    if found.can_rank:
        said += [
            _claimed(found, claimed),
            _apart(found),
            outcome_words.basis(found.needed, found.files),
            outcome_words.courts(),
        ]
    if found.elsewhere:
        said.append(
            _("{crimes} of {force} lie in none of these districts, or could not be placed.").format(
                crimes=outcome_words.counted_with_outcome(found.elsewhere, filters).capitalize(), force=force
            )
        )
    if found.others and found.is_comparable:
        said.append(_("Not there in these months, and not compared: {districts}.").format(districts=_lived(found.others)))
    if filters.wards:
        said.append(_("Chosen wards make no difference here: districts are compared whole."))
    return [one for one in said if one]


def _claimed(found: Districts, claimed: int) -> str:
    """Whether the claimed place is one of those that the area's district could be in."""
    if found.own is None:
        return ""
    low, high = found.places(found.own)
    words = _("Place {n} is one of those places.") if low <= claimed <= high else _("Place {n} is none of those places.")
    return f"{words.format(n=number(claimed))} {_('Of the 12 areas of the claim that says nothing.')}"


def _apart(found: Districts) -> str:
    """Who can be told from the area's own district; where there is none, how many pairs can be told apart."""
    if found.own is None:
        pairs = len(found.rows) * (len(found.rows) - 1) // 2
        return _("Of {pairs} pairs of districts {apart} can be told apart.").format(
            pairs=number(pairs), apart=number(int(found.apart.to_numpy().sum()) // 2)
        )
    better, worse = found.better(found.own), found.worse(found.own)
    others = len(found.rows) - 1 - len(better) - len(worse)
    said = [
        _("Higher, and told apart: {districts}.").format(districts=listed(better)) if better else "",
        _("Lower, and told apart: {districts}.").format(districts=listed(worse)) if worse else "",
        ngettext(
            "From {n} district it cannot be told apart: which of the two stands higher may be chance.",
            "From {n} districts it cannot be told apart: which of them stand higher may be chance.",
            others,
        ).format(n=number(others)),
    ]
    return " ".join(filter(None, said))

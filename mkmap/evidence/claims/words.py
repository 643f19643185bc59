"""Say a claim in plain sentences: who, where, what, when and against what; and what no number can say about it."""

from mkmap.crime_types import BURGLARY, all_named, all_within, counted
from mkmap.evidence.claims.claim import Against, Claim, Who
from mkmap.filters import Filters
from mkmap.month import span
from mkmap.words import _, labelled, ngettext, number


def who_words() -> dict[Who, str]:
    return {Who.POLICE: _("recorded by the police"), Who.RESIDENTS: _("reported by residents on this site")}


def against_words() -> dict[Against, str]:
    """What can be chosen to measure against."""
    return {
        Against.YEAR_BEFORE: _("the same months of the year before"),
        Against.A_WEEK: _("a number a week"),
        Against.WARD_MONTH: _("a number in one ward in one month"),
        Against.DISTRICTS: _("the other districts of the force"),
    }


def number_word(against: Against) -> str:
    """What the number of a claim is."""
    return {
        Against.A_WEEK: _("More than so many a week"),
        Against.WARD_MONTH: _("So many, or more"),
        Against.DISTRICTS: _("Place among the best"),
    }[against]


def parts(claim: Claim, filters: Filters, where: str, against: str) -> list[tuple[str, str]]:
    """The five parts of a claim: what each is called, and what it is here."""
    return [
        (_("Who"), who_words()[claim.who]),
        (_("Where"), where),
        (_("What"), all_named(filters.types)),
        (_("When"), span(filters.first, filters.last)),
        (_("Against what"), against),
    ]


def against_sentence(claim: Claim, before: str, force: str) -> str:
    """What this claim is measured against, by its name; `before`: `the same months of 2024`."""
    n = number(claim.number or 0)
    return {
        Against.YEAR_BEFORE: before,
        Against.A_WEEK: _("more than {n} a week").format(n=n),
        Against.WARD_MONTH: _("{n} or more in one ward in one month").format(n=n),
        Against.DISTRICTS: _("the other districts of {force}, by suspects charged: place {n}").format(force=force, n=n),
    }[claim.against]


def sentence(claim: Claim, filters: Filters, where: str, period: str, before: str, force: str) -> str:
    """The claim in one sentence, all five parts in it; e.g. of `from January 2025 to June 2025` and `the same months of 2024`."""
    n = claim.number or 0
    return (_of_residents if claim.who is Who.RESIDENTS else _of_police)()[claim.against].format(
        what=all_within(filters.types), where=where, period=period, before=before, crimes=counted(n, filters.types), n=number(n), force=force
    )  # fmt: skip


def _of_police() -> dict[Against, str]:
    return {
        Against.YEAR_BEFORE: _("Claim: the police recorded more {what} in {where} {period} than in {before}."),
        Against.A_WEEK: _("Claim: the police recorded more than {crimes} a week in {where} {period}."),
        Against.WARD_MONTH: _("Claim: the police recorded {crimes} or more in one ward in one month, in {where} {period}."),
        Against.DISTRICTS: _(
            "Claim: {where} is in place {n} among the districts of {force}, by the share with a suspect charged of the {what} that the police recorded {period}."
        ),
    }


def _of_residents() -> dict[Against, str]:
    return {
        Against.YEAR_BEFORE: _("Claim: residents reported here more {what} in {where} {period} than in {before}."),
        Against.A_WEEK: _("Claim: residents reported here more than {crimes} a week in {where} {period}."),
        Against.WARD_MONTH: _("Claim: residents reported here {crimes} or more in one ward in one month, in {where} {period}."),
        Against.DISTRICTS: _(
            "Claim: {where} is in place {n} among the districts of {force}, by the share with a suspect charged of the {what} that residents reported here {period}."
        ),
    }


def ready(claim: Claim, filters: Filters, area: str) -> str:
    """A claim as people say it, with the months under which it opens."""
    n = claim.number or 0
    quoted = {
        Against.YEAR_BEFORE: _("“Burglary in {area} has risen since last year”"),
        Against.A_WEEK: _("“More than a dozen burglaries a week”"),
        Against.WARD_MONTH: ngettext(
            "“{n} crime in one neighbourhood in a month”", "“{n} crimes in one neighbourhood in a month”", n
        ),
        Against.DISTRICTS: _("“{area} is fourth best of 12 areas at bringing burglars to justice”"),
    }[claim.against].format(area=area, n=number(n))
    return labelled(quoted, span(filters.first, filters.last))


def limits(claim: Claim, filters: Filters, unplaced: int, force: str) -> list[str]:
    """What the data cannot tell about this claim; what holds for all figures is said beside."""
    if claim.who is Who.RESIDENTS:
        return [residents_note(), _("A moderator has looked at each report, and cannot tell whether it happened.")]
    sentences = [
        _of_kind(claim.against),
        _("More records can be more crime, or more trust in reporting it: what nobody reported is in none."),
    ]
    if unplaced:
        sentences.append(
            ngettext(
                "{crimes} of {force} could not be placed by the police: it is in no ward and in no number here.",
                "{crimes} of {force} could not be placed by the police: they are in no ward and in no number here.",
                unplaced,
            ).format(crimes=counted(unplaced, filters.types), force=force)
        )
    if not filters.types or BURGLARY in filters.types:
        sentences.append(
            _("Burglary of homes and of other buildings is one crime type: a claim about homes alone cannot be checked.")
        )
    return sentences


def _of_kind(against: Against) -> str:
    return {
        Against.YEAR_BEFORE: _("Two years are two numbers and no cause: they cannot say why there are more, or fewer."),
        Against.A_WEEK: _("There is no day in the data: a month is spread evenly over its weeks, and no single week is known."),
        Against.WARD_MONTH: _("A crime at a ward's border may lie in the next ward: points are moved by about 100 metres."),
        Against.DISTRICTS: _(
            "A suspect charged is not a burglar convicted, “unable to prosecute suspect” is no success, and one person charged can stand "
            "behind many crimes."
        ),
    }[against]


def residents(now: int, before: int, period: str, period_before: str) -> str:
    """Counts alone: no verdict can come from them."""
    return ngettext(
        "{now} published report of residents {period}, {before} in {period_before}.",
        "{now} published reports of residents {period}, {before} in {period_before}.",
        now,
    ).format(now=number(now), before=number(before), period=period, period_before=period_before)


def residents_note() -> str:
    return _(
        "Residents' reports are not a count of crime: who reports here, and who does not, is chance and trust. So there is no verdict; "
        "the claim can be checked against what the police recorded."
    )

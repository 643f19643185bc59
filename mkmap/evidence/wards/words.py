"""Say which wards stand out, and that the order of the others is mostly chance."""

from collections.abc import Mapping, Sequence

from mkmap.crime_types import counted
from mkmap.crimes.rates import SHADED_FROM
from mkmap.evidence import reasons, verdicts
from mkmap.evidence.change import Change, Verdict, many_changes
from mkmap.evidence.wards.ranking import PER, Ranking
from mkmap.words import _, listed, ngettext, number


def standing(ranking: Ranking) -> list[str]:
    """Who stands out above and below, the many comparisons controlled; and the others. Of a ranking with a funnel."""
    above, below, wards = ranking.standing_out(above=True), ranking.standing_out(above=False), len(ranking.wards)
    others = wards - len(above) - len(below)
    if others == wards:
        return [
            _(
                "No ward stands out from the rate of all {wards} together, once so many are compared: "
                "their order in the table is mostly chance."
            ).format(wards=number(wards))
        ]
    sentences = [_above(above), _below(below)]
    if others:
        sentences.append(
            ngettext(
                "{n} other ward cannot be told from it.",
                "The other {n} cannot be told from it: their order in the table is mostly chance.",
                others,
            ).format(n=number(others))
        )
    return [sentence for sentence in sentences if sentence]


def _above(names: list[str]) -> str:
    if not names:
        return ""
    return ngettext(
        "{wards} stands out above the rate of all wards together.", "{wards} stand out above the rate of all wards together.", len(names)
    ).format(wards=listed(names))  # fmt: skip


def _below(names: list[str]) -> str:
    if not names:
        return ""
    return ngettext(
        "{wards} stands out below the rate of all wards together.", "{wards} stand out below the rate of all wards together.", len(names)
    ).format(wards=listed(names))  # fmt: skip


def together(ranking: Ranking, types: tuple[str, ...], year: int) -> str:
    """The rate that the wards are held against, counts first, and how much wards differ anyway; empty where there are no rates."""
    if ranking.funnel is None:
        return ""
    crimes, households = int(ranking.wards["crimes"].sum()), int(ranking.wards["households"].sum())
    rate = _("All {n} wards together: {crimes} among {households} households ({year}), {rate} per 1,000.").format(
        n=number(len(ranking.wards)), crimes=counted(crimes, types), households=number(households), year=year,
        rate=number(PER * crimes / households, 2),
    )  # fmt: skip
    if ranking.funnel.dispersion == 1:
        differ = _("Between most of them there is no more difference than chance alone would make.")
    else:
        differ = _(
            "Wards differ {times} times as much as chance alone would make them, and the limits are as wide as that asks for."
        )
    return f"{rate} {differ.format(times=number(ranking.funnel.dispersion, 1))}"


def without_households(ranking: Ranking) -> str:
    """Which wards have no rate although others have; empty where there are none."""
    names = ranking.unranked["name"].tolist()
    if not names or not len(ranking.wards):
        return ""
    return ngettext(
        "No household is counted in {wards}: it has no rate.", "No household is counted in {wards}: they have no rate.", len(names)
    ).format(wards=listed(names))  # fmt: skip


def few_months(months: int) -> str:
    """Said where the stored months are fewer than a year's; else empty, as where there is none."""
    if not 0 < months < SHADED_FROM:
        return ""
    return ngettext(
        "This is {n} month alone: but for wards that stand out, what differs between wards in it is mostly chance.",
        "These are {n} months: but for wards that stand out, what differs between wards in fewer than twelve is mostly chance.",
        months,
    ).format(n=number(months))


def place(ranking: Ranking, code: str, types: tuple[str, ...]) -> list[str]:
    """Where a ward stands: its rate, its place, and from how many others it cannot be told apart; nothing of a ward without a rate."""
    rank = ranking.rank(code)
    if rank is None:
        return []
    ward = ranking.wards.set_index("code").loc[code]
    rate = _("{crimes} among {households} households: {rate} per 1,000 (95 % interval {low} to {high}).").format(
        crimes=counted(int(ward["crimes"]), types), households=number(int(ward["households"])),
        rate=number(ward["rate"], 2), low=number(ward["low"], 2), high=number(ward["high"], 2),
    )  # fmt: skip
    of_all = _("By rate it is number {place} of {wards}, where number 1 is the highest.").format(
        place=number(rank.number), wards=number(rank.of)
    )
    return [rate, f"{of_all} {_alike(rank.alike, rank.of - 1)}", _stands(ward["stands_out"], ward["z"] > 0)]


def _alike(alike: int, others: int) -> str:
    if not alike:
        return _("It can be told apart from every other ward.")
    if alike == others:
        return _("It cannot be told apart from any other ward: the number is mostly chance.")
    return ngettext(
        "It cannot be told apart from {n} of the others.", "It cannot be told apart from {n} of the others.", alike
    ).format(n=number(alike))


def _stands(stands_out: bool, is_above: bool) -> str:
    if not stands_out:
        return _("It does not stand out from the rate of all wards together.")
    if is_above:
        return _("It stands out above the rate of all wards together.")
    return _("It stands out below the rate of all wards together.")


def changes(changes: Mapping[str, Change], names: Mapping[str, str]) -> list[str]:
    """What is left of the wards' changes (by code) when so many are compared; or why none can be."""
    first = next(iter(changes.values()), None)
    if first is None:
        return []
    if first.missing:
        return [
            _("No ward can be compared with the same months a year before: {missing}.").format(
                missing=verdicts.missing_words(first)
            )
        ]
    if first.dispersion is None:
        return [verdicts.dispersion_words(None)]
    return [
        *reasons.which_months(first),
        *_many(changes, names),
        *filter(None, [_unsure(changes), _uneven(changes), _too_few(changes)]),
    ]


def _many(changes: Mapping[str, Change], names: Mapping[str, str]) -> list[str]:
    many = many_changes(changes)
    if not many.compared:
        return []
    if many.standing_out:
        words = ngettext(
            "After correcting for {n} comparison, these changes stand out: {wards}.",
            "After correcting for {n} comparisons, these changes stand out: {wards}.",
            len(many.compared),
        )
    else:
        words = ngettext(
            "After correcting for {n} comparison, no ward's change stands out.",
            "After correcting for {n} comparisons, no ward's change stands out.",
            len(many.compared),
        )
    corrected = words.format(n=number(len(many.compared)), wards=_with_verdicts(many.standing_out, changes, names))
    alone = [code for code in many.marked if code not in many.standing_out]
    return [corrected, *([_alone(alone, changes, names)] if alone else [])]


def _with_verdicts(codes: Sequence[str], changes: Mapping[str, Change], names: Mapping[str, str]) -> str:
    words = _("{ward} ({verdict})")
    return listed([words.format(ward=names[code], verdict=verdicts.word(changes[code].verdict)) for code in codes])


def _alone(codes: Sequence[str], changes: Mapping[str, Change], names: Mapping[str, str]) -> str:
    return ngettext(
        "Held against its own year before alone, one ward is marked: {wards}. Of twenty wards without any change, chance would mark one.",
        "Held against their own year before alone, {n} wards are marked: {wards}. Of twenty wards without any change, chance would mark one.",
        len(codes),
    ).format(n=number(len(codes)), wards=_with_verdicts(codes, changes, names))


def _unsure(changes: Mapping[str, Change]) -> str:
    wards = sum(change.depends_on_placing and change.verdict is Verdict.CANNOT_TELL for change in changes.values())
    if not wards:
        return ""
    return ngettext(
        "Of {n} ward nobody can tell: it depends on where the crimes happened that the police could not place.",
        "Of {n} wards nobody can tell: it depends on where the crimes happened that the police could not place.",
        wards,
    ).format(n=number(wards))


def _uneven(changes: Mapping[str, Change]) -> str:
    wards = sum(change.is_too_uneven for change in changes.values())
    if not wards:
        return ""
    return ngettext(
        "Of {n} ward nobody can tell: its months go up and down too much.",
        "Of {n} wards nobody can tell: their months go up and down too much.",
        wards,
    ).format(n=number(wards))


def _too_few(changes: Mapping[str, Change]) -> str:
    wards = sum(change.verdict is Verdict.TOO_FEW for change in changes.values())
    if not wards:
        return ""
    return ngettext(
        "{n} ward has too few crimes to tell: half as many, or twice as many, could be chance.",
        "{n} wards have too few crimes to tell: half as many, or twice as many, could be chance.",
        wards,
    ).format(n=number(wards))

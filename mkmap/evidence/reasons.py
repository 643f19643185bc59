"""Say what stands behind a verdict: which months, what unplaced crimes could do to it, and how wide the interval is and why."""

from mkmap.evidence import absent
from mkmap.evidence.change import MARKED, Change, Verdict
from mkmap.evidence.variation.dispersion import Dispersion, DispersionSource
from mkmap.evidence.variation.monthly_counts import YEAR
from mkmap.evidence.verdicts import dispersion_words, word
from mkmap.month import ranges
from mkmap.words import _, listed, ngettext, number


def reasons(change: Change) -> list[str]:
    """For whoever asks: what must be known first, and then how sure it is."""
    return [*first(change), *how_sure(change)]


def first(change: Change) -> list[str]:
    """What nobody may pass over: other months than were chosen, why it cannot be told, and what could not be seen."""
    return [*which_months(change), *why_nobody_can_tell(change), *([] if change.verdict in MARKED else _least(change))]


def how_sure(change: Change) -> list[str]:
    """The smallest change that could be seen, what it hangs on, and what the interval's width rests on."""
    if change.missing:
        return []
    return [*(_least(change) if change.verdict in MARKED else []), *_placing(change), *_width(change.dispersion)]


def which_months(change: Change) -> list[str]:
    """Which months are compared where it is not all of the chosen ones."""
    sentences = []
    if change.asked > YEAR:
        words = _("Of the {n} chosen months the last twelve are compared: a longer time would be compared with part of itself.")
        if change.missing:
            words = _(
                "Of the {n} chosen months only the last twelve could be compared: a longer time would be compared with part of itself."
            )
        sentences.append(words.format(n=number(change.asked)))
    return [*sentences, *left_out(change)]


def left_out(change: Change) -> list[str]:
    """What is left out of both years because one has it not; and then which months are compared."""
    if not change.left_out:
        return []
    missing = absent.left_out(change.left_out, change.not_whole)
    compared = ngettext(
        "Compared is the month that both years have: {months}.", "Compared are the {n} months that both years have: {months}.",
        len(change.months),
    ).format(n=number(len(change.months)), months=listed(ranges(list(change.months))))  # fmt: skip
    return [missing, compared]


def why_nobody_can_tell(change: Change) -> list[str]:
    if change.verdict is not Verdict.CANNOT_TELL:
        return []
    if change.dispersion is None:
        return [dispersion_words(None)]
    return [_depends(change)] if change.depends_on_placing else [_too_uneven()]


def _too_uneven() -> str:
    return _("Months or years go up and down so much here that even half as many, or twice as many, could be no real change.")


def _depends(change: Change) -> str:
    """By the share of the unplaced crimes that turns it, the smaller first."""
    if change.shared is None or change.doubly_shared is None:
        return ""
    if change.turns_with(change.shared):
        counts = change.shared
        words = _(
            "The crimes on the map alone say “{placed}”. With the crimes that the police could not place shared out like the others, "
            "{now} and {before}, it is “{other}”. Better or worse placing could be all of the difference."
        )
    else:
        counts = change.doubly_shared
        words = _(
            "The crimes on the map alone say “{placed}”. If twice its share of the crimes that the police could not place were here, "
            "{now} and {before}, it is “{other}”. Better or worse placing could be all of the difference."
        )
    return words.format(
        placed=word(change.placed_verdict), other=word(change.verdict_of(*counts)), now=number(counts[0]), before=number(counts[1])
    )  # fmt: skip


def _least(change: Change) -> list[str]:
    """The smallest change that could have been seen here."""
    if change.dispersion is None:
        return []
    if change.most_fall is None:
        words = _("After {before}, {rise} or more would be called up; no number is small enough to be called down.")
    else:
        words = _(
            "After {before}, {rise} or more would be called up, and {fall} or fewer down. No smaller change can be seen here."
        )
    fall = number(change.most_fall or 0)
    return [words.format(before=number(change.before), rise=number(change.least_rise), fall=fall)]


def _placing(change: Change) -> list[str]:
    """What the crimes that the police could not place can change."""
    if change.shared is None or change.unplaced is None:
        return [_("What the police could not place cannot be shared out here: whole months of the force are not stored.")]
    if change.verdict not in MARKED or change.turning is None:
        return []
    is_up = change.verdict is Verdict.UP
    unplaced, verdict = change.unplaced[1 if is_up else 0], word(change.verdict)
    if change.turning > unplaced:
        return [_even_all(unplaced, verdict, is_up=is_up)] if unplaced else []
    if is_up:
        words = _(
            "It would no longer be “{verdict}” if {n} of the {all} crimes that the police could not place a year before were here."
        )
    else:
        words = _(
            "It would no longer be “{verdict}” if {n} of the {all} crimes that the police could not place in these months were here."
        )
    return [words.format(verdict=verdict, n=number(change.turning), all=number(unplaced))]  # fmt: skip


def _even_all(unplaced: int, verdict: str, *, is_up: bool) -> str:
    if is_up:
        words = ngettext(
            "It would be “{verdict}” even if the {all} crime that the police could not place a year before was here.",
            "It would be “{verdict}” even if all {all} crimes that the police could not place a year before were here.",
            unplaced,
        )
    else:
        words = ngettext(
            "It would be “{verdict}” even if the {all} crime that the police could not place in these months was here.",
            "It would be “{verdict}” even if all {all} crimes that the police could not place in these months were here.",
            unplaced,
        )
    return words.format(verdict=verdict, all=number(unplaced))


def _width(dispersion: Dispersion | None) -> list[str]:
    """What the interval's width is taken from, and what “up” and “down” then mean."""
    if dispersion is None:
        return []
    if dispersion.source is DispersionSource.FORCE:
        months = _(
            "Too few months of this area are stored: the interval's width comes from how much {n} months of the force go up and down."
        )
    else:
        months = _("The interval's width comes from how much {n} months go up and down here.")
    return [months.format(n=number(dispersion.months)), _of_years(dispersion)]


def _of_years(dispersion: Dispersion) -> str:
    if dispersion.past is None:
        return _(
            "Fewer than three earlier changes from year to year are stored, so nobody can say how much years differ by chance: "
            "“up” and “down” mean more than the months' own ups and downs, not more than chance."
        )
    return _("It is at least as wide as the {n} earlier changes from year to year ask for.").format(
        n=number(dispersion.past.pairs)
    )

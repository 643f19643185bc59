"""Say of months without a number why they have none: they are missing, or not whole. Neither is a zero."""

from collections.abc import Collection, Sequence

from mkmap.month import Month, ranges
from mkmap.words import NO_NUMBER, _, listed


def word(month: Month, not_whole: Collection[Month]) -> str:
    """What stands at a month's place in a picture."""
    return not_whole_word() if month in not_whole else missing_word()


def missing_word() -> str:
    """What the mark of a month of which nothing is stored means."""
    return _("missing, not zero")


def not_whole_word() -> str:
    """The same of a month of which a part is."""
    return _("not whole, not zero")


def cell(month: Month, not_whole: Collection[Month]) -> str:
    """What stands in a month's cell of a table."""
    return _("not whole") if month in not_whole else NO_NUMBER


def reason(missing: Sequence[Month], not_whole: Collection[Month]) -> str:
    """Which months there are no numbers of, as a part of a sentence."""
    absent, partial = parted(missing, not_whole)
    words = {"months": listed(ranges(absent)), "partial": listed(ranges(partial))}
    if not partial:
        return _("{months} missing").format(**words)
    if not absent:
        return _("{partial} not whole").format(**words)
    return _("{months} missing, {partial} not whole").format(**words)


def left_out(missing: Sequence[Month], not_whole: Collection[Month]) -> str:
    """A sentence about the months without which something is compared all the same."""
    absent, partial = parted(missing, not_whole)
    words = {"months": listed(ranges(absent)), "partial": listed(ranges(partial))}
    if not partial:
        return _("Left out: {months}, missing.").format(**words)
    if not absent:
        return _("Left out: {partial}, not whole.").format(**words)
    return _("Left out: {months}, missing, and {partial}, not whole.").format(**words)


def parted(missing: Sequence[Month], not_whole: Collection[Month]) -> tuple[list[Month], list[Month]]:
    """Those of the missing months of which nothing is stored, and those of which a part is."""
    return [month for month in missing if month not in not_whole], [month for month in missing if month in not_whole]


def sentences(missing: Sequence[Month], not_whole: Collection[Month]) -> list[str]:
    """The same after a picture's sentence: none where no month is without a number."""
    absent, partial = parted(missing, not_whole)
    return [
        *([_("Missing: {months}.").format(months=listed(ranges(absent)))] if absent else []),
        *([_("Not whole: {months}.").format(months=listed(ranges(partial)))] if partial else []),
    ]

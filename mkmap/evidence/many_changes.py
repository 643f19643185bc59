"""Say which of many wards have changed, once so many comparisons are made at a time: of twenty, chance alone marks one."""

from collections.abc import Mapping
from dataclasses import dataclass

from statsmodels.stats.multitest import multipletests

from mkmap.evidence.change import FEWEST, Change, Verdict
from mkmap.evidence.funnel import FALSE_DISCOVERIES

MARKED = (Verdict.UP, Verdict.DOWN)


@dataclass(frozen=True)
class ManyChanges:
    """Codes of wards: those that could be compared, those whose own verdict is up or down, those that still stand out among so many."""

    compared: tuple[str, ...]
    marked: tuple[str, ...]
    standing_out: tuple[str, ...]


def many(changes: Mapping[str, Change]) -> ManyChanges:
    """The false discovery rate is held at 5 % (Benjamini and Hochberg), over the p values of the widened intervals.

    A ward with too few crimes is not compared: how many it has in both periods together says nothing about a change.
    """
    p = {code: one.widened_p for code, one in changes.items() if one.widened_p is not None and one.now + one.before >= FEWEST}
    found = multipletests(list(p.values()), FALSE_DISCOVERIES, method="fdr_bh")[0] if p else []
    marked = tuple(code for code in p if changes[code].verdict in MARKED)
    discovered = {code for code, is_one in zip(p, found, strict=True) if is_one}
    return ManyChanges(tuple(p), marked, tuple(code for code in marked if code in discovered))

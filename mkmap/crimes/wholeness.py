"""Judge whether a month of a force is whole, by the force's own other months."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median
from typing import Any

from mkmap.crimes.month_profile import MonthProfile
from mkmap.month import Month

STUB = 0.5  # of what the force's other months have: no month of a force falls by half from one to the next


class Wholeness(StrEnum):
    WHOLE = "whole"
    UNUSUAL = "unusual"  # whole, but not as the force's other months are: kept, and said
    PARTIAL = "partial"  # treated as if it were missing


class Sign(StrEnum):
    """What a month shows; `wholeness_words` has the sentence of each."""

    FEW_ROWS = "few-rows"  # rows, usual
    ONE_TYPE = "one-type"  # type


Value = str | int | list[str]


@dataclass(frozen=True)
class Reason:
    sign: Sign
    values: Mapping[str, Value] = field(hash=False)


@dataclass(frozen=True)
class Judged:
    state: Wholeness
    reasons: tuple[Reason, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"state": str(self.state), "reasons": [[str(reason.sign), dict(reason.values)] for reason in self.reasons]}

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> "Judged":
        """Raises KeyError, TypeError or ValueError for what is no judgement."""
        return cls(Wholeness(entry["state"]), tuple(Reason(Sign(sign), values) for sign, values in entry["reasons"]))


def judge_all(profiles: Iterable[MonthProfile]) -> dict[Month, Judged]:
    """Judge all months of one force in one scope, each by the others."""
    months = list(profiles)
    return {profile.month: judge(profile, [other for other in months if other is not profile]) for profile in months}


def judge(profile: MonthProfile, others: Iterable[MonthProfile]) -> Judged:
    """Judge a month by the same force's other months of the same scope, stored or in the same archive, in any order."""
    reasons = []
    usual = median([other.rows for other in others] or [profile.rows])
    if profile.rows < STUB * usual:
        reasons.append(Reason(Sign.FEW_ROWS, {"rows": profile.rows, "usual": round(usual)}))
    if len(profile.by_type) == 1:
        reasons.append(Reason(Sign.ONE_TYPE, {"type": next(iter(profile.by_type))}))
    return Judged(Wholeness.PARTIAL if reasons else Wholeness.WHOLE, tuple(reasons))

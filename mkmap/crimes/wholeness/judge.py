"""Judge whether a month of a force is whole, by what it shows and by the force's own other months."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mkmap.crimes.wholeness.profile import MonthProfile
from mkmap.crimes.wholeness.signs import NO_WITNESS, NOT_WHOLE, Reason, Sign, signs_alone, signs_beside
from mkmap.month import Month


class Wholeness(StrEnum):
    WHOLE = "whole"
    UNUSUAL = "unusual"  # whole, but not as the force's other months are: kept, and said
    PARTIAL = "partial"  # treated as if it were missing


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
    """Judge all months of one force in one scope, each by the others; a stub tells nothing about them."""
    months = list(profiles)
    first = {profile.month: judge(profile, months) for profile in months}
    witnesses = [profile for profile in months if _is_witness(first[profile.month].reasons)]
    return first | {profile.month: judge(profile, witnesses) for profile in witnesses}


def judge(profile: MonthProfile, others: Iterable[MonthProfile]) -> Judged:
    """Judge a month by the same force's other months of the same scope, stored or in the same archive, in any order."""
    beside = [other for other in others if other.month != profile.month and _is_witness(signs_alone(other))]
    reasons = (*(signs_beside(profile, beside) if beside else ()), *signs_alone(profile))
    if any(reason.sign in NOT_WHOLE for reason in reasons):
        return Judged(Wholeness.PARTIAL, reasons)
    return Judged(Wholeness.UNUSUAL if reasons else Wholeness.WHOLE, reasons)


def _is_witness(reasons: Iterable[Reason]) -> bool:
    return all(reason.sign not in NO_WITNESS for reason in reasons)

"""Hold a claim: who says it, and against what it is measured. Where, what and when are the filters'."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from mkmap.filters import echo
from mkmap.words import _, number

HIGHEST = 100_000  # no number that anybody claims here is higher; a longer one is a slip of the finger


class Who(StrEnum):
    """Whose numbers are asked."""

    POLICE = "police"
    RESIDENTS = "residents"


class Against(StrEnum):
    """What a claim is measured against; the values stand in addresses."""

    YEAR_BEFORE = "rise"  # the same months of the year before
    A_WEEK = "week"  # more than a number a week
    WARD_MONTH = "ward-month"  # a number in one ward in one month
    DISTRICTS = "districts"  # a place among the force's districts


NUMBERS = {Against.A_WEEK: 12, Against.WARD_MONTH: 124, Against.DISTRICTS: 4}  # the petition's and the commander's own


@dataclass(frozen=True)
class Claim:
    """`number`: how many are claimed, or which place; None where nothing is counted against."""

    who: Who = Who.POLICE
    against: Against = Against.YEAR_BEFORE
    number: int | None = None

    @classmethod
    def of(cls, who: Who, against: Against, number: int | None = None) -> "Claim":
        """With the usual number where none is given, and none where none is asked for."""
        usual = NUMBERS.get(against)
        return cls(who, against, None if usual is None else number or usual)

    def pairs(self) -> list[tuple[str, str]]:
        """As address parameters, defaults included."""
        pairs = [("who", self.who.value), ("claim", self.against.value)]
        return pairs if self.number is None else [*pairs, ("number", str(self.number))]


Choice = TypeVar("Choice", bound=StrEnum)
PARAMETERS = ("who", "claim", "number")


def read(params: Mapping[str, Sequence[str]]) -> tuple[Claim, tuple[str, ...]]:
    """A claim from an address, and sentences about what was ignored in it."""
    ignored: list[str] = []
    who = _one_of(Who, params.get("who", ()), ignored) or Who.POLICE
    against = _one_of(Against, params.get("claim", ()), ignored) or Against.YEAR_BEFORE
    return Claim.of(who, against, _number(params.get("number", ()), ignored)), tuple(ignored)


def _one_of(kind: type[Choice], values: Sequence[str], ignored: list[str]) -> Choice | None:
    for text in _given(values)[-1:]:
        if text in list(kind):
            return kind(text)
        ignored.append(_("“{value}” is no claim that can be checked here and was ignored.").format(value=echo(text)))
    return None


def _number(values: Sequence[str], ignored: list[str]) -> int | None:
    for text in _given(values)[-1:]:
        if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= HIGHEST and len(text) <= 9:
            return int(text)
        ignored.append(
            _("“{value}” is not a number between 1 and {highest} and was ignored.").format(
                value=echo(text), highest=number(HIGHEST)
            )
        )
    return None


def _given(values: Sequence[str]) -> list[str]:
    """The values of a parameter; one without a value says nothing."""
    return [text.strip() for text in values if text.strip()]

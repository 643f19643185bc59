"""Keep measurements, say them with their spread, and hold them against their bounds."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Measured:
    """A number that has a bound, or None where it is only told."""

    name: str
    value: float
    bound: float | None

    @property
    def kept(self) -> bool:
        return self.bound is None or self.value <= self.bound


def alternating(first: Callable[[], float], second: Callable[[], float], pairs: int) -> list[tuple[float, float]]:
    """Both in turn, and every other time the other way round: what else the machine does meets both alike."""
    found = []
    for place in range(pairs):
        if place % 2:
            other = second()
            found.append((first(), other))
        else:
            found.append((first(), second()))
    return found


def ratio(name: str, pairs: list[tuple[float, float]], bound: float | None, *, unit: str = "ms") -> Measured:
    """The median of the ratios of pairs of times in seconds; printed with its spread and that of both sides."""
    scale = {"ms": 1000, "s": 1}[unit]
    ours, theirs = ([scale * pair[side] for pair in pairs] for side in (0, 1))
    print(f"    mkmap {_spread(ours)} {unit}, beside it {_spread(theirs)} {unit}, {len(pairs)} pairs")
    return told(name, [ours / theirs for ours, theirs in pairs], bound)


def told(name: str, values: list[float], bound: float | None, *, unit: str = "", of: Callable = median) -> Measured:
    """The median (or what `of` makes) of values, printed with their spread and the bound."""
    measured = Measured(name, of(values), bound)
    limit = "" if bound is None else f", at most {bound:g}: " + ("kept" if measured.kept else "MISSED")
    print(f"  {name}: {measured.value:.2f}{unit} ({min(values):.2f} to {max(values):.2f}){limit}", flush=True)
    return measured


def _spread(values: list[float]) -> str:
    return f"{median(values):.2f} ({min(values):.2f} to {max(values):.2f})"

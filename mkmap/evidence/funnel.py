"""Say which of several areas differ from all together by more than chance and their usual differences explain.

Spiegelhalter 2005, "Funnel plots for comparing institutional performance", with multiplicative over-dispersion from
winsorised z scores (section 4.3 and appendix A.3.2).
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.special import gammainc, gammaincc, ndtr, ndtri

from mkmap.evidence.discoveries import discovered

WINSORISED = 0.1  # of the z scores at either end: the areas that stand out must not hide themselves
LIMITS = (0.95, 0.998)  # about two and three standard deviations, as funnel plots are read
CLOSE_ENOUGH = 12  # steps towards a limit: a millionth of a crime


@dataclass(frozen=True)
class Funnel:
    """`target`: the rate of all areas together, per unit of size; `dispersion` ≥ 1; `z`: each area's distance, widened."""

    target: float
    dispersion: float
    z: np.ndarray
    is_share: bool = False

    def limits(self, size: np.ndarray, level: float) -> tuple[np.ndarray, np.ndarray]:
        """Lower and upper rate at these sizes between which an area of the usual rate lies, with this probability."""
        away = ndtri((1 + level) / 2) * np.sqrt(self.dispersion)
        if self.is_share:
            off = away * np.sqrt(self.target * (1 - self.target) / size)
            return np.clip(self.target - off, 0, 1), np.clip(self.target + off, 0, 1)
        expected = self.target * size
        low, high = _counts_at(np.array([[-away], [away]]), expected)
        return low / size, high / size

    @property
    def p(self) -> np.ndarray:
        return _two_sided(self.z)

    @property
    def stands_out(self) -> np.ndarray:
        """Which areas differ from all together, the many comparisons controlled (Benjamini and Hochberg)."""
        return discovered(self.p)

    def outside(self, level: float) -> np.ndarray:
        """Which areas lie outside the limits of a level."""
        is_outside: np.ndarray = np.abs(self.z) > ndtri((1 + level) / 2)
        return is_outside


def of_rates(counts: np.ndarray, sizes: np.ndarray) -> Funnel:
    """A funnel of counts (crimes) over sizes (1,000 households)."""
    target = counts.sum() / sizes.sum()
    return _widened(target, _distance(counts, target * sizes))


def _distance(counts: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """How far Poisson counts lie from what is expected, as z scores of the same probability (mid-P).

    In a month a ward has few or none: there the usual square roots call one in three months' wards exceptional that are not.
    """
    below = (gammaincc(counts, expected) + gammaincc(counts + 1, expected)) / 2
    above = (gammainc(counts, expected) + gammainc(counts + 1, expected)) / 2
    z: np.ndarray = np.where(below < above, ndtri(below), -ndtri(above))
    return np.where(np.isfinite(z), z, 2 * (np.sqrt(counts) - np.sqrt(expected)))  # too far off for any probability


def _counts_at(z: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """The counts, not whole ones, that lie so far from what is expected; 0 where none lies so far below.

    On their square roots a distance is nearly a straight line, so that each step leaves a tenth of the error: a general solver takes
    ten times as long.
    """
    roots: np.ndarray = np.sqrt(expected) + z / 2
    for _step in range(CLOSE_ENOUGH):
        roots = np.maximum(roots + (z - _distance(np.maximum(roots, 0) ** 2, expected)) / 2, 0)
    return roots**2


def of_shares(counts: np.ndarray, sizes: np.ndarray) -> Funnel:
    """A funnel of counts (crimes with a suspect charged) among sizes (crimes)."""
    target = counts.sum() / sizes.sum()
    spread = np.sqrt(target * (1 - target) / sizes)
    z = np.divide(counts / sizes - target, spread, out=np.zeros(len(sizes)), where=spread > 0)
    return _widened(target, z, is_share=True)


def _widened(target: float, z: np.ndarray, *, is_share: bool = False) -> Funnel:
    low, high = np.quantile(z, [WINSORISED, 1 - WINSORISED])
    spread = float(np.mean(np.clip(z, low, high) ** 2))
    dispersion = spread if spread > 1 + 2 * np.sqrt(2 / len(z)) else 1.0  # below it, chance alone explains the spread
    return Funnel(float(target), dispersion, z / np.sqrt(dispersion), is_share)


def told_apart(counts: np.ndarray, sizes: np.ndarray, funnel: Funnel) -> np.ndarray:
    """Which pairs of areas differ, the many comparisons controlled: a symmetric matrix of booleans."""
    pairs = np.array(list(combinations(range(len(counts)), 2)), dtype=int).reshape(-1, 2)
    differ = np.zeros((len(counts), len(counts)), dtype=bool)
    if not len(pairs):
        return differ
    one, other = pairs.T
    both = (counts[one] + counts[other]) / (sizes[one] + sizes[other])
    spread = both * (1 - both) if funnel.is_share else both
    spread = np.sqrt(funnel.dispersion * spread * (1 / sizes[one] + 1 / sizes[other]))
    z = np.divide(counts[one] / sizes[one] - counts[other] / sizes[other], spread, out=np.zeros(len(pairs)), where=spread > 0)
    differ[one, other] = differ[other, one] = discovered(_two_sided(z))
    return differ


def _two_sided(z: np.ndarray) -> np.ndarray:
    p: np.ndarray = 2 * ndtr(-np.abs(z))
    return p

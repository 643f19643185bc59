"""Hold the share of false discoveries among many comparisons at 5 %: of twenty without a difference, chance alone marks one.

Benjamini and Hochberg 1995, "Controlling the false discovery rate".
"""

import numpy as np

FALSE_DISCOVERIES = 0.05  # of what is said to stand out, or to differ


def discovered(p: np.ndarray) -> np.ndarray:
    """Which of some p values are discoveries: all up to the largest that lies under its own share of the 5 %."""
    order = np.argsort(p)
    under = np.flatnonzero(p[order] <= FALSE_DISCOVERIES * (np.arange(1, len(p) + 1) / len(p)))
    discoveries = np.zeros(len(p), dtype=bool)
    if len(under):
        discoveries[order[: under[-1] + 1]] = True
    return discoveries

"""Lay a funnel's limits as curves for its picture, and name them."""

import numpy as np
import pandas as pd

from mkmap.evidence.funnel import LIMITS, Funnel
from mkmap.words import _, number

BESIDE = 0.06  # of the widths of all areas: so far the limits reach beyond the smallest and the largest


def limit_rows(funnel: Funnel, sizes: np.ndarray, steps: int, *, unit: float = 1, times: float = 1) -> pd.DataFrame:
    """Rows of kind `limit`, in so many steps, beside areas of these sizes.

    `unit`: how many of what the picture counts are one of the funnel's; `times`: what its rates are multiplied with.
    """
    beyond = BESIDE * np.ptp(sizes)
    curve = np.linspace(max(sizes.min() - beyond, 1), sizes.max() + beyond, steps)
    return pd.concat([_of_level(funnel, curve, level, unit, times) for level in LIMITS], ignore_index=True)


def _of_level(funnel: Funnel, curve: np.ndarray, level: float, unit: float, times: float) -> pd.DataFrame:
    low, high = funnel.limits(curve / unit, level)
    return pd.DataFrame(
        {
            "kind": "limit",
            "size": curve,
            "low": times * low,
            "high": times * high,
            "target": times * funnel.target,
            "level_word": _("{percent} % limits").format(percent=number(100 * level)),
        }
    )

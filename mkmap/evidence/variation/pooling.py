"""Pool what wards tell of their own variation: one ward's months tell it badly, all wards' together well.

Variance = mean + c·mean² + own·mean: `c` from what the area varies as a whole, the own excess from all wards. A ward is drawn to that
as far as wards differ no more than chance makes them (empirical Bayes; Smyth 2004), and never below what its own months say.
"""

import numpy as np
from scipy.special import chdtri

FEWEST_WARDS = 5  # of an area: fewer do not tell how much wards differ, and each stands by itself
MIDDLE = 0.5  # of what a ward's own months say: it is as likely above as below


def pooled(
    own: np.ndarray, df: np.ndarray, sizes: np.ndarray, area: np.ndarray, telling: np.ndarray, wards: int
) -> tuple[np.ndarray, np.ndarray]:
    """Variances over those of chance (…, places), ≥ 1, and their degrees of freedom.

    `own`: each place's; the first of them are `wards`. `sizes`: their counts. `area`: that of all wards together.
    `telling`: as how many wards that have nothing in common they count.
    """
    expected = _expected(own, sizes, area, wards)
    drawn = np.minimum(2 / _differing((own / expected)[..., :wards], df[..., :wards]), df * (telling - 1))
    shrunk = (drawn * expected + df * own) / (drawn + df)
    return np.maximum(np.maximum(shrunk, own * df / chdtri(df, MIDDLE)), 1), drawn + df


def telling_wards(deviations: np.ndarray) -> np.ndarray:
    """As how many wards that have nothing in common these (…, deviations, wards) tell: 1 where all go up and down together."""
    wards = deviations.shape[-1]
    apart, together = (deviations**2).sum(axis=(-2, -1)), (deviations.sum(axis=-1) ** 2).sum(axis=-1)
    in_common = np.clip((together / np.maximum(apart, 1e-9) - 1) / max(wards - 1, 1), 0, 1)
    counted: np.ndarray = wards / (1 + (wards - 1) * in_common**2)
    return counted[..., None]


def _expected(own: np.ndarray, sizes: np.ndarray, area: np.ndarray, wards: int) -> np.ndarray:
    whole = np.maximum(sizes[..., :wards].sum(axis=-1, keepdims=True), 1e-9)
    common = 1 + np.maximum(area - 1, 0) / whole * sizes
    excess = np.maximum((own - common)[..., :wards].mean(axis=-1, keepdims=True), 0)
    expected: np.ndarray = common + excess
    return expected


def _differing(relative: np.ndarray, df: np.ndarray) -> np.ndarray:
    """The variance between wards that is more than their own months' chance."""
    by_chance = 2 / df.mean(axis=-1, keepdims=True)
    differing = (relative.var(axis=-1, keepdims=True, ddof=1) - by_chance) / (1 + by_chance)
    more_than_chance: np.ndarray = np.maximum(differing, 1e-9)
    return more_than_chance

"""Make months in which nothing has changed, in each way in which months are known to hang together."""

from collections.abc import Callable

import numpy as np

YEAR = 12
WINTER = 0.065  # 1.14 times as many in winter as in summer
WEEKS = 4  # steps of a month in which crimes draw others after them
FADING = 0.8  # of what a crime draws after it is left after such a step

Rng = np.random.Generator
Model = Callable[[Rng, np.ndarray], np.ndarray]  # means by town, month and ward → counts of the same shape


def means(towns: int, months: int, wards: int, mean: float, *, factor: float = 1.0) -> np.ndarray:
    """So many a ward and month with the seasons of each year; `factor`: of the first ward's last twelve months."""
    seasons = 1 + WINTER * np.cos(2 * np.pi / YEAR * (np.arange(months) - 0.5))
    expected = np.broadcast_to(mean * seasons[:, None], (towns, months, wards)).copy()
    expected[:, -YEAR:, 0] *= factor
    return expected


def by_chance(rng: Rng, expected: np.ndarray) -> np.ndarray:
    return rng.poisson(expected)


def overdispersed(rng: Rng, expected: np.ndarray) -> np.ndarray:
    """Negative binomial: two and a half times the variance of chance, each ward by itself."""
    return rng.poisson(rng.gamma(expected / 1.5, 1.5))


def with_common_factor(rng: Rng, expected: np.ndarray) -> np.ndarray:
    """Each month has a factor of 20 % that all wards share."""
    return rng.poisson(expected * _gamma(rng, (len(expected), expected.shape[1], 1), 0.2))


def drifting(after: float, deviation: float = 0.1) -> Model:
    """The logarithm of each ward's mean is an autoregression: so much of a month's is left in the next."""

    def made(rng: Rng, expected: np.ndarray) -> np.ndarray:
        steps = rng.normal(size=expected.shape) * deviation
        logs = np.empty_like(steps)
        logs[:, 0] = steps[:, 0]
        for month in range(1, expected.shape[1]):
            logs[:, month] = after * logs[:, month - 1] + np.sqrt(1 - after**2) * steps[:, month]
        return rng.poisson(expected * np.exp(logs - deviation**2 / 2))

    return made


def exciting(share: float) -> Model:
    """A Hawkes process: such a share of crimes follow others, within weeks."""

    def made(rng: Rng, expected: np.ndarray) -> np.ndarray:
        counts, drawn = np.zeros(expected.shape), expected[:, 0] / WEEKS * share
        for week in range(-6 * WEEKS, expected.shape[1] * WEEKS):
            month = max(week // WEEKS, 0)
            recorded = rng.poisson((1 - share) * expected[:, month] / WEEKS + drawn)
            drawn = FADING * drawn + (1 - FADING) * share * recorded
            if week >= 0:
                counts[:, month] += recorded
        return counts

    return made


def with_wobbling_years(rng: Rng, expected: np.ndarray) -> np.ndarray:
    """Each year differs by 5 % from the others, in all wards alike."""
    years = _gamma(rng, (len(expected), expected.shape[1] // YEAR, 1), 0.05)
    return rng.poisson(expected * np.repeat(years, YEAR, axis=1))


def with_bursts(rng: Rng, expected: np.ndarray) -> np.ndarray:
    """In one month of thirty a ward has three times as many."""
    return rng.poisson(expected * np.where(rng.random(expected.shape) < 1 / 30, 3.0, 1.0))


def with_seasons_that_differ(rng: Rng, expected: np.ndarray) -> np.ndarray:
    """Winter begins up to two months sooner or later, and is up to twice as strong, in all wards alike."""
    towns, months, _wards = expected.shape
    size, late = (np.repeat(rng.uniform(*ends, (towns, months // YEAR)), YEAR, axis=1)[..., None] for ends in ((0, 2), (-2, 2)))
    turning = 2 * np.pi / YEAR * (np.arange(months)[:, None] - 0.5 - late)
    return rng.poisson(expected * (1 + WINTER * size * np.cos(turning)))


def with_clustered_wards(rng: Rng, expected: np.ndarray) -> np.ndarray:
    """In the first three wards half of the crimes follow others; the others are calm."""
    return np.concatenate([exciting(0.5)(rng, expected[..., :3]), by_chance(rng, expected[..., 3:])], axis=-1)


MODELS: dict[str, Model] = {
    "Poisson": by_chance,
    "NB": overdispersed,
    "common factor": with_common_factor,
    "AR 0.3": drifting(0.3),
    "AR 0.5": drifting(0.5),
    "AR 0.8": drifting(0.8),
    "Hawkes 0.3": exciting(0.3),
    "Hawkes 0.5": exciting(0.5),
    "years wobble": with_wobbling_years,
    "bursts": with_bursts,
    "seasons differ": with_seasons_that_differ,
    "clustered wards": with_clustered_wards,
}


def _gamma(rng: Rng, shape: tuple[int, ...], deviation: float) -> np.ndarray:
    return rng.gamma(1 / deviation**2, deviation**2, shape)

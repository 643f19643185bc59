"""Choose the plans that are shown: police.uk's, or beside the demonstration the invented ones. They never meet."""

from datetime import date
from pathlib import Path

from mkmap.dataset import invented_plans
from mkmap.month import Month
from mkmap.plans.store import Plans


def plans_of(home: Path, today: date, *, is_demonstration: bool) -> Plans:
    """The store of the plans; the demonstration's is filled up to the current month."""
    if not is_demonstration:
        return Plans(home)
    plans = Plans(home / "demonstration")
    invented_plans.filled(plans, Month.of(today))
    return plans

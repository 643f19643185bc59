"""The changes of all wards at once are the ones that each ward's own page says."""

from pathlib import Path

import pytest
from base_for_tests import base
from made_stores import NAMES, add_crimes, add_wards, crimes

from mkmap.dataset.dataset import demonstration_dataset, real
from mkmap.evidence.change import Verdict
from mkmap.filters import Filters
from mkmap.month import Month

YEAR = Filters(Month(2025, 4), Month(2026, 3), (), ("Burglary",))


@pytest.mark.parametrize("types", [("Burglary",), (), ("Drugs", "Robbery")])
def test_every_ward_has_the_change_of_its_own_page(demonstration: Path, today, types):
    found = base(demonstration_dataset(demonstration, today), YEAR.last)
    changes = found.changes(Filters(YEAR.first, YEAR.last, ("any",), types))
    assert list(changes) == list(found.area.ward_names)
    assert {code: found.change(Filters(YEAR.first, YEAR.last, (code,), types)) for code in changes} == changes
    assert all(one.shared for one in changes.values())


def test_unplaced_crimes_are_shared_out_by_the_forces_own_proportions(demonstration: Path, today):
    found = base(demonstration_dataset(demonstration, today), YEAR.last)
    months = [str(month) for month in YEAR.months]
    factor = found.force.counts(("Burglary",))[months].sum() / found.force.placed(("Burglary",))[months].sum()
    change = found.change(YEAR)
    assert change.shared[0] == pytest.approx(change.now * factor)


def test_a_missing_month_is_left_out_of_every_ward(home: Path):
    add_wards(home)
    add_crimes(home, [*crimes(3, "2024-01", 0), *crimes(9, "2025-01", 0), *crimes(9, "2025-02", 0)])
    found = base(real(home, "thames-valley"), Month(2025, 2)).changes(Filters(Month(2025, 1), Month(2025, 2)))
    assert len(found) == len(NAMES)
    assert {one.left_out for one in found.values()} == {(Month(2024, 2),)}
    assert {one.months for one in found.values()} == {(Month(2025, 1),)}
    assert sum(one.now for one in found.values()) == 9


def test_wards_whose_months_match_nowhere_are_refused(home: Path):
    add_wards(home)
    add_crimes(home, [*crimes(3, "2024-01", 0), *crimes(9, "2025-02", 0)])
    found = base(real(home, "thames-valley"), Month(2025, 2)).changes(Filters(Month(2025, 1), Month(2025, 2)))
    assert {one.verdict for one in found.values()} == {Verdict.CANNOT_BE_COMPARED}
    assert {one.missing for one in found.values()} == {(Month(2024, 2), Month(2025, 1))}

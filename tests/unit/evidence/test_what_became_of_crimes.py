"""What became of crimes is counted by month of the crime; years are compared where both could ripen for the same time, or not at all."""

from pathlib import Path

import pandas as pd
import pytest
from made_archive import FORCE, ingest, name, outcome, outcomes_text, packed, text
from made_stores import ALDER, BROUGHTON, add_crimes, add_wards, crimes

from mkmap.crimes.outcome_status import OutcomeStatus
from mkmap.crimes.query import AreaCrimes, area_crimes
from mkmap.dataset.dataset import Dataset, real
from mkmap.drawing.palette import LIGHT
from mkmap.evidence.change import Verdict
from mkmap.evidence.outcomes import figure as outcome_figures
from mkmap.evidence.outcomes import words as outcome_words
from mkmap.evidence.outcomes.counts import OutcomeCounts, cube_of, outcome_counts, outcome_counts_of
from mkmap.filters import Filters
from mkmap.month import Month

FIRST, LAST = Month(2022, 1), Month(2025, 6)
EVERY = list(FIRST.to(LAST))
QUARTER = Filters(Month(2024, 7), Month(2024, 9), (), ("Burglary",))
JANUARY = Filters(Month(2025, 1), Month(2025, 1), (), ("Burglary",))
COLUMNS = ["month", "ward", "status", "outcome_month", "crimes"]
LAST_WORDS = ["Under investigation"] * 3 + ["Unable to prosecute suspect"] * 2 + ["Local resolution"]
NEAR = list(Month(2023, 7).to(Month(2024, 11)))  # what the quarter and the one before it ask for
EACH = 40  # burglaries a month


def number(month: Month, one: int) -> int:
    """A crime's number in its Crime ID: no two are the same."""
    return 1000 * (month - FIRST) + one


def street(month: Month, last: str = "Investigation complete; no suspect identified") -> list[dict]:
    """40 burglaries in Alder Park and three crimes in Broughton; the first six of them by `LAST_WORDS`, the others by `last`."""
    words = [*LAST_WORDS, *[last] * (EACH - len(LAST_WORDS))]
    burglaries = [
        one | {"Crime ID": f"{number(month, at):064x}", "Last outcome category": words[at]}
        for at, one in enumerate(crimes(EACH, str(month), 0))
    ]
    asb = [one | {"Crime ID": "", "Last outcome category": ""} for one in crimes(2, str(month), 0, "Anti-social behaviour")]
    drugs = [one | {"Crime ID": f"{number(month, 900):064x}"} for one in crimes(1, str(month), 1, "Drugs")]
    return burglaries + asb + drugs


def charged(month: Month, how_many: int, later: int) -> list[dict]:
    """So many of the month's burglaries, charged so many months later (1 or 7): none of them one of `LAST_WORDS`, nor twice."""
    return [outcome(number(month, len(LAST_WORDS) + later + one), str(month + later)) for one in range(how_many)]


def stored(home: Path, months: list[Month], said: list[dict] = (), files: list[Month] = ()) -> Dataset:
    """The months' street files, and the outcomes files of some months; each has at least one outcome of an unknown crime."""
    members = {name(str(month)): text(street(month)) for month in months}
    for month in files:
        of = [one for one in said if one["Month"] == str(month)]
        unknown = outcome(10**6 + (month - FIRST), str(month), **{"Outcome type": "Local resolution"})
        members[name(str(month), kind="outcomes")] = outcomes_text([*of, unknown])
    home.mkdir(exist_ok=True)
    add_wards(home)
    ingest(home, packed(home / "a.zip", members))
    return real(home, FORCE)


def area(dataset: Dataset) -> AreaCrimes:
    return area_crimes(dataset.crimes, dataset.places, dataset.places.ward_set(LAST), dataset.force)


def asked(dataset: Dataset, filters: Filters = QUARTER) -> OutcomeCounts:
    return outcome_counts_of(dataset, area(dataset), filters)


@pytest.fixture(scope="module")
def ripe(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Every month's crimes and outcomes files up to the last; more are charged from 2024 on: 2 a month in time, 5 of them later."""
    said = []
    for month in EVERY:
        said += charged(month, 5 if month.year >= 2024 else 2, 1)
        if month + 7 <= LAST:
            said += charged(month, 3, 7)  # after more than the six months that anybody is followed
    return stored(tmp_path_factory.mktemp("ripe"), EVERY, said, EVERY)


@pytest.fixture(scope="module")
def unheard(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The same crimes, and no outcomes file."""
    return stored(tmp_path_factory.mktemp("unheard"), NEAR)


def test_counts_are_by_month_of_the_crime_and_by_what_became_of_it(unheard: Dataset):
    found = asked(unheard, Filters(Month(2024, 7), Month(2024, 8), (), ("Burglary",)))
    assert found.months.index.tolist() == ["2024-07", "2024-08"]
    assert found.months.loc["2024-07"].to_dict() == {
        "open": 3, "charged": 0, "no_suspect": 34, "unable": 2, "other": 1, "none": 0,
    }  # fmt: skip
    assert found.count() == 80
    assert found.count(OutcomeStatus.OTHER, OutcomeStatus.UNABLE) == 6


def test_the_wards_and_types_that_are_chosen_are_counted(home: Path):
    dataset = stored(home, EVERY[:2])
    assert asked(dataset, Filters(FIRST, FIRST, (BROUGHTON,), ("Burglary",))).count() == 0
    assert asked(dataset, Filters(FIRST, FIRST, (BROUGHTON,))).count() == 1
    assert asked(dataset, Filters(FIRST, FIRST, (ALDER,), ("Burglary", "Drugs"))).count() == 40


def test_anti_social_behaviour_is_left_out_and_counted(home: Path):
    dataset = stored(home, EVERY[:2])
    found = asked(dataset, Filters(FIRST, FIRST))
    assert (found.count(), found.without) == (41, 2)
    alone = asked(dataset, Filters(FIRST, FIRST, (), ("Anti-social behaviour",)))
    assert (alone.count(), alone.without) == (0, 2)
    assert "Left out: 2 incidents of anti-social behaviour. Anti-social behaviour never has an outcome." in outcome_words.notes(
        found
    )
    assert asked(dataset, Filters(FIRST, FIRST, (), ("Burglary",))).without == 0


def test_a_missing_month_has_no_row(home: Path):
    gone = Month(2024, 8)
    found = asked(stored(home, [month for month in NEAR if month != gone]))
    assert found.months.index.tolist() == ["2024-07", "2024-09"]


def test_it_rests_on_the_street_file_alone_where_no_outcomes_file_is_stored(unheard: Dataset):
    found = asked(unheard)
    assert found.files == ()
    assert "rests on the street file's last outcome alone" in outcome_words.basis(found.needed, found.files)


def test_an_outcomes_file_says_more_than_the_street_file(ripe: Dataset):
    found = asked(ripe)
    assert found.months["charged"].tolist() == [8, 8, 8]  # 5 in time, 3 later
    assert found.files == tuple(Month(2024, 7).to(LAST))
    assert "It rests on the police's outcomes files of July 2024 to June 2025." in outcome_words.notes(found)


def test_some_outcomes_files_are_named(home: Path):
    found = asked(stored(home, NEAR, [], [Month(2024, 8), Month(2024, 9)]))
    assert outcome_words.basis(found.needed, found.files).startswith(
        "Outcomes files are stored for August 2024 to September 2024;"
    )


def test_both_years_are_followed_for_the_same_time_and_later_charges_do_not_count(ripe: Dataset):
    found = asked(ripe).cohorts
    assert found.within == 6
    assert (found.change.now.part, found.change.now.whole) == (15, 120)
    assert (found.change.before.part, found.change.before.whole) == (6, 120)
    assert found.change.dispersion.months == 36


def test_crimes_of_recent_months_are_followed_as_long_as_both_years_can_be(ripe: Dataset):
    recent = Filters(Month(2025, 1), Month(2025, 3), (), ("Burglary",))
    assert asked(ripe, recent).cohorts.within == 3
    assert asked(ripe, Filters(Month(2025, 4), Month(2025, 5), (), ("Burglary",))).cohorts.within == 1


def test_the_newest_month_has_had_no_time_and_is_not_compared(ripe: Dataset):
    found = asked(ripe, Filters(LAST, LAST, (), ("Burglary",))).cohorts
    assert (found.within, found.change, found.missing, found.missing_files) == (None, None, (), (Month(2025, 7),))
    said = outcome_words.cohorts(found, QUARTER, "in June 2025", "June 2024")
    assert said.startswith("Whether more end with a suspect charged than a year before cannot be compared: ")
    assert "outcomes files of July 2025 are needed, and not stored" in said


@pytest.mark.parametrize("gone", [*QUARTER.months, *(month + -12 for month in QUARTER.months)], ids=str)
def test_each_missing_month_is_refused_and_named(home: Path, gone: Month):
    found = asked(stored(home, [month for month in NEAR if month != gone], [], NEAR)).cohorts
    assert (found.change, found.missing, found.missing_files) == (None, (gone,), ())
    assert f"cannot be compared: {gone.name} missing." in outcome_words.cohorts(found, QUARTER, "now", "then")


@pytest.mark.parametrize("gone", [Month(2024, 7), Month(2024, 10), Month(2023, 7), Month(2023, 10)], ids=str)
def test_each_missing_outcomes_file_is_refused_and_named(home: Path, gone: Month):
    found = asked(stored(home, NEAR, [], [month for month in NEAR if month != gone])).cohorts
    assert (found.change, found.missing, found.missing_files) == (None, (), (gone,))


def test_a_file_that_is_missing_later_shortens_the_time(home: Path):
    found = asked(stored(home, NEAR, [], [month for month in NEAR if month != Month(2023, 12)])).cohorts
    assert found.within == 2


def test_a_rise_of_the_share_is_found_and_said_with_counts_first(ripe: Dataset):
    year = Filters(Month(2024, 1), Month(2024, 12), (), ("Burglary",))
    found = asked(ripe, year).cohorts
    assert found.change.verdict is Verdict.UP
    said = outcome_words.cohorts(found, year, "in 2024", "2023")
    assert said.startswith(
        "Suspect charged within 6 months of the crime's month: 60 of 480 burglaries (12.5 %) in 2024, 24 of 480 burglaries (5.0 %) in 2023: "
        "a difference of +7.5 percentage points (95 % interval +"
    )
    assert said.endswith(", up.")


def test_few_charges_are_too_few_to_tell(ripe: Dataset):
    found = asked(ripe, Filters(Month(2024, 7), Month(2024, 7), (), ("Burglary",))).cohorts
    assert found.change.verdict is Verdict.TOO_FEW


def test_the_sentence_gives_counts_and_no_share_alone(unheard: Dataset):
    found = asked(unheard)
    assert outcome_words.sentence(found, QUARTER, "in Town", "then") == (
        "Of 120 burglaries in Town then: 0 (0.0 %) with a suspect charged, 102 (85.0 %) closed with no suspect found, "
        "9 (7.5 %) ended another way, 9 (7.5 %) still open."
    )
    assert any(
        "6 are closed as “unable to prosecute suspect”: that is no success." in note for note in outcome_words.notes(found)
    )


def test_courts_are_silent_after_june_2019_and_that_is_said_from_then_on_alone(unheard: Dataset):
    assert outcome_words.courts() in outcome_words.notes(asked(unheard))
    early = Filters(Month(2019, 1), Month(2019, 2), (), ("Burglary",))
    none = outcome_counts(cube_of(pd.DataFrame(columns=COLUMNS)), early, {Month(2019, 1), Month(2019, 2)}, set())
    assert outcome_words.courts() not in outcome_words.notes(none)


def of_last_words(home: Path, words: list[str]) -> OutcomeCounts:
    """Of a month of burglaries in Alder Park whose last outcomes these are."""
    add_wards(home)
    add_crimes(
        home, [one | {"Last outcome category": last} for one, last in zip(crimes(len(words), "2025-01", 0), words, strict=True)]
    )
    return asked(real(home, FORCE), JANUARY)


def test_where_a_force_has_no_outcome_at_all_it_is_not_published_and_no_share_of_nought(home: Path):
    found = of_last_words(home, [""] * 12)
    said = outcome_words.sentence(found, JANUARY, "in Town", "then")
    assert said == (
        "What became of 12 burglaries in Town then is not published: police.uk has no outcome of any crime of this force."
    )
    assert outcome_figures.by_month(found, JANUARY, LIGHT) is None
    assert not any("more crime" in note or " %" in note for note in outcome_words.notes(found))


def test_an_update_that_is_unavailable_is_no_end(home: Path):
    found = of_last_words(home, ["Status update unavailable"] * 3 + ["Local resolution"] + [""])
    assert (found.count(OutcomeStatus.OTHER), found.not_known) == (1, 4)
    said = outcome_words.sentence(found, JANUARY, "in Town", "then")
    assert said.endswith("1 (20.0 %) ended another way, 0 (0.0 %) still open, 4 (80.0 %) not known.")
    figure = outcome_figures.by_month(found, JANUARY, LIGHT)
    assert figure.rows.set_index("status_word").loc["F not known", "crimes"] == 4
    assert figure.table["Not known"].tolist() == ["4"]


def test_chosen_crimes_without_an_outcome_are_not_known_where_others_have_one(home: Path):
    of_last_words(home, ["", "Local resolution"])
    add_crimes(home, [one | {"Last outcome category": ""} for one in crimes(2, "2025-02", 0)])
    february = Filters(Month(2025, 2), Month(2025, 2), (), ("Burglary",))
    said = outcome_words.sentence(asked(real(home, FORCE), february), february, "in Town", "then")
    assert said == "What became of 2 burglaries in Town then is not known: police.uk gives no outcome of any of them."

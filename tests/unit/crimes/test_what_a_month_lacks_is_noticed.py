"""A month that lacks a part of itself is not whole; one that is only unlike the others is kept, and both say why."""

import json
from collections.abc import Callable, Iterable
from random import Random

import pytest
from judged_cuts import ARCHIVES, DATA, files, measured
from made_archive import ASB, NOWHERE, frame
from made_archive import row as made_row

from mkmap.crimes.parse import Parser
from mkmap.crimes.wholeness.judge import Judged, Wholeness, judge, judge_all
from mkmap.crimes.wholeness.profile import MonthProfile, profile_of
from mkmap.crimes.wholeness.signs import Reason, Sign
from mkmap.crimes.wholeness.words import SENTENCES, sentence
from mkmap.month import Month

CASES = DATA.parent.parent / "cases"
PARTIAL, UNUSUAL, WHOLE = Wholeness.PARTIAL, Wholeness.UNUSUAL, Wholeness.WHOLE
TYPES = ("Burglary", "Drugs", "Robbery", "Shoplifting", "Anti-social behaviour")
DISTRICTS = ("Cherwell", "Milton Keynes", "Oxford", "Reading")
YEAR = [str(Month(2024, 1) + number) for number in range(12)]

Rows = list[dict[str, str]]
Change = Callable[[Rows], Rows]


def town(month: str, count: int = 800) -> Rows:
    """A month of a force with four districts of 40 LSOAs, five types and, at its end, some crimes without a location."""
    rows = [_one(number, month) for number in range(count)]
    return sorted(rows[: count * 19 // 20], key=lambda row: row["LSOA name"]) + [
        row | NOWHERE for row in rows[count * 19 // 20 :]
    ]


def _one(number: int, month: str) -> dict[str, str]:
    district, lsoa = DISTRICTS[number % 4], number // 4 % 40
    place = {"LSOA name": f"{district} {lsoa + 1:03d}A", "LSOA code": f"E01{number % 4}{lsoa:04d}"}
    crime_type = TYPES[number * 7 // 4 % 5]
    return made_row(number, month, **place, **(ASB if crime_type == ASB["Crime type"] else {"Crime type": crime_type}))


@pytest.fixture(scope="module")
def parser(tmp_path_factory) -> Iterable[Parser]:
    with Parser(tmp_path_factory.mktemp("parser")) as parser:
        yield parser


@pytest.fixture(scope="module")
def profiled(parser) -> Callable[..., MonthProfile]:
    def profiled(rows: Rows, month: str, force: str = "thames-valley") -> MonthProfile:
        return profile_of(parser.frame(frame(rows)), Month.parse(month), force)

    return profiled


@pytest.fixture(scope="module")
def year(profiled) -> dict[str, MonthProfile]:
    return {month: profiled(town(month), month) for month in YEAR}


@pytest.fixture
def judged(profiled, year) -> Callable[..., dict[str, Judged]]:
    """The year, with some months changed and judged together, by month; those that are whole without a remark are left out."""

    def judged(change: Change, months: Iterable[str], among: Iterable[str] = YEAR) -> dict[str, Judged]:
        changed = {month: profiled(change(town(month)), month) for month in months}
        every = judge_all((year | changed)[month] for month in among)
        return {str(month): one for month, one in every.items() if one.state != WHOLE}

    return judged


def signs(one: Judged) -> set[Sign]:
    return {reason.sign for reason in one.reasons}


def without(column: str, *values: str) -> Change:
    return lambda rows: [row for row in rows if not row[column].startswith(values)]


def only(column: str, value: str) -> Change:
    return lambda rows: [row for row in rows if row[column] == value]


def renamed(rows: Rows) -> Rows:
    """Two districts are one now."""
    new = {"Cherwell": "Oxfordshire", "Oxford": "Oxfordshire"}
    return [row | {"LSOA name": " ".join(new.get(part, part) for part in row["LSOA name"].split(" "))} for row in rows]


LOSSES: dict[str, tuple[Change, Sign]] = {
    "a stub": (lambda rows: rows[:30], Sign.FEW_ROWS),
    "a third": (lambda rows: rows[::3], Sign.FEW_ROWS),
    "a type": (without("Crime type", "Burglary"), Sign.TYPES_MISSING),
    "a district": (without("LSOA name", "Oxford"), Sign.DISTRICTS_MISSING),
    "half a district": (without("LSOA name", "Oxford 00", "Oxford 01"), Sign.DISTRICTS_CUT),
    "its last fifth": (lambda rows: rows[: len(rows) * 4 // 5], Sign.UNPLACED_MISSING),
    "what has no location": (without("Location", "No Location"), Sign.UNPLACED_MISSING),
    "its locations": (lambda rows: [row | NOWHERE if number % 2 else row for number, row in enumerate(rows)], Sign.FEW_PLACED),
    "all but a type": (only("Crime type", "Drugs"), Sign.FEW_TYPES),
    "its own crimes": (
        lambda rows: [row | {"Falls within": "British Transport Police"} for row in rows],
        Sign.NONE_OF_ITS_OWN,
    ),
    "nothing, it is there twice": (lambda rows: rows * 2, Sign.REPEATED_IDS),
}


@pytest.mark.parametrize("what", LOSSES)
def test_a_month_that_lost_something_is_not_whole(judged, what):
    (change, sign), month = LOSSES[what], YEAR[6]
    partial = judged(change, [month])
    assert {month: one.state for month, one in partial.items()} == {month: PARTIAL}
    assert sign in signs(partial[month])


def test_a_year_in_which_nothing_is_missing_is_whole(judged):
    assert judged(list, []) == {}


def test_two_months_in_a_row_that_lack_the_same_are_both_noticed(judged):
    for change, _sign in (LOSSES["a type"], LOSSES["a district"], LOSSES["a stub"]):
        assert {month: one.state for month, one in judged(change, YEAR[-2:]).items()} == dict.fromkeys(YEAR[-2:], PARTIAL)


def test_what_stays_away_is_a_change_of_the_force_s_and_is_said_where_it_begins(judged):
    for what, sign in (("a type", Sign.TYPES_GONE), ("a district", Sign.DISTRICTS_GONE)):
        (began,) = judged(LOSSES[what][0], YEAR[-4:]).items()
        assert (began[0], began[1].state, signs(began[1])) == (YEAR[-4], UNUSUAL, {sign})


def test_what_comes_back_was_missing(judged):
    assert judged(LOSSES["a type"][0], YEAR[4:8]).keys() == {*YEAR[4:8]}


def test_what_a_force_has_only_from_some_month_on_was_not_missing_before(judged):
    assert judged(LOSSES["a type"][0], YEAR[:8]) == {}


def test_a_spring_with_a_third_fewer_is_unusual_and_kept(judged):
    chance = Random(11)  # the seed
    for months in (YEAR[3:6], YEAR[-3:], YEAR[-1:]):
        spring = judged(lambda rows: [row for row in rows if chance.random() >= 0.35], months)
        assert {month: (one.state, signs(one)) for month, one in spring.items()} == dict.fromkeys(
            months, (UNUSUAL, {Sign.FEWER_ROWS})
        )


def test_districts_that_are_redrawn_are_no_gap(judged):
    """Also when the newest month is the first, or the second, that has them."""
    for among in (YEAR[:7], YEAR[:8], YEAR):
        (began,) = judged(renamed, [month for month in among if month >= YEAR[6]], among).items()
        assert (began[0], began[1].state, signs(began[1])) == (YEAR[6], UNUSUAL, {Sign.DISTRICTS_REDRAWN})


def test_a_district_is_missed_though_it_will_be_redrawn(judged):
    months = judged(
        lambda rows: without("LSOA name", "Oxford")(rows) if rows[0]["Month"] == YEAR[5] else renamed(rows), YEAR[5:]
    )
    assert months[YEAR[5]].state == PARTIAL


def test_three_months_suffice_and_the_first_and_the_last_are_judged_as_well(judged):
    for change, _sign in LOSSES.values():
        for month in (YEAR[0], YEAR[2]):
            assert judged(change, [month], YEAR[:3])[month].state == PARTIAL


def test_alone_a_month_is_whole_where_nothing_in_it_speaks_against_it(judged):
    assert judged(LOSSES["a type"][0], YEAR[:1], YEAR[:1]) == {}
    for what in ("all but a type", "its own crimes", "nothing, it is there twice"):
        assert judged(LOSSES[what][0], YEAR[:1], YEAR[:1])[YEAR[0]].state == PARTIAL


def test_crimes_without_an_id_are_said_but_for_those_that_never_have_one(judged, profiled):
    blank = judged(lambda rows: [row | {"Crime ID": ""} for row in rows], YEAR[:1])
    assert (blank[YEAR[0]].state, signs(blank[YEAR[0]])) == (UNUSUAL, {Sign.BLANK_IDS})
    transport = [row | {"Crime ID": "", "Falls within": "British Transport Police"} for row in town(YEAR[0])]
    assert judge(profiled(transport, YEAR[0], "btp"), []) == Judged(WHOLE)


def test_what_is_kept_of_a_judgement_is_what_was_judged(judged, year):
    for profile in year.values():
        assert MonthProfile.from_json(json.loads(json.dumps(profile.as_json()))) == profile
    for one in judged(LOSSES["its last fifth"][0], YEAR[:1]).values():
        assert Judged.from_json(json.loads(json.dumps(one.as_json()))) == one


def test_every_sign_is_said_in_a_sentence():
    values = {
        "rows": 1,
        "usual": 1200,
        "percent": 21,
        "types": ["Drugs"],
        "districts": ["Oxford"],
        "old": ["A", "B"],
        "new": ["C"],
    }
    sentences = [sentence(Reason(sign, values)) for sign in Sign]
    assert [*SENTENCES] == [*Sign]
    assert len({*sentences}) == len(Sign)
    assert sentences[:2] == [
        "It has 1 row; about 1,200 would be usual for this force.",
        "All of its rows are drugs. No force's month has so few crime types: was the file filtered?",
    ]


def test_a_sentence_names_five_districts_and_counts_the_others():
    reason = Reason(Sign.DISTRICTS_MISSING, {"districts": [f"District {letter}" for letter in "ABCDEFG"]})
    assert sentence(reason) == (
        "It has no crimes from District A, District B, District C, District D, District E and 2 more districts. "
        "This force's other months have."
    )


needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason=f"the cases are not at hand: {CASES}")


@needs_cases
def test_the_cases_are_judged_as_they_should_be():
    """01: a stub; 12: a filter; 15: pasted three times; 03: what is right."""
    for folder in ("01-stub-month/two-years",):
        of_case = dict(judged_folder(folder))
        assert {month: one.state for month, one in of_case.items() if one.state != WHOLE} == {"2025-08": PARTIAL}
    for folder, sign in (("12-filtered-file", Sign.FEW_TYPES), ("15-pasted-twice/thrice", Sign.REPEATED_IDS)):
        (one,) = dict(judged_folder(folder)).values()
        assert sign in signs(one)
    assert [one.state for _month, one in judged_folder("15-pasted-twice/right")] == [WHOLE]


def judged_folder(folder: str) -> Iterable[tuple[str, Judged]]:
    profiles = [profile for profile, _rows in files(CASES / folder)]
    return ((str(month), one) for month, one in judge_all(profiles).items())


needs_months = pytest.mark.skipif(not DATA.is_dir(), reason=f"police.uk's real months are not at hand: {DATA}")


@needs_months
def test_real_months_are_whole():
    """Thames Valley's fifteen: its districts were redrawn in one of the months between 2022 and 2025 that are not there."""
    profiles = [profile for profile, _rows in files(DATA / ARCHIVES[1])]
    assert {month: one for month, one in judge_all(profiles).items() if one.state != WHOLE} == {}


@needs_months
@pytest.mark.slow
@pytest.mark.parametrize("archive", ARCHIVES)
def test_nine_cuts_of_ten_are_noticed(archive):
    seed = Random().randrange(10_000)
    counts, lines = measured(DATA / archive, seed)
    print("seed", seed, *lines, sep="\n")
    for kind, judged in counts.items():
        print(kind, dict(judged))
    assert counts["whole"][PARTIAL] == 0
    assert counts["whole"][UNUSUAL] <= 1
    for kind in ("a district", "a type", "the last fifth"):
        assert counts[kind][PARTIAL] >= 0.9 * counts[kind].total()
    for kind in ("a fifth at random", "a quarter at random"):  # told from a quiet month by nothing but the number
        assert counts[kind][UNUSUAL] + counts[kind][PARTIAL] >= 0.8 * counts[kind].total()
    assert counts["35 % at random"][PARTIAL] <= 0.05 * counts["35 % at random"].total()

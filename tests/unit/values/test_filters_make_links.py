"""A link shows the same to whoever opens it, next month as well."""

from urllib.parse import parse_qs

from hypothesis import given
from hypothesis import strategies as st

from mkmap.filters import Choices, Filters
from mkmap.month import Month

MONTHS = list(Month(2024, 3).to(Month(2026, 11)))
TYPES = ["Burglary", "Anti-social behaviour", "Criminal damage and arson"]

names = st.one_of(
    st.sampled_from(
        ["Broughton", "BROUGHTON", " Broughton ", "St. Mary’s", "E05000002", "A & B", "50% Ward", "a=b", "ward#1", "ß", "ss"]
    ),
    st.text(max_size=6),
)
wards = st.lists(names, min_size=1, max_size=6).map(lambda made: {f"E0500000{place}": name for place, name in enumerate(made)})


@st.composite
def choices_and_filters(draw) -> tuple[Choices, Filters]:
    made = draw(wards)
    first, last = sorted(draw(st.lists(st.sampled_from(MONTHS), min_size=2, max_size=2)))
    chosen = draw(st.lists(st.sampled_from(sorted(made)), unique=True))
    types = draw(st.lists(st.sampled_from(TYPES), unique=True))
    default = Filters(MONTHS[-1], MONTHS[-1], (), (draw(st.sampled_from(TYPES)),))
    return Choices(MONTHS, made, TYPES, default), Filters(first, last, tuple(chosen), tuple(types))


def lists(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


@given(choices_and_filters())
def test_what_is_written_is_what_is_read(made):
    choices, filters = made
    for pairs in (filters.pairs(), filters.pairs(choices.wards)):
        read = choices.read(lists(pairs))
        assert (read.filters, read.ignored) == (filters, ())


@given(choices_and_filters())
def test_a_link_is_read_as_what_it_was_made_from(made):
    choices, filters = made
    read = choices.read(parse_qs(filters.query()))
    assert (read.filters, read.ignored) == (filters, ())


@given(choices_and_filters())
def test_a_link_means_the_same_when_the_default_has_moved_on(made):
    choices, filters = made
    later = Choices([*MONTHS, Month(2026, 12)], choices.wards, TYPES, Filters(Month(2026, 12), Month(2026, 12), (), ("Drugs",)))
    assert later.read(parse_qs(filters.query())).filters == filters


def test_a_link_to_a_ward_says_its_name_where_people_read_it():
    filters = Filters(MONTHS[0], MONTHS[1], ("E05009409",), ("Burglary",))
    assert filters.pairs({"E05009409": "Broughton"}) == [
        ("from", "2024-03"), ("to", "2024-04"), ("ward", "Broughton"), ("type", "Burglary"),
    ]  # fmt: skip
    assert filters.query() == "from=2024-03&to=2024-04&ward=E05009409&type=Burglary"


def test_a_name_that_two_wards_share_is_written_as_their_codes():
    twins = {"E05000001": "St. Mary’s", "E05000002": "st. mary’s"}
    assert ("ward", "E05000001") in Filters(MONTHS[0], MONTHS[1], ("E05000001",)).pairs(twins)


def test_a_ward_of_no_set_is_written_as_its_code():
    assert ("ward", "E05999999") in Filters(MONTHS[0], MONTHS[1], ("E05999999",)).pairs({"E05000001": "Broughton"})

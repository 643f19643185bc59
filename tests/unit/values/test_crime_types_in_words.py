"""Crime types and counts are said by whole messages: alone, within a sentence, in the form of their count."""

import gettext

import pytest

from mkmap import words
from mkmap.crime_types import CRIME_TYPES, all_named, all_within, counted, named, within


def test_a_type_is_named_as_police_uk_names_it():
    assert [named(name) for name in CRIME_TYPES] == list(CRIME_TYPES)


def test_within_a_sentence_a_type_has_a_small_letter():
    assert [within(name) for name in CRIME_TYPES] == [name[0].lower() + name[1:] for name in CRIME_TYPES]


def test_types_begin_a_sentence_or_stand_in_it():
    assert all_named(("Burglary", "Drugs", "Vehicle crime")) == "Burglary, drugs and vehicle crime"
    assert all_within(("Burglary", "Drugs")) == "burglary and drugs"
    assert (all_named(()), all_within(())) == ("Crimes of all types", "crime of all types")


def test_a_type_that_police_uk_does_not_list_stays_as_it_is_recorded():
    assert (named("Cyber Crime"), within("Cyber Crime")) == ("Cyber Crime", "Cyber Crime")
    assert counted(2, ("Cyber Crime",)) == "2 crimes recorded as “Cyber Crime”"


@pytest.mark.parametrize("name", CRIME_TYPES)
def test_one_is_not_counted_as_two(name: str):
    one, two = (counted(count, (name,)) for count in (1, 2))
    assert (one[:2], two[:2]) == ("1 ", "2 ")
    assert one[2:] != two[2:]
    assert two[2:].replace("ies", "y").replace("s", "") == one[2:].replace("s", "")


def test_every_name_and_count_is_the_catalogues(monkeypatch: pytest.MonkeyPatch):
    class Bracketed(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            return f"[{message}]"

        def ngettext(self, one: str, many: str, count: int) -> str:
            return f"[{one if count == 1 else many}]"

    monkeypatch.setattr(words, "_catalogue", lambda language: Bracketed())
    for name in CRIME_TYPES:
        for text in (named(name), within(name), counted(1, (name,)), counted(2, (name,))):
            assert text[0] + text[-1] == "[]"
    assert all_named(("Burglary", "Drugs")) == "[[Burglary] and [drugs]]"


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (0.9, 2, "0.90"),
        (2.675, 2, f"{2.675:.2f}"),
        (1234.56, 1, "1,234.6"),
        (12, 1, "12.0"),
        (3.0, 0, "3"),
        (3.25, None, "3.2"),
    ],
)
def test_a_number_has_the_decimals_that_are_asked_for(value: float, decimals: int | None, shown: str):
    assert words.number(value, decimals) == shown


def test_decimals_are_written_as_the_language_writes_them():
    with words.speaking("de_DE"):
        assert words.number(1234.5, 2) == "1.234,50"

"""Whoever is spoken to hears their own language: the request says which, not the process."""

import gettext
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from mkmap import words
from mkmap.drawing.palette import LIGHT
from mkmap.evidence import charts
from mkmap.month import Month, span


@pytest.fixture(autouse=True)
def german(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second language that has words for two messages."""

    class German(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            return {"{first} to {last}": "{first} bis {last}", "no change": "wie zuvor"}.get(message, message)

    known = words._catalogue
    monkeypatch.setattr(words, "_catalogue", lambda language: German() if language == "de_DE" else known(language))


def first_quarter() -> str:
    return span(Month(2025, 1), Month(2025, 3))


def test_sentences_months_and_numbers_follow():
    with words.speaking("de_DE"):
        assert (first_quarter(), words.number(1234.5)) == ("Januar 2025 bis März 2025", "1.234,5")
    assert (first_quarter(), words.number(1234.5)) == ("January 2025 to March 2025", "1,234.5")


def test_one_visitors_language_is_not_anothers():
    with words.speaking("de_DE"), ThreadPoolExecutor(1) as others:
        assert others.submit(first_quarter).result() == "January 2025 to March 2025"


def test_the_language_ends_with_a_broken_request():
    with pytest.raises(RuntimeError), words.speaking("de_DE"):
        raise RuntimeError
    assert words.language() == words.ENGLISH


def test_a_chart_that_is_kept_is_kept_for_its_language():
    english = charts.interval(LIGHT)
    with words.speaking("de_DE"):
        german = charts.interval(LIGHT)
        assert "wie zuvor" in json.dumps(german)
    assert charts.interval(LIGHT) is english
    assert "no change" in json.dumps(english)

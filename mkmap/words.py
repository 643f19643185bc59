"""Say things to people in their language: every sentence that a person reads passes through here."""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from babel.numbers import format_decimal

CATALOGUES = Path(__file__).parent / "locale"
ENGLISH = "en_GB"
NO_NUMBER = "–"  # stands where a number is missing: never a zero

_language: ContextVar[str] = ContextVar("language", default=ENGLISH)


def language() -> str:
    """The language of whoever is spoken to now, as gettext and Babel name it: `en_GB`."""
    return _language.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language in this context: one request, one run of a page, one sheet."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("mkmap", CATALOGUES, languages=[language], fallback=True)


def _(message: str) -> str:
    return _catalogue(language()).gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The form of a sentence that goes with a count."""
    return _catalogue(language()).ngettext(one, many, count)


class Message(str):
    """A message that is translated when it is said, not where it stands: gettext's `N_`."""


class Plural(NamedTuple):
    """A message in its two forms, to be translated when it is said, by the value of this name."""

    by: str
    one: str
    many: str


def number(value: int | float, decimals: int | None = None) -> str:
    """1234567 → '1,234,567', at most one decimal; with `decimals` just as many: 0.9 → '0.90' of two."""
    return _number(value if decimals is None else round(value, decimals), decimals, language())


@lru_cache(maxsize=4096)
def _number(value: int | float, decimals: int | None, language: str) -> str:
    if isinstance(value, int) and decimals is None and (separator := _separator(language)):
        return format(value, ",").replace(",", separator)
    places = "#" if decimals is None else "0" * decimals
    return format_decimal(value, format=f"#,##0.{places}" if places else "#,##0", locale=language)


@cache  # Babel takes a tenth of a millisecond for a number, and every change of the filters brings two dozen new ones
def _separator(language: str) -> str:
    """What stands between thousands; empty where whole numbers are written with other digits, or in other groups."""
    written = format_decimal(-1234567, format="#,##0", locale=language)
    return written[2] if written == "-1,234,567".replace(",", written[2]) else ""


def labelled(label: str, value: str) -> str:
    """`June 2025: 12`."""
    return _("{label}: {value}").format(label=label, value=value)


def listed(items: list[str]) -> str:
    """['a', 'b', 'c'] → 'a, b and c'."""
    if len(items) < 2:
        return "".join(items)
    return _("{all_but_last} and {last}").format(all_but_last=", ".join(items[:-1]), last=items[-1])

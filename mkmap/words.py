"""Say things to people in their language: every sentence that a person reads passes through here."""

import gettext
from functools import lru_cache
from pathlib import Path

from babel.numbers import format_decimal

LOCALE = "en_GB"
_catalogue = gettext.translation("mkmap", Path(__file__).parent / "locale", languages=[LOCALE], fallback=True)

_ = _catalogue.gettext
ngettext = _catalogue.ngettext


@lru_cache(
    maxsize=4096
)  # tables write the same small numbers again and again, and Babel takes a tenth of a millisecond for each
def number(value: int | float) -> str:
    """1234567 → '1,234,567'; at most one decimal."""
    return format_decimal(value, format="#,##0.#", locale=LOCALE)


def listed(items: list[str]) -> str:
    """['a', 'b', 'c'] → 'a, b and c'."""
    if len(items) < 2:
        return "".join(items)
    return _("{all_but_last} and {last}").format(all_but_last=", ".join(items[:-1]), last=items[-1])

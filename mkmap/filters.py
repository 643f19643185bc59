"""What a person chose to see: months, wards and crime types, read from an address and written to one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlencode

from mkmap.month import Month
from mkmap.words import _, ngettext, number

PARAMETERS = ("from", "to", "ward", "type")
LONGEST_ECHO = 60  # characters of an unknown value that a note repeats
MOST_NOTES = 5  # on one address: more are nobody's mistake, and they stand in headers, too


@dataclass(frozen=True)
class Filters:
    """No ward means every ward, no type every crime type; both months are included."""

    first: Month
    last: Month
    wards: tuple[str, ...] = ()  # codes
    types: tuple[str, ...] = ()  # police.uk's names

    @property
    def months(self) -> list[Month]:
        return list(self.first.to(self.last))

    def pairs(self, ward_names: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
        """Every filter as address parameters, defaults included; wards by code, or by name where names are given.

        A ward whose name is also another's is written by its code.
        """
        by_text, names = _wards_by_text(ward_names or {}), ward_names or {}
        wards = [names[code] if by_text.get(_folded(plain_name(names, code))) == (code,) else code for code in self.wards]
        return [
            ("from", str(self.first)),
            ("to", str(self.last)),
            *(("ward", ward) for ward in wards),
            *(("type", crime_type) for crime_type in self.types or [ALL_TYPES]),
        ]

    def query(self) -> str:
        """The address's query: a link with it shows the same next month."""
        return urlencode(self.pairs())


ALL_TYPES = "all"  # an address without a type means the default, so "every type" needs a word


@dataclass(frozen=True)
class Choices:
    """What can be chosen now."""

    months: Sequence[Month]  # oldest first, without a gap, up to the current one
    wards: Mapping[str, str]  # code → name
    types: Sequence[str]
    default: Filters

    def read(self, params: Mapping[str, Sequence[str]]) -> "ReadFilters":
        """Read address parameters; what is unknown is left out, with a note that can be shown."""
        ignored: list[str] = []
        chosen = [self._month(params, name, ignored) for name in ("from", "to")]
        months = [month for month in chosen if month] or [self.default.first, self.default.last]
        first, last = months[0], months[-1]  # one alone is both
        if first > last:
            ignored.append(_("“from” is later than “to”: the two were swapped."))
            first, last = last, first
        filters = Filters(first, last, self._wards(params, ignored), self._types(params, ignored))
        return ReadFilters(filters, _few(list(dict.fromkeys(ignored))))

    def _month(self, params: Mapping[str, Sequence[str]], name: str, ignored: list[str]) -> Month | None:
        for text in _given(params, name)[-1:]:
            try:
                month = Month.parse(text)
                if not month.year:
                    raise ValueError("there is no year 0")
            except ValueError:
                ignored.append(_("“{value}” is not a month like 2025-01 and was ignored.").format(value=echo(text)))
                return None
            if self.months[0] <= month <= self.months[-1]:
                return month
            ignored.append(
                _("{month} is outside the months from {first} to {last} and was ignored.").format(
                    month=month.name, first=self.months[0].name, last=self.months[-1].name
                )
            )
        return None

    def _wards(self, params: Mapping[str, Sequence[str]], ignored: list[str]) -> tuple[str, ...]:
        by_text = _wards_by_text(self.wards)
        wards: list[str] = []
        for text in _given(params, "ward"):
            codes = by_text.get(_folded(text), ())
            if not codes:
                ignored.append(_("“{value}” is not a ward on this map and was ignored.").format(value=echo(text)))
            wards += codes
        return tuple(dict.fromkeys(wards))

    def _types(self, params: Mapping[str, Sequence[str]], ignored: list[str]) -> tuple[str, ...]:
        by_text = {_folded(name): name for name in self.types}
        types = []
        for text in _given(params, "type"):
            name = by_text.get(_folded(text))
            if _folded(text) == ALL_TYPES:
                return ()
            if name is None:
                ignored.append(_("“{value}” is not a crime type of police.uk and was ignored.").format(value=echo(text)))
            else:
                types.append(name)
        return tuple(dict.fromkeys(types)) or self.default.types


@dataclass(frozen=True)
class ReadFilters:
    """Filters from an address, and sentences about what was ignored in it."""

    filters: Filters
    ignored: tuple[str, ...] = field(default=())


def _given(params: Mapping[str, Sequence[str]], name: str) -> list[str]:
    """The values of a parameter; one without a value says nothing."""
    return [text.strip() for text in params.get(name, ()) if text.strip()]


def _folded(text: str) -> str:
    """A text as people mean it: capitals and spaces make no difference."""
    return " ".join(text.casefold().split())


def _wards_by_text(names: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The codes that a name or a code means; a name that two wards share means both."""
    return _by_text(tuple(names.items()))


@lru_cache(maxsize=16)  # ward sets: every answer and every link asks, several times
def _by_text(names: tuple[tuple[str, str], ...]) -> dict[str, tuple[str, ...]]:
    codes: dict[str, tuple[str, ...]] = {
        _folded(name): (code,) for code, name in names if name != plain_name({code: name}, code)
    }
    by_code = dict(names)
    for code in by_code:
        plain = _folded(plain_name(by_code, code))
        codes[plain] = (*codes.get(plain, ()), code)
    codes.pop("", None)  # an address cannot say it
    return codes | {_folded(code): (code,) for code, _name in names}


def plain_name(names: Mapping[str, str], code: str) -> str:
    """A ward's name without its code, which stands beside it where another ward has that name."""
    return names.get(code, "").removesuffix(f" ({code})")


def _few(notes: list[str]) -> tuple[str, ...]:
    """So many notes as somebody reads, and how many more there are."""
    if len(notes) <= MOST_NOTES:
        return tuple(notes)
    more = len(notes) - MOST_NOTES
    rest = ngettext("{n} more part of the address was ignored.", "{n} more parts of the address were ignored.", more)
    return (*notes[:MOST_NOTES], rest.format(n=number(more)))


def echo(text: str) -> str:
    """The beginning of a text from an address, without characters that change how the rest of a page is read."""
    return "".join(sign if sign.isprintable() else " " for sign in text[:LONGEST_ECHO])

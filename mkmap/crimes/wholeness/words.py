"""Say why a month is not whole, or how it is unusual: one sentence a sign, about “it”, which is the month."""

from collections.abc import Mapping, Sequence

from mkmap.crime_types import within
from mkmap.crimes.wholeness.signs import Reason, Sign, Value
from mkmap.words import Message, Plural, _, listed, ngettext, number

NAMED = 5  # districts that a sentence names

SENTENCES: Mapping[Sign, Message | Plural] = {
    Sign.FEW_ROWS: Plural(
        "rows",
        "It has {rows} row; about {usual} would be usual for this force.",
        "It has {rows} rows; about {usual} would be usual for this force.",
    ),
    Sign.FEW_TYPES: Message("All of its rows are {types}. No force's month has so few crime types: was the file filtered?"),
    Sign.NONE_OF_ITS_OWN: Message("All of its rows are the British Transport Police's, and none is this force's own."),
    Sign.REPEATED_IDS: Plural(
        "rows",
        "{rows} row repeats a Crime ID. A file was pasted together more than once, or crimes were sent twice.",
        "{rows} rows repeat a Crime ID. A file was pasted together more than once, or crimes were sent twice.",
    ),
    Sign.TYPES_MISSING: Plural(
        "types",
        "It has no crimes of the type {types}, which this force's other months have.",
        "It has no crimes of the types {types}, which this force's other months have.",
    ),
    Sign.DISTRICTS_MISSING: Message("It has no crimes from {districts}. This force's other months have."),
    Sign.DISTRICTS_CUT: Message(
        "A part of {districts} is missing: fewer small areas there have a crime than in any other month."
    ),
    Sign.UNPLACED_MISSING: Message("It has no crimes without a location. This force's other months have {usual} or more."),
    Sign.FEW_PLACED: Message("{percent}% of its crimes have no location. In no other month are they more than {usual}%."),
    Sign.FEWER_ROWS: Plural(
        "rows",
        "It has {rows} row, {percent}% fewer than is usual for this force at that time of year.",
        "It has {rows} rows, {percent}% fewer than is usual for this force at that time of year.",
    ),
    Sign.MANY_ROWS: Message("It has {rows} rows; about {usual} would be usual for this force."),
    Sign.TYPES_GONE: Plural(
        "types",
        "It has no crimes of the type {types}, nor have the months after it.",
        "It has no crimes of the types {types}, nor have the months after it.",
    ),
    Sign.DISTRICTS_GONE: Message("It has no crimes from {districts}, nor have the months after it."),
    Sign.DISTRICTS_REDRAWN: Message("Districts were redrawn: instead of {old} it has {new}."),
    Sign.NONE_UNPLACED: Message("It has no crimes without a location. This force's months beside it have {usual} or more."),
    Sign.BLANK_IDS: Plural(
        "rows",
        "{rows} of its crimes has no Crime ID. Only anti-social behaviour should have none.",
        "{rows} of its crimes have no Crime ID. Only anti-social behaviour should have none.",
    ),
}


def sentence(reason: Reason) -> str:
    """A whole sentence about the month, in the language of whoever is spoken to now."""
    return _form(reason).format(**{name: _written(name, value) for name, value in reason.values.items()})


def _form(reason: Reason) -> str:
    form = SENTENCES[reason.sign]
    if isinstance(form, Message):
        return _(form)
    value = reason.values[form.by]
    return ngettext(form.one, form.many, value if isinstance(value, int) else len(value))


def _written(name: str, value: Value) -> str:
    if isinstance(value, int):
        return number(value)
    return listed([*map(within, value)]) if name == "types" else _districts(value)


def _districts(names: Sequence[str]) -> str:
    if len(names) <= NAMED + 1:
        return listed([*names])
    more = len(names) - NAMED
    return listed([*names[:NAMED], ngettext("{n} more district", "{n} more districts", more).format(n=number(more))])

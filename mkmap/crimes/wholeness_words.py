"""Say why a month is judged not whole, or unusual: a sentence a reason."""

from collections.abc import Mapping

from mkmap.crime_types import within
from mkmap.crimes.wholeness import Reason, Sign
from mkmap.words import Message, _, number

SENTENCES: Mapping[Sign, Message] = {
    Sign.FEW_ROWS: Message("It has {rows} rows; this force's other months have about {usual}."),
    Sign.ONE_TYPE: Message("All of it is {type}; a force's month never has one crime type alone."),
}


def sentence(reason: Reason) -> str:
    """A whole sentence about the month, in the language of whoever is spoken to now."""
    return _(SENTENCES[reason.sign]).format(**{name: _written(name, value) for name, value in reason.values.items()})


def _written(name: str, value: object) -> str:
    if isinstance(value, int):
        return number(value)
    return within(str(value)) if name == "type" else str(value)

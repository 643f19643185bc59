"""Read what an operator says a file's layers are: `main=roads_a:name`."""

import re
from collections.abc import Sequence

from mkmap.errors import Code, Refused
from mkmap.places.ground.kinds import AREAS, LINES, NAMES
from mkmap.places.ground.schemas import Schema, Theme, bare

KINDS = (*LINES, *AREAS, *(name for name in NAMES if name not in ("street", "main road")))  # roads bring their names


def mapping(taken: Sequence[str], attribution: str) -> Schema | None:
    """A schema of so many `kind=layer` or `kind=layer:column`; None of none.

    Raises Refused for another form, a kind that is none of ours, and where nobody is named for the data.
    """
    if not taken:
        return None
    if not attribution.strip():
        raise Refused(Code.GROUND_ATTRIBUTION_MISSING)
    return Schema("", "", tuple(map(_theme, taken)), at_least=1)


def _theme(text: str) -> Theme:
    kind, _equals, rest = text.partition("=")
    layer, _colon, column = rest.partition(":")
    if kind not in KINDS or not bare(layer):
        raise Refused(Code.GROUND_MAPPING_MISSHAPEN, text=text, kinds=KINDS)
    return Theme(re.escape(bare(layer)), kinds=kind, names=(bare(column),) if column else ("name",))

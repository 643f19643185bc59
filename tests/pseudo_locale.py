"""A translation that is no language: every message in brackets, accented and 40 % longer, so that what is not translated whole shows.

“Map” is `⟦Æţĥ Máþæ⟧`: a text whose case is changed after it was translated begins with `⟦æ`, or ends with `Æ⟧`.
"""

import gettext
import math
import re
from html import unescape
from itertools import accumulate, cycle, islice, pairwise

import made_stores
from babel.dates import get_day_names, get_month_names

from mkmap.view.sentences import NOTHING

OPEN, CLOSE = "⟦", "⟧"
LONGER = 0.4  # so much more room than English do other languages need
FILLER = "ţĥáţ ŵŕáþš ĺíķé ŵóŕðš "
ACCENTED = str.maketrans("abcdefghijklnoprstuwyzABCDEFGHIJKLNOPRSTUWYZ", "áƀçðéƒĝĥíĵķľñóþŕšţúŵýžÁƁÇÐÉƑĜĤÍĴĶĽÑÓÞŔŠŢÚŴÝŽ")
KEPT = re.compile(  # places for values, tags, entities, where a link leads, code, escapes, icons, and what a person types
    r"(\{[^{}]*\}|<[^>]*>|&\w+;|\]\([^)]*\)|`[^`]*`|\\.|:\w+/\w+:|https?://\S+|\bMKMAP_\w+|--[\w-]+)"
)
INLINE = re.compile(r"</?(?:a|b|em|strong)\b[^>]*>")
LIST = re.compile(r"\s+[·–—|→]\s+|: ")  # between the parts of a list, and a label and what it labels
MARK = re.compile(r"^\s*(?:(?:[-*#>•▲▼=◆?]+|\d+\.|[A-E]) )?")  # of a list or a heading, and the key of a chart
STYLE = re.compile("<style>.*?</style>", re.DOTALL)
WHOLE, PIECE = "\ue000", "\ue001"  # stand for a message: one that ends as a sentence does, and any other
SENTENCE = re.compile(rf"[.!?:…][”’\"')*]*(?:æ{CLOSE})+$")
ALONE = re.compile(rf"(?:{WHOLE} *)*(?:{PIECE}(?: [\d,]+)?)?")  # sentences, then a piece, which may be what a number is of
MONTHS = "|".join(name for width in ("wide", "abbreviated") for name in get_month_names(width, locale="en_GB").values())
DAYS = "|".join(get_day_names(locale="en_GB").values())
DATA = re.compile(  # names of what is stored, months as Babel writes them, and addresses
    "|".join(
        [
            *(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(made_stores.NAMES)),  # on a map they take several lines
            "High Street|Church Lane|Mill Road|Milton Keynes|Thames Valley|mkmap|made[.]zip|\\bmade\\b|a made census",
            "Alder & West|East|Sgt Ada Example|Burglaries in sheds[.]|Have your say|Village Hall",
            rf"\b(?:{MONTHS})\b(?: \d{{4}})?|\b(?:{DAYS})\b",
            r"https?://\S+|\S*/\?from=\S+|/wards\?\S+|www\.police\.uk/\S+|\S+@police\.example|data\.police\.uk",
        ]
    )
)


class Pseudo(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return pseudo(message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        return pseudo(one if count == 1 else many)


def install() -> None:
    """For a process that has not imported mkmap yet."""
    gettext.translation = lambda *_args, **_named: Pseudo()


def pseudo(message: str) -> str:
    """The message as this translation has it; what makes it longer stands first, so that a sentence ends as it did."""
    longer = "".join(islice(cycle(FILLER), math.ceil(LONGER * len(KEPT.sub("", message)))))
    accented = "".join(part if KEPT.fullmatch(part) else part.translate(ACCENTED) for part in KEPT.split(message))
    return f"{OPEN}Æ{longer.strip()} {accented}æ{CLOSE}"


def faults(text: str) -> list[tuple[str, object]]:
    """What is wrong with a text that people read, and how; markup says nothing."""
    kinds = {"not translated": untranslated, "recased": recased, "glued": glued}
    return [(kind, what) for kind, looked_for in kinds.items() if (what := looked_for(text))]


def untranslated(text: str) -> str:
    """Letters that stand in no bracket and are no data."""
    rest = DATA.sub("", outside(without_markup(text)))
    return rest if re.search(r"[^\W\d_]{2}", rest) else ""


def without_markup(text: str) -> str:
    text = re.sub(r"<[^>]*>|:\w+/\w+:", " ", STYLE.sub("", text.replace(NOTHING, "")))
    return unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text))


def outside(text: str) -> str:
    """What of a text stands in no bracket."""
    return "".join(part for part in _parts(text) if not part.startswith(OPEN))


def recased(text: str) -> list[str]:
    """Where upper or lower case was changed after the translation."""
    return re.findall(f"{OPEN}(?!Æ).{{0,40}}|.{{0,40}}(?<!æ){CLOSE}", text)


def glued(text: str) -> list[str]:
    """Lines in which a message stands beside another one, or beside data, and is no sentence of its own."""
    lines = without_markup(re.sub("<[^>]*>", "\n", INLINE.sub("", STYLE.sub("", text)))).splitlines()
    return [line for line in lines if OPEN in line and _is_glued(line)]


def _is_glued(line: str) -> bool:
    masked = MARK.sub("", "".join(map(_masked, _parts(line))).replace("*", ""))
    return any(not ALONE.fullmatch(part.strip()) for part in LIST.split(masked) if WHOLE in part or PIECE in part)


def _masked(part: str) -> str:
    return (WHOLE if SENTENCE.search(part) else PIECE) if part.startswith(OPEN) else part


def _parts(text: str) -> list[str]:
    """A text as what stands in its outermost brackets, and what stands between them."""
    depths = [*accumulate((sign == OPEN) - (sign == CLOSE) for sign in text)]
    starts = [at for at, sign in enumerate(text) if sign == OPEN and depths[at] == 1]
    ends = [at + 1 for at, sign in enumerate(text) if sign == CLOSE and depths[at] == 0]
    cuts = sorted({0, *starts, *ends, len(text)})
    return [text[start:end] for start, end in pairwise(cuts)]

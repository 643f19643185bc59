"""Read the codes and names of wards as they were meant, and make codes where a publisher gave none."""

import hashlib
import re

import pandas as pd

_BYTES_OF_TEXT = "latin-1", "cp1252"  # what readers take for the encoding of a file that does not say it
_LONGEST_WORD, _DIGITS = 11, 6
MADE = "w-"  # begins a made code: none of the ONS's does


def text(column: pd.Series) -> pd.Series:
    """Text without blanks around or doubled within; empty where there is none."""
    return column.astype("string").fillna("").str.split().str.join(" ").astype(object)


def read_as_utf8(name: str) -> str:
    """A name as it was written, where UTF-8 was read as something else: `Ynys MÃ´n` → `Ynys Môn`.

    In no language does a name look by chance like what comes of that.
    """
    for encoding in () if name.isascii() else _BYTES_OF_TEXT:
        try:
            return name.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return name


def made_code(name: str) -> str:
    """A code of a ward's name, the same whenever the name is: `w-bletchley-e-1a2b3c`."""
    folded = " ".join(name.casefold().split())
    word = re.sub(r"[^a-z0-9]+", "-", folded)[:_LONGEST_WORD].strip("-")
    digits = hashlib.sha256(folded.encode()).hexdigest()[:_DIGITS]
    return f"{MADE}{word}-{digits}" if word else f"{MADE}{digits}"

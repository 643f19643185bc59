"""Say what a column holds that counts no households, by the words of its name, in small letters."""

import re

from mkmap.words import Message

NO_COUNTS = {
    re.compile(r"%|per ?cent|\bpct\b|proportion|\bshare\b|\brates?\b|\bratio\b"): Message("percentages"),
    re.compile(r"thousand|\b000s?\b|\b1000s?\b|millions?\b"): Message("thousands"),
    re.compile(r"\bpeople\b|\bpersons?\b(?! households?\b)|\bpopulation\b|\bresidents\b|\badults?\b|\bchildren\b"): Message(
        "people"
    ),
    re.compile(r"\bmean\b|\baverage\b|\bmedian\b|\bincome\b|\bsize\b"): Message("averages"),
}

"""A translation that is no language: every message in brackets, so that a sentence that was not translated stands out."""

import gettext
import re

OPEN, CLOSE = "⟦", "⟧"


class Bracketed(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return f"{OPEN}{message}{CLOSE}"

    def ngettext(self, one: str, many: str, count: int) -> str:
        return f"{OPEN}{one if count == 1 else many}{CLOSE}"


def install() -> None:
    """For a process that has not imported mkmap yet."""
    gettext.translation = lambda *_args, **_named: Bracketed()


def outside(text: str) -> str:
    """What of a text stands in no bracket."""
    innermost = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
    while (shorter := innermost.sub("", text)) != text:
        text = shorter
    return text

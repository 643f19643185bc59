"""Read a filled-in form: refuse what is missing in words, mask the text, and make a submission of it."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from mkmap.errors import Code, Refused
from mkmap.month import Month
from mkmap.reports.masking import masked
from mkmap.reports.privacy import REPORTABLE_MONTHS, TEXT_CHARACTERS
from mkmap.reports.report import AFTER_TOLD, KINDS, NOT_TOLD, Flag, Place, Response, Submission
from mkmap.words import Message

_SUBMISSION = re.compile(r"[0-9a-f]{32}", re.ASCII)


@dataclass(frozen=True)
class Form:
    """What stands in the form; None where nothing was chosen."""

    kind: str | None
    month: Month | None
    place: Place | None
    told_police: bool | None
    response: Response | None
    text: str


def reportable_months(current: Month) -> list[Month]:
    """The months that can be chosen, newest first."""
    return [current + -back for back in range(REPORTABLE_MONTHS)]


def responses(told_police: bool) -> Sequence[Response]:
    """The answers that go with having told the police, or not."""
    return AFTER_TOLD if told_police else NOT_TOLD


def read(form: Form, submission: str, current: Month, flags: Sequence[Flag] = ()) -> Submission:
    """The submission of a form.

    Raises Refused, naming what is missing or cannot be; nothing was kept then.
    """
    kind, month, place, told_police, response = form.kind, form.month, form.place, form.told_police, form.response
    if kind is None or month is None or place is None or told_police is None or response is None:
        raise Refused(Code.FORM_INCOMPLETE, missing=_missing(form))
    possible = kind in KINDS and month in reportable_months(current) and response in responses(told_police)
    if not possible or not _SUBMISSION.fullmatch(submission):
        raise Refused(Code.FORM_ANSWER_NOT_OFFERED)
    if len(form.text) > TEXT_CHARACTERS:
        raise Refused(Code.TEXT_TOO_LONG, most=TEXT_CHARACTERS)
    text = masked(form.text.strip())
    raised = dict.fromkeys([*flags, *(Flag(kind) for kind in text.kinds)])  # each once
    return Submission(submission, kind, month, place, told_police, response, text.text, tuple(raised))


def _missing(form: Form) -> list[Message]:
    wanted = [
        (form.kind, Message("what happened")),
        (form.month, Message("the month")),
        (form.place, Message("the street")),
        (form.told_police, Message("whether the police were told")),
        (form.response, Message("what the police did, or why they were not told")),
    ]
    if form.told_police is None:  # the last question is asked only after it
        wanted.pop()
    return [name for value, name in wanted if value is None]


def grouped(receipt: str) -> str:
    """The 16 digits as they are written down: in fours."""
    return " ".join(receipt[at : at + 4] for at in range(0, len(receipt), 4))


def receipt_digits(text: str) -> str | None:
    """The 16 digits of a receipt, however they were written; None for anything else."""
    digits = "".join(str(unicodedata.digit(sign, sign)) for sign in text if not sign.isspace() and sign not in "-‐‑–.")
    return digits if re.fullmatch(r"\d{16}", digits, re.ASCII) else None

"""Read a filled-in form: refuse what is missing in words, mask the text, and make a submission of it."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from mkmap.errors import Code, Refused
from mkmap.month import Month
from mkmap.reports.masking import Masked, masked
from mkmap.reports.privacy import REPORTABLE_MONTHS, TEXT_CHARACTERS
from mkmap.reports.report import AFTER_TOLD, KINDS, NOT_TOLD, Flag, Place, Response, Submission
from mkmap.words import _, ngettext, number

_SUBMISSION = re.compile(r"[0-9a-f]{32}", re.ASCII)
TEXT_HELD = 20_000  # characters that a box takes, to be counted and shortened: more would be a burden to the line, and no paste of a person


class Question(StrEnum):
    """What a form asks, by the name of its field."""

    KIND = "report_type"
    MONTH = "report_month"
    PLACE = "report_street"
    TOLD = "report_told_police"
    RESPONSE = "report_response"
    TEXT = "report_text"


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

    Raises Refused where something is missing or cannot be, which `refusals` names; nothing was kept then.
    """
    kind, month, place, told_police, response = form.kind, form.month, form.place, form.told_police, form.response
    if kind is None or month is None or place is None or told_police is None or response is None:
        raise Refused(Code.FORM_INCOMPLETE)
    possible = kind in KINDS and month in reportable_months(current) and response in responses(told_police)
    if not possible or not _SUBMISSION.fullmatch(submission):
        raise Refused(Code.FORM_ANSWER_NOT_OFFERED)
    if len(form.text) > TEXT_CHARACTERS:
        raise Refused(Code.TEXT_TOO_LONG, most=TEXT_CHARACTERS)
    text = masked(form.text.strip())
    raised = dict.fromkeys([*flags, *text_flags(text)])  # each once
    return Submission(submission, kind, month, place, told_police, response, text.text, tuple(raised))


def text_flags(text: Masked) -> list[Flag]:
    """What was masked in a text, and what was not and looks as if it should not be there."""
    return [Flag(kind) for kind in dict.fromkeys([*text.kinds, *(kind for kind, _words in text.warned)])]


def text_warnings(text: Masked) -> list[str]:
    """What is still in a text and should perhaps not be sent, in words."""
    sentences = {
        Flag.NAME: _("“{words}” looks like a name."),
        Flag.BIRTH: _("“{words}” looks like a date of birth."),
        Flag.CARD: _("“{words}” looks like the number of a payment card."),
        Flag.INSURANCE: _("“{words}” looks like a National Insurance number."),
    }
    return [sentences[Flag(kind)].format(words=words) for kind, words in dict.fromkeys(text.warned)]


def refusals(form: Form) -> dict[str, str]:
    """What is wrong with the answer to each question, in words; empty where the form can be sent."""
    missing: dict[str, tuple[object, str]] = {
        Question.KIND: (form.kind, _("Choose what happened.")),
        Question.MONTH: (form.month, _("Choose the month.")),
        Question.PLACE: (form.place, _("Choose a street. Type its name, or tap it on the map.")),
        Question.TOLD: (form.told_police, _("Say whether the police were told.")),
        Question.RESPONSE: (form.response, _response_missing(form.told_police)),
    }
    if form.told_police is None:  # the last question is asked only after it
        del missing[Question.RESPONSE]
    refused = {question: sentence for question, (answer, sentence) in missing.items() if answer is None}
    return refused | ({Question.TEXT: too_long} if (too_long := text_refusal(form.text)) else {})


def _response_missing(told_police: bool | None) -> str:
    return (
        _("Say what the police did.") if told_police else _("Say why the police were not told, or that you would rather not.")
    )


def text_refusal(text: str) -> str:
    """What is wrong with a text for moderators; empty where it can be kept."""
    over = len(text) - TEXT_CHARACTERS
    if over <= 0:
        return ""
    return ngettext(
        "Your text is {n} character too long. Shorten it to {most}.",
        "Your text is {n} characters too long. Shorten it to {most}.",
        over,
    ).format(n=number(over), most=number(TEXT_CHARACTERS))


def grouped(receipt: str) -> str:
    """The 16 digits as they are written down: in fours."""
    return " ".join(receipt[at : at + 4] for at in range(0, len(receipt), 4))


def receipt_digits(text: str) -> str | None:
    """The 16 digits of a receipt, however they were written; None for anything else."""
    digits = "".join(str(unicodedata.digit(sign, sign)) for sign in text if not sign.isspace() and sign not in "-‐‑–.")
    return digits if re.fullmatch(r"\d{16}", digits, re.ASCII) else None

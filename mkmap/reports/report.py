"""What a resident can say, and a report as it is kept: parsed once, at the edge, into frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from mkmap.crime_types import BURGLARY, CRIME_TYPES, named
from mkmap.month import Month
from mkmap.words import Message, _

ATTEMPTED_BURGLARY = "Attempted burglary"
KINDS = (BURGLARY, ATTEMPTED_BURGLARY, *(name for name in CRIME_TYPES if name != BURGLARY))  # what may have happened


def police_type(kind: str) -> str:
    """The crime type under which police.uk counts it: an attempted burglary is a burglary there."""
    return BURGLARY if kind == ATTEMPTED_BURGLARY else kind


def kind_word(kind: str) -> str:
    """What may have happened, in words."""
    return _("Attempted burglary") if kind == ATTEMPTED_BURGLARY else named(kind)


LOCAL, COMMAND_LINE = "local", "command line"  # the names under which the operator decides
OPERATORS = (LOCAL, COMMAND_LINE)


class State(StrEnum):
    PENDING = "pending"
    PUBLISHED = "published"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Response(StrEnum):
    """What the police did, or why they were not told."""

    CAME = "came"
    PHONED = "phoned"
    NOTHING_YET = "nothing yet"
    TOO_SMALL = "not told: too small"
    NO_USE = "not told: no use"
    NOT_KNOWN_HOW = "not told: not known how"
    FEAR = "not told: fear"
    OTHER = "not told: other"
    RATHER_NOT_SAY = "not told: rather not say"


AFTER_TOLD = (Response.CAME, Response.PHONED, Response.NOTHING_YET)
NOT_TOLD = (Response.TOO_SMALL, Response.NO_USE, Response.NOT_KNOWN_HOW, Response.FEAR, Response.OTHER, Response.RATHER_NOT_SAY)


class Flag(StrEnum):
    """What a moderator should look at; none of them loses a report."""

    MANY_IN_SESSION = "many from one visit"
    MANY_FROM_NETWORK = "many from one network"
    HONEYPOT = "filled in a field that people do not see"
    FAST = "filled in within three seconds"
    HOUSE_NUMBER = "house_number"
    POSTCODE = "postcode"
    PHONE = "phone"
    EMAIL = "email"
    PLATE = "plate"
    NAME = "name"
    BIRTH = "birth"
    CARD = "card"
    INSURANCE = "insurance"


@dataclass(frozen=True)
class Place:
    """A street point that the police use, copied by value: degrees (WGS 84) and the street's name."""

    longitude: float
    latitude: float
    street: str


@dataclass(frozen=True)
class Submission:
    """What a form was sent with, checked. `id` is the browser's: the same twice is the same report."""

    id: str
    kind: str
    month: Month
    place: Place
    told_police: bool
    response: Response
    text: str = ""  # masked
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True)
class Report:
    """A report as it is stored; times are UTC."""

    id: int
    mark: str  # what the public can name it by
    state: State
    received_at: datetime
    kind: str
    month: Month
    place: Place
    told_police: bool
    response: Response
    text: str
    flags: tuple[Flag, ...]
    version: int  # grows with every decision: who decides says which one was seen
    decided_at: datetime | None = None
    reason: str = ""
    duplicate_of: int | None = None
    corrections: int = 0  # open requests
    heap: str | None = None  # the flood that it came in
    second_by: str | None = None  # the moderator who wants somebody else to look, too

    @property
    def crime_type(self) -> str:
        return police_type(self.kind)


@dataclass(frozen=True)
class Decision:
    """Who decided what, and when (UTC)."""

    report: int
    at: datetime
    who: str
    act: str
    before: str
    after: str
    reason: str = ""


@dataclass(frozen=True)
class Mark:
    """What the public sees of a report: point, month and type."""

    mark: str
    kind: str
    month: Month
    place: Place = field(repr=False)


def public_line(kind: str, month: Month, street: str) -> str:
    """What everybody sees of a report once it is published: `Burglary · January 2025 · on or near Church Lane`."""
    return " · ".join([kind_word(kind), month.name, _("on or near {street}").format(street=street)])


def response_words() -> Mapping[Response, str]:
    """The answers as a person reads them, with `I`."""
    return {
        Response.CAME: _("They came"),
        Response.PHONED: _("They phoned, or wrote"),
        Response.NOTHING_YET: _("Nothing yet"),
        Response.TOO_SMALL: _("It seemed too small"),
        Response.NO_USE: _("I thought nothing would be done"),
        Response.NOT_KNOWN_HOW: _("I did not know how"),
        Response.FEAR: _("I was afraid to"),
        Response.OTHER: _("Another reason"),
        Response.RATHER_NOT_SAY: _("I would rather not say"),
    }


def flag_words() -> Mapping[Flag, str]:
    return {
        Flag.MANY_IN_SESSION: _("third report or more from one visit"),
        Flag.MANY_FROM_NETWORK: _("sixth report or more from one network in an hour"),
        Flag.HONEYPOT: _("filled in a field that people do not see"),
        Flag.FAST: _("filled in within 3 seconds"),
        Flag.HOUSE_NUMBER: _("house number in the text, masked"),
        Flag.POSTCODE: _("postcode in the text, masked"),
        Flag.PHONE: _("phone number in the text, masked"),
        Flag.EMAIL: _("e-mail address in the text, masked"),
        Flag.PLATE: _("number plate in the text, masked"),
        Flag.NAME: _("perhaps a name in the text, not masked"),
        Flag.BIRTH: _("perhaps a date of birth in the text, not masked"),
        Flag.CARD: _("perhaps a card number in the text, not masked"),
        Flag.INSURANCE: _("perhaps a National Insurance number in the text, not masked"),
    }


STATES = {
    State.PENDING: Message("waiting for a moderator"),
    State.PUBLISHED: Message("published"),
    State.REJECTED: Message("rejected"),
    State.WITHDRAWN: Message("withdrawn by the sender"),
}


ACTS = {  # what moderators do, and a sender
    "publish": Message("publish"),
    "reject": Message("reject"),
    "duplicate": Message("duplicate"),
    "undo": Message("undo"),
    "keep": Message("keep"),
    "second": Message("ask for a second look"),
    "alone": Message("no second look"),
    "withdraw": Message("withdraw"),
}
IN_SHORT = {
    State.PENDING: Message("pending"),
    State.PUBLISHED: Message("published"),
    State.REJECTED: Message("rejected"),
    State.WITHDRAWN: Message("withdrawn"),
}


def decision_words(decision: Decision) -> Mapping[str, str]:
    """What a sentence about a decision is made of: at, who, act, before, after, reason."""
    before, after = (_(IN_SHORT[State(state)]) for state in (decision.before, decision.after))
    at = decision.at.strftime("%Y-%m-%d %H:%M")
    return {
        "at": at,
        "who": decision.who,
        "act": _(ACTS[decision.act]),
        "before": before,
        "after": after,
        "reason": decision.reason,
    }


def state_words() -> Mapping[State, str]:
    return {state: _(words) for state, words in STATES.items()}

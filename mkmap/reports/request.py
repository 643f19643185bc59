"""What people ask of a site that publishes: correct this, look at this, decide again, a complaint; and by when they are answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mkmap.reports import privacy
from mkmap.reports.reasons import Reason
from mkmap.reports.report import Flag
from mkmap.words import Message, _


class Kind(StrEnum):
    CORRECTION = "correction"
    CONTENT = "content"  # “report this”: illegal, harmful, or it identifies somebody
    APPEAL = "appeal"  # of a sender whose report was rejected
    COMPLAINT = "complaint"


OF_A_MARK = (Kind.CORRECTION, Kind.CONTENT)
ANSWERED_WITHIN = {
    Kind.CORRECTION: privacy.CORRECTION_ANSWERED,
    Kind.CONTENT: privacy.CONTENT_ANSWERED,
    Kind.APPEAL: privacy.APPEAL_ANSWERED,
    Kind.COMPLAINT: privacy.COMPLAINT_ANSWERED,
}
WHATS: Mapping[Kind, Mapping[str, Reason]] = {  # what can be chosen, and the reason for which a mark goes if that is right
    Kind.CORRECTION: {
        Message("This did not happen"): Reason.NOT_BELIEVABLE,
        Message("It happened elsewhere"): Reason.PLACE_OR_MONTH,
        Message("It was another month"): Reason.PLACE_OR_MONTH,
        Message("It was something else"): Reason.OTHER,
        Message("It tells who lives there"): Reason.IDENTIFIES,
        Message("Something else"): Reason.OTHER,
    },
    Kind.CONTENT: {
        Message("It identifies a person"): Reason.IDENTIFIES,
        Message("It puts somebody in danger"): Reason.HARMFUL,
        Message("It is hateful or harasses somebody"): Reason.HARMFUL,
        Message("It is against the law in another way"): Reason.HARMFUL,
        Message("It is harmful in another way"): Reason.HARMFUL,
    },
    Kind.APPEAL: {},
    Kind.COMPLAINT: {
        Message("How a report or request of mine was decided"): Reason.OTHER,
        Message("How this site uses what is known of me"): Reason.OTHER,
        Message("Something that this site shows"): Reason.OTHER,
        Message("This site does not work for me"): Reason.OTHER,
        Message("Something else"): Reason.OTHER,
    },
}


class Outcome(StrEnum):
    """How a request was answered."""

    KEPT = "kept"  # the mark stays as it is
    REMOVED = "removed"  # the mark is public no more
    REOPENED = "reopened"  # the rejection was taken back: the report waits again
    UPHELD = "upheld"  # the rejection stands
    ANSWERED = "answered"  # a complaint, in words
    GONE = "gone"  # what it was about is not there any more
    UNANSWERED = "unanswered"  # its time was over before anybody answered


BY_HAND: Mapping[Kind, Outcome] = {  # how one is answered where nothing changes; else what is decided is the answer
    Kind.CORRECTION: Outcome.KEPT,
    Kind.CONTENT: Outcome.KEPT,
    Kind.APPEAL: Outcome.UPHELD,
    Kind.COMPLAINT: Outcome.ANSWERED,
}


@dataclass(frozen=True)
class Asked:
    """What a form was sent with. `id` is the browser's: the same twice is the same request. `mark`: empty for a complaint."""

    id: str
    kind: Kind
    what: str
    text: str
    mark: str = ""


@dataclass(frozen=True)
class Request:
    """A request as it is stored; times are UTC. `report`: None where it is about none, or that one is gone."""

    id: int
    kind: Kind
    report: int | None
    sent_at: datetime
    what: str
    text: str  # masked, for moderators alone
    flags: tuple[Flag, ...] = ()
    is_set_aside: bool = False  # one of many from one network
    acknowledged_at: datetime | None = None
    answered_at: datetime | None = None
    outcome: Outcome | None = None
    note: str = ""  # what a moderator wrote to whoever asked
    who: str = ""  # answered

    @property
    def answer_by(self) -> datetime:
        return self.sent_at + ANSWERED_WITHIN[self.kind]

    @property
    def due(self) -> datetime:
        """By when somebody must act next: a complaint is acknowledged first."""
        if self.kind is Kind.COMPLAINT and self.acknowledged_at is None:
            return self.sent_at + privacy.COMPLAINT_ACKNOWLEDGED
        return self.answer_by

    def is_late(self, at: datetime) -> bool:
        return self.answered_at is None and at > self.due

    @property
    def take_down_reason(self) -> Reason:
        return WHATS[self.kind].get(self.what, Reason.OTHER)


def kind_words() -> Mapping[Kind, str]:
    return {
        Kind.CORRECTION: _("Correction asked for"),
        Kind.CONTENT: _("Reported as illegal or harmful"),
        Kind.APPEAL: _("Appeal"),
        Kind.COMPLAINT: _("Complaint"),
    }


def outcome_words() -> Mapping[Outcome, str]:
    """As whoever asked reads it."""
    return {
        Outcome.KEPT: _("A moderator has looked at it. The mark stays as it is."),
        Outcome.REMOVED: _("A moderator has looked at it. The mark was taken down."),
        Outcome.REOPENED: _("The rejection was taken back. The report is looked at anew."),
        Outcome.UPHELD: _("A moderator has looked at it again. The rejection stands."),
        Outcome.ANSWERED: _("Your complaint is answered."),
        Outcome.GONE: _("What it was about is not public any more."),
        Outcome.UNANSWERED: _("It was not answered in time."),
    }

"""Say what police.uk's outcomes mean, in six words.

Names: https://data.police.uk/docs/method/outcomes-for-crime/. The archive and the API call one of them by two names.
"""

from enum import StrEnum


class OutcomeStatus(StrEnum):
    """What became of a crime."""

    OPEN = "open"  # still under investigation
    CHARGED = "charged"  # a suspect was charged, whatever a court said later
    NO_SUSPECT = "no_suspect"  # closed, and nobody was found
    UNABLE = "unable"  # there is a suspect, and no prosecution: no success of the police
    OTHER = "other"  # dealt with out of court, left to others, or told in words that are new to us
    NONE = "none"  # not known: the police publish none, as of anti-social behaviour, or tell it no more

    @property
    def place(self) -> int:
        """Its place among all, where a number stands for it."""
        return STATUSES.index(self)


STATUSES = tuple(OutcomeStatus)
UNDER_INVESTIGATION = "Under investigation"
NO_SUSPECT = "Investigation complete; no suspect identified"
UNABLE = "Unable to prosecute suspect"
NO_UPDATE = "Status update unavailable"
SUSPECT_CHARGED = "Suspect charged"  # in outcomes files alone
OUTCOMES_CHARGED = (
    SUSPECT_CHARGED,
    "Suspect charged as part of another case",
    "Awaiting court outcome",  # what street files say of a suspect who is charged
    "Court result unavailable",
    "Court case unable to proceed",
    "Defendant found not guilty",
    "Defendant sent to Crown Court",
    "Offender deprived of property",
    "Offender fined",
    "Offender given absolute discharge",
    "Offender given community sentence",
    "Offender given conditional discharge",
    "Offender given suspended prison sentence",
    "Offender ordered to pay compensation",
    "Offender otherwise dealt with",
    "Offender sent to prison",
)
OUTCOMES_OTHER = (
    "Action to be taken by another organisation",
    "Formal action is not in the public interest",
    "Further action is not in the public interest",
    "Further investigation is not in the public interest",
    "Local resolution",
    "Offender given a caution",
    "Offender given a drugs possession warning",
    "Offender given a penalty notice",  # the API
    "Offender given penalty notice",  # the archive
)
STATUS_OF = {
    UNDER_INVESTIGATION: OutcomeStatus.OPEN,
    NO_SUSPECT: OutcomeStatus.NO_SUSPECT,
    UNABLE: OutcomeStatus.UNABLE,
    NO_UPDATE: OutcomeStatus.NONE,  # nobody can say that it ended
    **dict.fromkeys(OUTCOMES_CHARGED, OutcomeStatus.CHARGED),
    **dict.fromkeys(OUTCOMES_OTHER, OutcomeStatus.OTHER),
}


def status_of(outcome: str | None) -> OutcomeStatus:
    """The status of an outcome in police.uk's words; unknown words are `OTHER`, none at all are `NONE`."""
    return STATUS_OF.get(outcome, OutcomeStatus.OTHER) if outcome else OutcomeStatus.NONE

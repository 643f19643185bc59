"""Decide who may act, by what a visit holds: the operator's session, or a moderator's sign-in. No address gives a right.

Every act asks anew: a session that is over, a sign-out and a list without somebody's name count at once, in every process.
"""

from dataclasses import dataclass
from datetime import datetime

from mkmap.database import moderators, operators
from mkmap.database.connection import Store, opened
from mkmap.database.moderators import Person
from mkmap.errors import Code, MkmapError, Refused
from mkmap.reports.report import LOCAL, OPERATORS
from mkmap.settings import Settings

COOKIE = "mkmap_operator"  # of the browser in which a link was opened


@dataclass(frozen=True)
class Visit:
    """What a browser came with: the secret of an operator's session, and who signed in."""

    secret: str = ""
    person: Person | None = None

    @property
    def holds_something(self) -> bool:
        return bool(self.secret or self.person)


def store(settings: Settings) -> Store:
    """Where rights are kept, whatever data are shown. Raises NotKept where the database does not answer."""
    return opened(settings.home, settings.database_url)


def listed(settings: Settings) -> frozenset[str]:
    """The addresses that may moderate."""
    return frozenset(moderators.as_listed(address.strip()) for address in settings.moderators.split(",")) - {""}


def has_others(settings: Settings, who: str) -> bool:
    """Whether somebody else may decide about reports, too; the operator is one person, in a browser and on the command line."""
    others = len(listed(settings)) if who in OPERATORS else len(listed(settings)) - 1 + settings.local_moderation
    return others > 0


def has_session(settings: Settings, visit: Visit, at: datetime) -> bool:
    """Whether a visit has an operator's session that stands now."""
    return bool(visit.secret) and operators.has_session(store(settings), visit.secret, at=at)


def may_operate(settings: Settings, visit: Visit, at: datetime) -> bool:
    """Whether a visit may change what is stored: the operator, and a moderator who has signed in."""
    return has_session(settings, visit, at) or (visit.person is not None and _signed_in(settings, visit.person, at))


def moderator(settings: Settings, visit: Visit, at: datetime) -> str:
    """The name under which a visit decides about reports. Raises Refused with the reason where it may not."""
    reason = Refused(Code.MODERATORS_ONLY)
    if visit.person is not None:
        try:
            return moderators.name(store(settings), visit.person, listed(settings), at=at)
        except Refused as error:
            reason = error
    if settings.local_moderation and has_session(settings, visit, at):
        return LOCAL
    raise reason


def _signed_in(settings: Settings, person: Person, at: datetime) -> bool:
    try:
        return bool(moderators.name(store(settings), person, listed(settings), at=at))
    except MkmapError:
        return False

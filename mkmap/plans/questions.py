"""Ask police.uk about a neighbourhood: which one a place is in, and what its police say."""

from datetime import datetime
from urllib.parse import quote

from mkmap.errors import BadInput
from mkmap.plans import answers
from mkmap.plans.plan import Neighbourhood, Plan
from mkmap.police.client import PoliceApi
from mkmap.police.refusals import NoAnswer, source
from mkmap.words import _


def locate(api: PoliceApi, longitude: float, latitude: float) -> Neighbourhood | None:
    """The neighbourhood of a place in degrees, WGS 84; None where police.uk knows none.

    Raises Unreachable, or BadInput where the answer is not what was asked for.
    """
    try:
        found = api.ask("locate-neighbourhood", answers.LOCATED, q=f"{latitude:.5f},{longitude:.5f}")
    except NoAnswer:
        return None
    return Neighbourhood(found.force, found.neighbourhood)


def plan_of(api: PoliceApi, neighbourhood: Neighbourhood, at: datetime) -> Plan:
    """The plan of a neighbourhood as it is now: all of it, or none.

    Raises Unreachable, or BadInput where an answer is not what was asked for.
    """
    path = f"{neighbourhood.force}/{quote(neighbourhood.id)}"
    details = api.ask(path, answers.DETAILS)
    if details.id not in ("", neighbourhood.id):
        raise BadInput(
            _("police.uk answered with another neighbourhood. What is stored was kept."), source=source(api.host, path)
        )
    return Plan(
        neighbourhood,
        details.name,
        details.description,
        details.contact,
        answers.people(api.ask(f"{path}/people", answers.PEOPLE)),
        answers.priorities(api.ask(f"{path}/priorities", answers.PRIORITIES)),
        answers.events(api.ask(f"{path}/events", answers.EVENTS)),
        fetched_at=at,
    )

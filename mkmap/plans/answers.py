"""Read what police.uk's API says of a neighbourhood into frozen values: HTML to text, dates to days, odd objects to nothing.

What is missing is empty; what has another shape than police.uk's is refused whole.
"""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter

from mkmap.plans.plan import Contact, Event, Person, Priority
from mkmap.plans.text import one_line, plain_text, safe_address

EARLIEST = 2000  # the year; neighbourhood policing is younger, and an empty date has been seen written as 0001 or 1970
MOST = 500  # of a list: ten times the largest team; more is no neighbourhood, and no page


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise ValueError("not a text")


def _text_or_nothing(value: object) -> str:
    """Of a contact, what is odd is left out: it is no reason to keep a whole plan from anybody."""
    return value if isinstance(value, str) else ""


def _moment(value: object) -> datetime | None:
    """A time as it came, local; None for what is none, or cannot be meant."""
    try:
        moment = datetime.fromisoformat(_written(value)).replace(tzinfo=None)
    except ValueError:
        return None
    return moment if moment.year >= EARLIEST else None


def _day(value: object) -> date | None:
    moment = _moment(value)
    return moment.date() if moment else None


def _object(value: object) -> object:
    """An empty object comes as null or as an empty list, too."""
    return {} if value in (None, "", []) else value


Text = Annotated[str, BeforeValidator(lambda value: plain_text(_written(value)))]
Line = Annotated[str, BeforeValidator(lambda value: one_line(_written(value)))]
Detail = Annotated[str, BeforeValidator(lambda value: one_line(_text_or_nothing(value)))]
Address = Annotated[str, BeforeValidator(lambda value: safe_address(_text_or_nothing(value)))]
Day = Annotated[date | None, BeforeValidator(_day)]
Moment = Annotated[datetime | None, BeforeValidator(_moment)]


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True)


class Located(_Answer):
    """Where a place belongs; the two become parts of an address, so nothing else may stand in them."""

    force: str = Field(pattern=r"\A[a-z][a-z-]{0,39}\z")
    neighbourhood: Annotated[str, BeforeValidator(_written)] = Field(pattern=r"\A[A-Za-z0-9][A-Za-z0-9 ._&()'-]{0,59}\z")


class ContactDetails(_Answer):
    telephone: Detail = ""
    mobile: Detail = ""
    email: Detail = ""
    address: Detail = ""
    web: Address = ""
    facebook: Address = ""
    twitter: Address = ""


class Details(_Answer):
    """A neighbourhood itself; population, centre, links and police stations are not read: nothing is made of them."""

    id: Annotated[str, BeforeValidator(_written)] = ""
    name: Line = Field(min_length=1)
    description: Text = ""
    url_force: Address = ""
    contact_details: Annotated[ContactDetails, BeforeValidator(_object)] = ContactDetails()

    @property
    def contact(self) -> Contact:
        fields = self.contact_details.model_dump()
        return Contact(**fields | {"web": fields["web"] or self.url_force})


class Officer(_Answer):
    name: Line = ""
    rank: Line = ""


class PriorityAnswer(_Answer):
    issue: Text = ""
    action: Text = ""
    issued: Day = Field(None, validation_alias="issue-date")
    acted: Day = Field(None, validation_alias="action-date")


class EventAnswer(_Answer):
    title: Line = ""
    kind: Line = Field("", validation_alias="type")
    description: Text = ""
    address: Line = ""
    starts: Moment = Field(None, validation_alias="start_date")
    ends: Moment = Field(None, validation_alias="end_date")


LOCATED = TypeAdapter(Located)
DETAILS = TypeAdapter(Details)
PEOPLE = TypeAdapter(Annotated[list[Officer], Field(max_length=MOST)])
PRIORITIES = TypeAdapter(Annotated[list[PriorityAnswer], Field(max_length=MOST)])
EVENTS = TypeAdapter(Annotated[list[EventAnswer], Field(max_length=MOST)])


def people(answers: list[Officer]) -> tuple[Person, ...]:
    """Those who have a name or a rank."""
    return tuple(Person(officer.name, officer.rank) for officer in answers if officer.name or officer.rank)


def priorities(answers: list[PriorityAnswer]) -> tuple[Priority, ...]:
    """Those that say something, each once, in the order of police.uk."""
    told = (answer for answer in answers if answer.issue or answer.action)
    return tuple(dict.fromkeys(Priority(answer.issue, answer.issued, answer.action, answer.acted) for answer in told))


def events(answers: list[EventAnswer]) -> tuple[Event, ...]:
    return tuple(dict.fromkeys(Event(**answer.model_dump()) for answer in answers if answer.title or answer.description))

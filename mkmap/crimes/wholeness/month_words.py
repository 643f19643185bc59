"""Say of stored months what is not whole, why, and what an operator can do."""

from typing import TYPE_CHECKING

from mkmap.crimes.stored import StoredMonth
from mkmap.crimes.wholeness.words import sentence
from mkmap.words import _, ngettext, number

if TYPE_CHECKING:
    from mkmap.crimes.ingest import Imported  # a page that says what is stored reads no file


def why(month: StoredMonth) -> str:
    """What was noticed about a month, and who has confirmed it; empty where there is nothing to say."""
    noticed = [sentence(reason) for reason in month.judged.reasons] if month.judged else []
    if month.confirmed:
        confirmed = _("{who} confirmed on {day} that it is whole: {why}")
        noticed.append(confirmed.format(who=month.confirmed.who, day=str(month.confirmed.at.date()), why=month.confirmed.why))
    return " ".join(noticed)


def not_whole(month: StoredMonth) -> str:
    """That it is stored, and counted nowhere, and how that is changed."""
    return _(
        "{month} is not whole. {why} It is stored and counted nowhere, as if it were missing. Import the whole month, or where this is "
        'all there was: python -m mkmap import --confirm {number} --who NAME --why "HOW YOU KNOW".'
    ).format(month=month.month.name, why=why(month), number=month.month)


def refused(month: StoredMonth) -> str:
    return _(
        "{month} that came now is not whole. {why} To have it all the same, import it with --replace. The whole one that was stored "
        "before is kept."
    ).format(month=month.month.name, why=why(month))


def whole_now(month: StoredMonth) -> str:
    return _("{month}, stored before, is whole beside the months that came now.").format(month=month.month.name)


def unusual(month: StoredMonth) -> str:
    return _("{month} is unusual, and counted. {why}").format(month=month.month.name, why=why(month))


def of_import(done: "Imported", force: str) -> list[str]:
    """Sentences about the months of the map's force that are not whole, or unusual; of others how many are not whole."""
    every = [*done.months, *done.rejudged]
    months = [month for month in every if month.force == force]
    return [
        *(not_whole(month) for month in months if not month.is_whole),
        *(refused(month) for month in done.refused if month.force == force),
        *(whole_now(month) for month in done.rejudged if month.force == force and month.is_whole),
        *(unusual(month) for month in done.months if month.force == force and month.is_whole and why(month)),
        *_of_others(sum(not month.is_whole for month in every if month.force != force)),
    ]


def _of_others(count: int) -> list[str]:
    if not count:
        return []
    words = ngettext("{n} month of another force is not whole.", "{n} months of other forces are not whole.", count)
    return [words.format(n=number(count))]

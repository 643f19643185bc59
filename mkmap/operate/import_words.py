"""Say what an import has stored, what it has left out, and what about it looks wrong."""

from collections.abc import Iterator, Mapping

from mkmap.crimes.ingest import Imported
from mkmap.crimes.store import Crimes
from mkmap.crimes.stored import StoredMonth, Vouched
from mkmap.crimes.wholeness import month_words
from mkmap.crimes.whose_area import other_districts
from mkmap.settings import Settings
from mkmap.words import _, listed, ngettext, number

WORTH_SAYING = 0.02  # of a month's rows: a new release strikes out a few


def of(
    done: Imported, before: Mapping[str, int], chosen: Settings, passed_over: list[str], vouched: Vouched | None
) -> Iterator[str]:
    """The lines; `before`: the rows of the months that were stored before, by their keys."""
    if done.months:
        yield _stored(done.months)
        yield from _replaced(sum(month.key in before for month in done.months))
        yield from _with_fewer_rows(done.months, before)
        yield from _of_other_forces(done.months, chosen)
    yield from month_words.of_import(done, chosen.force)
    if done.outcomes:
        yield done.outcomes_in_words
    if vouched:
        yield from _by_will(vouched, chosen)
    for remark in (*passed_over, *done.remarks, *_elsewhere(done.months, chosen)):
        yield " ".join(remark.split())


def _stored(months: list[StoredMonth]) -> str:
    return ngettext(
        "{n} file stored: {rows} rows, of which {placed} are placed, {nowhere} have no location, {rejected} were rejected.",
        "{n} files stored: {rows} rows, of which {placed} are placed, {nowhere} have no location, {rejected} were rejected.",
        len(months),
    ).format(
        n=number(len(months)),
        rows=number(sum(month.rows for month in months)),
        placed=number(sum(month.placed for month in months)),
        nowhere=number(sum(month.no_location for month in months)),
        rejected=number(sum(month.rejected for month in months)),
    )


def _replaced(months: int) -> Iterator[str]:
    if months:
        yield ngettext(
            "{n} month was stored before and is replaced.", "{n} months were stored before and are replaced.", months
        ).format(n=number(months))


def _with_fewer_rows(months: list[StoredMonth], before: Mapping[str, int]) -> Iterator[str]:
    for month in months:
        if (known := before.get(month.key, 0)) * (1 - WORTH_SAYING) > month.rows:
            sentence = ngettext(
                "{month} has {rows} row now, and had {known} before.",
                "{month} has {rows} rows now, and had {known} before.",
                month.rows,
            )
            yield sentence.format(month=month.month.name, rows=number(month.rows), known=number(known))


def _by_will(vouched: Vouched, chosen: Settings) -> Iterator[str]:
    """What took another's place and is kept as that: the same rows again took nobody's."""
    at = vouched.at.isoformat(timespec="seconds")
    files = sum(one["at"] == at for one in Crimes(chosen.home).manifest.get("replaced", []))
    if files:
        yield ngettext(
            "{n} file took the place of another because {who} answers for it: {why}",
            "{n} files took the place of others because {who} answers for it: {why}",
            files,
        ).format(n=number(files), who=vouched.who, why=vouched.why)


def _of_other_forces(months: list[StoredMonth], chosen: Settings) -> Iterator[str]:
    if not any(month.force == chosen.force for month in months):
        yield _("None of them is of {force}, the force of this map (MKMAP_FORCE): the map does not show them.").format(
            force=chosen.force
        )


def _elsewhere(months: list[StoredMonth], chosen: Settings) -> Iterator[str]:
    """That the newest month of this force names other districts than the area."""
    ours = [month for month in months if month.force == chosen.force and month.is_whole]
    districts = other_districts(Crimes(chosen.home).path(ours[-1]), chosen.area_name) if ours else []
    if districts:
        yield _(
            "No crime in {month} lies in {area}, by the names of the districts ({districts}, …). Are MKMAP_FORCE, MKMAP_AREA and "
            "MKMAP_AREA_NAME right?"
        ).format(month=ours[-1].month.name, area=chosen.area_name, districts=listed(districts))

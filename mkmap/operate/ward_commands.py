"""The commands of `python -m mkmap wards …` and `households`: where crimes are counted, and among how many."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup

from mkmap.errors import Code, Refused
from mkmap.settings import Settings, settings
from mkmap.words import Message, _, listed, number

if TYPE_CHECKING:
    from typer._click.core import Context

    from mkmap.places.sets import WardSet
    from mkmap.places.store import Places

HOUSEHOLDS = Message("Load the households of wards, for rates.")
ABOUT = Message(
    "Load a set of ward boundaries with its dates (wards PATH_OR_URL --from YYYY-MM-DD), list the sets, or remove one."
)
LOAD = "load"


class _LoadsAPath(TyperGroup):
    """`wards PATH` is `wards load PATH`: a file that is called like a command is named with its folder."""

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        if args and args[0] not in (*self.commands, "--help"):
            args = [LOAD, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(cls=_LoadsAPath, no_args_is_help=True, help=ABOUT)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(_("“{text}” is not a date like 2014-05-22").format(text=text)) from None


@app.command(LOAD, help=Message("Load a set of ward boundaries with its dates."))
def load(
    source: Annotated[
        str,
        typer.Argument(
            metavar="PATH_OR_URL", help=Message("a boundary file, its address, or a layer of the ONS Open Geography Portal")
        ),
    ],
    start: Annotated[date, typer.Option("--from", parser=_day, metavar="YYYY-MM-DD", help=Message("first day in force"))],
    end: Annotated[
        date | None, typer.Option("--to", parser=_day, metavar="YYYY-MM-DD", help=Message("last day in force"))
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(
            help=Message("the column of the wards' names, where the file has one that is called so; else what to call the set")
        ),
    ] = None,
    code: Annotated[str | None, typer.Option(metavar="COLUMN", help=Message("the column of the wards' codes"))] = None,
    district: Annotated[
        str | None, typer.Option(metavar="COLUMN", help=Message("the column of the districts' codes or names"))
    ] = None,
) -> None:
    from mkmap.places import download
    from mkmap.places.load import load_wards
    from mkmap.places.store import Places
    from mkmap.places.wards.columns import Named

    chosen = settings()
    may_ask(chosen, source)
    before = {ward_set.name: ward_set.wards for ward_set in Places(chosen.home).ward_sets()}
    notes: list[str] = []
    with download.session() as session:
        loaded = load_wards(
            Places(chosen.home), source, start=start, end=end, name=name, named=Named(code, None, district),
            area=chosen.area, area_name=chosen.area_name, session=session, say=notes.append,
        )  # fmt: skip
    print(
        _("{wards} wards stored as “{name}”, in force from {start}.").format(
            wards=loaded.wards, name=loaded.name, start=loaded.start
        )
    )
    if loaded.name in before:
        print(_("They take the place of the {wards} wards that had this name.").format(wards=before[loaded.name]))
    for note in notes:
        print(note)
    say_outside(chosen, loaded.name)


def say_outside(chosen: Settings, *names: str) -> None:
    """Say how many of the district's crimes lie in no ward of the sets of these names, or of all."""
    from mkmap.dataset.dataset import real
    from mkmap.operate import outside_wards

    for counted in outside_wards.of_sets(real(chosen.home, chosen.force, chosen.area), chosen.area_name):
        if not names or counted["name"] in names:
            for line in outside_wards.in_words(counted):
                print(line)


@app.command("list", help=Message("List the ward sets that are stored, with their dates and households."))
def list_() -> None:
    from mkmap.places.store import Places

    places = Places(settings().home)
    for ward_set in places.ward_sets():
        print(_listed_set(places, ward_set))
    if not places.ward_sets():
        print(_("No ward set is stored."))


def _listed_set(places: "Places", ward_set: "WardSet") -> str:
    households = places.households(ward_set)
    words = (
        _("“{name}”: {wards} wards, from {start} to {end}, with the households of {year}; from {source}.")
        if households
        else _("“{name}”: {wards} wards, from {start} to {end}, without households; from {source}.")
    )
    return words.format(
        name=ward_set.name, wards=number(ward_set.wards), start=ward_set.start, end=ward_set.end or _("now"),
        year=households and households.year, source=ward_set.source,
    )  # fmt: skip


@app.command(help=Message("Remove a ward set and its households; crimes and map points stay."))
def remove(name: Annotated[str, typer.Argument(metavar="NAME", help=Message("the set's name, as “list” shows it"))]) -> None:
    from mkmap.places.store import Places

    home = settings().home
    removed = Places(home).remove_wards(name)
    print(_("The {wards} wards of “{name}” are removed.").format(wards=number(removed.wards), name=removed.name))
    if left := Places(home).ward_sets():
        print(_("Its months are shown in the wards of {sets} now.").format(sets=listed([f"“{one.name}”" for one in left])))
    else:
        print(_("No ward set is left: the app shows the demonstration until one is loaded. Crimes stay stored."))


def households(
    source: Annotated[str, typer.Argument(metavar="PATH_OR_URL", help=Message("a CSV of households per ward or LSOA"))],
    year: Annotated[int | None, typer.Option(help=Message("the year they were counted in, where no column says it"))] = None,
    column: Annotated[
        str | None, typer.Option(metavar="COLUMN", help=Message("the column that counts all households, where it is not found"))
    ] = None,
    lookup: Annotated[
        str | None, typer.Option(metavar="PATH", help=Message("a CSV that says which LSOA lies in which ward"))
    ] = None,
) -> None:
    from mkmap.crimes.outside import lsoas_of
    from mkmap.crimes.store import Crimes
    from mkmap.places import download
    from mkmap.places.households.load import load_households
    from mkmap.places.store import Places

    chosen = settings()
    may_ask(chosen, source)
    notes: list[str] = []
    with download.session() as session:
        sets = load_households(
            Places(chosen.home), source, year=year, lookup=lookup, named=column, session=session, say=notes.append,
            lsoas=lsoas_of(Crimes(chosen.home, chosen.area), chosen.force, chosen.area_name),
        )  # fmt: skip
    print(_("Households stored for {sets}.").format(sets=listed([f"“{ward_set.name}”" for ward_set in sets])))
    for note in notes:
        print(note)


def may_ask(chosen: Settings, *sources: str) -> None:
    """Raise Refused where an address is to be asked and no request may leave the machine."""
    if chosen.offline and any(source.startswith(("http://", "https://")) for source in sources):
        raise Refused(Code.OFFLINE)

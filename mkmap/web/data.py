"""Offer the files that everybody can take away."""

from starlette.routing import Route

from mkmap.crimes.export import crimes_geojson, csv, wards_geojson
from mkmap.crimes.rows import rows_of
from mkmap.operate.clock import Clock
from mkmap.reports.export import reports_geojson
from mkmap.web.files import File, FileRequest

GEOJSON = "application/geo+json"


def _crime_rows(asked: FileRequest) -> bytes:
    dataset, selection = asked.snapshot.dataset, asked.selection
    rows = rows_of(dataset.crimes, dataset.places, selection.area.ward_set, dataset.force, selection.filters)
    names = selection.area.ward_names
    rows.insert(rows.columns.get_loc("ward_code"), "ward", rows["ward_code"].map(names))
    return csv(rows, asked.provenance)


def _crime_points(asked: FileRequest) -> bytes:
    return crimes_geojson(asked.selection, asked.provenance)


def _wards(asked: FileRequest) -> bytes:
    return wards_geojson(asked.selection, asked.households, asked.provenance)


def _reports(asked: FileRequest) -> bytes:
    return reports_geojson(asked.published.select(asked.selection.filters), asked.residents_provenance.as_dict())


FILES = (
    File("/data/crimes.csv", "text/csv; charset=utf-8", _crime_rows, download="crimes.csv"),
    File("/data/crimes.geojson", GEOJSON, _crime_points, download="crimes.geojson"),
    File("/data/wards.geojson", GEOJSON, _wards, download="wards.geojson"),
    File("/data/reports.geojson", GEOJSON, _reports, download="reports.geojson", of_residents=True),
)


def routes(clock: Clock) -> list[Route]:
    return [file.route(clock) for file in FILES]

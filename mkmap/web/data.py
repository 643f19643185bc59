"""Answer requests for data: downloads for people, and what the map's layers load."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mkmap.crimes.export import Provenance, crimes_geojson, csv, wards_geojson
from mkmap.crimes.query import Selection, rows_of
from mkmap.drawing import palette
from mkmap.errors import MkmapError, NotKept
from mkmap.map import crime_marks, report_marks, shading
from mkmap.map.labels import ward_labels
from mkmap.map.mercator import fitting_zoom
from mkmap.operate.status import health
from mkmap.places.streets import street_name
from mkmap.reports.export import LICENCE, reports_geojson
from mkmap.reports.published import Published
from mkmap.settings import settings
from mkmap.view.sentences import headline, source
from mkmap.view.snapshot import Snapshot
from mkmap.web import briefings, feeds, previews
from mkmap.words import _

FOREVER = "public, max-age=31536000, immutable"  # an address with a version never means anything else
LINE, CHOSEN_LINE = 1.2, 3.0  # pixels: outlines of wards
ALWAYS_ASK = "no-cache"
A_WHILE = "private, max-age=600"  # a report can be withdrawn: no cache between may keep it


@dataclass(frozen=True)
class Asked:
    """A data request with its filters read."""

    snapshot: Snapshot
    selection: Selection
    ground: palette.Ground
    ignored: tuple[str, ...] = ()
    of_residents: bool = False

    @cached_property
    def published(self) -> Published:
        return self.snapshot.published(self.selection.filters.last)

    @property
    def version(self) -> str:
        """What an address names that never means anything else."""
        return f"{self.snapshot.version}-{self.published.version}" if self.of_residents else self.snapshot.version

    @property
    def provenance(self) -> Provenance:
        chosen = self.selection.filters.months
        absent = ", ".join(str(month) for month in chosen if month not in self.selection.area.stored)
        return Provenance(
            self.snapshot.dataset.name, source(self.snapshot), str(self.snapshot.latest), absent, " ".join(self.ignored)
        )

    @property
    def households(self):
        return self.snapshot.dataset.places.households(self.selection.area.ward_set)


Answer = Callable[[Asked], bytes]


def _route(path: str, media_type: str, answer: Answer, *, download: str | None = None, of_residents: bool = False) -> Route:
    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(_answer, request, media_type, answer, download, of_residents)

    return Route(path, endpoint, methods=["GET"])


def _answer(request: Request, media_type: str, answer: Answer, download: str | None, of_residents: bool) -> Response:
    params = {key: request.query_params.getlist(key) for key in ("from", "to", "ward", "type")}
    try:
        snapshot = Snapshot.now(settings(), date.today())
        read = snapshot.read(params)
        ground = palette.DARK if "dark" in request.query_params else palette.LIGHT
        asked = Asked(snapshot, snapshot.select(read.filters), ground, read.ignored, of_residents)
        if not asked.selection.months and media_type.startswith("text/csv"):  # an empty file would pass for a zero
            return Response(headline(snapshot, asked.selection), 404, media_type="text/plain")
        body, version = answer(asked), asked.version
    except NotKept as error:
        return Response(str(error), 503, media_type="text/plain")
    except MkmapError:
        return Response(
            _("The data cannot be read at the moment. Nothing was lost; the operator can find out with “verify”."), 503
        )
    cached = request.query_params.get("v") == version
    headers = {"Cache-Control": (A_WHILE if of_residents else FOREVER) if cached else ALWAYS_ASK}
    if read.ignored:
        headers["X-Ignored"] = quote(" ".join(read.ignored), safe=" ,.:/")
    if download:
        carried = residents_provenance(asked) if of_residents else asked.provenance
        said = carried.as_dict().items()  # a CSV without rows has no other place for it
        headers |= {f"X-{name.replace('_', '-').title()}": quote(value, safe=" ,.:/") for name, value in said if value}
        headers["Content-Disposition"] = f'attachment; filename="{_name(download, asked)}"'
    return Response(body, media_type=media_type, headers=headers)


def _name(download: str, asked: Asked) -> str:
    filters = asked.selection.filters
    invented = "demonstration-" if asked.snapshot.dataset.is_demonstration else ""
    return f"{invented}{filters.first}-to-{filters.last}-{download}"


async def _health(_request: Request) -> Response:
    found = await run_in_threadpool(health, settings(), date.today())
    return JSONResponse(found, 200 if found["status"] == "ok" else 503, headers={"Cache-Control": ALWAYS_ASK})


async def _icons(_request: Request) -> Response:
    return Response(crime_marks.icons(), media_type="image/png", headers={"Cache-Control": "public, max-age=86400"})


async def _style(_request: Request) -> Response:
    return JSONResponse(
        {"version": 8, "name": "mkmap", "sources": {}, "layers": []}, headers={"Cache-Control": "public, max-age=86400"}
    )


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _crime_rows(asked: Asked) -> bytes:
    dataset, selection = asked.snapshot.dataset, asked.selection
    rows = rows_of(dataset.crimes, dataset.places, selection.area.ward_set, dataset.force, selection.filters)
    names = selection.area.ward_names
    rows.insert(rows.columns.get_loc("ward_code"), "ward", rows["ward_code"].map(names))
    return csv(rows, asked.provenance)


def _shades(asked: Asked) -> bytes:
    """The wards' shapes with the colour of their rate."""
    wards = json.loads(wards_geojson(asked.selection, asked.households, asked.provenance))
    shading.fill(wards, asked.selection, asked.households, asked.ground)
    return _json(wards)


def _outlines(asked: Asked) -> bytes:
    wards = asked.selection.area.wards
    width = wards["code"].isin(asked.selection.filters.wards).map({True: CHOSEN_LINE, False: LINE})
    return wards[["geometry"]].assign(width=width).to_json(drop_id=True).encode()


def _ward_names(asked: Asked) -> bytes:
    wards = asked.selection.area.wards
    return _json(ward_labels(wards, fitting_zoom(wards.total_bounds)))


def _report_marks(asked: Asked) -> bytes:
    chosen = asked.published.select(asked.selection.filters)
    return _json(report_marks.marks(chosen, asked.selection.area.ward_names))


def _reports(asked: Asked) -> bytes:
    return reports_geojson(asked.published.select(asked.selection.filters), residents_provenance(asked).as_dict())


def residents_provenance(asked: Asked) -> Provenance:
    """Whose words these are: residents', and nobody's count of crime."""
    invented = asked.snapshot.dataset.is_demonstration
    said = (
        _("Demonstration reports: invented, not evidence")
        if invented
        else _("Reports by residents, looked at by moderators, not by the police")
    )
    return Provenance(asked.snapshot.dataset.name, said, str(asked.snapshot.today), "", " ".join(asked.ignored), LICENCE)


def _streets(asked: Asked) -> bytes:
    """Every map point the police use here, whether or not anything was recorded there."""
    points = asked.selection.area.points
    points = points[points["ward"].notna()]
    places = points[["longitude", "latitude"]].round(5)
    return _json(
        [
            {"p": [longitude, latitude], "n": street_name(street)}
            for longitude, latitude, street in zip(places["longitude"], places["latitude"], points["street"], strict=True)
        ]
    )


GEOJSON = "application/geo+json"
ROUTES = [
    Route("/healthz", _health, methods=["GET"]),
    _route("/data/crimes.csv", "text/csv; charset=utf-8", _crime_rows, download="crimes.csv"),
    _route(
        "/data/crimes.geojson",
        GEOJSON,
        lambda asked: crimes_geojson(asked.selection, asked.provenance),
        download="crimes.geojson",
    ),
    _route(
        "/data/wards.geojson",
        GEOJSON,
        lambda asked: wards_geojson(asked.selection, asked.households, asked.provenance),
        download="wards.geojson",
    ),
    _route("/data/reports.geojson", GEOJSON, _reports, download="reports.geojson", of_residents=True),
    _route("/map/reports.json", "application/json", _report_marks, of_residents=True),
    _route("/map/marks.json", "application/json", lambda asked: _json(crime_marks.marks(asked.selection))),
    _route("/map/shades.json", "application/json", _shades),
    _route("/map/wards.json", "application/json", _outlines),
    _route("/map/ward-names.json", "application/json", _ward_names),
    _route("/map/streets.json", "application/json", _streets),
    *briefings.ROUTES,
    *feeds.ROUTES,
    *previews.ROUTES,
    Route("/map/style.json", _style, methods=["GET"]),
    Route("/map/icons.png", _icons, methods=["GET"]),
]

"""Answer a request for a file of what is stored, as the filters of its address leave it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mkmap.crimes.export import Provenance
from mkmap.crimes.query import Selection
from mkmap.drawing import palette
from mkmap.errors import MkmapError
from mkmap.filters import PARAMETERS
from mkmap.map.names import opening
from mkmap.operate.clock import Clock
from mkmap.places.store import Households
from mkmap.reports.export import LICENCE
from mkmap.reports.published import Published
from mkmap.settings import settings
from mkmap.view.sentences import headline, source
from mkmap.view.snapshot import Snapshot
from mkmap.web.answers import ALWAYS_ASK, header, ignored, in_words, parameters, unreadable
from mkmap.web.kept import KEPT
from mkmap.words import _

FOREVER = "public, max-age=31536000, immutable"  # an address with a version never means anything else
A_WHILE = "private, max-age=600"  # a report can be withdrawn: no cache between may keep it


@dataclass(frozen=True)
class FileRequest:
    """A request with its filters read."""

    snapshot: Snapshot
    selection: Selection
    ground: palette.Ground
    ignored: tuple[str, ...] = ()
    place: Mapping[str, int] = field(default_factory=dict)  # what the path itself names: a tile's zoom, column and row
    opens_at: float | None = None  # the zoom of the view that a map opens with

    @classmethod
    def of(cls, request: Request, today: date) -> "FileRequest":
        """Raises Damaged where what is stored cannot be read."""
        snapshot = Snapshot.now(settings(), today)
        read = snapshot.read(parameters(request, PARAMETERS))
        ground = palette.DARK if "dark" in request.query_params else palette.LIGHT
        return cls(snapshot, snapshot.select(read.filters), ground, read.ignored, request.path_params, _opens_at(request))

    @cached_property
    def published(self) -> Published:
        return self.snapshot.published(self.selection.filters.last)

    @property
    def households(self) -> Households | None:
        return self.snapshot.dataset.places.households(self.selection.area.ward_set)

    @property
    def provenance(self) -> Provenance:
        chosen, area = self.selection.filters.months, self.selection.area
        partial = area.partial(chosen)
        missing = [month for month in chosen if month not in area.stored and month not in partial]
        return Provenance(
            self.snapshot.dataset.name, source(self.snapshot), str(self.snapshot.latest),
            ", ".join(map(str, missing)), ", ".join(map(str, partial)), " ".join(self.ignored),
        )  # fmt: skip

    @property
    def residents_provenance(self) -> Provenance:
        """Whose words these are: residents', and nobody's count of crime."""
        whose = (
            _("Demonstration reports: invented, not evidence")
            if self.snapshot.dataset.is_demonstration
            else _("Reports by residents, looked at by moderators, not by the police")
        )
        return Provenance(self.snapshot.dataset.name, whose, str(self.snapshot.today), "", "", " ".join(self.ignored), LICENCE)


def _opens_at(request: Request) -> float | None:
    """A browser may send anything."""
    zoom = re.fullmatch(r"\d{1,2}(\.\d{1,3})?", request.query_params.get("at", ""), re.ASCII)
    return opening(float(zoom[0])) if zoom else None


@dataclass(frozen=True)
class File:
    """An address and what it answers; `download`: the end of the name under which a browser keeps it."""

    path: str
    media_type: str
    body: Callable[[FileRequest], bytes]
    download: str = ""
    of_residents: bool = False

    def route(self, clock: Clock) -> Route:
        async def endpoint(request: Request) -> Response:
            if not self.of_residents and (made := KEPT.get(request)):
                return made
            return await run_in_threadpool(self._answer, request, clock.today())

        return Route(self.path, endpoint, methods=["GET"])

    def _answer(self, request: Request, today: date) -> Response:
        try:
            asked = FileRequest.of(request, today)
            if not asked.selection.months and self.media_type.startswith("text/csv"):  # an empty file would pass for a zero
                return in_words(headline(asked.snapshot, asked.selection), 404)
            version = self._version(asked)
            is_named = request.query_params.get("v") == version
            if is_named and (made := KEPT.get(request)):
                return made
            body = self.body(asked)
        except MkmapError as error:
            return unreadable(error)
        headers = {"Cache-Control": self._kept if is_named else ALWAYS_ASK, **ignored(asked.ignored)}
        if is_named:
            return KEPT.keep(request, body, self.media_type, headers)
        if self.download:
            headers |= self._origin(asked)
        return Response(body, media_type=self.media_type, headers=headers)

    @property
    def _kept(self) -> str:
        return A_WHILE if self.of_residents else FOREVER

    def _version(self, asked: FileRequest) -> str:
        """What an address names that never means anything else."""
        version = asked.snapshot.version
        return f"{version}-{asked.published.version}" if self.of_residents else version

    def _origin(self, asked: FileRequest) -> dict[str, str]:
        """Where a file comes from, which is said of it too: a CSV without rows has no other place for it."""
        carried = asked.residents_provenance if self.of_residents else asked.provenance
        named = {f"X-{name.replace('_', '-').title()}": header(value) for name, value in carried.as_dict().items() if value}
        return {**named, "Content-Disposition": f'attachment; filename="{self._name(asked)}"'}

    def _name(self, asked: FileRequest) -> str:
        filters = asked.selection.filters
        invented = "demonstration-" if asked.snapshot.dataset.is_demonstration else ""
        return f"{invented}{filters.first}-to-{filters.last}-{self.download}"

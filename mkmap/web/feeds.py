"""Answer requests for a ward's feed (Atom)."""

import hashlib
from datetime import date

from feedgen.feed import FeedGenerator
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mkmap.errors import MkmapError
from mkmap.operate.clock import Clock
from mkmap.settings import settings
from mkmap.view.sentences import base_address, police_name, source
from mkmap.view.snapshot import Snapshot
from mkmap.web.answers import ALWAYS_ASK, in_words, unreadable
from mkmap.web.feed_entries import FeedEntry, FeedWard, entries, oldest_fetch, ward_of
from mkmap.words import _


def atom(ward: FeedWard, base: str) -> bytes:
    """The feed of a ward; `base` is the address of this site, without a slash at the end."""
    feed, told = FeedGenerator(), entries(ward)
    feed.id(ward.id("feed"))
    feed.title(ward.title(_("{ward}: police figures, and what the police say they do").format(ward=ward.name)))
    feed.subtitle(source(ward.snapshot))
    feed.author(name=police_name(ward.snapshot) if ward.snapshot.dataset.is_demonstration else "data.police.uk")
    feed.rights("" if ward.snapshot.dataset.is_demonstration else _("Open Government Licence v3.0"))
    feed.generator("mkmap")
    feed.link(href=f"{base}/feeds/wards/{ward.code}.atom", rel="self", type="application/atom+xml")
    feed.link(href=f"{base}/wards?ward={ward.code}", rel="alternate", type="text/html")
    feed.updated(told[-1].updated if told else oldest_fetch(ward))
    for entry in told:  # each is put before those that stand there: the newest comes first
        _add(feed, ward, entry, base)
    body: bytes = feed.atom_str()
    return body


def _add(feed: FeedGenerator, ward: FeedWard, entry: FeedEntry, base: str) -> None:
    added = feed.add_entry()
    added.id(ward.id(entry.key))
    added.title(ward.title(entry.title))
    added.content(entry.text)
    added.updated(entry.updated)
    added.link(href=f"{base}{entry.path}", rel="alternate", type="text/html")


def _answer(request: Request, today: date) -> Response:
    """With an ETag: a reader that has the feed gets 304."""
    try:
        ward = ward_of(Snapshot.now(settings(), today), request.path_params["code"])
        if ward is None:
            return in_words(_("There is no ward with this code on this map."), 404)
        body = atom(ward, base_address(settings().public_url, str(request.url)))
    except MkmapError as error:
        return unreadable(error)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": ALWAYS_ASK, "Vary": "Host"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/atom+xml", headers=headers)


def routes(clock: Clock) -> list[Route]:
    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(_answer, request, clock.today())

    return [Route("/feeds/wards/{code}.atom", endpoint, methods=["GET"])]

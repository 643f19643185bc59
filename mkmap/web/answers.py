"""Give what the routes have in common: answers in words, what every file carries, and a turn for what takes long."""

import asyncio
import re
from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from typing import Generic, ParamSpec, TypeVar
from urllib.parse import quote

from anyio import CapacityLimiter, fail_after
from cachetools import LRUCache
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from mkmap.errors import MkmapError, NotKept
from mkmap.words import _

ALWAYS_ASK = "no-cache"
LONGEST_HEADER = 1_500  # bytes of one value: many servers take 8 kB of all headers together

Given = ParamSpec("Given")
Asked = TypeVar("Asked", bound=Hashable)
Made = TypeVar("Made")


def in_words(text: str, status: int, headers: dict[str, str] | None = None) -> Response:
    return Response(text, status, media_type="text/plain", headers=headers)


def unreadable(error: MkmapError) -> Response:
    """What is stored cannot be read: where its files are, and what is wrong with them, is nobody's business outside."""
    if isinstance(error, NotKept):
        return in_words(str(error), 503)
    return in_words(_("The data cannot be read at the moment. Nothing was lost; the operator can find out with “verify”."), 503)


def busy(text: str) -> Response:
    return in_words(text, 503, {"Retry-After": "60"})


def parameters(request: Request, names: Sequence[str]) -> dict[str, list[str]]:
    """Of the request's address, as `Choices.read` takes them."""
    return {name: request.query_params.getlist(name) for name in names}


def header(text: str) -> str:
    """A text of any language as a header's value, cut where servers and proxies refuse an answer for its headers' size."""
    whole = quote(text, safe=" ,.:/")
    return whole if len(whole) <= LONGEST_HEADER else re.sub(r"(%\w\w)*%?\w?$", "", whole[:LONGEST_HEADER]) + "..."


def ignored(notes: Sequence[str]) -> dict[str, str]:
    """The header that says what of the address was not understood."""
    return {"X-Ignored": header(" ".join(notes))} if notes else {}


class OneAtATime:
    """A turn for work that would wear the server out if everybody's were done at once."""

    def __init__(self, patience: float) -> None:
        self._patience = patience  # seconds that a request may wait for others'

    @cached_property
    def _limiter(self) -> CapacityLimiter:
        return CapacityLimiter(1)  # made where an event loop runs

    async def do(self, work: Callable[Given, Made], *args: Given.args, **kwargs: Given.kwargs) -> Made:
        """Raises TimeoutError where the turn does not come."""
        with fail_after(self._patience):
            await self._limiter.acquire()
        try:
            return await run_in_threadpool(work, *args, **kwargs)
        finally:
            self._limiter.release()


class MadeOnce(Generic[Asked, Made]):
    """What takes long, one after the other as it was asked for: who asks for what is being made, or was made lately, gets the same."""

    def __init__(self, make: Callable[[Asked], Made], *, kept: int, patience: float) -> None:
        self._make, self._turn = make, OneAtATime(patience)
        self._made: LRUCache[Asked, Made] = LRUCache(kept)
        self._awaited: dict[Asked, asyncio.Task[Made]] = {}

    async def get(self, asked: Asked) -> Made:
        """Raises TimeoutError where the turn does not come."""
        if asked in self._made:
            return self._made[asked]
        if asked not in self._awaited:
            self._awaited[asked] = asyncio.create_task(self._making(asked))
        return await asyncio.shield(self._awaited[asked])  # who goes away takes it from nobody else

    async def _making(self, asked: Asked) -> Made:
        try:
            self._made[asked] = made = await self._turn.do(self._make, asked)
        finally:
            del self._awaited[asked]
        return made

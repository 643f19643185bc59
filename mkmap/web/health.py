"""Answer a monitor: how this site is, which data set it shows, and its latest month."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mkmap.operate.clock import Clock
from mkmap.operate.health import health
from mkmap.settings import settings
from mkmap.web.answers import ALWAYS_ASK


def routes(clock: Clock) -> list[Route]:
    async def endpoint(_request: Request) -> Response:
        state = await run_in_threadpool(health, settings(), clock.today())
        return JSONResponse(state, 200 if state["status"] == "ok" else 503, headers={"Cache-Control": ALWAYS_ASK})

    return [Route("/healthz", endpoint, methods=["GET"])]

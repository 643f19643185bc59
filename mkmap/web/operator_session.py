"""Answer the operator's link: open the session in the browser that comes first with it, and take the token out of its address."""

from html import escape

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from mkmap.database import operators
from mkmap.database.operators import SESSION_LIVES
from mkmap.errors import Damaged, NotKept, Refused
from mkmap.operate import rights
from mkmap.operate.clock import Clock
from mkmap.operate.operator_link import PATH
from mkmap.settings import settings
from mkmap.web.answers import unreadable
from mkmap.words import _, language

HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
}  # nobody learns the address from which a browser comes
STYLES = """:root { color-scheme: light dark; } body { margin: 10vh auto; max-width: 34rem; padding: 1rem; font: 1.125rem/1.5 sans-serif;
    overflow-wrap: anywhere; color: light-dark(#1b1f24, #eceff2); background: light-dark(#fff, #12161b); }
    h1 { font-size: 1.6rem; line-height: 1.2; } a { color: light-dark(#005a9c, #7cc1f2); }"""


def routes(clock: Clock) -> list[Route]:
    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(_open, request, clock)

    return [Route(PATH, endpoint, methods=["GET"])]


def _open(request: Request, clock: Clock) -> Response:
    if _only_looks(request):
        return Response(status_code=503, headers=HEADERS)
    try:
        secret = operators.open_session(rights.store(settings()), request.query_params.get("token", ""), at=clock.now())
    except NotKept as error:
        return _page(str(error), 503)
    except Refused as error:
        return _page(str(error), 403)
    except Damaged as error:
        return unreadable(error)
    answer = RedirectResponse("/about", 303, headers=HEADERS)
    lives = int(SESSION_LIVES.total_seconds())
    answer.set_cookie(rights.COOKIE, secret, lives, path="/", httponly=True, samesite="strict")
    return answer


def _only_looks(request: Request) -> bool:
    """A browser that fetches a typed address before Enter is pressed, and whoever asks for the head alone, uses up no link."""
    return request.method == "HEAD" or "prefetch" in request.headers.get("sec-purpose", request.headers.get("purpose", ""))


def _page(why: str, status: int) -> HTMLResponse:
    head = _("This link opens no session")
    return HTMLResponse(
        f'<!doctype html><html lang="{language().split("_")[0]}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>{escape(head)}</title><style>{STYLES}</style></head><body><h1>{escape(head)}</h1><p>{escape(why)}</p>"
        f'<p><a href="/about">{escape(_("About this map"))}</a></p></body></html>',
        status,
        headers=HEADERS,
    )

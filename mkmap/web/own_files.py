"""Hand out our own style sheet and script: what Streamlit has no way for in a browser."""

import json
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mkmap.web.answers import ALWAYS_ASK
from mkmap.web.files import FOREVER
from mkmap.words import _

STYLES = Path(__file__).with_name("own.css").read_text()
SCRIPT = "\n".join(Path(__file__).with_name(name).read_text() for name in ("find.js", "own.js"))  # one module


def linked(html: str) -> str:
    """Streamlit's page with both before its own: nothing is drawn before its styles are there."""
    links = (
        f'<link rel="stylesheet" href="/own.css?v={_version(_styles())}" />'
        f'<script type="module" src="/own.js?v={_version(SCRIPT)}"></script>'
    )
    return html.replace("<head>", f"<head>\n    {links}", 1)


def _styles() -> str:
    words = {
        "FILTERS": _("Filters, menu"),
        "MENU": _("Menu"),
        "COPY": _("Copy"),
        "WEBGL": _("This browser cannot draw the map (WebGL is off). The same numbers stand in the tables on this page."),
        "KEYS": _("Map: arrow keys move it, plus and minus zoom, Tab leads on"),
        "ZOOM": _("To zoom, hold Ctrl and turn the wheel, or click the map first"),
    }
    return re.sub('"([A-Z]+)"', lambda name: json.dumps(words[name[1]], ensure_ascii=False), STYLES)


def _version(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]


def _file(path: str, text: Callable[[], str], media_type: str) -> Route:
    async def endpoint(request: Request) -> Response:
        body = text()
        is_named = request.query_params.get("v") == _version(body)
        return Response(body, media_type=media_type, headers={"Cache-Control": FOREVER if is_named else ALWAYS_ASK})

    return Route(path, endpoint, methods=["GET"])


def routes() -> list[Route]:
    return [_file("/own.css", _styles, "text/css"), _file("/own.js", lambda: SCRIPT, "text/javascript")]

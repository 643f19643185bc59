"""Hand out the one script of our own: what Streamlit has no way for in a browser."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mkmap.web.answers import ALWAYS_ASK

SCRIPT = Path(__file__).with_name("own.js").read_text()


async def _script(_request: Request) -> Response:
    return Response(SCRIPT, media_type="text/javascript", headers={"Cache-Control": ALWAYS_ASK})


def routes() -> list[Route]:
    return [Route("/own.js", _script, methods=["GET"])]

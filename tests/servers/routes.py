"""Ask our own routes in this process, as of the tests' day."""

from made_clock import clock
from servers.asgi import Client
from starlette.applications import Starlette

from mkmap.web.routes import routes
from mkmap.web.server import HTML


def own_routes() -> Client:
    return Client(Starlette(routes=routes(HTML, clock())))

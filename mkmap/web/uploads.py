"""Let nobody but the operator use Streamlit's upload address: it takes files into memory, whatever a page shows."""

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from mkmap.errors import MkmapError
from mkmap.operate.clock import Clock
from mkmap.operate.noted import NOTED
from mkmap.settings import settings
from mkmap.web.answers import in_words, unreadable
from mkmap.words import _

UPLOADS = "/_stcore/upload_file"  # and behind it the session whose page has the uploader, and the file's number


class UploadsForTheOperator:
    """Ask for the right of the session in the address each time: it may have signed out since its page was drawn."""

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or UPLOADS not in scope["path"]:
            await self._app(scope, receive, send)
            return
        try:
            may = await run_in_threadpool(NOTED.may_operate, settings(), _session(scope["path"]), Clock().now())
        except MkmapError as error:
            await unreadable(error)(scope, receive, send)
            return
        refused = in_words(_("Only the operator can load files, in a session that has the right now. Nothing was kept."), 403)
        await (self._app if may else refused)(scope, receive, send)


def _session(path: str) -> str:
    return path.partition(UPLOADS + "/")[2].partition("/")[0]

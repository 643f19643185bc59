"""Refuse to repeat a long address in an answer: Streamlit leads from `/x/?…` to `/x?…`, and servers before us take 8 kB of headers."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST = 4_000  # bytes of an address that an answer leads to; every ward of a district is less
TOO_LONG = 414  # HTTP's number of it


class LongAddresses:
    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start" and any(map(_leads_far, message["headers"])):
                kept = [pair for pair in message["headers"] if not _leads_far(pair)]
                message = {**message, "status": TOO_LONG, "headers": kept}
            await send(message)

        await self._app(scope, receive, sending if scope["type"] == "http" else send)


def _leads_far(header: tuple[bytes, bytes]) -> bool:
    name, value = header
    return name.lower() == b"location" and len(value) > LONGEST

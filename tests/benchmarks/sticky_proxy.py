"""Stand before several processes, and hand all that comes from one address to the same: `PORT UPSTREAM…`."""

import asyncio
import sys
from asyncio import StreamReader, StreamWriter
from contextlib import suppress

CHUNK = 2**16


async def serve(port: int, upstreams: list[int]) -> None:
    processes: dict[str, int] = {}  # by the address of who came

    async def pass_on(reader: StreamReader, writer: StreamWriter) -> None:
        whose, *_port = writer.get_extra_info("peername")
        upstream = processes.setdefault(whose, upstreams[len(processes) % len(upstreams)])
        up_reader, up_writer = await asyncio.open_connection("127.0.0.1", upstream)
        await asyncio.gather(_pipe(reader, up_writer), _pipe(up_reader, writer))

    async with await asyncio.start_server(pass_on, "127.0.0.1", port) as server:
        await server.serve_forever()


async def _pipe(reader: StreamReader, writer: StreamWriter) -> None:
    with suppress(OSError):  # either end is gone
        while data := await reader.read(CHUNK):
            writer.write(data)
            await writer.drain()
    writer.close()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), [int(port) for port in sys.argv[2:]]))

"""Costly answers: few at once, one of each network, and who asks for many waits for the others."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from servers.asgi import run
from starlette.responses import PlainTextResponse

from mkmap.web import turns
from mkmap.web.turns import CostlyInTurn, TooManyWaiting, Turns, network_of

MANY, OTHER, THIRD = "192.0.2.1", "192.0.2.2", "192.0.2.3"


async def settled() -> None:
    for _step in range(20):
        await asyncio.sleep(0)


async def taken(queue: Turns, networks: list[str]) -> tuple[list[str], list[asyncio.Task]]:
    """Ask for turns; what is given is noted, in its order."""
    given: list[str] = []

    async def one(network: str) -> None:
        await queue.take(network)
        given.append(network)

    tasks = [asyncio.create_task(one(network)) for network in networks]
    await settled()
    return given, tasks


def test_one_network_has_one_turn_and_another_is_not_behind_its_queue():
    async def scene() -> list[str]:
        queue = Turns(width=2)
        given, tasks = await taken(queue, [MANY, MANY, MANY, OTHER, THIRD])
        assert given == [MANY, OTHER]
        for network in (OTHER, MANY, MANY, THIRD, MANY):
            queue.give_back(network)
            await settled()
        await asyncio.gather(*tasks)
        return given

    assert run(scene()) == [MANY, OTHER, THIRD, MANY, MANY]


def test_more_than_can_wait_is_refused_at_once_and_takes_nothing_from_others():
    async def scene() -> None:
        queue = Turns(width=1, waiting=2)
        _given, tasks = await taken(queue, [MANY, MANY, MANY])
        with pytest.raises(TooManyWaiting):
            await queue.take(MANY)
        given, others = await taken(queue, [OTHER])
        for _one_of_many in range(2):
            assert given == []
            queue.give_back(MANY)
            await settled()
        assert given == [OTHER]
        for task in (*tasks, *others):
            task.cancel()

    run(scene())


def test_who_goes_away_leaves_the_turn_to_the_next():
    async def scene() -> None:
        queue = Turns(width=1)
        given, tasks = await taken(queue, [MANY, OTHER, THIRD])
        tasks[1].cancel()
        await settled()
        queue.give_back(MANY)
        await settled()
        assert given == [MANY, THIRD]

    run(scene())


def test_a_turn_that_does_not_come_is_a_timeout(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.01)

    async def scene() -> None:
        queue = Turns(width=1)
        await queue.take(MANY)
        with pytest.raises(TimeoutError):
            await queue.take(OTHER)
        queue.give_back(MANY)
        await queue.take(THIRD)

    run(scene())


@pytest.mark.parametrize(("size", "whom"), [(turns.MOST_UNSENT_TO_ONE, [OTHER]), (turns.MOST_UNSENT, [])])
def test_nothing_more_is_made_for_who_does_not_take_it(size: int, whom: list[str]):
    async def scene() -> None:
        queue = Turns()
        queue.sending(MANY, size)
        given, tasks = await taken(queue, [MANY, OTHER])
        assert given == whom
        queue.sending(MANY, -size)
        await settled()
        assert sorted(given) == [MANY, OTHER]
        await asyncio.gather(*tasks)

    run(scene())


def scope(path: str, client: str = MANY) -> dict:
    return {"type": "http", "method": "GET", "path": path, "headers": [], "client": (client, 1)}


async def there() -> dict:
    """From a browser that stays."""
    return await asyncio.get_running_loop().create_future()


def counting(begun: list[str], until: Callable[[], Awaitable]) -> Callable:
    async def app(asked: dict, receive: Callable, send: Callable) -> None:
        begun.append(asked["path"])
        await until()
        await PlainTextResponse("made")(asked, receive, send)

    return app


def test_costly_addresses_wait_and_others_never_do():
    async def scene() -> list[str]:
        begun: list[str] = []
        until, sent = asyncio.Event(), []
        guarded = CostlyInTurn(counting(begun, until.wait))

        async def send(message: dict) -> None:
            sent.append(message)

        paths = ["/data/crimes.csv", "/data/crimes.csv", "/healthz", "/map/style.json", "/briefing/E05.pdf"]
        tasks = [asyncio.create_task(guarded(scope(path), there, send)) for path in paths]
        await settled()
        waiting = sorted(begun)
        until.set()
        await asyncio.gather(*tasks)
        assert len(begun) == len(paths)
        assert [message.get("status") for message in sent].count(200) == len(paths)
        return waiting

    assert run(scene()) == ["/data/crimes.csv", "/healthz", "/map/style.json"]


def test_what_nobody_waits_for_any_more_is_not_made():
    async def scene() -> None:
        begun: list[str] = []
        until, gone = asyncio.Event(), asyncio.Event()
        guarded = CostlyInTurn(counting(begun, until.wait))

        async def leaves() -> dict:
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(_message: dict) -> None:
            pass

        first = asyncio.create_task(guarded(scope("/data/first"), there, send))
        await settled()
        second = asyncio.create_task(guarded(scope("/data/second"), leaves, send))
        await settled()
        gone.set()
        await second
        until.set()
        await first
        assert begun == ["/data/first"]

    run(scene())


def test_the_rest_is_told_to_come_back(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.01)

    async def scene() -> dict:
        until, sent = asyncio.Event(), []
        guarded = CostlyInTurn(counting([], until.wait))

        async def send(message: dict) -> None:
            sent.append(message)

        first = asyncio.create_task(guarded(scope("/data/crimes.csv"), there, send))
        await settled()
        await guarded(scope("/data/crimes.csv"), there, send)
        first.cancel()
        return sent[0]

    answer = run(scene())
    assert answer["status"] == 503
    assert (b"retry-after", b"60") in answer["headers"]


@pytest.mark.parametrize(
    ("client", "network"),
    [("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("a socket", "a socket")],
)
def test_a_household_is_one_network(client: str, network: str):
    assert network_of(scope("/data/x", client)) == network

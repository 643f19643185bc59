"""A flood from one network is one heap that hides nobody; a hall on one Wi-Fi is none; a day later nothing tells the network."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sent_reports import NOW, submission

from mkmap.database.connection import Store
from mkmap.reports.privacy import NETWORK_HASH_LIVES, TEXT_LIVES
from mkmap.reports.report import Report
from mkmap.reports.request import Asked, Kind
from mkmap.reports.store import answering, deciding, floods, many, queue, requests, retention, sending, tables
from mkmap.reports.store.deciding import Act
from mkmap.reports.store.wanted import Wanted

HALL, FLOOD, OTHERS = "203.0.113.9", "198.51.100.7", "192.0.2.{}"
MOST, MOST_A_DAY = 6, 15  # in these tests; the real numbers take long to send


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    if "hall" not in request.node.name:
        monkeypatch.setattr(floods, "FLOODS", ((MOST, timedelta(hours=1)), (MOST_A_DAY, timedelta(hours=24))))


def send(store: Store, count: int, address: str, at: datetime = NOW, apart: timedelta = timedelta()) -> None:
    for number in range(count):
        sender = sending.Sender(f"visit {address} {number}", address)
        sending.submit(store, submission(), at=at + number * apart, sender=sender)


def waiting(store: Store, **how: object) -> list[Report]:
    return list(queue.page(store, Wanted(**how), 10_000).reports)


def forget(store: Store, at: datetime) -> None:
    retention.purge(store, lambda *_place: "", at=at)


def test_a_hall_of_twenty_who_send_three_each_is_no_flood(store):
    send(store, 60, HALL, apart=timedelta(seconds=20))
    assert len(waiting(store)) == 60
    assert floods.heaps(store) == []


def test_a_flood_is_one_heap_and_everybody_else_stays_in_the_queue(store):
    send(store, 3, FLOOD)
    for number in range(5):
        send(store, 1, OTHERS.format(number))
    send(store, MOST, FLOOD)
    (heap,) = floods.heaps(store)
    assert (heap.reports, heap.first, heap.last) == (3 + MOST, NOW, NOW)
    assert len(waiting(store)) == 5
    assert {report.heap for report in waiting(store, heap=heap.name)} == {heap.name}


def test_who_sends_slowly_passes_under_no_limit(store):
    send(store, MOST_A_DAY + 1, FLOOD, apart=timedelta(minutes=12))
    (heap,) = floods.heaps(store)
    assert heap.reports == MOST_A_DAY + 1


def test_two_floods_are_two_heaps(store):
    send(store, MOST + 1, FLOOD)
    send(store, MOST + 1, HALL)
    assert [heap.reports for heap in floods.heaps(store)] == [MOST + 1] * 2


def test_a_flood_from_many_threads_loses_nothing(store):
    def some(_number: int) -> None:
        send(store, 6, FLOOD)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(some, range(4)))
    aside = sum(heap.reports for heap in floods.heaps(store))
    assert aside + len(waiting(store)) == 24
    assert aside >= 24 - MOST - 4, "what came at the same moment as the heap may stay outside"


def test_a_heap_is_decided_as_one_but_for_what_came_after_it_was_seen(store):
    send(store, MOST + 5, FLOOD)
    (heap,) = floods.heaps(store)
    seen = queue.newest(store)
    send(store, 3, FLOOD)
    done = many.decide_all(
        store, Wanted(heap=heap.name), Act.REJECT, up_to=seen, total=heap.reports, who="Ann", at=NOW, reason="advertising"
    )
    assert (done.decided, done.left) == (MOST + 5, 0)
    assert [one.reports for one in floods.heaps(store)] == [3]
    many.take_back(store, many.last(store, "Ann", at=NOW), at=NOW)
    assert [one.reports for one in floods.heaps(store)] == [MOST + 8], "it waits again where it was, and hides nobody"


def test_the_name_of_a_network_tells_its_reports_for_a_day_and_the_heap_stays(store):
    send(store, MOST + 1, FLOOD)
    send(store, 2, HALL)
    assert sorted(queue.network_names(store, Wanted()).values()) == [2]
    name = floods.network(store, waiting(store)[0].id)
    assert len(waiting(store, network=name)) == 2
    forget(store, NOW + NETWORK_HASH_LIVES)
    assert queue.network_names(store, Wanted()) == {}
    assert floods.network(store, waiting(store)[0].id) == ""
    (heap,) = floods.heaps(store)
    assert heap.reports == MOST + 1


def test_neither_the_address_nor_anything_made_of_it_outlives_the_day(store):
    send(store, MOST + 1, FLOOD)
    with store.reading() as found:
        before = {*found.execute(sa.select(tables.networks.c.name)).scalars()}
    (heap,) = floods.heaps(store)
    send(store, 1, FLOOD, at=NOW + NETWORK_HASH_LIVES)
    forget(store, NOW + NETWORK_HASH_LIVES)
    with store.reading() as found:
        after = {*found.execute(sa.select(tables.networks.c.name)).scalars()}
    assert before
    assert not before & after, "another day, another name"
    assert heap.name not in before
    assert len(waiting(store)) == 1, "the same network begins anew"


def test_which_reports_were_of_one_flood_is_forgotten_with_their_texts(store):
    send(store, MOST + 1, FLOOD)
    (heap,) = floods.heaps(store)
    published = waiting(store, heap=heap.name)[0]
    deciding.decide(store, published, Act.PUBLISH, who="Ann", at=NOW)
    forget(store, NOW + TEXT_LIVES)
    assert deciding.get(store, published.id).heap == heap.name
    forget(store, NOW + TEXT_LIVES + timedelta(seconds=1))
    assert deciding.get(store, published.id).heap is None


def test_who_floods_and_appeals_against_each_rejection_is_looked_at_after_everybody_else(store):
    receipts = [sending.submit(store, submission(), at=NOW, sender=sending.Sender(f"{number}", FLOOD)) for number in range(8)]
    many.decide_about(store, deciding.reports_in(store), Act.REJECT, who="Ann", at=NOW, reason="advertising")
    for receipt in receipts:
        requests.appeal(store, receipt, "Look again.", at=NOW)
    requests.ask(store, Asked("one", Kind.COMPLAINT, "Something else", "Nobody answers.", ""), at=NOW + timedelta(days=10))
    first, *others = answering.waiting(store, 3)
    assert (first.kind, {one.kind for one in others}) == (Kind.COMPLAINT, {Kind.APPEAL})

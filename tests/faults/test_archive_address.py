"""An archive at an address: only what is wanted is read, and whatever the server does, the store is whole."""

import gc
import io
import os
import socket
import zipfile
from collections.abc import Iterator
from itertools import pairwise

import pytest
import urllib3
from made_archive import (
    FORCE,
    csv_file,
    ingest,
    name,
    outcome,
    outcomes_text,
    packed,
    row,
    rows,
    stored_files,
    stored_rows,
    text,
)
from refusing import refused
from servers import ranged
from servers.ranged import Ranged

from mkmap.crimes import remote
from mkmap.crimes.store import Crimes
from mkmap.errors import BadInput, Code, Refused, Unreachable

MONTHS = [f"2025-{number:02d}" for number in range(1, 11)]
FORCES = [FORCE, "city-of-london", "btp"]


def noisy(month: str, force: str) -> bytes:
    """A month that does not pack well, as the real ones don't: about 50 kB packed."""
    return text(row(number, month, **{"Crime ID": os.urandom(32).hex(), "Falls within": force}) for number in range(1500))


def noisy_outcomes(month: str) -> bytes:
    return outcomes_text(outcome(0, month, **{"Crime ID": os.urandom(32).hex()}) for _number in range(500))


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> bytes:
    """Ten months of three forces with street files and outcomes, about 3 MB."""
    members = {name(month, force): noisy(month, force) for month in MONTHS for force in FORCES}
    members |= {name(month, force, "outcomes"): noisy_outcomes(month) for month in MONTHS for force in FORCES}
    return packed(tmp_path_factory.mktemp("archive") / "all.zip", members).read_bytes()


@pytest.fixture
def server(archive) -> Iterator[Ranged]:
    with Ranged(archive) as served:
        yield served


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch):
    monkeypatch.setattr(remote, "TIMEOUT", (0.5, 0.5))
    monkeypatch.setattr(remote, "AGAIN", remote.AGAIN.new(backoff_factor=0, total=2))
    for proxy in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(proxy, raising=False)
    gc.freeze()  # what is older than the test is not looked through
    yield
    gc.collect()  # a connection that was left open is told by the test that left it
    gc.unfreeze()


@pytest.fixture
def full(home, tmp_path):
    ingest(home, csv_file(tmp_path, text(rows(5))))
    return home


def refusal(home, url: str, kind: type[Refused] = Unreachable) -> Refused:
    before = stored_files(home)
    with pytest.raises(kind) as refusal:
        ingest(home, url)
    assert stored_files(home) == before
    assert "Nothing was" in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert url.rsplit("/", 1)[0] in str(refusal.value)
    return refusal.value


def wanted_bytes(content: bytes, force: str = FORCE) -> tuple[set[tuple[int, int]], int]:
    """The spans of the wanted members, and how long they are together."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        following = dict(pairwise([*sorted(info.header_offset for info in opened.infolist()), opened.start_dir]))
        spans = {
            (info.header_offset, following[info.header_offset])
            for info in opened.infolist()
            if info.filename.endswith((f"{force}-street.csv", f"{force}-outcomes.csv"))
        }
    return spans, sum(last - first for first, last in spans)


def test_only_the_bytes_of_the_wanted_members_are_read(home, server, archive):
    stored = ingest(home, server.url)
    assert [(str(month.month), month.force, month.rows) for month in stored] == [(month, FORCE, 1500) for month in MONTHS]
    assert [(str(month), one.rows) for month, one in Crimes(home).outcomes(FORCE).items()] == [(month, 500) for month in MONTHS]
    spans, length = wanted_bytes(archive)
    directory, *members = server.sent
    assert directory == (len(archive) - 64 * 1024, len(archive))
    assert set(members) <= spans
    assert sum(last - first for first, last in members) <= length
    assert sum(last - first for first, last in server.sent) < len(archive) / 2


def test_each_wanted_member_is_asked_for_once(home, server):
    ingest(home, server.url)
    assert len(server.requests) <= 2 * len(MONTHS) + 1
    assert len(set(server.sent)) == len(server.sent)


def test_only_members_of_the_force_that_is_asked_for(home, server, archive):
    ingest(home, server.url, force="city-of-london")
    assert {month.force for month in Crimes(home).months()} == {"city-of-london"}
    assert set(server.sent[1:]) <= wanted_bytes(archive, "city-of-london")[0]


def test_the_same_rows_come_from_an_address_and_from_the_file(home, server, archive, tmp_path):
    (tmp_path / "archive.zip").write_bytes(archive)
    ingest(home, server.url)
    ingest(tmp_path / "other", tmp_path / "archive.zip")
    for month in MONTHS:
        one, other = (stored_rows(at, key=f"{month}/{FORCE}/force") for at in (home, tmp_path / "other"))
        assert one.equals(other)


def test_a_real_archive_by_ranges(home, shared):
    content = (shared / "police-uk" / "city-of-london.zip").read_bytes()
    with Ranged(content) as served:
        stored = ingest(home, served.url, force="city-of-london")
    assert len(stored) == 24
    assert sum(month.rows for month in stored) > 10_000


def test_a_small_archive_in_one_piece(home, tmp_path):
    with Ranged(packed(tmp_path / "small.zip", {name(): text(rows(9))}).read_bytes()) as served:
        assert [month.rows for month in ingest(home, served.url)] == [9]


def test_a_redirect_is_followed(home, archive):
    with Ranged(archive) as there, Ranged(b"") as here:
        here.misbehave(ranged.status(302, Location=there.url))
        assert len(ingest(home, here.url)) == len(MONTHS)
        assert all(asked for _method, _path, asked in there.requests)


def test_one_failure_costs_nothing_but_a_moment(home, server):
    server.misbehave(ranged.status(503), range(1, 2))
    server.misbehave(ranged.hung_up, range(3, 4))
    assert len(ingest(home, server.url)) == len(MONTHS)


SERVER_FAILS = {
    "404": ranged.status(404),
    "403": ranged.status(403),
    "416": ranged.status(416),
    "500": ranged.status(500),
    "503 with a long wait": ranged.status(503, **{"Retry-After": "86400"}),
    "hung up": ranged.hung_up,
    "silent": ranged.silent(0.8),
    "cut short": ranged.cut,
    "HTML": ranged.html,
    "a redirect in a circle": ranged.status(302, Location=ranged.PATH),
    "a redirect to a file": ranged.status(302, Location="file:///etc/passwd"),
    "a range that is none": ranged.ranged_as("nonsense"),
    "a range backwards": ranged.ranged_as("bytes 9-1/10"),
    "a range without an end": ranged.ranged_as("bytes 5-/10"),
}


@pytest.mark.parametrize("how", SERVER_FAILS.values(), ids=SERVER_FAILS)
def test_a_server_that_fails_at_once(full, server, how):
    server.misbehave(how)
    refusal(full, server.url, Refused if how is ranged.cut else Unreachable)


@pytest.mark.parametrize("how", SERVER_FAILS.values(), ids=SERVER_FAILS)
def test_a_server_that_fails_in_the_middle(full, server, how):
    server.misbehave(how, range(4, 1000))
    refusal(full, server.url, Refused)


WRONG_BYTES = {
    "HTML in place of the bytes": ranged.html_as_a_range,
    "zeros": ranged.zeros,
    "half of them as if they were all": ranged.shortened,
}


@pytest.mark.parametrize("how", WRONG_BYTES.values(), ids=WRONG_BYTES)
@pytest.mark.parametrize("first", [0, 4])
def test_wrong_bytes_are_refused(full, server, how, first):
    server.misbehave(how, range(first, 1000))
    refusal(full, server.url, Refused)


def test_bytes_beyond_what_was_asked_for_are_passed_over_or_refused(full, server):
    server.misbehave(ranged.longer)
    before = stored_files(full)
    try:
        ingest(full, server.url)
    except Refused:
        assert stored_files(full) == before
    else:
        assert len(Crimes(full).months()) == len(MONTHS)


def test_a_server_without_ranges_is_refused_before_it_sends_the_archive(full, archive):
    with Ranged(archive * 40, ranges=False) as served:
        assert refusal(full, served.url).code is Code.ARCHIVE_ADDRESS_WITHOUT_RANGES
        assert len(served.requests) == 1


def test_a_file_that_is_no_zip(full):
    with Ranged(os.urandom(300_000)) as served:
        assert refusal(full, served.url, BadInput).code is Code.NOT_A_ZIP


def test_an_empty_file(full):
    with Ranged(b"") as served:
        refusal(full, served.url, Refused)


def test_an_archive_that_was_cut_short(full, archive):
    with Ranged(archive[: len(archive) // 2]) as served:
        assert refusal(full, served.url, BadInput).code is Code.NOT_A_ZIP


def test_an_archive_without_the_force(full, server):
    before = stored_files(full)
    with refused(BadInput, Code.NOTHING_TO_IMPORT):
        ingest(full, server.url, force="kent")
    assert stored_files(full) == before
    assert len(server.requests) == 1


def test_a_member_that_is_spoilt_is_named(full, tmp_path):
    members = {name(month): noisy(month, FORCE) for month in MONTHS} | {
        name("2025-07"): text([*rows(9, "2025-07"), row(9, "2025-08")])
    }
    with Ranged(packed(tmp_path / "a.zip", members).read_bytes()) as served:
        refused_member = refusal(full, served.url, BadInput)
        assert (refused_member.code, refused_member.source) == (Code.ROWS_OF_ANOTHER_MONTH, f"{served.url}/{name('2025-07')}")


def test_nobody_listens(full):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        refusal(full, f"http://127.0.0.1:{taken.getsockname()[1]}{ranged.PATH}")


@pytest.mark.parametrize(
    "url", ["http://", "http:///x.zip", "http://127.0.0.1:99999/x.zip", "https://[::1", "http://a b/x.zip", "http://\x00/"]
)
def test_an_address_that_is_none(full, url):
    before = stored_files(full)
    with pytest.raises(Refused):
        ingest(full, url)
    assert stored_files(full) == before


def test_the_patience_is_bounded():
    assert remote.AGAIN.total <= 4
    assert isinstance(remote.AGAIN, urllib3.Retry)
    assert not remote.AGAIN.respect_retry_after_header

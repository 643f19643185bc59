"""A zip that means harm, or was spoilt on its way, in place of police.uk's archive."""

import io
import os
import random
import stat
import struct
import warnings
import zipfile
import zlib
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_archive import FORCE, csv_file, ingest, name, outcome, outcomes_text, packed, rows, stored_files, text

from mkmap.crimes import archive
from mkmap.crimes.archive import opened
from mkmap.crimes.store import Crimes
from mkmap.errors import BadInput, Code, Refused
from mkmap.month import Month

GOOD = text(rows(200))
NEXT = text(rows(200, "2025-02"))
OUTCOMES = outcomes_text([outcome()])


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    ingest(folder / "data", csv_file(folder, text(rows(5))))
    return folder / "data"


@pytest.fixture
def full(home, made) -> Path:
    """A store with a month in it, which an import that is refused must leave alone."""
    return copytree(made, home)


def refusal(home: Path, given: object) -> BadInput:
    before = stored_files(home)
    with pytest.raises(Refused) as refused:
        ingest(home, given)
    assert stored_files(home) == before
    sentence = str(refused.value)
    assert "\n" not in sentence
    assert sentence.isprintable()
    assert "Nothing was" in sentence
    assert not any(word in sentence.replace(str(given), "") for word in ("Error", "Exception", "new-", "Errno", "zlib"))
    return refused.value


def zipped(**how) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", **{"compression": zipfile.ZIP_DEFLATED} | how) as made:
        made.writestr(name(), GOOD)
        made.writestr(name("2025-02"), NEXT)
    return content.getvalue()


def entries(content: bytes) -> tuple[int, int, int, int]:
    """Where a made zip has: its first member's data, its second member, its directory, and the directory's end record."""
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        first, second = made.infolist()
        return 30 + len(first.filename), second.header_offset, made.start_dir, content.rindex(b"PK\5\6")


def patched(content: bytes, at: int, form: str, *values: int) -> bytes:
    packed_values = struct.pack(form, *values)
    return content[:at] + packed_values + content[at + len(packed_values) :]


def saved(folder: Path, content: bytes, called: str = "archive.zip") -> Path:
    file = folder / called
    file.write_bytes(content)
    return file


# ---- harmless


HARMLESS = {
    "as police.uk packs it": {name(): GOOD, name("2025-02"): NEXT},
    "without folders": {Path(name()).name: GOOD, Path(name("2025-02")).name: NEXT},
    "in a folder more": {f"deep/er/{name()}": GOOD, f"deep/er/{name('2025-02')}": NEXT},
    "other files beside": {name(): GOOD, name("2025-02"): NEXT, "README.txt": b"x", "2025-01/": b"", "photo.jpg": b"\0\1"},
    "what macOS adds": {name(): GOOD, name("2025-02"): NEXT, f"__MACOSX/2025-01/._2025-01-{FORCE}-street.csv": b"\0\5\1"},
    "outcomes and searches": {
        name(): GOOD, name("2025-02"): NEXT, name(kind="outcomes"): OUTCOMES, name(kind="stop-and-search"): b"\0 no crimes",
    },
    "a file saved twice by a browser": {"2025-01-thames-valley-street (1).csv": GOOD, "2025-02-thames-valley-street(2).csv": NEXT},
}  # fmt: skip


@pytest.mark.parametrize("members", HARMLESS.values(), ids=HARMLESS)
def test_what_is_harmless_is_imported(home, tmp_path, members):
    stored = ingest(home, packed(tmp_path / "archive.zip", members))
    assert [(str(month.month), month.rows, month.placed) for month in stored] == [("2025-01", 200, 200), ("2025-02", 200, 200)]


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("called", ["archive.zip", "ARCHIVE.ZIP", "archive", "archive.csv.zip", "a b (1) ü.zip"])
def test_any_name_and_both_usual_ways_to_pack(home, tmp_path, compression, called):
    assert len(ingest(home, saved(tmp_path, zipped(compression=compression), called))) == 2


def test_a_zip_with_something_in_front_and_a_comment_behind(home, tmp_path):
    file = saved(tmp_path, b"#!/bin/sh\n" + zipped())
    with zipfile.ZipFile(file, "a") as made:
        made.comment = b"police.uk"
    assert len(ingest(home, file)) == 2


def test_a_zip_made_by_a_stream(home, tmp_path):
    """Sizes and checksum stand behind each member's data, and zero before it."""

    class Stream(io.RawIOBase):
        written = b""

        def writable(self):
            return True

        def write(self, some):
            Stream.written += bytes(some)
            return len(some)

    with zipfile.ZipFile(Stream(), "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name(), GOOD)
    assert len(ingest(home, saved(tmp_path, Stream.written))) == 1


def test_a_folder_of_files_and_one_file_and_a_zip_at_once(home, tmp_path):
    (tmp_path / "folder" / "2025-03").mkdir(parents=True)
    (tmp_path / "folder" / "notes.csv").write_text("not,a,month\n")
    (tmp_path / "folder" / "2025-09-thames-valley-street.csv").mkdir()
    csv_file(tmp_path / "folder" / "2025-03", text(rows(9, "2025-03")), "2025-03")
    single = csv_file(tmp_path, text(rows(8, "2025-04")), "2025-04")
    stored = ingest(home, tmp_path / "folder", single, saved(tmp_path, zipped()))
    assert {str(month.month): month.rows for month in stored} == {"2025-03": 9, "2025-04": 8, "2025-01": 200, "2025-02": 200}


# ---- spoilt on the way


CONTENT = zipped()
ENDS = {1, 3, len(CONTENT) - 22, len(CONTENT) - 4, len(CONTENT) - 1}
ANYWHERE = {len(CONTENT) * part // 50 for part in range(50)}


@pytest.mark.parametrize("length", sorted(ENDS | ANYWHERE))
def test_a_zip_that_was_cut_short_is_refused(full, tmp_path, length):
    refusal(full, saved(tmp_path, CONTENT[:length]))


def test_a_zip_whose_middle_is_missing_is_refused(full, tmp_path):
    refusal(full, saved(tmp_path, CONTENT[:100] + CONTENT[400:]))


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_wrong_checksum_is_refused_with_the_member(full, tmp_path, compression):
    content = zipped(compression=compression)
    _data, second, directory, _end = entries(content)
    for at in (second + 14, content.index(b"PK\1\2", directory + 1) + 16):
        content = patched(content, at, "<I", 0xDEADBEEF)
    refused = refusal(full, saved(tmp_path, content))
    assert refused.source.endswith(f"archive.zip/{name('2025-02')}")
    assert refused.code is Code.FILE_DAMAGED


def test_a_flipped_bit_in_the_data_is_refused(full, tmp_path):
    data, *_others = entries(CONTENT)
    for at in range(data + 5, data + 1000, 111):
        refusal(full, saved(tmp_path, patched(CONTENT, at, "B", CONTENT[at] ^ 0x10)))


def test_names_that_differ_between_the_two_lists_are_refused(full, tmp_path):
    refusal(full, saved(tmp_path, CONTENT.replace(b"2025-01/2025-01", b"2025-01/2025-09", 1)))


NO_ZIP = {
    "nothing": b"",
    "text": b"hello " * 1000,
    "HTML": b"<!doctype html><h1>Sorry</h1>",
    "gzip": b"\x1f\x8b\x08\0" + os.urandom(100),
    "the end record alone": b"PK\5\6" + b"\0" * 18,
    "a directory that lies far outside": b"PK\5\6" + struct.pack("<4H2IH", 0, 0, 9, 9, 9999, 0xFFFFFFF0, 0),
    "zip64 without its record": b"PK\6\7"
    + b"\xff" * 16
    + b"PK\5\6"
    + struct.pack("<4H2IH", 0, 0, *[0xFFFF] * 2, *[0xFFFFFFFF] * 2, 0),
    "a CSV called zip": GOOD,
}


@pytest.mark.parametrize("content", NO_ZIP.values(), ids=NO_ZIP)
def test_what_is_no_zip_is_refused(full, tmp_path, content):
    refusal(full, saved(tmp_path, content))


@pytest.mark.parametrize(
    "given", ["nowhere.zip", "", "nowhere/", "a\0b", "x" * 5000, "file:///etc/passwd", "ftp://127.0.0.1/x.zip"]
)
def test_what_is_not_there_is_refused(full, given):
    before = stored_files(full)
    with pytest.raises(Refused):
        ingest(full, given)
    assert stored_files(full) == before


def test_a_zip_of_other_things_is_refused(full, tmp_path):
    refused = refusal(full, packed(tmp_path / "archive.zip", {"photo.jpg": b"\0", name(kind="stop-and-search"): b"x"}))
    assert refused.code is Code.NOTHING_TO_IMPORT


def test_a_zip_in_a_zip_is_not_opened(full, tmp_path):
    assert refusal(full, packed(tmp_path / "outer.zip", {"2025-01/inner.zip": CONTENT})).code is Code.NOTHING_TO_IMPORT


def test_a_zip_that_is_called_a_month_is_refused(full, tmp_path):
    assert refusal(full, packed(tmp_path / "outer.zip", {name(): CONTENT})).code is Code.NOT_A_TEXT
    assert refusal(full, csv_file(tmp_path, CONTENT)).code is Code.NOT_A_TEXT


# ---- made to do harm


NAMES = {
    "upwards": "../../2025-01-thames-valley-street.csv",
    "upwards in the middle": "2025-01/../../../2025-01-thames-valley-street.csv",
    "upwards, backslashes": "..\\..\\2025-01-thames-valley-street.csv",
    "absolute": "/etc/2025-01-thames-valley-street.csv",
    "absolute, backslash": "\\\\server\\share\\2025-01-thames-valley-street.csv",
    "a drive": "C:/2025-01-thames-valley-street.csv",
    "a stream": "2025-01/2025-01-thames-valley-street.csv:evil",
    "a line break": "2025-01\nDone. Everything is fine/2025-01-thames-valley-street.csv",
    "a terminal's commands": "\x1b[2J\x1b[1;1H/2025-01-thames-valley-street.csv",
    "right-to-left": "\u202e/2025-01-thames-valley-street.csv",
}


@pytest.mark.parametrize("member", NAMES.values(), ids=NAMES)
def test_a_name_that_leads_elsewhere_refuses_the_whole_archive(full, tmp_path, member):
    outside = set(tmp_path.parent.iterdir())
    refused = refusal(full, packed(tmp_path / "a.zip", {name("2025-02"): NEXT, member: GOOD}))
    assert refused.code in (Code.MEMBER_LEADS_OUTSIDE, Code.MEMBER_UNPRINTABLE)
    assert set(tmp_path.parent.iterdir()) == outside


def test_a_link_is_refused(full, tmp_path):
    link = zipfile.ZipInfo(name())
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr(link, "/etc/passwd")
    assert refusal(full, tmp_path / "a.zip").code is Code.MEMBER_IS_A_LINK


def test_an_encrypted_member_is_refused(full, tmp_path):
    _data, _second, directory, _end = entries(CONTENT)
    content = patched(patched(CONTENT, 6, "<H", 1), directory + 8, "<H", 1)
    assert refusal(full, saved(tmp_path, content)).code is Code.MEMBER_ENCRYPTED


def test_two_members_of_one_name_are_refused(full, tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made, warnings.catch_warnings(action="ignore"):
        made.writestr(name(), GOOD)
        made.writestr(name(), text(rows(1)))
    assert refusal(full, tmp_path / "a.zip").code is Code.MEMBER_TWICE


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_unusual_way_to_pack_is_refused(full, tmp_path, compression):
    assert refusal(full, saved(tmp_path, zipped(compression=compression))).code is Code.MEMBER_PACKED_ODDLY


def test_a_way_to_pack_that_does_not_exist_is_refused(full, tmp_path):
    _data, _second, directory, _end = entries(CONTENT)
    refusal(full, saved(tmp_path, patched(patched(CONTENT, 8, "<H", 77), directory + 10, "<H", 77)))


def test_too_many_members_are_refused(full, tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MEMBERS", 9)
    refused = refusal(full, packed(tmp_path / "a.zip", {name(f"{year}-01"): GOOD for year in range(2011, 2021)}))
    assert refused.code is Code.TOO_MANY_MEMBERS


# ---- bombs


def test_a_member_that_unpacks_to_far_more_than_a_month_is_refused_unread(full, tmp_path):
    bomb = GOOD + b"x" * 20_000_000
    assert refusal(full, packed(tmp_path / "a.zip", {name("2025-02"): NEXT, name(): bomb})).code is Code.UNPACKS_TOO_LARGE


def test_the_limit_of_a_member_counts_the_bytes_that_were_read(full, tmp_path, monkeypatch):
    """A CSV says no size, and a zip's sizes may lie."""
    monkeypatch.setattr(archive, "MEMBER_BYTES", 3 * 2**20)
    assert refusal(full, csv_file(tmp_path, GOOD * 100)).code is Code.UNPACKS_TOO_LARGE
    assert max(file.stat().st_size for file in full.rglob("*")) < 2**20


@pytest.mark.parametrize("both", [True, False])
def test_a_size_that_lies_is_refused(full, tmp_path, both):
    content = packed(tmp_path / "a.zip", {name(): GOOD + b"\n" * 4_000_000, name("2025-02"): NEXT}).read_bytes()
    _data, _second, directory, _end = entries(content)
    content = patched(content, directory + 24, "<I", len(GOOD))
    content = patched(content, 22, "<I", len(GOOD)) if both else content
    refusal(full, saved(tmp_path, content))


def test_a_lie_that_the_checksum_supports_gives_no_more_than_was_promised(home, tmp_path):
    content = packed(tmp_path / "a.zip", {name(): GOOD + b"\n" * 4_000_000, name("2025-02"): NEXT}).read_bytes()
    _data, _second, directory, _end = entries(content)
    content = patched(patched(content, directory + 24, "<I", len(GOOD)), directory + 16, "<I", zlib.crc32(GOOD))
    (file,) = (saved(tmp_path, content),)
    with opened([str(file)], force=FORCE) as (member, _next):
        member.extract(tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes() == GOOD


@pytest.mark.parametrize(("offset", "form"), [(18, "<I"), (26, "<H"), (28, "<H")])
def test_lengths_that_lie_are_refused(full, tmp_path, offset, form):
    """The packed size, and the lengths of the name and of the extra field, in either list."""
    _data, _second, directory, _end = entries(CONTENT)
    in_directory = {18: 20, 26: 28, 28: 30}[offset]
    for at in (offset, directory + in_directory):
        if (at, form) != (18, "<I"):  # nobody reads this one
            refusal(full, saved(tmp_path, patched(CONTENT, at, form, 0xFFFF)))


def test_members_that_are_made_of_the_same_bytes_are_refused(full, tmp_path):
    """As in zip bombs without nesting: a hundred names for one member."""
    names = [name(f"{2011 + number // 12}-{number % 12 + 1:02d}") for number in range(100)]
    content = packed(tmp_path / "a.zip", dict.fromkeys(names, GOOD)).read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        at = made.start_dir
        for info in made.infolist():
            content = patched(content, at + 42, "<I", 0)
            at += 46 + len(info.filename)
    assert refusal(full, saved(tmp_path, content)).code is Code.MEMBERS_OVERLAP


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.tuples(st.integers(0, len(CONTENT) - 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_whatever_bytes_change_an_archive_is_imported_whole_or_refused(full, tmp_path, changes):
    content = bytearray(CONTENT)
    for at, value in changes:
        content[at] = value
    try:
        with opened([str(saved(tmp_path, bytes(content)))], force=FORCE) as members:
            for member in members:
                member.extract(tmp_path / "out.csv")
                assert (tmp_path / "out.csv").read_bytes() in (GOOD, NEXT)
    except Refused:
        pass


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), where=st.sampled_from(["directory", "end"]))
def test_whatever_a_directory_says_it_never_ends_in_an_error_of_ours(full, tmp_path, seed, where):
    chance, content = random.Random(seed), bytearray(CONTENT)
    _data, _second, directory, end = entries(CONTENT)
    first, last = (directory, end) if where == "directory" else (end, len(content))
    for _change in range(chance.randint(1, 6)):
        content[chance.randrange(first, last)] = chance.choice([0, 1, 127, 128, 255, chance.randrange(256)])
    try:
        with opened([str(saved(tmp_path, bytes(content)))], force=FORCE) as members:
            for member in members:
                member.extract(tmp_path / "out.csv")
    except Refused:
        pass


# ---- real


def test_a_real_archive_passes(home, shared):
    stored = ingest(home, shared / "police-uk" / "thames-valley-2022-01-first-release.zip")
    assert [(month.month, month.force, month.rows) for month in stored] == [(Month(2022, 1), FORCE, 15_691)]
    assert Crimes(home).folder.damaged() == []


def test_every_real_archive_passes(home, shared):
    for file in sorted((shared / "police-uk").glob("*.zip")):
        with opened([str(file)], force=FORCE) as members:
            for member in members:
                member.extract(home.parent / "out.csv")

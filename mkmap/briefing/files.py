"""Write briefings into files: one ward's, or every ward's in a folder."""

import re
from collections.abc import Callable
from pathlib import Path

from mkmap.briefing.paper import pdf
from mkmap.briefing.ward import view_of
from mkmap.errors import Code, Refused
from mkmap.filters import Filters
from mkmap.lake.replace import replace_file
from mkmap.view.snapshot import Snapshot

LONGEST = 60  # characters of a name in a file's name

Progress = Callable[[int, int, str], None]


def write(snapshot: Snapshot, filters: Filters, code: str, file: Path) -> Path:
    """One ward's sheets, whole or not at all.

    Raises Refused where the file cannot be written, Damaged where what is stored cannot be read.
    """
    content = pdf(view_of(snapshot, filters, code))
    try:
        replace_file(file, lambda new: new.write_bytes(content))
    except OSError as error:
        raise Refused(Code.BRIEFING_UNWRITABLE, file=file, why=error.strerror or "") from None
    return file


def write_all(snapshot: Snapshot, filters: Filters, folder: Path, progress: Progress) -> list[Path]:
    """Every ward's sheets, in a folder that is made where there is none.

    Raises what `write` raises; what had been written before is kept.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(Code.BRIEFING_UNWRITABLE, file=folder, why=error.strerror or "") from None
    names = snapshot.ward_names(filters.last)
    written = []
    for done, (code, name) in enumerate(names.items()):
        progress(done, len(names), name)
        written.append(write(snapshot, filters, code, folder / file_name(snapshot, filters, code, name)))
    return written


def file_name(snapshot: Snapshot, filters: Filters, code: str, name: str) -> str:
    """`Bletchley-Park-E05009407-2025-01-to-2025-06.pdf`; of the demonstration it begins with that word."""
    words = [_letters_and_digits(part) for part in (name, code)]
    parts = ["demonstration" if snapshot.dataset.is_demonstration else "", *words, f"{filters.first}-to-{filters.last}"]
    return f"{'-'.join(filter(None, parts))}.pdf"


def _letters_and_digits(text: str) -> str:
    """All else as a hyphen: names come from files of others."""
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-")[:LONGEST]

"""Keep outside the database which store this installation knows, and what was erased there.

An empty database, another one or an older one is noticed by it; and where the database is lost, no backup brings back what was erased.
"""

import hashlib
import json
import logging
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from filelock import FileLock

from mkmap.database import tombstones
from mkmap.database.tombstones import Tombstone, Tombstones
from mkmap.errors import Code, Refused, StoreLost
from mkmap.lake.replace import PRIVATE, replace_file

FILE = "reports-store.json"  # in the data folder, and not among the reports: whoever loses their folder keeps it
OF_BEFORE = "reports/gone.json"  # stores of before had only the tombstones, beside the database
PATIENCE = 5  # seconds for another process, which writes a small file

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Witness:
    """The id of the store that is known, empty where only its tombstones are, and what was erased or withdrawn in it."""

    store: str = ""
    gone: Tombstones = field(default_factory=dict)


def read(home: Path) -> Witness | None:
    """None where no store was ever known. Raises StoreLost where that cannot be told."""
    parts = [part for part in (_of_before(home / OF_BEFORE), _of_now(home / FILE)) if part]
    if not parts:
        return None
    return Witness(parts[-1].store, tombstones.together(parts[0].gone, parts[-1].gone))


def keep(home: Path, seen: Witness) -> None:
    """Note what was seen in the database; of the same store what was known of it stays known. A disk that refuses is no failure."""
    try:
        with FileLock(home / "reports" / "witness.lock", timeout=PATIENCE):  # read and written as one: two may erase at once
            known = read(home) or Witness()
            if known.store in ("", seen.store):  # else the operator has just said that it is another
                _write(home, Witness(seen.store, tombstones.together(known.gone, seen.gone)), known)
    except (OSError, StoreLost) as error:  # it stands in the database; the next erasure, backup or start writes it here too
        log.warning("what is known of the reports' store could not be noted: %s", getattr(error, "strerror", error))


def replace(home: Path, seen: Witness) -> None:
    """Whatever was known: this is the store, because the operator says so. Raises Refused where the disk does."""
    try:
        with FileLock(home / "reports" / "witness.lock", timeout=PATIENCE):
            _write(home, seen)
    except OSError as error:
        raise Refused(Code.WITNESS_UNWRITABLE, folder=home, why=error.strerror or "?") from None


def _write(home: Path, witness: Witness, known: Witness | None = None) -> None:
    if witness != known or not (home / FILE).exists():
        text = _text(witness)
        replace_file(home / FILE, lambda new: new.write_text(text), mode=PRIVATE)
    (home / OF_BEFORE).unlink(missing_ok=True)


def _text(witness: Witness) -> str:
    gone = {submission: {"act": stone.act, "at": stone.at.isoformat()} for submission, stone in witness.gone.items()}
    content: dict[str, object] = {"store": witness.store, "gone": gone}
    return json.dumps({**content, "checksum": _checksum(content)}, indent=1, sort_keys=True)


def _checksum(content: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _of_now(file: Path) -> Witness | None:
    try:
        content = json.loads(file.read_bytes())
        if content.pop("checksum") != _checksum(content):
            raise ValueError
        return Witness(content["store"], _stones(content["gone"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        raise StoreLost(Code.WITNESS_DAMAGED, file=file.name) from None


def _of_before(file: Path) -> Witness | None:
    try:
        return Witness(gone=_stones(json.loads(file.read_bytes())))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        raise StoreLost(Code.WITNESS_DAMAGED, file=file.name) from None


def _stones(gone: dict[str, dict[str, str]]) -> Tombstones:
    return {name: Tombstone(entry["act"], datetime.fromisoformat(entry["at"])) for name, entry in gone.items()}

"""Read which widgets the empty page has, once a process."""

import json
from functools import cache
from pathlib import Path


@cache
def described(file: str) -> list[tuple[str, str, list[str]]]:
    """Label, kind and options of each widget."""
    return [tuple(one) for one in json.loads(Path(file).read_text())]

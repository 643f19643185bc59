"""Expect a refusal by its kind and its code, whatever its sentence is."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from mkmap.errors import Code, MkmapError


@contextmanager
def refused(kind: type[MkmapError], code: Code) -> Iterator[pytest.ExceptionInfo]:
    """`with refused(Damaged, Code.FILE_MISSING) as refusal:` …; then `refusal.value` has the values."""
    with pytest.raises(kind) as refusal:
        yield refusal
    assert refusal.value.code is code

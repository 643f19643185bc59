"""Give every test a house of its own, and keep it on this machine."""

from datetime import date
from pathlib import Path

import pytest

SHARED = Path(__file__).parent.parent.parent / "shared" / "data"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real police.uk months, boundaries and households; not part of the project."""
    if not SHARED.is_dir():
        pytest.skip("needs the real files of ../shared/data")
    return SHARED


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def today() -> date:
    return date(2026, 11, 15)

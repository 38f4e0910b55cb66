from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from clipdesk.core.sorting.journal import SortingJournal

_SHARED_MEMORY = Path("/dev/shm")


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SortingJournal]:
    journal = SortingJournal(tmp_path / "data" / "sorting.sqlite3", on_problem=pytest.fail)
    yield journal
    journal.close()


@pytest.fixture
def other_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on another disk than `tmp_path`."""
    if not _SHARED_MEMORY.is_dir() or _SHARED_MEMORY.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no second disk here")
    with tempfile.TemporaryDirectory(dir=_SHARED_MEMORY, prefix="clipdesk-test-") as folder:
        yield Path(folder)

from __future__ import annotations

from pathlib import Path

from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.sorting.moved_files import moved_files


def test_moved_files_are_those_at_the_new_paths(tmp_path: Path) -> None:
    new = tmp_path / "new.jpg"
    new.write_text("picture")

    files = moved_files([(tmp_path / "old.jpg", new), (tmp_path / "a.jpg", tmp_path / "gone.jpg")])

    assert files == {tmp_path / "old.jpg": ImageFile.of(new, new.stat())}

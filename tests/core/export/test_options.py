from __future__ import annotations

from pathlib import Path

import pytest

from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.export.options import proposed_stem
from clipdesk.core.pictures.scan import ImageFile

PICTURES = Path("/photos").absolute()


@pytest.mark.parametrize(
    ("paths", "stem"),
    [
        (["Holiday/a.jpg", "Holiday/b.jpg"], "Holiday scores"),
        (["Holiday/Sea/a.jpg", "Holiday/Hills/b.jpg"], "Holiday scores"),
        (["Holiday/a.jpg", "Work/b.jpg"], "photos scores"),
        (["휴가/a.jpg"], "휴가 scores"),
        (["/a.jpg", "Holiday/b.jpg"], "scores"),
        ([], "scores"),
    ],
)
def test_the_file_is_named_after_the_folder_of_the_images(paths: list[str], stem: str) -> None:
    images = ImageList(ImageFile(PICTURES / path, 1, 1) for path in paths)

    assert proposed_stem(images) == stem


def test_folders_that_images_have_left_do_not_count() -> None:
    images = ImageList(ImageFile(PICTURES / path, 1, 1) for path in ("Holiday/a.jpg", "Work/b.jpg"))

    assert proposed_stem(images.take([0])) == "Holiday scores"

from __future__ import annotations

import pytest

from clipdesk.gui.kit.words import pictures_text, size_text


@pytest.mark.parametrize(("count", "said"), [(0, "0 pictures"), (1, "1 picture"), (2, "2 pictures")])
def test_pictures_are_counted_as_people_do(count: int, said: str) -> None:
    assert pictures_text(count) == said


@pytest.mark.parametrize(
    ("size_bytes", "said"),
    [(605_000_000, "605 MB"), (1_710_000_000, "1.7 GB"), (104_800, "104.8 kB"), (2_400_000, "2.4 MB"), (0, "")],
)
def test_sizes_read_as_people_say_them(size_bytes: int, said: str) -> None:
    assert size_text(size_bytes) == said

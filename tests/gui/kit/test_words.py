from __future__ import annotations

import pytest

from clipdesk.gui.kit.words import pictures_text, size_text


@pytest.mark.parametrize(("count", "said"), [(0, "0 pictures"), (1, "1 picture"), (2, "2 pictures")])
def test_counts_of_pictures_use_singular_and_plural(count: int, said: str) -> None:
    assert pictures_text(count) == said


@pytest.mark.parametrize(
    ("size_bytes", "said"),
    [(605_000_000, "605 MB"), (1_710_000_000, "1.7 GB"), (104_800, "104.8 kB"), (2_400_000, "2.4 MB"), (0, "")],
)
def test_sizes_are_short_and_readable(size_bytes: int, said: str) -> None:
    assert size_text(size_bytes) == said

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from clipdesk.core.pictures.jpeg2000 import Jpeg2000File


@pytest.mark.parametrize("size", [(64, 48), (65, 49), (67, 33), (99, 310)])
@pytest.mark.parametrize("halvings", [0, 1, 2, 3])
def test_a_jpeg_2000_of_any_size_can_be_reduced(size: tuple[int, int], halvings: int) -> None:
    picture = Image.linear_gradient("L").resize(size).convert("RGB")
    stream = io.BytesIO()
    picture.save(stream, "JPEG2000")
    stream.seek(0)

    with Jpeg2000File(stream) as image:
        image.reduce = halvings
        image.load()
        found = np.asarray(image, np.float64).mean(axis=(1, 2))

    power = 2**halvings
    assert image.size == (-(-size[0] // power), -(-size[1] // power))
    assert (np.diff(found) >= 0).all(), "the gradient from top to bottom remains"
    assert found[-1] - found[0] > 150

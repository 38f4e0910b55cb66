"""Pictures that are small to send and large to decode."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from PIL import Image
from running_server import Serve, file_of, picture, unit, wire

from clipdesk.server.settings import key_digest


def flat(size: tuple[int, int]) -> Image.Image:
    return Image.new("RGB", size, (90, 120, 30))


@pytest.mark.parametrize(
    ("kind", "accepted", "refused"),
    [
        ("JPEG", (100, 100), (101, 100)),
        ("PNG", (100, 50), (101, 50)),
        ("WEBP", (100, 50), (101, 50)),
        ("TIFF", (100, 50), (101, 50)),
        ("JPEG2000", (20, 20), (21, 20)),
    ],
)
def test_a_format_that_is_decoded_whole_may_have_fewer_pixels(
    serve: Serve, kind: str, accepted: tuple[int, int], refused: tuple[int, int]
) -> None:
    server = serve(max_pixels=10_000)

    small, large = (
        server.post("/clip/embed_image", {"image": wire(file_of(flat(size), kind))}) for size in (accepted, refused)
    )

    assert (small.status, large.status) == (200, 400)
    assert "megapixels" in large.json["message"]


def test_the_pictures_of_a_request_share_a_budget(serve: Serve) -> None:
    server = serve(max_pixels=10_000)
    image = wire(file_of(flat((100, 100)), "JPEG"))

    statuses = [server.post("/clip/embed_image", {"image": [image] * count}) for count in (1, 2, 3)]
    compared = server.post("/clip/compare", {"subject": image, "prompt": [image] * 2, "prompt_type": "image"})

    assert [answer.status for answer in statuses] == [200, 200, 400]
    assert compared.status == 400
    assert "together" in statuses[-1].json["message"]


def test_a_large_jpeg_2000_is_reduced_while_it_is_decoded(serve: Serve) -> None:
    server = serve(max_pixels=2_500_000)
    image = picture(1, (10, 10)).resize((1000, 1000), Image.Resampling.BICUBIC)

    found = server.post("/clip/embed_image", {"image": wire(file_of(image, "JPEG2000"))}).embeddings
    expected = server.post("/clip/embed_image", {"image": wire(file_of(image, "PNG"))}).embeddings

    np.testing.assert_allclose(unit(found), unit(expected), rtol=0, atol=0.02)


def test_a_large_jpeg_2000_that_cannot_be_reduced_is_refused(serve: Serve) -> None:
    file = file_of(flat((1000, 1000)), "JPEG2000", num_resolutions=1)

    answer = serve(max_pixels=2_500_000).post("/clip/embed_image", {"image": [wire(file)] * 8})

    assert answer.status == 400
    assert "the limit for JPEG2000 is 0.1" in answer.json["message"]


def test_a_client_with_many_large_pictures_does_not_delay_others(serve: Serve) -> None:
    server = serve(key_digests=(key_digest("ann"), key_digest("bob")))
    ann, bob = {"Authorization": "Bearer ann"}, {"Authorization": "Bearer bob"}
    large = {"image": [wire(file_of(flat((1500, 1500)), "PNG"))] * 8}
    small = {"image": wire(picture(1))}
    with ThreadPoolExecutor(2) as pool:
        started = time.monotonic()
        waiting = [pool.submit(server.post, "/clip/embed_image", large, **ann) for _ in range(2)]
        times = []
        while not any(one.done() for one in waiting):
            began = time.monotonic()
            assert server.post("/clip/embed_image", small, **bob).status == 200
            times.append(time.monotonic() - began)
        statuses = [one.result().status for one in waiting]
        took = time.monotonic() - started

    assert statuses == [200, 200]
    assert sorted(times)[len(times) // 2] < took / 5

"""Decoding: every format gives its pixels, in the size that is needed, from many threads."""

from __future__ import annotations

import contextlib
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from image_files import BLACK, SEEDS, WHITE, difference, encoded, gradient, grey16, put, with_orientation
from PIL import Image, ImageOps

from clipdesk.core.errors import ImageError, ImageTooLargeError, UnsupportedImageError
from clipdesk.core.pictures import decode as decode_module
from clipdesk.core.pictures.decode import decode, decode_bytes
from clipdesk.core.pictures.facts import read_facts


@pytest.mark.parametrize("name", SEEDS)
def test_every_format_gives_the_pictures_pixels(name: str, tmp_path: Path) -> None:
    path = put(tmp_path, SEEDS[name])

    image = decode(path)

    assert image.mode == "RGB"
    assert difference(image, gradient()) < 4


def test_the_content_decides_not_the_name(tmp_path: Path) -> None:
    path = put(tmp_path, encoded(gradient(), "PNG"), "holiday.jpg")

    assert difference(decode(path), gradient()) == 0


def test_a_bitmap_of_one_bit_is_black_and_white(tmp_path: Path) -> None:
    image = Image.new("1", (8, 4))
    image.putpixel((3, 2), 1)

    for format_name, options in (("PPM", {}), ("PNG", {}), ("TIFF", {"compression": "group4"}), ("BMP", {})):
        decoded = decode(put(tmp_path, encoded(image, format_name, **options)))
        assert [decoded.getpixel((3, 2)), decoded.getpixel((0, 0))] == [WHITE, BLACK]


def test_plain_text_ppm(tmp_path: Path) -> None:
    path = put(tmp_path, b"P3\n# a comment\n2 1\n255\n255 0 0  0 0 255\n")

    assert np.asarray(decode(path)).tolist() == [[[255, 0, 0], [0, 0, 255]]]


def test_cmyk_jpeg_is_not_inverted(tmp_path: Path) -> None:
    path = put(tmp_path, encoded(gradient().convert("CMYK"), "JPEG", quality=95))

    assert difference(decode(path), gradient()) < 4


# ------------------------------------------------------------------------------------------------- bytes


@pytest.mark.parametrize("name", SEEDS)
def test_bytes_give_what_their_file_gives(name: str, tmp_path: Path) -> None:
    path = put(tmp_path, SEEDS[name])

    np.testing.assert_array_equal(np.asarray(decode_bytes(SEEDS[name], (8, 8))), np.asarray(decode(path, (8, 8))))


@pytest.mark.parametrize(
    ("data", "kind", "reason"),
    [
        (b"", ImageError, "empty"),
        (b"%PDF-1.7", UnsupportedImageError, "a PDF document"),
        (SEEDS["png"][:200], ImageError, "."),
        (encoded(Image.new("1", (200, 200)), "PNG"), ImageTooLargeError, "megapixels"),
    ],
)
def test_bytes_have_the_errors_of_files(data: bytes, kind: type[ImageError], reason: str) -> None:
    with pytest.raises(kind) as caught:
        decode_bytes(data, max_pixels=30_000)

    assert reason in caught.value.reason


@pytest.mark.parametrize("format_name", ["PNG", "WEBP", "TIFF"])
def test_alpha_may_be_dropped_with_the_colours_under_it_kept(format_name: str) -> None:
    image = Image.new("RGBA", (2, 1), (200, 100, 50, 0))
    image.putpixel((1, 0), (10, 20, 30, 128))
    options = {"lossless": True, "exact": True} if format_name == "WEBP" else {}

    pixels = decode_bytes(encoded(image, format_name, **options), drop_alpha=True)

    assert np.asarray(pixels).tolist() == [[[200, 100, 50], [10, 20, 30]]]


# ------------------------------------------------------------------------------------------------- draft


@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize(
    ("size", "target", "expected"),
    [
        ((1800, 1200), (224, 224), (900, 600)),
        ((1200, 1800), (224, 224), (600, 900)),
        ((4000, 500), (224, 224), (4000, 500)),
        ((3600, 3600), (224, 224), (450, 450)),
        ((3583, 3583), (224, 224), (896, 896)),
        ((1800, 1200), (100, 300), (900, 600)),
        ((1800, 1200), (301, 100), (1800, 1200)),
        ((300, 200), (224, 224), (300, 200)),
    ],
)
def test_a_jpeg_is_read_smaller_but_never_below_twice_the_target(
    size: tuple[int, int], target: tuple[int, int], expected: tuple[int, int], orientation: int, tmp_path: Path
) -> None:
    path = put(tmp_path, encoded(Image.new("RGB", size), "JPEG", exif=with_orientation(orientation)))

    upright = expected if orientation == 1 else expected[::-1]
    assert upright == decode(path, target).size


@pytest.mark.shared
def test_a_jpeg_read_smaller_looks_as_if_read_whole(shared_photos: Path) -> None:
    differences = []
    for name in ("everyday/cat_1080p.jpg", "everyday/kite_and_cold.jpg", "orientation/Landscape_6.jpg"):
        path = shared_photos / name
        whole, smaller = decode(path), decode(path, (224, 224))
        assert smaller.width < whole.width
        differences.append(difference(prepared(whole), prepared(smaller)))
    assert max(differences) < 1


def prepared(image: Image.Image) -> Image.Image:
    """As CLIP prepares it: the short side to 224, the middle."""
    return ImageOps.fit(image, (224, 224), Image.Resampling.BICUBIC)


# ------------------------------------------------------------------------------------------------- side effects


def test_the_picture_carries_no_metadata(tmp_path: Path) -> None:
    exif = with_orientation(6)
    exif[0x010F] = "Canon"
    for format_name in ("JPEG", "PNG", "WEBP", "TIFF"):
        image = decode(put(tmp_path, encoded(gradient(), format_name, exif=exif, quality=95)))
        assert (type(image), image.info, dict(image.getexif())) == (Image.Image, {}, {})


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files cannot be counted here")
@pytest.mark.parametrize("name", SEEDS)
def test_files_are_closed_whatever_happens(name: str, tmp_path: Path) -> None:
    good = put(tmp_path, SEEDS[name])
    broken = put(tmp_path, SEEDS[name][: len(SEEDS[name]) * 2 // 3], "broken")
    kept = [decode(good)]
    before = len(list(Path("/proc/self/fd").iterdir()))

    for _ in range(3):
        kept += [decode(good), decode(good, (8, 8))]
        read_facts(good)
        for read in (decode, read_facts):
            with contextlib.suppress(ImageError):
                read(broken)

    assert before == len(list(Path("/proc/self/fd").iterdir()))


def test_many_threads_get_what_one_gets(tmp_path: Path) -> None:
    paths = [put(tmp_path, data, name.replace(" ", "_")) for name, data in SEEDS.items()]
    alone = [decode(path).tobytes() for path in paths]

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda path: decode(path).tobytes(), paths * 8))

    assert alone * 8 == together


def test_nothing_but_image_errors_leaves_broken_files(tmp_path: Path) -> None:
    generator = random.Random(20240531)
    varieties = [
        *SEEDS.values(),
        encoded(grey16(), "TIFF"),
        encoded(grey16(), "PNG"),
        encoded(gradient().quantize(16), "PNG", transparency=3),
        encoded(gradient().convert("CMYK"), "JPEG"),
        encoded(gradient().convert("1"), "TIFF", compression="group4"),
        encoded(gradient(), "JPEG", exif=with_orientation(6)),
        b"P3\n3 2\n255\n" + b"1 2 3 " * 6,
    ]
    path = tmp_path / "broken"
    outcomes = {"fine": 0, "error": 0}
    for _ in range(3000):
        path.write_bytes(mutated(generator.choice(varieties), generator))
        for read in (decode_at_most_a_million_pixels, read_facts):
            try:
                read(path)
                outcomes["fine"] += 1
            except ImageError:
                outcomes["error"] += 1

    assert min(outcomes.values()) > 500, outcomes


def decode_at_most_a_million_pixels(path: Path) -> Image.Image:
    return decode(path, (16, 16), max_pixels=1_000_000)


def mutated(data: bytes, generator: random.Random) -> bytes:
    """One to a dozen random changes, most of them near the start, where the headers are."""
    changed = bytearray(data)
    for _ in range(generator.choice((1, 1, 2, 4, 12))):
        at = generator.randrange(min(len(changed), generator.choice((40, 200, 1_000_000))) or 1)
        match generator.randrange(6):
            case 0 if changed:
                changed[at] ^= 1 << generator.randrange(8)
            case 1:
                changed[at : at + 1] = generator.choice((b"\0", b"\xff", b"\x7f", b"\x80", b"\1"))
            case 2:
                changed[at : at + 4] = generator.choice((b"\xff" * 4, b"\x7f\xff\xff\xff", b"\0" * 4, b"\0\0\xff\xff"))
            case 3:
                del changed[at:]
            case 4:
                del changed[at : at + generator.randrange(1, 9)]
            case _:
                changed[at:at] = changed[at : at + generator.randrange(1, 32)]
    return bytes(changed)


def test_large_images_are_decoded_one_at_a_time_and_small_ones_beside_them(tmp_path: Path) -> None:
    large, small = tmp_path / "large.png", tmp_path / "small.png"
    Image.new("L", (9_000, 6_000), 90).save(large)
    Image.new("L", (9, 6), 90).save(small)
    lock = decode_module._one_at_a_time

    with ThreadPoolExecutor(1) as pool:
        with lock:
            assert pool.submit(decode, small).result(timeout=20).size == (9, 6)
        decoding = pool.submit(decode, large)
        while not lock.locked():
            assert not decoding.done()

        assert decoding.result(timeout=60).size == (9_000, 6_000)
    assert not lock.locked()

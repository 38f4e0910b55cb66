"""The merged picture of Photoshop documents."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
from image_files import PRO, encoded, gradient, put
from rare_files import Pixels, psd

from clipdesk.core.errors import ImageError, UnsupportedImageError
from clipdesk.core.pictures.decode import decode
from clipdesk.core.pictures.facts import read_facts

SIZE = (31, 10)
RGB = np.asarray(gradient(*SIZE))
BANDS = [RGB[..., band] for band in range(3)]
ALPHA = np.linspace(0, 255, 310).reshape(10, 31).astype(np.uint8)
GREY, INDEXED, COLOUR, CMYK, DUOTONE, LAB = 1, 2, 3, 4, 8, 9


def pixels_of(data: bytes, folder: Path) -> Pixels:
    return np.asarray(decode(put(folder, data, "a.psd")))


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("packed", [False, True])
class TestEachCompression:
    def test_colours(self, packed: bool, version: int, tmp_path: Path) -> None:
        data = psd(COLOUR, BANDS, SIZE, packed=packed, version=version)

        np.testing.assert_array_equal(pixels_of(data, tmp_path), RGB)

    def test_channels_beside_the_colours_are_no_transparency(self, packed: bool, version: int, tmp_path: Path) -> None:
        for more in ([ALPHA], [ALPHA, ALPHA], [ALPHA, ALPHA, ALPHA]):
            data = psd(COLOUR, [*BANDS, *more], SIZE, packed=packed, version=version, layer_count=2)
            np.testing.assert_array_equal(pixels_of(data, tmp_path), RGB)

    def test_colours_that_are_blended_with_white_stay_as_they_are(
        self, packed: bool, version: int, tmp_path: Path
    ) -> None:
        share = ALPHA[..., None] / 255
        blended = np.round(RGB * share + 255 * (1 - share)).astype(np.uint8)
        channels = [*(blended[..., band] for band in range(3)), ALPHA]

        data = psd(COLOUR, channels, SIZE, packed=packed, version=version, layer_count=-2)

        np.testing.assert_array_equal(pixels_of(data, tmp_path), blended)

    def test_plain_colours_with_transparency_are_put_on_white(self, packed: bool, version: int, tmp_path: Path) -> None:
        share = ALPHA[..., None] / 255

        data = psd(COLOUR, [*BANDS, ALPHA, ALPHA], SIZE, packed=packed, version=version, layer_count=-2)

        np.testing.assert_allclose(pixels_of(data, tmp_path), RGB * share + 255 * (1 - share), atol=1)

    def test_grey(self, packed: bool, version: int, tmp_path: Path) -> None:
        for mode, channels in ((GREY, BANDS[:1]), (GREY, [BANDS[0], ALPHA]), (DUOTONE, BANDS[:1])):
            pixels = pixels_of(psd(mode, channels, SIZE, packed=packed, version=version), tmp_path)
            np.testing.assert_array_equal(pixels, np.dstack([BANDS[0]] * 3))

    def test_cmyk(self, packed: bool, version: int, tmp_path: Path) -> None:
        # Ink is stored inverted: 255 is none.
        channels = [*BANDS, np.full((10, 31), 255, np.uint8), ALPHA]

        pixels = pixels_of(psd(CMYK, channels, SIZE, packed=packed, version=version), tmp_path)

        np.testing.assert_allclose(pixels, RGB, atol=1)

    def test_a_palette(self, packed: bool, version: int, tmp_path: Path) -> None:
        palette = np.random.default_rng(0).integers(0, 256, (256, 3), np.uint8)
        data = psd(INDEXED, BANDS[:1], SIZE, packed=packed, version=version, palette=palette.T.tobytes())

        np.testing.assert_array_equal(pixels_of(data, tmp_path), palette[BANDS[0]])

    def test_black_and_white(self, packed: bool, version: int, tmp_path: Path) -> None:
        black = np.arange(310).reshape(10, 31) % 3 == 0
        rows = np.packbits(black, axis=1).tobytes()

        pixels = pixels_of(psd(0, [rows], SIZE, bits=1, packed=packed, version=version), tmp_path)

        np.testing.assert_array_equal(pixels, np.dstack([np.where(black, 0, 255)] * 3))


def test_the_profile_counts(tmp_path: Path) -> None:
    resources = [(1005, b"odd", bytes(16)), (1039, b"", PRO), (1060, b"even", b"xmp")]
    expected = decode(put(tmp_path, encoded(gradient(*SIZE), "PNG", icc_profile=PRO)))

    pixels = pixels_of(psd(COLOUR, BANDS, SIZE, resources=resources), tmp_path)

    np.testing.assert_array_equal(pixels, np.asarray(expected))


def test_a_document_without_a_merged_picture_says_how_to_get_one(tmp_path: Path) -> None:
    for is_real in (False, True):
        path = put(
            tmp_path, psd(COLOUR, BANDS, SIZE, resources=[(1057, b"", struct.pack(">I?", 1, is_real) + bytes(9))])
        )
        if is_real:
            np.testing.assert_array_equal(np.asarray(decode(path)), RGB)
        else:
            with pytest.raises(UnsupportedImageError, match="Maximize compatibility"):
                decode(path)


@pytest.mark.parametrize(
    "data",
    [
        psd(COLOUR, [bytes(620)] * 3, SIZE, bits=16),
        psd(GREY, [bytes(1240)], SIZE, bits=32),
        psd(LAB, BANDS, SIZE),
        psd(7, BANDS, SIZE),  # multichannel
        psd(COLOUR, BANDS, SIZE, compression=2),  # ZIP
        psd(INDEXED, BANDS[:1], SIZE, palette=bytes(30)),
    ],
)
def test_other_varieties_are_refused(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(UnsupportedImageError, match="variety"):
        decode(put(tmp_path, data))


@pytest.mark.parametrize("packed", [False, True])
def test_a_truncated_document_is_an_error(packed: bool, tmp_path: Path) -> None:
    data = psd(COLOUR, BANDS, SIZE, packed=packed, resources=[(1039, b"", PRO)])

    for length in (10, 40, 200, len(data) - 100):
        with pytest.raises(ImageError):
            decode(put(tmp_path, data[:length]))


def test_a_document_that_claims_to_be_huge_takes_no_memory(tmp_path: Path) -> None:
    for packed in (False, True):
        data = bytearray(psd(COLOUR, BANDS, SIZE, packed=packed))
        for size in ((5_000, 9_000), (2**32 - 1, 31)):
            data[14:22] = struct.pack(">II", *size)
            with pytest.raises(ImageError, match="ends too early"):
                decode(put(tmp_path, bytes(data)))


def test_the_inspector_names_it(tmp_path: Path) -> None:
    facts = read_facts(put(tmp_path, psd(CMYK, [*BANDS, BANDS[0]], SIZE)))

    assert (
        facts.width,
        facts.height,
        facts.format_name,
        facts.colours,
    ) == (31, 10, "Photoshop document", "CMYK (print) colour, 8 bit")

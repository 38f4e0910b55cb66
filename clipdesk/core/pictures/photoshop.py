"""Read the merged picture of a Photoshop document (PSD, PSB)."""

from __future__ import annotations

import struct

from PIL import ImageChops, ImagePalette
from PIL.ImageFile import ImageFile, _safe_read, _Tile

#: Pillow's mode by Photoshop's colour mode, for 8 bits per channel: grey, indexed, RGB, CMYK, duotone.
_MODES = {1: "L", 2: "P", 3: "RGB", 4: "CMYK", 8: "L"}
_BITMAP = 0

_RAW, _PACK_BITS = 0, 1

#: Image resources: the ICC profile, and whether the merged picture is real.
_ICC_PROFILE, _VERSION_INFO = 1039, 1057
_MAX_RESOURCES = 10_000

_MAX_CHANNELS = 56

#: Pixels that are compared at once, so that this takes little memory.
_COMPARED_PIXELS = 4_000_000

#: What rounding may add to a colour that is blended with white.
_TOLERANCE = 2


class NoMergedPictureError(OSError):
    """A document that was saved without a merged picture."""


class PhotoshopFile(ImageFile):
    """The merged picture of a PSD or PSB: RGB, CMYK, grey, duotone or indexed in 8 bits, or black and white.

    Not Pillow's plugin, which takes every fourth channel for transparency, misreads documents with more channels than
    it expects, and inverts black and white. Raises OSError with “unsupported” in its message for other varieties.
    Source: Adobe Photoshop file formats specification, November 2019.
    """

    format = "PSD"

    def _open(self) -> None:
        assert self.fp is not None
        signature, version, channels, height, width, bits, mode = struct.unpack(">4sH6xHIIHH", _safe_read(self.fp, 26))
        if signature != b"8BPS" or version not in (1, 2) or not 0 < channels <= _MAX_CHANNELS:
            raise SyntaxError("not a PSD file")
        if mode == _BITMAP and bits == 1:
            self._mode = "1"
        elif bits == 8 and mode in _MODES:
            self._mode = _MODES[mode]
        else:
            raise OSError("unsupported PSD")
        self._size = width, height
        if channels < len(self.getbands()):
            raise OSError("image file is truncated")
        palette = _safe_read(self.fp, self._length(4))
        if self._mode == "P":
            if len(palette) != 3 * 256:
                raise OSError("unsupported PSD palette")
            self.palette = ImagePalette.raw("RGB;L", palette)
        self._read_resources()
        has_transparency = self._read_layers(8 if version == 2 else 4)
        if self._mode == "RGB" and has_transparency and channels > 3:
            self._mode = "RGBA"
        self._read_tiles(channels, 4 if version == 2 else 2)

    def _length(self, size: int) -> int:
        assert self.fp is not None
        return int.from_bytes(_safe_read(self.fp, size), "big")

    def _read_resources(self) -> None:
        assert self.fp is not None
        end = self._length(4) + self.fp.tell()
        for _ in range(_MAX_RESOURCES):
            if self.fp.tell() + 12 > end:
                break
            _, number, name_bytes = struct.unpack(">4sHB", _safe_read(self.fp, 7))
            self.fp.seek(name_bytes | 1, 1)  # the name and its length are padded to an even number
            length = self._length(4)
            following = self.fp.tell() + length + length % 2
            if number == _ICC_PROFILE:
                self.info["icc_profile"] = _safe_read(self.fp, length)
            elif number == _VERSION_INFO and length > 4 and _safe_read(self.fp, 5)[4] == 0:
                raise NoMergedPictureError("no merged picture")
            self.fp.seek(following)
        self.fp.seek(end)

    def _read_layers(self, size: int) -> bool:
        """Skip the layers. Return whether the first channel after the colours is the transparency of them all."""
        assert self.fp is not None
        end = self._length(size) + self.fp.tell()
        has_transparency = False
        if end - self.fp.tell() >= size + 2 and self._length(size):
            # Then the number of layers is negative.
            has_transparency = bool(_safe_read(self.fp, 2)[0] & 0x80)
        self.fp.seek(end)
        return has_transparency

    def _read_tiles(self, channels: int, count_bytes: int) -> None:
        assert self.fp is not None
        width, height = self.size
        bands = self.getbands()
        row_bytes = (width + 7) // 8 if self.mode == "1" else width
        compression = self._length(2)
        if compression == _RAW:
            lengths, shortest = [row_bytes * height] * len(bands), row_bytes
        elif compression == _PACK_BITS:
            # The lengths of all rows of all channels come first.
            counts = _safe_read(self.fp, channels * height * count_bytes)
            rows = [count for (count,) in struct.iter_unpack(">H" if count_bytes == 2 else ">I", counts)]
            lengths = [sum(rows[number * height : (number + 1) * height]) for number in range(len(bands))]
            shortest = min(rows, default=0)
        else:
            raise OSError("unsupported PSD compression")
        start = self.fp.tell()
        # Before memory is allocated for pixels that never come. A run of 128 bytes takes two.
        if start + sum(lengths) > self.fp.seek(0, 2) or 64 * shortest < row_bytes:
            raise OSError("image file is truncated")
        codec = "raw" if compression == _RAW else "packbits"
        suffix = ";I" if self.mode in ("CMYK", "1") else ""
        for band, length in zip(bands, lengths, strict=True):
            self.tile.append(_Tile(codec, (0, 0, width, height), start, band + suffix))
            start += length

    def load_end(self) -> None:
        """Drop the alpha channel of colours that are blended with white, as Photoshop does.

        Blended colours are nowhere darker than their transparency lets through. Other programs store plain colours.
        """
        if self.mode != "RGBA":
            return
        width, height = self.size
        rows = max(1, _COMPARED_PIXELS // max(1, width))
        for top in range(0, height, rows):
            red, green, blue, alpha = self.crop((0, top, width, min(top + rows, height))).split()
            darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
            if max(ImageChops.subtract(ImageChops.invert(alpha), darkest).histogram()[_TOLERANCE + 1 :]):
                return
        self.im.fillband(3, 255)

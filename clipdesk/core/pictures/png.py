"""Open PNG files whose metadata are damaged or too large, as browsers do: their pixels are sound."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import IO

from PIL import Image, PngImagePlugin

# Pillow rejects texts and profiles of more than 1 MB. Profiles with tables have up to 4 MB. Set once, as in `opening`.
PngImagePlugin.MAX_TEXT_CHUNK = 16_000_000

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_SIGNATURE_BYTES = len(_SIGNATURE)
_TEXT_CHUNKS = (b"tEXt", b"zTXt", b"iTXt")


class PngFile(PngImagePlugin.PngImageFile):
    """A PNG that is read even if the chunks behind its pixels are damaged or too large."""

    @property
    def can_be_read_in_bands(self) -> bool:
        """Whether `png_bands` reads it: colours of 8 bits, not interlaced."""
        return len(self.tile) == 1 and self.tile[0].args in ("LA", "RGB", "RGBA") and not self.info.get("interlace")

    def load_end(self) -> None:
        try:
            super().load_end()
        except MemoryError:
            raise
        except Exception:  # as many kinds as in `opened`; by now all pixels are there
            self.png = None


def open_png(stream: IO[bytes]) -> PngFile:
    """Open a PNG, if necessary without the chunks before its pixels that Pillow rejects.

    Pillow rejects a wrong checksum in any chunk, and texts and profiles above its limit. Like libpng, we discard such
    chunks if they are ancillary. Raises what Pillow raises if the file is damaged elsewhere.
    """
    try:
        image = PngFile(stream)
    except MemoryError:
        raise
    except Exception:
        stream.seek(0)
        stream = _without_bad_chunks(stream)
        image = PngFile(stream)
    if "exif" not in image.info:
        _add_late_exif(image, stream)
    _scale_transparency(image)
    return image


def _scale_transparency(image: PngFile) -> None:
    """Scale the transparent colour as Pillow scales the pixels: from 16, 4 or 2 bits to 8."""
    key, mode = image.info.get("transparency"), image.tile[0].args if image.tile else None
    if mode == "RGB;16B" and isinstance(key, tuple):
        image.info["transparency"] = tuple(sample >> 8 for sample in key)
    elif mode in ("L;2", "L;4") and isinstance(key, int):
        image.info["transparency"] = key * (85 if mode == "L;2" else 17)


def _add_late_exif(image: PngFile, stream: IO[bytes]) -> None:
    """Read EXIF from behind the pixels, which Pillow would only find after decoding them."""
    position = stream.tell()
    stream.seek(_SIGNATURE_BYTES)
    while len(head := stream.read(8)) == 8 and head[4:] != b"IEND":
        length = int.from_bytes(head[:4], "big")
        if head[4:] == b"eXIf":
            image.info["exif"] = b"Exif\0\0" + stream.read(length)
            break
        stream.seek(length + 4, io.SEEK_CUR)
    stream.seek(position)


def _without_bad_chunks(stream: IO[bytes]) -> IO[bytes]:
    """Return a copy of a PNG without its texts and without damaged ancillary chunks.

    Source: PNG specification, third edition, section 5.
    """
    copy = io.BytesIO()
    copy.write(stream.read(_SIGNATURE_BYTES))
    while len(head := stream.read(8)) == 8:
        kind = head[4:]
        body = stream.read(int.from_bytes(head[:4], "big") + 4)
        is_ancillary = bool(kind[0] & 0x20)
        if not is_ancillary or (kind not in _TEXT_CHUNKS and _is_sound(kind, body)):
            copy.write(head)
            copy.write(body)
    copy.seek(0)
    return copy


def _is_sound(kind: bytes, body: bytes) -> bool:
    """Return whether an ancillary chunk passes its checksum and fits into Pillow's limit. `body` ends with the CRC."""
    data, crc = body[:-4], body[-4:]
    if zlib.crc32(data, zlib.crc32(kind)) != int.from_bytes(crc, "big"):
        return False
    if kind != b"iCCP":
        return True
    # A name, a NUL, the compression method 0, and the compressed profile.
    profile = zlib.decompressobj()
    try:
        profile.decompress(data.partition(b"\0")[2][1:], PngImagePlugin.MAX_TEXT_CHUNK)
    except zlib.error:
        return False
    return not profile.unconsumed_tail


def png_bands(image: PngFile, rows: int) -> Iterator[Image.Image]:
    """Yield the rows of a PNG that is not loaded yet, `rows` at a time, each band with the image's `info`.

    Pillow decodes whole images only. So each band becomes a small PNG: its rows as they are, still filtered, below the
    last row of the band before, which filters refer to. Source: PNG specification, third edition, section 9.
    """
    width, height = image.size
    colour_type, channels = {"LA": (4, 2), "RGB": (2, 3), "RGBA": (6, 4)}[image.mode]
    row_bytes = 1 + channels * width
    before = bytes(row_bytes)
    data = _inflated(image)
    for top in range(0, height, rows):
        count = min(rows, height - top)
        header = struct.pack(">IIBBBBB", width, count + 1, 8, colour_type, 0, 0, 0)
        packed = zlib.compress(before + data(count * row_bytes), 0)
        chunks = b"".join(
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(body, zlib.crc32(kind)))
            for kind, body in ((b"IHDR", header), (b"IDAT", packed), (b"IEND", b""))
        )
        band = PngFile(io.BytesIO(_SIGNATURE + chunks))
        band.load()
        before = b"\0" + band.crop((0, count, width, count + 1)).tobytes()
        result = band.crop((0, 1, width, count + 1))
        result.info = image.info
        yield result


def _inflated(image: PngFile) -> Callable[[int], bytes]:
    """Return a function that gives the next bytes of the decompressed pixels. It raises OSError if they end early."""
    assert image.fp is not None
    parts = _pixel_data(image.fp)
    inflate = zlib.decompressobj()

    def read(size: int) -> bytes:
        inflated = bytearray()
        while len(inflated) < size:
            compressed = inflate.unconsumed_tail or next(parts, b"")
            part = inflate.decompress(compressed, size - len(inflated))
            if not part and not compressed:
                raise OSError("image file is truncated")
            inflated += part
        return bytes(inflated)

    return read


def _pixel_data(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the content of a PNG's IDAT chunks, a part at a time."""
    stream.seek(_SIGNATURE_BYTES)
    while len(head := stream.read(8)) == 8 and head[4:] != b"IEND":
        left = int.from_bytes(head[:4], "big")
        if head[4:] != b"IDAT":
            stream.seek(left, io.SEEK_CUR)
        while head[4:] == b"IDAT" and left and (part := stream.read(min(left, 1 << 20))):
            left -= len(part)
            yield part
        stream.seek(4, io.SEEK_CUR)

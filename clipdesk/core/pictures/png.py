"""Open PNG files whose metadata are damaged or too large, as browsers do: their pixels are sound."""

from __future__ import annotations

import io
import zlib
from typing import IO

from PIL import PngImagePlugin

# Pillow rejects texts and profiles of more than 1 MB. Profiles with tables have up to 4 MB. Set once, as in `opening`.
PngImagePlugin.MAX_TEXT_CHUNK = 16_000_000

_SIGNATURE_BYTES = 8
_TEXT_CHUNKS = (b"tEXt", b"zTXt", b"iTXt")


class PngFile(PngImagePlugin.PngImageFile):
    """A PNG that is read even if the chunks behind its pixels are damaged or too large."""

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

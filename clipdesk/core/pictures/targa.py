"""Open Targa files (TGA), which have no signature, and whose header leaves much to programs."""

from __future__ import annotations

import struct
from typing import Any

from PIL import ExifTags, Image, ImagePalette
from PIL.ImageFile import ImageFile, _Tile

_HEADER = struct.Struct("<BBBHHBHHHHBB")

#: Pillow's mode and raw mode by image type (without its bit for run-length encoding) and bits per pixel.
_MODES = {
    (1, 8): ("P", "P"),
    (2, 16): ("RGB", "BGR;15"),
    (2, 24): ("RGB", "BGR"),
    (2, 32): ("RGB", "BGRX"),
    (3, 8): ("L", "L"),
}
_WITH_ALPHA = {(2, 16): ("RGBA", "BGRA;15Z"), (2, 32): ("RGBA", "BGRA"), (3, 16): ("LA", "LA")}

_PALETTE_MODES = {15: "BGR;15", 16: "BGR;15", 24: "BGR", 32: "BGRX"}

_RUN_LENGTH = 8
_MAX_RUN = 128

#: EXIF orientation of a picture whose columns go from right to left.
_MIRRORED = 2

_FOOTER_BYTES, _FOOTER_END = 26, b"TRUEVISION-XFILE.\0"
#: Where the extension area has its attributes type, which says what the alpha channel means.
_ATTRIBUTES_TYPE = 494
_USED_ALPHA = (3, 4)


def is_targa(head: bytes) -> bool:
    """Return whether the first bytes are a plausible TGA header. Everything that may be checked is."""
    if len(head) < _HEADER.size:
        return False
    _, has_palette, kind, first, entries, entry_bits, _, _, width, height, bits, flags = _HEADER.unpack_from(head)
    base = kind & ~_RUN_LENGTH
    if base not in (1, 2, 3) or kind > 11 or not width or not height or flags & 0xC0:
        return False
    if base == 1:
        is_sound = has_palette == 1 and 0 < entries <= 256 and first < 256 and entry_bits in _PALETTE_MODES
        return is_sound and bits in (8, 16)
    if has_palette or first or entries or entry_bits:
        return False
    return bits in ((8, 16) if base == 3 else (15, 16, 24, 32))


class TargaFile(ImageFile):
    """A TGA. Raises OSError with “unsupported” in its message for varieties that Pillow cannot read.

    Alpha counts only if the header gives it bits, if a version 2 file does not call it unused, and if it is not 0
    everywhere: many programs leave it empty. Source: Truevision TGA file format specification, version 2.0.
    """

    format = "TGA"

    def _open(self) -> None:
        assert self.fp is not None
        header = _HEADER.unpack(self.fp.read(_HEADER.size))
        id_bytes, _, kind, first, entries, entry_bits, _, _, width, height, bits, flags = header
        layout = (kind & ~_RUN_LENGTH, bits)
        has_alpha = bool(flags & 0x0F) and self._is_alpha_used()
        modes = _WITH_ALPHA.get(layout) if has_alpha else None
        modes = modes or _MODES.get(layout)
        if modes is None:
            raise OSError("unsupported TGA")
        self._size = width, height
        self._mode, raw_mode = modes
        self.fp.seek(_HEADER.size + id_bytes)
        if self._mode == "P":
            entry_bytes = (entry_bits + 7) // 8
            colours = self.fp.read(entries * entry_bytes)
            if len(colours) < entries * entry_bytes:
                raise OSError("image file is truncated")
            packed = Image.frombytes("RGB", (entries, 1), colours, "raw", _PALETTE_MODES[entry_bits]).tobytes()
            self.palette = ImagePalette.raw("RGB", (bytes(3 * first) + packed)[: 3 * 256])
        direction = 1 if flags & 0x20 else -1
        if flags & 0x10:
            exif = Image.Exif()
            exif[ExifTags.Base.Orientation] = _MIRRORED
            self.info["exif"] = exif.tobytes()
        is_packed = bool(kind & _RUN_LENGTH)
        start = self.fp.tell()
        pixel_bytes = (bits + 7) // 8
        # Before memory is allocated for pixels that never come.
        least = -(-width * height // _MAX_RUN) * (1 + pixel_bytes) if is_packed else width * height * pixel_bytes
        if self.fp.seek(0, 2) - start < least:
            raise OSError("image file is truncated")
        args = (raw_mode, direction, bits) if is_packed else (raw_mode, width * pixel_bytes, direction)
        codec = "tga_rle" if is_packed else "raw"
        self.tile = [_Tile(codec, (0, 0, width, height), start, args)]

    def _is_alpha_used(self) -> bool:
        """Return whether a version 2 file says that its alpha channel is meant; True if nothing says so."""
        assert self.fp is not None
        end = self.fp.seek(0, 2)
        self.fp.seek(max(0, end - _FOOTER_BYTES))
        footer = self.fp.read(_FOOTER_BYTES)
        extension = int.from_bytes(footer[:4], "little")
        if not footer.endswith(_FOOTER_END) or not extension:
            return True
        self.fp.seek(extension + _ATTRIBUTES_TYPE)
        kind = self.fp.read(1)
        return not kind or kind[0] in _USED_ALPHA

    def load(self) -> Any:
        try:
            return super().load()
        except OSError as error:
            # Version 1 allowed runs that go on in the next row, which Pillow does not decode.
            if "overrun" in str(error):
                raise OSError("unsupported TGA") from error
            raise

    def load_end(self) -> None:
        alpha = len(self.getbands()) - 1
        if self.mode in ("RGBA", "LA") and self.im.getband(alpha).getextrema() == (0, 0):
            self.im.fillband(alpha, 255)

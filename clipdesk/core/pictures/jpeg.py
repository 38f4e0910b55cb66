"""Read JPEG files that lack only their end marker or their last rows, and tell them from truncated ones."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable
from typing import IO, Any

from PIL import ImageChops, JpegImagePlugin

_END_MARKER = b"\xff\xd9"

#: The share of rows that a JPEG must have to be read.
_MIN_ROWS = 0.95

#: Pixels that are compared at once, so that the difference takes little memory.
_COMPARED_PIXELS = 4_000_000


class JpegFile(JpegImagePlugin.JpegImageFile):
    """A JPEG that is read even if its end marker (EOI) or at most a twentieth of its rows is missing.

    `load` raises OSError if more rows are missing. libjpeg does not report that: it fills them with grey. So the file
    is decoded again with noise behind its end. Where pixels change, the decoder had needed more data.
    """

    def __init__(self, stream: IO[bytes], noise: bytes = b"") -> None:
        self._stream = stream
        self._noise = noise
        self._last_byte = b""
        self._has_ended = False
        self._draft_size: tuple[int, int] | None = None
        super().__init__(stream)

    def draft(self, mode: str | None, size: tuple[int, int] | None) -> tuple[str, tuple[int, int, float, float]] | None:
        self._draft_size = size
        return super().draft(mode, size)

    def load(self) -> Any:
        access = super().load()
        if self._has_ended and not self._noise:
            self._has_ended = False
            for noise in _NOISE:
                self._require_same_rows(noise)
        return access

    def load_read(self, read_bytes: int) -> bytes:
        """Return more of the file for the decoder, and an end marker behind its last byte."""
        assert self.fp is not None
        data = self.fp.read(read_bytes)
        if data:
            self._last_byte = data[-1:]
        elif not self._has_ended:
            self._has_ended = True
            # A NUL makes data of an FF that would otherwise begin a marker with the noise.
            stuffing = b"\0" if self._noise and self._last_byte == b"\xff" else b""
            data = stuffing + self._noise + _END_MARKER
        return data

    def _require_same_rows(self, noise: bytes) -> None:
        self._stream.seek(0)
        other = JpegFile(self._stream, noise)
        if self._draft_size is not None:
            other.draft("RGB", self._draft_size)
        rows = max(1, _COMPARED_PIXELS // self.width)
        needed_rows = math.ceil(_MIN_ROWS * self.height)
        for top in range(0, needed_rows, rows):
            box = (0, top, self.width, min(top + rows, needed_rows))
            if ImageChops.difference(self.crop(box), other.crop(box)).getbbox() is not None:
                raise OSError("image file is truncated")


def _restarts(numbers: Iterable[int]) -> bytes:
    return b"".join(b"\xff" + bytes([0xD0 + number]) + _RANDOM for number in numbers)


_RANDOM = bytes(random.Random(0).choices(range(1, 255), k=256))
#: What a decoder that needs more data takes for pixels. None begins with the zeros that libjpeg itself would fill in.
#: The last two are for files cut at a restart marker, RST0…RST7: libjpeg gives a segment up if the next marker is one
#: or two ahead of the expected one.
_NOISE = (b"\xb5" * 256, _RANDOM, _restarts((0, 1, 2, 3, 4, 5, 6, 7)), _restarts((4, 5, 6, 7, 0, 1, 2, 3)))


def is_end_missing(stream: IO[bytes]) -> bool:
    """Return whether no end marker follows in a stream that stands behind the header of the first scan.

    Entropy-coded data never contain the marker's bytes. Data of any kind may follow it.
    """
    before = b""
    while part := stream.read(1 << 20):
        if _END_MARKER in before + part:
            return False
        before = part[-1:]
    return True

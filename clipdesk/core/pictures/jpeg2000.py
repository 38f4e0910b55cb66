"""Open JPEG 2000 files, and say which varieties are not supported."""

from __future__ import annotations

import itertools
from typing import IO, Any

from PIL import Jpeg2KImagePlugin

#: SOC and SIZ: how a codestream begins.
_CODESTREAM = b"\xff\x4f\xff\x51"
#: A JP2 file has its boxes of colour and palette before the codestream.
_HEAD_BYTES = 1 << 20

#: What Pillow decodes.
_MAX_COMPONENTS, _MAX_BITS = 4, 16


class Jpeg2000File(Jpeg2KImagePlugin.Jpeg2KImageFile):
    """A JPEG 2000. Raises OSError with “unsupported” in its message for varieties that Pillow cannot read.

    `levels` is how many times it may be halved while it is decoded.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        head = stream.read(_HEAD_BYTES)
        stream.seek(0)
        codestream = head[head.find(_CODESTREAM) :] if _CODESTREAM in head else b""
        self._is_rare = _has_rare_components(codestream)
        self.levels = _decomposition_levels(codestream)
        try:
            super().__init__(stream)
        except SyntaxError as error:
            raise self._explained(error) from error

    def load(self) -> Any:
        if self.tile and isinstance(self.reduce, int):
            # OpenJPEG rounds the reduced size up. Pillow rounds it to the nearest, and where that is one pixel less, it
            # calls the image broken.
            power = 1 << self.reduce
            self._size = (-(-self.width // power) * power, -(-self.height // power) * power)
        try:
            return super().load()
        except OSError as error:
            raise self._explained(error) from error

    def _explained(self, error: Exception) -> Exception:
        return OSError("unsupported JPEG 2000") if self._is_rare else error


def _has_rare_components(codestream: bytes) -> bool:
    """Return whether an image has components of more than 16 bits, or more of them than RGBA, or of different kinds.

    Source: ISO/IEC 15444-1, A.5.1.
    """
    count = int.from_bytes(codestream[40:42], "big")
    components = [codestream[at : at + 3] for at in range(42, 42 + 3 * min(count, _MAX_COMPONENTS + 1), 3)]
    if count > _MAX_COMPONENTS or any(len(one) == 3 and (one[0] & 0x7F) >= _MAX_BITS for one in components):
        return True
    return any(one != other for one, other in itertools.pairwise(components))


def _decomposition_levels(codestream: bytes) -> int:
    """Return the number of wavelet levels in the default coding style. Source: ISO/IEC 15444-1, A.6.1."""
    start = codestream.find(b"\xff\x52")
    return codestream[start + 9] if 0 <= start < len(codestream) - 9 else 0

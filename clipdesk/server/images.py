"""Decode the images of requests to RGB as Roboflow's server does: EXIF orientation applied, alpha channel dropped."""

from __future__ import annotations

import binascii

from PIL import Image

from clipdesk.core.errors import ImageError
from clipdesk.core.pictures.decode import decode_bytes
from clipdesk.server.base64_text import decode_base64
from clipdesk.server.errors import bad_image, not_ready
from clipdesk.server.fetch import FetchError, ImageFetcher
from clipdesk.server.guard.pixels import PixelBudget
from clipdesk.server.wire import WireImage


class ImageReader:
    """Reads the images of requests. `fetch` and `read` block, so call them on a thread pool.

    Without a `fetcher`, images by URL are refused.
    """

    def __init__(self, *, max_pixels: int, fetcher: ImageFetcher | None) -> None:
        self._max_pixels = max_pixels
        self._fetcher = fetcher

    def budget(self) -> PixelBudget:
        """Return a budget for the pictures of one request."""
        return PixelBudget(self._max_pixels)

    def check(self, image: WireImage | str) -> WireImage:
        """Return the image with its type in lower case, without decoding it. Raises RequestError 400 if unsupported.

        As in Roboflow's API, a bare string is a URL if it starts like one, else base64.
        """
        if isinstance(image, str):
            kind = "url" if image.startswith(("http://", "https://")) else "base64"
            image = WireImage(type=kind, value=image)
        kind = image.type[:40].lower()
        if kind == "url" and self._fetcher is None:
            raise bad_image("this server does not read pictures by URL; send them as base64.")
        if kind in ("numpy", "file", "multipart"):
            raise bad_image(f"this server does not read pictures of type {kind}; send them as base64.")
        if kind not in ("base64", "url"):
            raise bad_image(f"there is no type “{kind}”; send pictures as base64.")
        if not isinstance(image.value, str) or not image.value.strip():
            raise bad_image("the picture's value is empty.")
        return WireImage(type=kind, value=image.value)

    def fetch(self, image: WireImage) -> bytes:
        """Download the file of an image by URL. Raises RequestError 400."""
        assert self._fetcher is not None, "check() refuses URLs without a fetcher"
        try:
            return self._fetcher.fetch(image.value)
        except FetchError as error:
            raise bad_image(str(error)) from error

    def read(self, image: WireImage | bytes, size: tuple[int, int], budget: PixelBudget) -> Image.Image:
        """Decode to RGB, scaled down while decoding where that still leaves at least `size` (width, height).

        Raises RequestError: 400 if it cannot be decoded or exceeds the budget, 503 if there is not enough memory.
        """
        try:
            data = image if isinstance(image, bytes) else _from_base64(image.value)
            return decode_bytes(
                data,
                size,
                max_pixels=self._max_pixels,
                drop_alpha=True,
                admit=lambda opened: budget.admit(opened, size),
            )
        except ImageError as error:
            raise bad_image(error.reason) from error
        except MemoryError as error:
            raise not_ready("There is not enough memory for this picture right now.") from error


def _from_base64(value: str) -> bytes:
    try:
        return decode_base64(_without_data_uri(value))
    except (binascii.Error, ValueError) as error:
        raise bad_image("the picture's value is not base64.") from error


def _without_data_uri(value: str) -> str:
    """Return what follows `data:…;base64,`, or the value itself if it does not start like that."""
    head, comma, data = value.partition(",")
    head = head.strip().lower()
    return data if comma and head.startswith("data:") and head.endswith(";base64") else value

"""Convert decoded pixels of any mode to upright 8-bit RGB."""

from __future__ import annotations

from PIL import Image
from PIL.ImageFile import ImageFile

from clipdesk.core.pictures.deep_grey import is_deep_grey, to_8_bit
from clipdesk.core.pictures.metadata import orientation_of

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def to_upright_rgb(image: ImageFile, *, drop_alpha: bool = False) -> Image.Image:
    """Return a new image in mode RGB, upright by its EXIF orientation, transparency on white.

    `drop_alpha` keeps the colours under transparent pixels as they are in the file instead. `image` has to be loaded.
    """
    # Only after `load`, in which Pillow turns a TIFF upright and drops its tag.
    turn = _TURNS.get(orientation_of(image))
    pixels = _to_rgb(image, drop_alpha=drop_alpha)
    return pixels if turn is None else pixels.transpose(turn)


def _to_rgb(image: ImageFile, *, drop_alpha: bool) -> Image.Image:
    """Convert to RGB; copy also what is RGB already, because a plugin's image keeps its decoder's buffers alive."""
    if is_deep_grey(image):
        return to_8_bit(image).convert("RGB")
    if not image.has_transparency_data:
        return image.convert("RGB")
    with_alpha = image.convert("RGBA")
    if drop_alpha:
        # By way of RGBA, because converting some palettes straight to RGB makes Pillow warn.
        return with_alpha.convert("RGB")
    white = Image.new("RGB", image.size, "white")
    white.paste(with_alpha, mask=with_alpha.getchannel("A"))
    return white

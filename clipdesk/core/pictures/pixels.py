"""Convert decoded pixels of any mode to upright sRGB of 8 bits."""

from __future__ import annotations

from PIL import Image
from PIL.ImageFile import ImageFile

from clipdesk.core.pictures.colour import to_srgb
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


def to_upright_rgb(image: ImageFile, *, max_edge: int | None = None, drop_alpha: bool = False) -> Image.Image:
    """Return a new image in mode RGB and sRGB colours, upright by its EXIF orientation, transparency on white.

    With `max_edge`, the longer side has at most this many pixels. `drop_alpha` keeps the colours under transparent
    pixels as they are in the file. `image` has to be loaded.
    """
    # Only after `load`, in which Pillow turns a TIFF upright and drops its tag.
    orientation = orientation_of(image)
    if max_edge is not None and image.mode in _REDUCED_FIRST and not image.has_transparency_data:
        # Converting 12 megapixels takes longer than reducing them.
        return turned(to_rgb(at_most(image, max_edge), drop_alpha=drop_alpha), orientation)
    pixels = to_rgb(image, drop_alpha=drop_alpha)
    return turned(pixels if max_edge is None else at_most(pixels, max_edge), orientation)


def turned(image: Image.Image, orientation: int) -> Image.Image:
    """Return the image upright, by its EXIF orientation."""
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


#: Modes whose samples are amounts of light or ink.
_REDUCED_FIRST = ("L", "RGB", "CMYK")


def at_most(image: Image.Image, max_edge: int) -> Image.Image:
    """Return the image with at most `max_edge` pixels on its longer side."""
    scale = max_edge / max(image.size)
    if scale >= 1:
        return image
    width, height = (max(1, round(scale * side)) for side in image.size)
    return image.resize((width, height), Image.Resampling.BICUBIC, reducing_gap=2.0)


def to_rgb(image: Image.Image, *, drop_alpha: bool = False) -> Image.Image:
    """Convert to sRGB; copy also what is RGB already, because a plugin's image keeps its decoder's buffers alive."""
    if isinstance(image, ImageFile) and is_deep_grey(image):
        return to_srgb(to_8_bit(image))
    if not image.has_transparency_data:
        return to_srgb(image)
    with_alpha = to_srgb(image, "RGBA")
    if drop_alpha:
        # By way of RGBA, because converting some palettes straight to RGB makes Pillow warn.
        return with_alpha.convert("RGB")
    white = Image.new("RGB", image.size, "white")
    white.paste(with_alpha, mask=with_alpha.getchannel("A"))
    return white

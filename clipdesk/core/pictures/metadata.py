"""What an opened image says about itself beside its pixels: EXIF, orientation, bit depth."""

from __future__ import annotations

from PIL import ExifTags, Image, TiffImagePlugin
from PIL.ImageFile import ImageFile

#: Orientations that swap width and height.
SIDEWAYS = (5, 6, 7, 8)

#: Tags of TIFF 6.0.
_BITS_PER_SAMPLE, _ORIENTATION = 258, 274

_ASCII_DIGITS = tuple(b"%d" % digit for digit in range(10))


def exif_of(image: ImageFile) -> Image.Exif:
    """Return the EXIF tags without decoding the image. Broken metadata raise exceptions of any kind."""
    discard_xmp(image)
    # Not image.getexif(): for a PNG without EXIF before its pixels that decodes the whole image to look behind them.
    return Image.Image.getexif(image)


def discard_xmp(image: ImageFile) -> None:
    """Forget XMP, whose orientation Pillow takes if EXIF has none.

    Few programs do so, and AVIF and HEIC are turned by their own properties (`irot`, `imir`). Before an image is
    loaded, this stops Pillow from turning a TIFF by it.
    """
    for key in ("xmp", "XML:com.adobe.xmp"):
        image.info.pop(key, None)


def orientation_of(image: ImageFile) -> int:
    """Return the EXIF orientation, 1…8; 1 if it is missing, broken or out of range.

    It should be a SHORT. Some programs write a LONG, a BYTE, a text or several values, which count as well.
    """
    try:
        value = exif_of(image).get(ExifTags.Base.Orientation, 1)
        if isinstance(value, tuple | bytes) and len(value) and value not in _ASCII_DIGITS:
            value = value[0]
        value = int(value)
    except Exception:  # the parsers raise as many kinds as in `opened`, and broken metadata do not spoil the image
        return 1
    return value if 1 <= value <= 8 else 1


def upright_size(image: ImageFile) -> tuple[int, int]:
    """Return (width, height) after the image was turned by its orientation. `image` must not be loaded yet."""
    width, height = image.size
    orientation = orientation_of(image)
    if isinstance(image, TiffImagePlugin.TiffImageFile) and image.tag_v2.get(_ORIENTATION) == orientation:
        # Pillow swaps the sides of a TIFF by itself, unless the tag is of another type.
        return width, height
    return (height, width) if orientation in SIDEWAYS else (width, height)


def bits_of(image: ImageFile) -> int | None:
    """Return the bits per sample in the file, which Pillow's mode hides; None if nothing tells."""
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        return int(max(image.tag_v2.get(_BITS_PER_SAMPLE, (1,))))
    if image.format in ("AVIF", "HEIF"):
        return image.info.get("bit_depth")
    if image.mode.startswith("I") or (image.format == "PNG" and image.tile and ";16" in str(image.tile[0].args)):
        return 16
    return 32 if image.mode == "F" else 8

"""What an opened image says about itself beside its pixels: EXIF, orientation, bit depth."""

from __future__ import annotations

from PIL import ExifTags, Image, TiffImagePlugin
from PIL.ImageFile import ImageFile

#: Orientations that swap width and height.
SIDEWAYS = (5, 6, 7, 8)

#: Tag of TIFF 6.0.
_BITS_PER_SAMPLE = 258


def exif_of(image: ImageFile) -> Image.Exif:
    """Return the EXIF tags without decoding the image. Broken metadata raise exceptions of any kind."""
    # Not image.getexif(): for a PNG without EXIF before its pixels that decodes the whole image to look behind them.
    return Image.Image.getexif(image)


def orientation_of(image: ImageFile) -> int:
    """Return the EXIF orientation, 1…8; 1 if it is missing, broken or out of range."""
    try:
        value = int(exif_of(image).get(ExifTags.Base.Orientation, 1))
    except Exception:  # the parsers raise as many kinds as in `opened`, and broken metadata do not spoil the image
        return 1
    return value if 1 <= value <= 8 else 1


def bits_of(image: ImageFile) -> int | None:
    """Return the bits per sample in the file, which Pillow's mode hides; None if nothing tells."""
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        return int(max(image.tag_v2.get(_BITS_PER_SAMPLE, (1,))))
    if image.format in ("AVIF", "HEIF"):
        return image.info.get("bit_depth")
    if image.mode.startswith("I") or (image.format == "PNG" and image.tile and ";16" in str(image.tile[0].args)):
        return 16
    return 32 if image.mode == "F" else 8

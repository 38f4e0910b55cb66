"""Read what an image file says about itself, for the inspector."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from PIL import ExifTags
from PIL.ImageFile import ImageFile

from clipdesk.core.messages import message
from clipdesk.core.pictures.jpeg import JpegFile, is_end_missing
from clipdesk.core.pictures.metadata import bits_of, exif_of, upright_size
from clipdesk.core.pictures.opening import opened


@dataclass(frozen=True)
class ImageFacts:
    """What a file says about itself. `width` and `height` are those of the upright image.

    `colours` is in words (“colour, 8 bit”); `taken` is “2024-05-31 17:20:05” in the camera's own time.
    """

    width: int
    height: int
    format_name: str
    colours: str
    taken: str | None
    camera: str | None


def read_facts(path: Path) -> ImageFacts:
    """Read the file's header without decoding the image, whatever its size. Raises ImageError as `decode` does.

    Source of the tags: Exif 2.32, sections 4.6.4 and 4.6.5.
    """
    with opened(path) as image:
        # First, while the stream stands behind the header.
        is_cut_off = isinstance(image, JpegFile) and image.fp is not None and is_end_missing(image.fp)
        width, height = upright_size(image)
        taken, camera = _taken_and_camera(image)
        format_name: str = _FORMAT_NAMES[image.format or ""]
        if is_cut_off:
            format_name = message("core", "{format} (its end is missing)").of(format=format_name)
        return ImageFacts(width, height, format_name, _colours(image), taken, camera)


_FORMAT_NAMES = {
    "AVIF": "AVIF",
    "BMP": "BMP",
    "DIB": message("core", "BMP without file header (DIB)"),
    "GIF": "GIF",
    "HEIF": "HEIC",
    "ICO": message("core", "Icon (ICO)"),
    "JPEG": "JPEG",
    "JPEG2000": "JPEG 2000",
    "PCX": "PCX",
    "PNG": "PNG",
    "PPM": "PPM",
    "PSD": message("core", "Photoshop document"),
    "RAW": message("core", "Camera raw (its preview)"),
    "TGA": "Targa (TGA)",
    "TIFF": "TIFF",
    "WEBP": "WebP",
}

_COLOURS = {
    "1": message("core", "black and white"),
    "L": message("core", "grey"),
    "LA": message("core", "grey with transparency"),
    "P": message("core", "palette"),
    "PA": message("core", "palette with transparency"),
    "RGB": message("core", "colour"),
    "RGBA": message("core", "colour with transparency"),
    "CMYK": message("core", "CMYK (print) colour"),
    "LAB": message("core", "Lab colour"),
    "I": message("core", "grey"),
    "F": message("core", "grey, floating point"),
}


def _colours(image: ImageFile) -> str:
    words = _COLOURS.get("I" if image.mode.startswith("I;16") else image.mode, _COLOURS["RGB"])
    bits = bits_of(image)
    return (
        words
        if bits is None or image.mode == "1"
        else message("core", "{colours}, {bits} bit").of(colours=words, bits=bits)
    )


def _taken_and_camera(image: ImageFile) -> tuple[str | None, str | None]:
    try:
        exif = exif_of(image)
        details = exif.get_ifd(ExifTags.IFD.Exif)
        taken = _text(details.get(ExifTags.Base.DateTimeOriginal)) or _text(exif.get(ExifTags.Base.DateTime))
        maker, model = _text(exif.get(ExifTags.Base.Make)), _text(exif.get(ExifTags.Base.Model))
    except Exception:  # as in `orientation_of`
        return None, None
    if maker and model and not model.lower().startswith(maker.lower().split()[0]):
        model = f"{maker} {model}"
    date = _EXIF_DATE.fullmatch(taken or "")
    return ("{}-{}-{} {}".format(*date.groups()) if date else None), model or maker


_EXIF_DATE = re.compile(r"([12]\d{3}):([01]\d):([0-3]\d) (\d\d:\d\d:\d\d)", re.ASCII)


def _text(value: object) -> str | None:
    """Return a text tag without padding and control characters, at most 100 characters; None for any other value."""
    if not isinstance(value, str):
        return None
    printable = "".join(character for character in value.split("\0")[0] if character.isprintable())
    return printable.strip()[:100] or None

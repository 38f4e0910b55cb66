"""From a picture file to upright RGB pixels, or to one sentence that says why not."""

from __future__ import annotations

import codecs
import contextlib
import errno
import io
import logging
import math
import re
import stat
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray
from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    ExifTags,
    GifImagePlugin,
    IcoImagePlugin,
    Image,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    PngImagePlugin,
    PpmImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)
from PIL.ImageFile import ImageFile

from clipdesk.core.errors import ImageError, ImageTooLargeError, UnsupportedImageError

_log = logging.getLogger(__name__)

#: The largest picture that is opened: a 300 megapixel RGB picture takes 1.2 GB while it is converted.
MAX_PIXELS = 300_000_000

#: Pictures beyond this are decoded one at a time: a WebP of 268 megapixels took 4.1 GB while it was open, and there are
#: up to sixteen decoding threads.
_LARGE_PIXELS = 50_000_000
_one_at_a_time = threading.Lock()

# Pillow warns at this number and raises at twice it, in places that know the size before `decode` does (an icon's
# inner picture, the tiles of a TIFF). Set once, here: changing it around a call would not be safe among threads.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = (5, 6, 7, 8)

#: Tags of TIFF 6.0.
_BITS_PER_SAMPLE, _PHOTOMETRIC = 258, 262


@dataclass(frozen=True)
class ImageFacts:
    """What a file says about itself. `width` and `height` are those of the upright picture.

    `colours` is in words (“colour, 8 bit”); `taken` is “2024-05-31 17:20:05” in the camera's own time.
    """

    width: int
    height: int
    format_name: str
    colours: str
    taken: str | None
    camera: str | None


def decode(
    path: Path, target: tuple[int, int] | None = None, *, max_pixels: int = MAX_PIXELS, for_screen: bool = False
) -> Image.Image:
    """The (first) picture in a file: mode RGB, upright by its EXIF orientation, transparency on white, no metadata.

    `target` is the size that the caller will reduce it to: a JPEG is then read at a half, a quarter or an eighth,
    but never below twice the target's longer side on either axis. The format is recognised by content, from a fixed
    list; the file's name plays no part. Safe to call from many threads.

    With `for_screen` its `info` holds what showing it takes: the `icc_profile` of its colours, and `transparency` where
    there was some. Without, nothing.

    Raises ImageError, whatever the file holds; its subclasses say that the format is not on the list
    (UnsupportedImageError) or that there are more than `max_pixels` (ImageTooLargeError, before anything that big
    is allocated). MemoryError passes.
    """
    with _opened(path) as image:
        picture = _decoded(path, image, target, max_pixels, _to_rgb)
        if for_screen:
            if image.has_transparency_data:
                picture.info["transparency"] = True
            if image.mode == "RGB" and (profile := image.info.get("icc_profile")):
                picture.info["icc_profile"] = profile
        return picture


def decode_bytes(
    data: bytes,
    target: tuple[int, int] | None = None,
    *,
    max_pixels: int = MAX_PIXELS,
    drop_alpha: bool = False,
) -> Image.Image:
    """The (first) picture in a file that was received rather than opened: as `decode`, and with its limits.

    `drop_alpha` leaves the colours under transparent places as they are in the file, as OpenCV reads them, instead of
    putting them on white. The path of an ImageError is only “picture”.
    """
    path = Path("picture")
    with _opened(path, data) as image:
        return _decoded(path, image, target, max_pixels, _to_rgb_without_alpha if drop_alpha else _to_rgb)


def _decoded(
    path: Path,
    image: ImageFile,
    target: tuple[int, int] | None,
    max_pixels: int,
    to_rgb: Callable[[ImageFile], Image.Image],
) -> Image.Image:
    _require_size(path, image.size, max_pixels)
    if target is not None and isinstance(image, JpegImagePlugin.JpegImageFile):
        # The longer side on both axes: the picture may lie on its side, and the shorter side decides the scale.
        side = 2 * max(target)
        image.draft("RGB", (side, side))
    with _one_at_a_time if math.prod(image.size) > _LARGE_PIXELS else contextlib.nullcontext():
        image.load()
        turn = _TURNS.get(_orientation(image))
        pixels = to_rgb(image)
        if turn is not None:
            pixels = pixels.transpose(turn)
    pixels.info = {}
    return pixels


def read_facts(path: Path) -> ImageFacts:
    """What the file's header says, without decoding the picture. Raises ImageError as `decode` does, whatever the size.

    Source of the tags: Exif 2.32, sections 4.6.4 and 4.6.5.
    """
    with _opened(path) as image:
        width, height = image.size
        # Pillow swaps the sides of a TIFF by itself.
        if _orientation(image) in _SIDEWAYS and image.format != "TIFF":
            width, height = height, width
        taken, camera = _taken_and_camera(image)
        return ImageFacts(width, height, _FORMAT_NAMES[image.format or ""], _colours(image), taken, camera)


# ------------------------------------------------------------------------------------------------- opening


@contextlib.contextmanager
def _opened(path: Path, data: bytes | None = None) -> Iterator[ImageFile]:
    """The file, or its bytes, as Pillow sees it, nothing decoded yet.

    Whatever goes wrong in the block comes out as ImageError.
    """
    try:
        if data is None:
            _require_file(path)
        elif not data:
            raise ImageError(path, _EMPTY)
        with path.open("rb") if data is None else io.BytesIO(data) as stream:
            yield _identify(path, stream)
    except (ImageError, MemoryError):
        raise
    except Exception as error:
        # Broad on purpose: on a broken file Pillow's plugins raise a dozen unrelated kinds, struct.error, KeyError
        # and ZeroDivisionError among them, and one bad file must stay one row.
        _log.debug("%s could not be decoded", path, exc_info=True)
        raise _image_error(path, error) from error


_EMPTY = "The file is empty (0 bytes). Copy or download it again."


def _require_file(path: Path) -> None:
    """A pipe or a device would wait forever."""
    try:
        status = path.stat()
    except ValueError as error:  # a NUL, or characters that the file system cannot have
        raise ImageError(path, "This is not a usable file name.") from error
    if stat.S_ISDIR(status.st_mode):
        raise ImageError(path, "This is a folder, not a picture.")
    if not stat.S_ISREG(status.st_mode):
        raise ImageError(path, "This is a device or a pipe, not a picture file.")
    if status.st_size == 0:
        raise ImageError(path, _EMPTY)


def _require_size(path: Path, size: tuple[int, int], max_pixels: int) -> None:
    width, height = size
    if width * height > max_pixels:
        raise ImageTooLargeError(
            path,
            f"The picture has {_megapixels(width * height)} megapixels ({width} × {height}); "
            f"the limit is {_megapixels(max_pixels)}. Save a smaller copy and use that.",
        )


def _megapixels(pixels: int) -> str:
    return f"{pixels / 1e6:,.0f}" if pixels >= 10_000_000 else f"{pixels / 1e6:.3g}"


def _identify(path: Path, stream: IO[bytes]) -> ImageFile:
    """Open with the plugin that the first bytes ask for.

    The plugins are called directly: Image.open would check the size in its own words before ours. They get the
    stream without its name, because Pillow maps a named file into memory, and a mapped file that shrinks meanwhile
    kills the process (SIGBUS).
    """
    head = stream.read(512)
    stream.seek(0)
    if head[4:8] == b"ftyp":
        brands = _brands(head)
        if brands & _AVIF_BRANDS:
            return AvifImagePlugin.AvifImageFile(stream)
        if brands & _HEIF_BRANDS:
            return _open_heif(path, stream)
    for signature, plugin in _PLUGINS:
        if signature.match(head):
            return plugin(stream)
    raise UnsupportedImageError(path, _foreign_reason(head))


def _brands(head: bytes) -> set[bytes]:
    """Major and compatible brands of an ISO media file (ISO/IEC 14496-12, 4.3)."""
    end = min(int.from_bytes(head[:4], "big"), len(head))
    return {head[8:12], *(head[at : at + 4] for at in range(16, end, 4))}


def _open_heif(path: Path, stream: IO[bytes]) -> ImageFile:
    # An extra, because its wheels carry x265 and libde265 under the (L)GPL. Not registered with Pillow: called here.
    try:
        from pillow_heif import HeifImageFile
    except ImportError as error:
        raise UnsupportedImageError(
            path,
            "This is a HEIC picture, and what opens those (ClipDesk's extra “heif”) is not installed. "
            "Install it with: pip install pillow-heif",
        ) from error
    image: ImageFile = HeifImageFile(stream)
    return image


_AVIF_BRANDS = {b"avif", b"avis"}
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1", b"mif2"}

#: All that is ever opened, by its first bytes. An MPO begins with a JPEG, an APNG with a PNG: the first picture.
_PLUGINS: tuple[tuple[re.Pattern[bytes], Callable[[IO[bytes]], ImageFile]], ...] = (
    (re.compile(rb"\xff\xd8\xff"), JpegImagePlugin.JpegImageFile),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), PngImagePlugin.PngImageFile),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), WebPImagePlugin.WebPImageFile),
    (re.compile(rb"GIF8[79]a"), GifImagePlugin.GifImageFile),
    (re.compile(rb"II[*+]\x00|MM\x00[*+]"), TiffImagePlugin.TiffImageFile),
    (re.compile(rb"\x00\x00\x00\x0cjP  \r\n\x87\n|\xff\x4f\xff\x51"), Jpeg2KImagePlugin.Jpeg2KImageFile),
    (re.compile(rb"\x00\x00\x01\x00"), IcoImagePlugin.IcoImageFile),
    (re.compile(rb"P[1-6f][\s#]"), PpmImagePlugin.PpmImageFile),
    (re.compile(rb"BM"), BmpImagePlugin.BmpImageFile),
    (re.compile(rb"[\x0c\x28\x34\x38\x40\x6c\x7c]\x00\x00\x00"), BmpImagePlugin.DibImageFile),
)

_FORMAT_NAMES = {
    "AVIF": "AVIF",
    "BMP": "BMP",
    "DIB": "BMP without file header (DIB)",
    "GIF": "GIF",
    "HEIF": "HEIC",
    "ICO": "Icon (ICO)",
    "JPEG": "JPEG",
    "JPEG2000": "JPEG 2000",
    "PNG": "PNG",
    "PPM": "PPM",
    "TIFF": "TIFF",
    "WEBP": "WebP",
}

#: What people try to open as a picture; said by name, never opened.
_FOREIGN = (
    (re.compile(rb"%PDF"), "a PDF document"),
    (re.compile(rb"%!PS|\xc5\xd0\xd3\xc6"), "a PostScript (EPS) drawing"),
    (re.compile(rb"8BPS"), "a Photoshop document"),
    (re.compile(rb"gimp xcf"), "a GIMP document"),
    (re.compile(rb"\xff\x0a|\x00\x00\x00\x0cJXL "), "a JPEG XL picture"),
    (re.compile(rb".*<svg", re.DOTALL), "an SVG drawing"),
    (re.compile(rb"....ftypcrx|IIU\x00|FUJIFILMCCD-RAW", re.DOTALL), "a camera's raw file"),
    (re.compile(rb"....ftyp|\x1aE\xdf\xa3|RIFF....AVI ", re.DOTALL), "a video"),
)


# ------------------------------------------------------------------------------------------------- errors


def _foreign_reason(head: bytes) -> str:
    for signature, name in _FOREIGN:
        if signature.match(head):
            return f"This is {name}, which ClipDesk does not open. Save a copy as JPEG or PNG and use that."
    if _is_text(head):
        return "This is a text file, not a picture."
    return "This is not a picture that ClipDesk can open. JPEG, PNG, WebP, GIF, TIFF, BMP, AVIF and HEIC work."


def _is_text(head: bytes) -> bool:
    try:
        # Incremental: the last character may be cut in two.
        text = codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return all(character.isprintable() or character.isspace() for character in text)


def _image_error(path: Path, error: Exception) -> ImageError:
    match error:
        case Image.DecompressionBombError() | Image.DecompressionBombWarning():
            limit = _megapixels(MAX_PIXELS)
            return ImageTooLargeError(
                path, f"The picture has more than {limit} megapixels, the limit. Save a smaller copy and use that."
            )
        case FileNotFoundError():
            return ImageError(path, "The file is not there any more; it may have been moved, renamed or deleted.")
        case PermissionError():
            return ImageError(path, "You have no permission to read this file. Change its permissions, then try again.")
        # EINVAL is Pillow's own seek to an impossible place that a broken file names.
        case OSError(errno=int(number), strerror=str(reason)) if number != errno.EINVAL:
            return ImageError(path, f"The file could not be read: {reason}.")
    text = str(error).lower()
    if _UNSUPPORTED_WORDS.search(text):
        return UnsupportedImageError(
            path, "This variety of the picture format is not supported. Save it as JPEG or PNG and use that."
        )
    if _TRUNCATED_WORDS.search(text):
        return ImageError(path, "The file ends too early; part of the picture is missing. Copy or download it again.")
    return ImageError(path, "The file is damaged and cannot be shown. Copy or download it again.")


#: How Pillow's plugins put it: there are no classes to tell these by.
_UNSUPPORTED_WORDS = re.compile(r"unsupported|not (yet )?supported|not installed|unknown (pixel|image|raw) mode")
_TRUNCATED_WORDS = re.compile(
    r"truncated|not enough (image )?data|end of (file|data)|eof|too small|too short|premature"
)


# ------------------------------------------------------------------------------------------------- pixels


def _orientation(image: ImageFile) -> int:
    """EXIF orientation 1…8; 1 where the metadata are missing or broken, which does not spoil the picture."""
    try:
        return int(_exif(image).get(ExifTags.Base.Orientation, 1))
    except Exception:  # as many kinds as in `_opened`, from the same parsers
        return 1


def _exif(image: ImageFile) -> Image.Exif:
    # Not image.getexif(): for a PNG without EXIF in front that decodes the whole picture, to look behind it.
    return Image.Image.getexif(image)


def _to_rgb(image: ImageFile) -> Image.Image:
    """A new RGB picture, also where it was RGB: a plugin's own picture keeps its decoder's buffers alive."""
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        return _deep_grey_to_8_bit(image).convert("RGB")
    if not image.has_transparency_data:
        return image.convert("RGB")
    with_alpha = image.convert("RGBA")
    white = Image.new("RGB", image.size, "white")
    white.paste(with_alpha, mask=with_alpha.getchannel("A"))
    return white


def _to_rgb_without_alpha(image: ImageFile) -> Image.Image:
    if not image.has_transparency_data:
        return _to_rgb(image)
    # By way of RGBA: straight to RGB, Pillow warns about some palettes.
    return image.convert("RGBA").convert("RGB")


def _deep_grey_to_8_bit(image: ImageFile) -> Image.Image:
    """Grey of 16 or 32 bits in 8, scaled: Pillow's own `convert` cuts off what is above 255.

    16 bits (12 in some TIFFs) lose their lower ones. 32-bit integers are taken as 8 or 16 bits if the values fit,
    floats within 0…1 as black to white; anything else is stretched from its smallest to its largest value. Of
    floats, NaN counts as the smallest, and infinities as the ends of what is finite.
    """
    low, high = _range(image)
    if image.mode.startswith("I;16") or (image.format == "PPM" and image.mode == "I"):
        # 255 × 256 rather than 65535: the upper byte, as Pillow itself reduces colours of 16 bits.
        low, high = 0.0, float(255 << ((_bits(image) or 16) - 8))
    elif image.mode == "I" and low >= 0 and high <= 65535:
        low, high = 0.0, 255.0 if high <= 255 else 255.0 * 256
    elif image.mode == "F" and low >= 0 and high <= 1:
        low, high = 0.0, 1.0
    grey = np.concatenate([_stretched(strip, low, high) for strip in _strips(image)])
    if isinstance(image, TiffImagePlugin.TiffImageFile) and image.tag_v2.get(_PHOTOMETRIC) == 0:
        # WhiteIsZero: Pillow turns it round for 8 bits, not for more.
        np.subtract(255, grey, out=grey)
    return Image.fromarray(grey)


def _strips(image: Image.Image) -> Iterator[NDArray[Any]]:
    """The values from top to bottom, a few rows at a time: numpy's float64 scratch stays small beside the picture."""
    width, height = image.size
    rows = max(1, 4_000_000 // width)
    for top in range(0, height, rows):
        yield np.asarray(image.crop((0, top, width, min(top + rows, height))))


def _range(image: Image.Image) -> tuple[float, float]:
    """Smallest and largest finite value; zeros if there is none."""
    finite = [strip[np.isfinite(strip)] for strip in _strips(image)]
    found = [(float(strip.min()), float(strip.max())) for strip in finite if strip.size]
    return (min(low for low, _ in found), max(high for _, high in found)) if found else (0.0, 0.0)


def _stretched(values: NDArray[Any], low: float, high: float) -> NDArray[np.uint8]:
    """Values with `low` at 0 and `high` at 255; all 0 where they are the same."""
    scaled = np.nan_to_num(values.astype(np.float64), nan=low, posinf=high, neginf=low)
    scaled = (scaled - low) * (255.0 / (high - low) if high > low else 0.0)
    return np.clip(scaled, 0.0, 255.0).astype(np.uint8)


# ------------------------------------------------------------------------------------------------- facts

_COLOURS = {
    "1": "black and white",
    "L": "grey",
    "LA": "grey with transparency",
    "P": "palette",
    "PA": "palette with transparency",
    "RGB": "colour",
    "RGBA": "colour with transparency",
    "CMYK": "CMYK (print) colour",
    "LAB": "Lab colour",
    "I": "grey",
    "F": "grey, floating point",
}


def _colours(image: ImageFile) -> str:
    words = _COLOURS.get("I" if image.mode.startswith("I;16") else image.mode, "colour")
    bits = _bits(image)
    return words if bits is None or image.mode == "1" else f"{words}, {bits} bit"


def _bits(image: ImageFile) -> int | None:
    """Bits of one sample in the file, which Pillow's mode hides; None where nothing says."""
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        return int(max(image.tag_v2.get(_BITS_PER_SAMPLE, (1,))))
    if image.format in ("AVIF", "HEIF"):
        return image.info.get("bit_depth")
    if image.mode.startswith("I") or (image.format == "PNG" and image.tile and ";16" in str(image.tile[0].args)):
        return 16
    return 32 if image.mode == "F" else 8


def _taken_and_camera(image: ImageFile) -> tuple[str | None, str | None]:
    try:
        exif = _exif(image)
        details = exif.get_ifd(ExifTags.IFD.Exif)
        taken = _text(details.get(ExifTags.Base.DateTimeOriginal)) or _text(exif.get(ExifTags.Base.DateTime))
        maker, model = _text(exif.get(ExifTags.Base.Make)), _text(exif.get(ExifTags.Base.Model))
    except Exception:  # as in `_orientation`
        return None, None
    if maker and model and not model.lower().startswith(maker.lower().split()[0]):
        model = f"{maker} {model}"
    date = _EXIF_DATE.fullmatch(taken or "")
    return ("{}-{}-{} {}".format(*date.groups()) if date else None), model or maker


_EXIF_DATE = re.compile(r"([12]\d{3}):([01]\d):([0-3]\d) (\d\d:\d\d:\d\d)", re.ASCII)


def _text(value: object) -> str | None:
    """A text tag without padding and control characters, at most 100 characters; None for anything else."""
    if not isinstance(value, str):
        return None
    printable = "".join(character for character in value.split("\0")[0] if character.isprintable())
    return printable.strip()[:100] or None

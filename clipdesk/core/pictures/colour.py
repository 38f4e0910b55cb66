"""Convert pixels from the colour space of an embedded ICC profile to sRGB."""

from __future__ import annotations

import functools
import io
import logging

import numpy as np
from PIL import Image, ImageCms

logger = logging.getLogger(__name__)

#: Profiles in memory: a folder's images have one or two.
_CACHED_PROFILES = 16

#: Larger profiles are ignored. Those of printing presses have about 2 MB.
_MAX_PROFILE_BYTES = 16_000_000

#: A profile that changes no sample by more than this is that of sRGB.
_SRGB_TOLERANCE = 1


def to_srgb(image: Image.Image, mode: str = "RGB") -> Image.Image:
    """Return a new image in `mode`, RGB or RGBA, with its colours converted from `info["icc_profile"]` to sRGB.

    Images without a profile are taken as sRGB. So are those whose profile is broken or of another kind of colour.
    Thread-safe.
    """
    profile = image.info.get("icc_profile")
    if not isinstance(profile, bytes) or not 0 < len(profile) <= _MAX_PROFILE_BYTES or image.mode == "LAB":
        return image.convert(mode)
    kind = _kind(profile)
    if kind == "CMYK" and image.mode == "CMYK":
        source = "CMYK"
    elif kind == "GRAY" and image.mode in ("1", "L", "LA", "La"):
        source = "L"
    elif kind == "RGB" and image.mode != "CMYK":
        source = mode
    else:
        return image.convert(mode)
    transform = _transform(profile, source)
    if transform is None:
        return image.convert(mode)
    if source == mode:
        converted = image.convert(mode)
        transform.apply_in_place(converted)
        return converted
    converted = transform.apply(image if image.mode == source else image.convert(source))
    if mode == "RGBA":
        converted.putalpha(image.convert("RGBA").getchannel("A"))
    return converted


@functools.lru_cache(_CACHED_PROFILES)
def _kind(profile: bytes) -> str:
    """Return the profile's colour space, such as `RGB`, `GRAY` or `CMYK`; empty if it is broken."""
    try:
        return ImageCms.ImageCmsProfile(io.BytesIO(profile)).profile.xcolor_space.strip()
    except MemoryError:
        raise
    except Exception as error:  # as many kinds as in `opened`, and a broken profile does not spoil the image
        logger.debug("An ICC profile is ignored: %s", error)
        return ""


@functools.lru_cache(_CACHED_PROFILES)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """Return the transform from `mode` to sRGB, in RGBA for RGBA and else in RGB; None if it would change nothing."""
    to_mode = "RGBA" if mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
        transform = ImageCms.ImageCmsTransform(source, target, mode, to_mode, ImageCms.Intent.PERCEPTUAL)
        return None if _is_identity(transform, mode) else transform
    except MemoryError:
        raise
    except Exception as error:  # as in `_kind`
        logger.debug("An ICC profile is ignored: %s", error)
        return None


def _is_identity(transform: ImageCms.ImageCmsTransform, mode: str) -> bool:
    """Return whether no colour of a grid of 17 steps for each channel changes."""
    if mode == "CMYK":
        return False
    steps = np.linspace(0, 255, 17).astype(np.uint8)
    grid = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(17, 17 * 17, 3)
    before = Image.fromarray(steps[None]) if mode == "L" else Image.fromarray(grid).convert(mode)
    after = transform.apply(before)
    change = np.asarray(after, np.int16) - np.asarray(before.convert(after.mode), np.int16)
    return bool(np.abs(change).max() <= _SRGB_TOLERANCE)

"""Every error that ClipDesk raises on purpose.

    ClipDeskError
    ├── ImageError                 one picture cannot be read; its row shows why, the job goes on
    │   ├── UnsupportedImageError  not a format on the allow-list, or a codec is not installed
    │   └── ImageTooLargeError     more pixels than the limit
    ├── ImageRefusedError          the encoder cannot take one picture; its row shows why, the job goes on
    ├── LabelError                 an empty or duplicate name, a template without {}, an unreadable label file
    ├── EncoderError               the encoder cannot go on; the job ends, finished rows stay
    │   ├── UnknownModelError      no model has this name
    │   ├── ModelNotAvailableError the weights are not on this computer and cannot be fetched now
    │   ├── ModelBrokenError       the files are there, but are not a usable model
    │   └── ServerError            a server cannot be used, or not now
    │       ├── AddressError       this address is not one that a key and pictures may be sent to
    │       └── AccessError        the server wants another key, or credits
    ├── ServeError                 `clipdesk serve` cannot start as it was asked to
    ├── ExportError                a file could not be written; an older one is left as it was
    └── Cancelled                  the person stopped it

A message says what happened, to which file, and what the person can do.
"""

from __future__ import annotations

from pathlib import Path


class ClipDeskError(Exception):
    """Base of all errors with a message meant for the person."""


class ImageError(ClipDeskError):
    """One picture could not be read. `path` is the file, `reason` a sentence without the file's name."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class UnsupportedImageError(ImageError):
    """The file is not one of the formats that ClipDesk opens."""


class ImageTooLargeError(ImageError):
    """The picture has more pixels than the limit."""


class ImageRefusedError(ClipDeskError):
    """The encoder could not take one picture, which it does not know by name: a sentence for its row."""


class LabelError(ClipDeskError):
    """A label, a template or a label file cannot be used as it is."""


class EncoderError(ClipDeskError):
    """The encoder cannot go on."""


class UnknownModelError(EncoderError):
    """No model has this name."""


class ModelNotAvailableError(EncoderError):
    """The weights are not on this computer and cannot be fetched now."""


class ModelBrokenError(EncoderError):
    """The model's files are there, but they cannot be used."""


class ServerError(EncoderError):
    """A server cannot be used, or not now."""


class AddressError(ServerError):
    """A key and pictures may not be sent to this address."""


class AccessError(ServerError):
    """The server does not let us in: the key is missing or wrong, or there are no credits."""


class ServeError(ClipDeskError):
    """`clipdesk serve` cannot start as it was asked to."""


class ExportError(ClipDeskError):
    """A file could not be written. What stood there before is untouched."""


class Cancelled(ClipDeskError):  # noqa: N818 - it is an outcome, not a failure
    """The person stopped the work."""

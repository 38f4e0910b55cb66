"""Every exception that ClipDesk raises on purpose.

    ClipDeskError
    ├── ImageError                 one image cannot be read; its row shows why, and the job continues
    │   ├── UnsupportedImageError  its format is not supported, or a codec is not installed
    │   └── ImageTooLargeError     it has more pixels than the limit
    ├── ImageRefusedError          the encoder rejects one image; its row shows why, and the job continues
    ├── LabelError                 an empty or duplicate name, a template without {}, an unreadable label file
    ├── EncoderError               the encoder has failed; the job ends, and finished rows stay
    │   ├── UnknownModelError      no model has this name
    │   ├── ModelNotAvailableError the weights are not on this computer and cannot be downloaded now
    │   ├── ModelBrokenError       the files are there, but they are not a usable model
    │   ├── Int8RefusedError       the model cannot be computed in int8, or not well enough
    │   └── ServerError            a server cannot be used now, or at all
    │       ├── AddressError       keys and images must not be sent to this address
    │       └── AccessError        the server demands a different key, or credits
    ├── ServeError                 `clipdesk serve` cannot start with these settings
    ├── SortingError               a sort cannot begin, or cannot go on; no file is lost
    │   └── SortingBusyError       another window or program is sorting at this moment
    ├── ExportError                a file could not be written; the old file is untouched
    │   └── SidecarError           an XMP sidecar cannot be merged with; it is left alone
    ├── DocumentError              a desk cannot be opened or saved
    │   ├── NewerDocumentError     a newer ClipDesk has saved it
    │   └── DamagedDocumentError   its file is damaged
    └── Cancelled                  the person stopped the work

A message says what happened, to which file, and what the person can do. It is a `core.messages.Message`, and so is
`str(error)`, which the window translates.
"""

from __future__ import annotations

import threading
from pathlib import Path

from clipdesk.core.messages import message


class ClipDeskError(Exception):
    """Base class of the exceptions whose message is shown to the person."""


class ImageError(ClipDeskError):
    """One image could not be read. `reason` is a sentence that does not name the file at `path`."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(message("core", "{path}: {reason}").of(path=path, reason=reason))
        self.path = path
        self.reason = reason

    def __reduce__(self) -> tuple[type[ImageError], tuple[Path, str]]:
        return type(self), (self.path, self.reason)


class UnsupportedImageError(ImageError):
    """The file is in no format that ClipDesk opens."""


class ImageTooLargeError(ImageError):
    """The image has more pixels than the limit."""


class ImageRefusedError(ClipDeskError):
    """The encoder rejected one image. The message is a sentence for its row, without a file name."""


class LabelError(ClipDeskError):
    """A label, a template or a label file cannot be used as it is."""


class EncoderError(ClipDeskError):
    """The encoder has failed, and no other image or text would fare better."""


class UnknownModelError(EncoderError):
    """No model has this name."""


class ModelNotAvailableError(EncoderError):
    """The weights are not on this computer and cannot be downloaded now."""


class ModelBrokenError(EncoderError):
    """The model's files are there, but they are not a usable model."""


class Int8RefusedError(EncoderError):
    """int8 was asked for, and is refused. `cosine` to full precision if it is too low; None for other reasons."""

    def __init__(self, text: str, cosine: float | None = None) -> None:
        super().__init__(text)
        self.cosine = cosine


class ServerError(EncoderError):
    """A server cannot be used now, or at all."""


class AddressError(ServerError):
    """Keys and images must not be sent to this address."""


class AccessError(ServerError):
    """The server denies access: the key is missing or wrong, or the account has no credits."""


class ServeError(ClipDeskError):
    """`clipdesk serve` cannot start with these settings."""


class SortingError(ClipDeskError):
    """A sort or an undo cannot begin: its journal cannot be written, or its plan must not be applied."""


class SortingBusyError(SortingError):
    """Another window or program is sorting at this moment."""


class ExportError(ClipDeskError):
    """A file could not be written. The old file, if there is one, is untouched."""


class SidecarError(ExportError):
    """An XMP sidecar is damaged, or in a form that cannot be merged with. The message is half a sentence without it."""


class DocumentError(ClipDeskError):
    """A desk's document cannot be opened or saved."""


class NewerDocumentError(DocumentError):
    """A newer version of ClipDesk has saved the document, so this one must not change it."""


class DamagedDocumentError(DocumentError):
    """The file is a document, but its contents are damaged."""


class Cancelled(ClipDeskError):  # noqa: N818 - an outcome, not an error
    """The person stopped the work."""


def raise_if_set(cancel: threading.Event | None) -> None:
    """Raise Cancelled if the event is set."""
    if cancel is not None and cancel.is_set():
        raise Cancelled(message("core", "Stopped."))

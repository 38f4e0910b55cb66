"""The system's trash."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from clipdesk.core.messages import message


def move_to_trash(path: Path) -> None:
    """Move a file to the system's trash. Raises OSError if there is none, or if it does not take the file."""
    # Imported here: the desktop's library, if Python can use it, takes a moment to load.
    from send2trash import send2trash
    from send2trash.exceptions import TrashPermissionError

    try:
        send2trash(os.fspath(path))
    except TrashPermissionError as error:
        raise OSError(
            errno.EACCES, message("core", "this disk has no trash that you may write to"), str(path)
        ) from error
    except OSError:
        raise
    except Exception as error:  # the desktop's own error classes
        words = message("core", "the trash did not take it: {reason}").of(reason=str(error))
        raise OSError(errno.EIO, words, str(path)) from error

"""Errors in words for the person."""

from __future__ import annotations

import logging
import sqlite3
import traceback
from dataclasses import dataclass

from clipdesk.core.errors import AccessError, Cancelled, ClipDeskError, Int8RefusedError, ServerError
from clipdesk.core.messages import message, sentences
from clipdesk.core.reasons import os_reason, sqlite_reason

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Problem:
    """Why a task failed: a sentence for the person (see `translated`), and details for a report.

    The message is empty if the task was cancelled. `of_server` marks errors of a server, and `of_access` those of them
    that concern the key or the credits. `is_int8_refused`: the model can be loaded, but not in int8.
    """

    message: str
    details: str = ""
    of_server: bool = False
    of_access: bool = False
    is_int8_refused: bool = False


def problem_of(error: Exception, unexpected: str) -> Problem:
    """Return the Problem for an error. An error that is not one of ours is logged and described by `unexpected`."""
    if isinstance(error, Cancelled):
        return Problem("")
    if isinstance(error, ClipDeskError):
        cause = error.__cause__
        details = "".join(traceback.format_exception(cause)) if cause else ""
        return Problem(
            str(error),
            details,
            isinstance(error, ServerError),
            isinstance(error, AccessError),
            isinstance(error, Int8RefusedError),
        )
    logger.error(unexpected, exc_info=error)
    return Problem(sentences(unexpected, _plain_words(error)), "".join(traceback.format_exception(error)))


def _plain_words(error: Exception) -> str:
    """Return what is known about an error that is not one of ours. Its own text is for the details."""
    if isinstance(error, OSError) and error.errno is not None:
        return message("core", "The reason: {reason}.").of(reason=os_reason(error))
    if isinstance(error, sqlite3.Error):
        return message("core", "The reason: {reason}.").of(reason=sqlite_reason(error))
    if isinstance(error, MemoryError):
        return message("core", "There is not enough memory. Close other programs, then try again.")
    return message("core", "Try again. If it happens again, send us the report under Details.")

"""Why something ended, in words for the person."""

from __future__ import annotations

import logging
import traceback
from dataclasses import dataclass

from clipdesk.core.errors import AccessError, Cancelled, ClipDeskError, ServerError

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Problem:
    """Why something ended: a sentence for the person, and the details for a report.

    `of_server` and `of_access` tell whose fault it is: a server's, and there the key's or the credits'.
    """

    message: str
    details: str = ""
    of_server: bool = False
    of_access: bool = False


def problem_of(error: Exception, unexpected: str) -> Problem:
    """A sentence for the person; the traceback only where the error is not one of ours."""
    if isinstance(error, Cancelled):
        return Problem("")
    if isinstance(error, ClipDeskError):
        cause = error.__cause__
        details = "".join(traceback.format_exception(cause)) if cause else ""
        return Problem(str(error), details, isinstance(error, ServerError), isinstance(error, AccessError))
    logger.error(unexpected, exc_info=error)
    return Problem(f"{unexpected} ({type(error).__name__}: {error})", "".join(traceback.format_exception(error)))

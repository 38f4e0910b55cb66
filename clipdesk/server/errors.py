"""The errors that a request is answered with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class RequestError(Exception):
    """A request that is answered with an error status and the body `{"message": …}`, worded as in Roboflow's API."""

    def __init__(self, status: int, message: str, *, retry_after_s: int | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.retry_after_s = retry_after_s

    @property
    def body(self) -> Mapping[str, Any]:
        # Roboflow's server adds the status only to authentication errors.
        return {"status": self.status, "message": self.message} if self.status == 401 else {"message": self.message}

    @property
    def headers(self) -> dict[str, str]:
        return {} if self.retry_after_s is None else {"Retry-After": str(self.retry_after_s)}


def bad_image(reason: str) -> RequestError:
    """Return a 400 for an image that cannot be used. `reason` starts in lower case."""
    return RequestError(400, f"Could not load input image. Cause: {reason}")


def bad_input(reason: str) -> RequestError:
    """Return a 400 for any other input that cannot be used. `reason` starts in lower case."""
    return RequestError(400, f"Error with model input. Cause: {reason}")


def too_many(what: str, most: int) -> RequestError:
    """Return the error for a list with no items or more than `most`."""
    # Roboflow's server answers this client error with 500, and its clients expect that.
    return RequestError(500, f"The maximum number of {what} at once is {most}, the minimum is 1.")


def not_ready(reason: str) -> RequestError:
    """Return a 503 that asks the client to retry after a second."""
    return RequestError(503, reason, retry_after_s=1)


def stopping() -> RequestError:
    """Return a 503 for a request that the server does not answer any more."""
    return not_ready("The server is stopping. Try again in a second.")

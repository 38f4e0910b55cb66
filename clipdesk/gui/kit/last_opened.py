"""Escape closes whatever was opened last."""

from __future__ import annotations

from collections.abc import Callable


class LastOpened:
    """The open parts of the window in the order in which they were opened, with a function that closes each."""

    def __init__(self) -> None:
        self._closers: dict[str, Callable[[], object]] = {}

    def opened(self, name: str, close: Callable[[], object]) -> None:
        """Note that a part was opened; it is the last one now."""
        self._closers.pop(name, None)
        self._closers[name] = close

    def closed(self, name: str) -> None:
        """Note that a part was closed."""
        self._closers.pop(name, None)

    def close_last(self) -> bool:
        """Close what was opened last. Return False if nothing is open."""
        if not self._closers:
            return False
        _, close = self._closers.popitem()
        close()
        return True

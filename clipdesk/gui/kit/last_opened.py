"""What Escape closes: whatever was opened last."""

from __future__ import annotations

from collections.abc import Callable


class LastOpened:
    """Things that are open, in the order in which they were opened, and how each is closed."""

    def __init__(self) -> None:
        self._closers: dict[str, Callable[[], object]] = {}

    def opened(self, name: str, close: Callable[[], object]) -> None:
        """This is open now, and the last that was opened."""
        self._closers.pop(name, None)
        self._closers[name] = close

    def closed(self, name: str) -> None:
        """This is not open any more."""
        self._closers.pop(name, None)

    def close_last(self) -> bool:
        """Close what was opened last; False when nothing is open."""
        if not self._closers:
            return False
        _, close = self._closers.popitem()
        close()
        return True

"""A translation that puts every sentence of core and encoders into brackets, so that tests see which ones pass it."""

from __future__ import annotations

from PySide6.QtCore import QTranslator


class Bracketed(QTranslator):
    """Translates “{path} is damaged.” as “⟦{path} is damaged.⟧”, and nothing of the window's own texts."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        if context != "core":
            return None  # type: ignore[return-value]  # an empty text would be a translation
        return f"⟦{disambiguation if disambiguation and n == 1 else source}⟧"

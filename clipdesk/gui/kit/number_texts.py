"""Numbers as text in the user's language."""

from __future__ import annotations

import math

from PySide6.QtCore import QLocale

from clipdesk.gui.kit.translation import tr


class NumberTexts:
    """Formats the numbers of a table column with the same number of decimals. NaN becomes ""."""

    def __init__(self, locale: QLocale | None = None) -> None:
        self._locale = locale or QLocale()
        # A table shows thousands of percentages, but only 101 different ones.
        self._percents: dict[int, str] = {}

    def percent(self, probability: float) -> str:
        """Return a probability, 0…1, as “97 %”."""
        if math.isnan(probability):
            return ""
        percent = round(probability * 100)
        if percent not in self._percents:
            self._percents[percent] = tr("{percent} %").format(percent=self._locale.toString(percent))
        return self._percents[percent]

    def percent_number(self, probability: float) -> str:
        """Return a probability, 0…1, as “97”."""
        return self._locale.toString(round(probability * 100))

    def margin(self, margin: float) -> str:
        """Return a difference of probabilities as “0.94”."""
        return self._decimals(margin, 2)

    def cosine(self, cosine: float) -> str:
        """Return a cosine similarity, −1…1, as “0.312”."""
        return self._decimals(cosine, 3)

    def count(self, count: int) -> str:
        """Return a count with the locale's digit grouping."""
        return self._locale.toString(count)

    def _decimals(self, value: float, decimals: int) -> str:
        if math.isnan(value):
            return ""
        # Adding 0 turns “-0.000” into “0.000”.
        return self._locale.toString(round(value, decimals) + 0.0, "f", decimals)


def percent_text(probability: float) -> str:
    """Return a probability, 0…1, as “97 %” in the default locale, or "" for NaN."""
    return NumberTexts().percent(probability)

"""Format numbers for the person's locale."""

from __future__ import annotations

import math

from PySide6.QtCore import QLocale


class NumberTexts:
    """Formats the numbers of the table, with the same number of decimals down a column. NaN becomes an empty text."""

    def __init__(self, locale: QLocale | None = None) -> None:
        self._locale = locale or QLocale()
        # A table shows thousands of percentages, but only 101 distinct ones.
        self._percents = tuple(f"{self._locale.toString(percent)} %" for percent in range(101))

    def percent(self, probability: float) -> str:
        """Format a probability, 0…1, as “97 %”."""
        if math.isnan(probability):
            return ""
        return self._percents[min(max(round(probability * 100), 0), 100)]

    def margin(self, margin: float) -> str:
        """Format a difference of probabilities as “0.94”."""
        return self._decimals(margin, 2)

    def cosine(self, cosine: float) -> str:
        """Format a cosine similarity, −1…1, as “0.312”."""
        return self._decimals(cosine, 3)

    def count(self, count: int) -> str:
        """Format a count with digit grouping."""
        return self._locale.toString(count)

    def _decimals(self, value: float, decimals: int) -> str:
        if math.isnan(value):
            return ""
        # Adding 0 turns “-0.000” into “0.000”.
        return self._locale.toString(round(value, decimals) + 0.0, "f", decimals)

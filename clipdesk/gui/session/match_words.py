"""How well an image fits what was searched for, in words for the window."""

from __future__ import annotations

import math

from PySide6.QtCore import QLocale

from clipdesk.core.find.ranking import Ranking
from clipdesk.gui.kit.number_texts import NumberTexts
from clipdesk.gui.kit.translation import tr


class MatchWords:
    """Reads a search's ranking. Rows that were not found have no words."""

    def __init__(self) -> None:
        self._texts = NumberTexts()

    def number(self, ranking: Ranking, row: int) -> str:
        """Return what a desk row is ranked by, as “3.82” or, for similar images, “0.812”."""
        if row >= len(ranking):
            return ""
        value = ranking.scores.item(row)
        return self._texts.cosine(value) if ranking.is_by_similarity else self._texts.margin(value)

    def tip(self, ranking: Ranking, row: int) -> str:
        """Return how the number came about, in a line for each term."""
        number = self.number(ranking, row)
        if not number:
            return ""
        if ranking.alike is not None:
            words = tr("Similarity {similarity}: more alike than {share} % of the pairs of these pictures")
            return words.format(similarity=number, share=self._share(ranking, row))
        lines = [tr("Match {score}, where 0 is the average of these pictures").format(score=number)]
        return "\n".join([*lines, *(f"{part}  {name}" for name, part in self._parts(ranking, row))])

    def facts(self, ranking: Ranking, row: int) -> list[tuple[str, str]]:
        """Return the number and where it comes from, as names and values."""
        number = self.number(ranking, row)
        if not number:
            return []
        if ranking.alike is not None:
            share = tr("{share} % of pairs").format(share=self._share(ranking, row))
            return [(tr("Similarity"), number), (tr("More alike than"), share)]
        return [(tr("Match"), tr("{score} (average: 0)").format(score=number)), *self._parts(ranking, row)]

    def _parts(self, ranking: Ranking, row: int) -> list[tuple[str, str]]:
        """Return what each term gave, as “+0.94”. A single term gave all."""
        if len(ranking.terms) < 2:
            return []
        parts = ranking.parts[row].tolist()
        return [(term.name, self._signed(part)) for term, part in zip(ranking.terms, parts, strict=True)]

    def _signed(self, value: float) -> str:
        return ("+" if value >= 0 else "−") + self._texts.margin(abs(value))

    def _share(self, ranking: Ranking, row: int) -> str:
        assert ranking.alike is not None
        return QLocale().toString(math.floor(ranking.alike.item(row) * 1000) / 10, "f", 1)

"""The contents of the results table: columns, roles, texts and colours. Nothing here does I/O."""

from __future__ import annotations

import html
import math
from collections.abc import Callable
from enum import IntEnum
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QPixmap

from clipdesk.core.desk.decisions import Origin, Source, Status
from clipdesk.core.desk.desk import Desk
from clipdesk.core.find.ranking import Ranking
from clipdesk.core.labels.label_set import LabelId
from clipdesk.gui.kit.number_texts import NumberTexts
from clipdesk.gui.kit.translated import translated
from clipdesk.gui.kit.words import missing_text
from clipdesk.gui.loading.thumbnails import Thumbnails
from clipdesk.gui.session.match_words import MatchWords
from clipdesk.gui.session.verdict import alone_text, color_of, learned_text, origin_text

ValueMode = Literal["probability", "cosine"]


class Column(IntEnum):
    """The fixed columns. One column per label follows them."""

    PICTURE = 0
    NAME = 1
    #: How well the image fits a search. Only shown during one.
    MATCH = 2
    LABEL = 3
    PROBABILITY = 4
    MARGIN = 5
    BEST = 6


FIRST_LABEL = len(Column)
MATCH_KEY = Column.MATCH.name.lower()

HEAT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""float, 0…1: the length of the bar in a label's cell. None without a score."""
COLOR_ROLE = HEAT_ROLE + 1
"""QColor of the column's label, or in LABEL of the image's label. None without a label."""
PATH_ROLE = HEAT_ROLE + 2
"""Path of the image."""
STATUS_ROLE = HEAT_ROLE + 3
"""Status of the image's label."""
DESK_ROW_ROLE = HEAT_ROLE + 4
"""int: the image's row on the desk."""
BEST_ROLE = HEAT_ROLE + 5
"""bool: whether the column belongs to the image's label."""
COLUMN_KEY_ROLE = HEAT_ROLE + 6
"""str, header only: a stable key of the column, which survives renaming, adding and removing labels."""
MISSING_ROLE = HEAT_ROLE + 7
"""bool: whether the image's file no longer exists."""
SHORT_TITLE_ROLE = HEAT_ROLE + 8
"""str, header only: a shorter title for a narrow column, or None."""

BY_USER_ROLE = HEAT_ROLE + 9
"""str, in LABEL only: the name of a label that the user chose by hand, else None."""

LEARNED_ROLE = HEAT_ROLE + 14
"""str, in LABEL only: the name of a label that was learned from the user's corrections, else None."""

_ROLE = Qt.ItemDataRole
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Score(NamedTuple):
    """Everything needed to paint a label's cell. See the roles of the same names."""

    text: str
    heat: float
    color: QColor
    is_best: bool


class Cells(QObject):
    """Provides the table's cells from the desk. Call `read_desk` after each change of the desk."""

    def __init__(self, desk: Desk, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.value_mode: ValueMode = "probability"
        self.thumbnail_size = 40
        self.ranking: Ranking | None = None
        self._desk = desk
        self._thumbnails = thumbnails
        self._texts = NumberTexts()
        self._match_words = MatchWords()
        self._cosine_range = (math.inf, -math.inf)
        self._readers: dict[int, Callable[[int, int], Any]] = {
            int(_ROLE.DisplayRole): self._text,
            int(_ROLE.ToolTipRole): self._tool_tip,
            int(_ROLE.AccessibleTextRole): self._accessible_text,
            int(_ROLE.DecorationRole): self._thumbnail,
            int(_ROLE.TextAlignmentRole): lambda _, column: self.alignment(column),
            HEAT_ROLE: self._heat,
            COLOR_ROLE: self._color,
            BEST_ROLE: lambda row, column: self._column(row) == column - FIRST_LABEL,
            STATUS_ROLE: lambda row, _: self.status(row),
            BY_USER_ROLE: lambda row, column: self._label_of(Source.USER, row, column),
            LEARNED_ROLE: lambda row, column: self._label_of(Source.TAUGHT, row, column),
            PATH_ROLE: lambda row, _: self._path(row),
            DESK_ROW_ROLE: lambda row, _: row,
            MISSING_ROLE: lambda row, _: self._desk.is_missing(row),
        }
        self.labels: tuple[str, ...] = ()
        self._label_ids: tuple[LabelId, ...] = ()
        self.read_desk()

    def read_desk(self, rows: NDArray[Any] | None = None) -> None:
        """Read the state of the desk again. `rows` limits the work to rows whose scores changed."""
        desk = self._desk
        partly = rows is not None and not self.columns_are_old
        self._images, self._scores, self._errors = desk.images, desk.scores, desk.errors
        self._decisions = desk.decisions
        self.labels = desk.scored_labels
        self._label_ids = tuple(label.id for label in desk.scored)
        self.keys = [column.name.lower() for column in Column] + [f"label:{label.id}" for label in desk.scored]
        self._colors = [color_of(desk, column) for column in range(len(desk.labels))]
        cosine = self._scores.cosine[rows] if partly else self._scores.cosine
        low = float(np.fmin.reduce(cosine, axis=None, initial=np.float32(np.inf)))
        high = float(np.fmax.reduce(cosine, axis=None, initial=np.float32(-np.inf)))
        if partly:
            low, high = min(low, self._cosine_range[0]), max(high, self._cosine_range[1])
        self._cosine_range = (low, high)

    @property
    def column_colors(self) -> list[QColor]:
        """The colours of the label columns."""
        return self._colors[: len(self.labels)]

    @property
    def columns_are_old(self) -> bool:
        """Whether the desk has scores for other labels, or for labels of other names, than those read last."""
        return (self.labels, self._label_ids) != (
            self._desk.scored_labels,
            tuple(label.id for label in self._desk.scored),
        )

    @property
    def values(self) -> NDArray[np.float32]:
        """The numbers in the label columns, shape (rows, labels)."""
        return self._scores.cosine if self.shows_cosine else self._scores.probability

    @property
    def shows_cosine(self) -> bool:
        """Whether numbers are cosine similarities: by choice, or because one label alone has no probability."""
        return self.value_mode == "cosine" or self._desk.ranks_by_similarity

    @property
    def rankings(self) -> NDArray[np.float32]:
        """What the column *Probability* shows, shape (rows,): the similarity if one label is alone."""
        return self._scores.cosine[:, 0] if self._desk.ranks_by_similarity else self._decisions.probability

    def column_of(self, key: str) -> int:
        """Return the column with this COLUMN_KEY_ROLE, or -1."""
        return self.keys.index(key) if key in self.keys else -1

    def read(self, role: int, row: int, column: int) -> Any:
        """Return the data of a cell for a role. `row` is a desk row."""
        reader = self._readers.get(role)
        return None if reader is None else reader(row, column)

    def score(self, row: int, column: int) -> Score | None:
        """Return a label's cell, None without a score.

        One call instead of four roles at 6 µs each: the table paints hundreds of these cells at a time.
        """
        value = self.values.item(row, column - FIRST_LABEL)
        if value != value:  # NaN
            return None
        label = column - FIRST_LABEL
        return Score(self._value_text(value), self._heat_of(value), self._colors[label], self._column(row) == label)

    def status(self, row: int) -> Status:
        return Status(self._decisions.status.item(row))

    def waiting(self, rows: NDArray[Any]) -> list[int]:
        """Return those of these rows that have no label."""
        waiting: list[int] = rows[self._decisions.status[rows] == Status.WAITING].tolist()
        return waiting

    # --- texts

    def _text(self, row: int, column: int) -> str | None:
        if column >= FIRST_LABEL:
            return self._value_text(self.values.item(row, column - FIRST_LABEL))
        if column == Column.NAME:
            return self._images.names[row]
        if column == Column.LABEL:
            return self._label_text(row)
        if column == Column.MATCH:
            return self._match_text(row)
        if column == Column.PROBABILITY:
            value = self.rankings.item(row)
            return self._texts.cosine(value) if self._desk.ranks_by_similarity else self._texts.percent(value)
        if column == Column.MARGIN:
            # Without a second label there is nothing to be ahead of.
            return "" if self._desk.ranks_by_similarity else self._texts.margin(self._decisions.margin.item(row))
        if column == Column.BEST:
            return self._best_text(row)
        return None

    def _match_text(self, row: int) -> str:
        return "" if self.ranking is None else self._match_words.number(self.ranking, row)

    def _match_tip(self, row: int) -> str:
        return "" if self.ranking is None else self._match_words.tip(self.ranking, row)

    def _value_text(self, value: float) -> str:
        return self._texts.cosine(value) if self.shows_cosine else self._texts.percent(value)

    def _best_text(self, row: int) -> str:
        """Return the three best labels with their numbers, as “monkey 26 · hat 12 · bus 8”."""
        values = self.values[row]
        if not len(values) or np.isnan(values).any():
            return ""
        number = self._texts.cosine if self.shows_cosine else self._texts.percent_number
        return " · ".join(f"{self.labels[place]} {number(values.item(place))}" for place in _best_places(values))

    def _best_tip(self, row: int) -> str:
        values = self._scores.probability[row]
        return "\n".join(
            self.tr("{label}: probability {probability}, similarity {similarity}").format(
                label=self.labels[place],
                probability=self._texts.percent(values.item(place)),
                similarity=self._texts.cosine(self._scores.cosine.item(row, place)),
            )
            for place in _best_places(values)
        )

    def _label_text(self, row: int) -> str:
        status = self.status(row)
        if status == Status.ERROR:
            return self.tr("can't be read")
        if status == Status.NONE:
            text = self.tr("none of these")
            return learned_text(text) if self._decisions.source.item(row) == Source.TAUGHT else text
        if status == Status.WAITING:
            return "…" if self._desk.label_set.labels else ""
        label = self._desk.labels[self._column(row)].name
        return origin_text(f"{label}?" if status == Status.UNSURE else label, self._decisions.origin(row))

    def _label_of(self, source: Source, row: int, column: int) -> str | None:
        """Return the label's name if it is of this source, with a question mark if it is a guess."""
        label = self._column(row)
        if column != Column.LABEL or self._decisions.source.item(row) != source:
            return None
        if label < 0:
            return None if source == Source.USER else self.tr("none of these")
        name = self._desk.labels[label].name
        return f"{name}?" if self.status(row) == Status.UNSURE else name

    def _tool_tip(self, row: int, column: int) -> str | None:
        if column == Column.MATCH:
            return _plain(self._match_tip(row)) or None
        if column <= Column.NAME:
            lines = [self._images.path_text(row), *([translated(self._errors[row])] if row in self._errors else [])]
            if self._desk.is_missing(row):
                lines.append(missing_text())
            if match := self._match_tip(row):
                lines.append(match)
            return _plain("\n".join(lines))
        if row in self._errors:
            return _plain(translated(self._errors[row]))
        status = self.status(row)
        place = column - FIRST_LABEL if column >= FIRST_LABEL else self._column(row)
        if status == Status.NONE and place < 0:
            if self._decisions.source.item(row) == Source.TAUGHT:
                return self.tr("Probably no label fits: {percent}").format(
                    percent=self._texts.percent(self._desk.none_probability.item(row))
                )
            return self.tr("You said that no label fits")
        if not 0 <= place < len(self.labels) or math.isnan(self._scores.probability.item(row, place)):
            if self._decisions.source.item(row) == Source.USER:
                return self.tr("You chose this label.")
            return self.tr("No scores yet") if status == Status.OK else self.tr("Not labelled yet")
        if column == Column.BEST:
            return _plain(self._best_tip(row))
        probability = self._texts.percent(self._scores.probability.item(row, place))
        similarity = self._texts.cosine(self._scores.cosine.item(row, place))
        if self._desk.ranks_by_similarity:
            text = self.tr("{label}: similarity {similarity}").format(label=self.labels[place], similarity=similarity)
            return _plain(f"{text}\n{alone_text()}")
        text = self.tr("{label}: probability {probability}, similarity {similarity}").format(
            label=self.labels[place], probability=probability, similarity=similarity
        )
        if column < FIRST_LABEL and self._decisions.source.item(row) == Source.USER:
            is_confirmed = self._decisions.origin(row) == Origin.CONFIRMED
            said = self.tr("You confirmed this label.") if is_confirmed else self.tr("You chose this label.")
            text = said + "\n" + text
        if column < FIRST_LABEL and self._decisions.source.item(row) == Source.TAUGHT:
            text += "\n" + self.tr("Learned from your corrections.")
        if column < FIRST_LABEL and status == Status.UNSURE:
            threshold = self._desk.threshold_of(self._column(row))
            is_low = self._decisions.probability.item(row) < threshold
            low = self.tr("Unsure: less than {percent}").format(percent=self._texts.percent(threshold))
            text += "\n" + (low if is_low else self.tr("You marked it as unsure."))
        return _plain(text)

    def _accessible_text(self, row: int, column: int) -> str | None:
        if column == Column.NAME and self._desk.is_missing(row):
            return self.tr("{name} (the file is gone)").format(name=self._images.names[row])
        if column == Column.PICTURE:
            # The gallery has no other columns.
            return ", ".join(filter(None, (self._images.names[row], self._label_text(row))))
        return self._text(row, column)

    # --- thumbnails and colours

    def _thumbnail(self, row: int, column: int) -> QPixmap | None:
        return self._thumbnails.pixmap(self._path(row), self.thumbnail_size) if column == Column.PICTURE else None

    def _heat(self, row: int, column: int) -> float | None:
        if column < FIRST_LABEL:
            return None
        value: float = self.values.item(row, column - FIRST_LABEL)
        return None if math.isnan(value) else self._heat_of(value)

    def _heat_of(self, value: float) -> float:
        if not self.shows_cosine:
            return value
        low, high = self._cosine_range
        return min(max((value - low) / (high - low), 0.0), 1.0) if high > low else 1.0

    def _color(self, row: int, column: int) -> QColor | None:
        if column >= FIRST_LABEL:
            return self._colors[column - FIRST_LABEL]
        label = self._column(row)
        return self._colors[label] if column == Column.LABEL and label >= 0 else None

    def _column(self, row: int) -> int:
        """Return the index of the row's label among the desk's labels, or -1."""
        return self._decisions.column.item(row)

    def _path(self, row: int) -> Path:
        return self._images.path(row)

    # --- the header

    def header(self, role: int, column: int) -> Any:
        """Return the data of a column's header for a role."""
        if role == _ROLE.DisplayRole:
            return self._title(column)
        if role == _ROLE.ToolTipRole:
            return self._title_tip(column)
        if role == _ROLE.TextAlignmentRole:
            return self.alignment(column)
        if role == _ROLE.InitialSortOrderRole:
            descends = column == Column.MATCH or column >= Column.PROBABILITY
            return Qt.SortOrder.DescendingOrder if descends else Qt.SortOrder.AscendingOrder
        if role == COLOR_ROLE and column >= FIRST_LABEL:
            return self._colors[column - FIRST_LABEL]
        if role == COLUMN_KEY_ROLE:
            return self.keys[column]
        if role == SHORT_TITLE_ROLE and column == Column.PROBABILITY:
            return self.tr("Sim.") if self._desk.ranks_by_similarity else self.tr("Prob.")
        return None

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Return the alignment of a column: numbers are right-aligned."""
        is_number = column == Column.MATCH or (column >= Column.PROBABILITY and column != Column.BEST)
        return _RIGHT if is_number else _LEFT

    def _title(self, column: int) -> str:
        if column >= FIRST_LABEL:
            return self.labels[column - FIRST_LABEL]
        return (
            self.tr("Picture"),
            self.tr("Name"),
            self.tr("Match"),
            self.tr("Label"),
            self.tr("Similarity") if self._desk.ranks_by_similarity else self.tr("Probability"),
            self.tr("Margin"),
            self.tr("Best three"),
        )[column]

    def _title_tip(self, column: int) -> str:
        if column >= FIRST_LABEL:
            if not self.shows_cosine:
                text = self.tr("{label}: how likely this label is")
            else:
                text = self.tr("{label}: how similar the picture is to the label (cosine similarity)")
            return _plain(text.format(label=self.labels[column - FIRST_LABEL]))
        return (
            self.tr("The picture"),
            self.tr("The file's name and folder"),
            self.tr("How well the picture fits the search. The tool tip of a number says what each term gave"),
            self.tr("The label that fits best"),
            alone_text() if self._desk.ranks_by_similarity else self.tr("How likely the label is"),
            self.tr("How much more likely the label is than the next best one"),
            self.tr("The three labels that fit best. A click on the arrow shows or hides a column for each label"),
        )[column]


def _best_places(values: NDArray[np.float32]) -> list[int]:
    """Return the places of the three highest values, highest first. Equal values keep their order."""
    places: list[int] = np.argsort(-values, kind="stable")[:3].tolist()
    return places


def _plain(text: str) -> str:
    """Return a tooltip that shows the text literally, even if it contains markup that Qt would interpret."""
    return f"<span style='white-space: pre'>{html.escape(text)}</span>" if "<" in text else text

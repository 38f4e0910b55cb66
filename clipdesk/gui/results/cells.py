"""What the cells of the results table say: columns, roles, texts, colours. Nothing here waits."""

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

from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.order import RowKind
from clipdesk.gui.kit.number_texts import NumberTexts
from clipdesk.gui.kit.theme import label_color
from clipdesk.gui.kit.words import missing_text
from clipdesk.gui.loading.thumbnails import Thumbnails

ValueMode = Literal["probability", "cosine"]


class Column(IntEnum):
    """The columns that are always there. One for each label follows."""

    PICTURE = 0
    NAME = 1
    LABEL = 2
    PROBABILITY = 3
    MARGIN = 4


FIRST_LABEL = len(Column)

HEAT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""float, 0…1: how long the bar of a label's cell is. None without a score."""
COLOR_ROLE = HEAT_ROLE + 1
"""QColor of the cell's label: the column's, or the best one's in LABEL. None without one."""
PATH_ROLE = HEAT_ROLE + 2
"""Path of the picture."""
KIND_ROLE = HEAT_ROLE + 3
"""RowKind of the picture."""
DESK_ROW_ROLE = HEAT_ROLE + 4
"""int: the picture's row on the desk."""
BEST_ROLE = HEAT_ROLE + 5
"""bool: whether a label's cell is that of the picture's best label."""
MISSING_ROLE = HEAT_ROLE + 7
"""bool: whether the picture's file is not there any more."""
COLUMN_KEY_ROLE = HEAT_ROLE + 6
"""str, of the header: a name of the column that lasts, whatever labels come and go."""

SHORT_TITLE_ROLE = HEAT_ROLE + 7
"""str, of the header: a title for a narrow column. None where the usual one is short."""

_ROLE = Qt.ItemDataRole
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Score(NamedTuple):
    """All that the cell of a label is painted from; see the roles of these names."""

    text: str
    heat: float
    color: QColor
    is_best: bool


class Cells(QObject):
    """Reads the desk, cell by cell. `read_desk` after each change of it."""

    def __init__(self, desk: Desk, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.threshold = 0.0
        self.value_mode: ValueMode = "probability"
        self.thumbnail_size = 40
        self._desk = desk
        self._thumbnails = thumbnails
        self._texts = NumberTexts()
        self._cosine_range = (math.inf, -math.inf)
        self._readers: dict[int, Callable[[int, int], Any]] = {
            int(_ROLE.DisplayRole): self._text,
            int(_ROLE.ToolTipRole): self._tool_tip,
            int(_ROLE.AccessibleTextRole): self._accessible_text,
            int(_ROLE.DecorationRole): self._thumbnail,
            int(_ROLE.TextAlignmentRole): lambda _, column: self.alignment(column),
            HEAT_ROLE: self._heat,
            COLOR_ROLE: self._color,
            BEST_ROLE: lambda row, column: self._best(row) == column - FIRST_LABEL,
            KIND_ROLE: lambda row, _: self.kind(row),
            PATH_ROLE: lambda row, _: self._path(row),
            DESK_ROW_ROLE: lambda row, _: row,
            MISSING_ROLE: lambda row, _: self._is_missing(row),
        }
        self.labels: tuple[str, ...] = ()
        self.read_desk()

    def read_desk(self, rows: NDArray[Any] | None = None) -> None:
        """Take over what the desk holds. With `rows`, only the scores of these are new."""
        desk = self._desk
        partly = rows is not None and desk.scored_labels == self.labels
        self._images, self._scores, self._errors = desk.images, desk.scores, desk.errors
        self.labels = desk.scored_labels
        self.keys = [column.name.lower() for column in Column] + [f"label:{name}" for name in self.labels]
        known = {label.name: (place, label.color) for place, label in enumerate(desk.label_set.labels)}
        self._colors = [label_color(*known.get(name, (place, None))) for place, name in enumerate(self.labels)]
        cosine = self._scores.cosine[rows] if partly else self._scores.cosine
        low = float(np.fmin.reduce(cosine, axis=None, initial=np.float32(np.inf)))
        high = float(np.fmax.reduce(cosine, axis=None, initial=np.float32(-np.inf)))
        if partly:
            low, high = min(low, self._cosine_range[0]), max(high, self._cosine_range[1])
        self._cosine_range = (low, high)

    @property
    def values(self) -> NDArray[np.float32]:
        """(rows, labels): the numbers that the labels' columns show."""
        return self._scores.probability if self.value_mode == "probability" else self._scores.cosine

    def column_of(self, key: str) -> int:
        """The column with this COLUMN_KEY_ROLE, -1 for none."""
        return self.keys.index(key) if key in self.keys else -1

    def read(self, role: int, row: int, column: int) -> Any:
        """What a cell says in a role; `row` is one of the desk."""
        reader = self._readers.get(role)
        return None if reader is None else reader(row, column)

    def score(self, row: int, column: int) -> Score | None:
        """A label's cell in one call: the table paints some hundred of them at a time, and each role costs 6 µs."""
        value = self.values.item(row, column - FIRST_LABEL)
        if value != value:  # NaN
            return None
        label = column - FIRST_LABEL
        return Score(
            self._value_text(value), self._heat_of(value), self._colors[label], self._scores.best.item(row) == label
        )

    def kind(self, row: int) -> RowKind:
        if row in self._errors:
            return RowKind.ERROR
        if self._best(row) < 0:
            return RowKind.WAITING
        return RowKind.UNSURE if self._scores.top.item(row) < self.threshold else RowKind.OK

    def waiting(self, rows: NDArray[Any]) -> list[int]:
        """Those of these rows that are still, or again, to be looked at."""
        return [row for row in rows[self._scores.best[rows] < 0].tolist() if row not in self._errors]

    # --- texts

    def _text(self, row: int, column: int) -> str | None:
        if column >= FIRST_LABEL:
            return self._value_text(self.values.item(row, column - FIRST_LABEL))
        if column == Column.NAME:
            return self._images.names[row]
        if column == Column.LABEL:
            return self._label_text(row)
        if column == Column.PROBABILITY:
            return self._texts.percent(self._scores.top.item(row))
        if column == Column.MARGIN:
            return self._texts.margin(self._scores.margin.item(row))
        return None

    def _value_text(self, value: float) -> str:
        return self._texts.percent(value) if self.value_mode == "probability" else self._texts.cosine(value)

    def _label_text(self, row: int) -> str:
        kind = self.kind(row)
        if kind == RowKind.ERROR:
            return self.tr("can't be read")
        if kind == RowKind.WAITING:
            return "…" if self._desk.label_set.labels else ""
        label = self.labels[self._best(row)]
        return f"{label}?" if kind == RowKind.UNSURE else label

    def _tool_tip(self, row: int, column: int) -> str | None:
        if column <= Column.NAME:
            lines = [self._images.path_text(row), *([self._errors[row]] if row in self._errors else [])]
            if self._is_missing(row):
                lines.append(missing_text())
            return _plain("\n".join(lines))
        if row in self._errors:
            return _plain(self._errors[row])
        if self._best(row) < 0:
            return self.tr("Not labelled yet")
        place = column - FIRST_LABEL if column >= FIRST_LABEL else self._best(row)
        probability = self._texts.percent(self._scores.probability.item(row, place))
        similarity = self._texts.cosine(self._scores.cosine.item(row, place))
        text = self.tr("{label}: probability {probability}, similarity {similarity}").format(
            label=self.labels[place], probability=probability, similarity=similarity
        )
        if column < FIRST_LABEL and self.kind(row) == RowKind.UNSURE:
            text += "\n" + self.tr("Unsure: less than {}").format(self._texts.percent(self.threshold))
        return _plain(text)

    def _accessible_text(self, row: int, column: int) -> str | None:
        if column == Column.NAME and self._is_missing(row):
            return self.tr("{} (the file is gone)").format(self._images.names[row])
        return self._images.names[row] if column == Column.PICTURE else self._text(row, column)

    # --- pictures and colours

    def _thumbnail(self, row: int, column: int) -> QPixmap | None:
        return self._thumbnails.pixmap(self._path(row), self.thumbnail_size) if column == Column.PICTURE else None

    def _heat(self, row: int, column: int) -> float | None:
        if column < FIRST_LABEL:
            return None
        value: float = self.values.item(row, column - FIRST_LABEL)
        return None if math.isnan(value) else self._heat_of(value)

    def _heat_of(self, value: float) -> float:
        if self.value_mode == "probability":
            return value
        low, high = self._cosine_range
        return min(max((value - low) / (high - low), 0.0), 1.0) if high > low else 1.0

    def _color(self, row: int, column: int) -> QColor | None:
        if column >= FIRST_LABEL:
            return self._colors[column - FIRST_LABEL]
        best = self._best(row)
        return self._colors[best] if column == Column.LABEL and best >= 0 else None

    def _best(self, row: int) -> int:
        return self._scores.best.item(row)

    def _is_missing(self, row: int) -> bool:
        missing = self._desk.missing
        return bool(missing) and self._path(row) in missing

    def _path(self, row: int) -> Path:
        return self._images.path(row)

    # --- the header

    def header(self, role: int, column: int) -> Any:
        """What a column's header says in a role."""
        if role == _ROLE.DisplayRole:
            return self._title(column)
        if role == _ROLE.ToolTipRole:
            return self._title_tip(column)
        if role == _ROLE.TextAlignmentRole:
            return self.alignment(column)
        if role == _ROLE.InitialSortOrderRole:
            return Qt.SortOrder.DescendingOrder if column >= Column.PROBABILITY else Qt.SortOrder.AscendingOrder
        if role == COLOR_ROLE and column >= FIRST_LABEL:
            return self._colors[column - FIRST_LABEL]
        if role == COLUMN_KEY_ROLE:
            return self.keys[column]
        if role == SHORT_TITLE_ROLE and column == Column.PROBABILITY:
            return self.tr("Prob.")
        return None

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Numbers to the right."""
        return _RIGHT if column >= Column.PROBABILITY else _LEFT

    def _title(self, column: int) -> str:
        if column >= FIRST_LABEL:
            return self.labels[column - FIRST_LABEL]
        return (self.tr("Picture"), self.tr("Name"), self.tr("Label"), self.tr("Probability"), self.tr("Margin"))[
            column
        ]

    def _title_tip(self, column: int) -> str:
        if column >= FIRST_LABEL:
            if self.value_mode == "probability":
                text = self.tr("{label}: how likely it is that this label is the right one")
            else:
                text = self.tr("{label}: how well the picture and the label's words fit (cosine similarity)")
            return _plain(text.format(label=self.labels[column - FIRST_LABEL]))
        return (
            self.tr("The picture"),
            self.tr("The file's name, and the folder that it is in"),
            self.tr("The label that fits best"),
            self.tr("How likely it is that the label is right"),
            self.tr("How much better the first label fits than the second"),
        )[column]


def _plain(text: str) -> str:
    """A tool tip that shows names as they are: Qt takes what looks like HTML for HTML."""
    return f"<span style='white-space: pre'>{html.escape(text)}</span>" if "<" in text else text

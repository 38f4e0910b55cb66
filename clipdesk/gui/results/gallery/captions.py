"""What the gallery says about a picture, and about a group."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from clipdesk.core.desk.decisions import Source, Status
from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.groups import Group
from clipdesk.gui.kit.number_texts import NumberTexts
from clipdesk.gui.session.verdict import color_of


class Mark(Enum):
    """The shape before a label, different for each status."""

    DOT = auto()
    RING = auto()
    TICK = auto()
    CROSSED = auto()
    WARNING = auto()
    DOTS = auto()


class Caption(NamedTuple):
    """The two lines below a picture: `mark`, `label` and `number`, then `word` and `name`.

    `word` is the status in words, empty for a label that the scores are sure of. `color` is that of the label.
    """

    mark: Mark
    color: QColor | None
    label: str
    number: str
    word: str
    name: str
    is_missing: bool = False

    def text(self) -> str:
        """Return the caption as one line, for screen readers."""
        return ", ".join(part for part in (self.name, self.label, self.word) if part)


_OF_STATUS = {Status.NONE: Mark.CROSSED, Status.ERROR: Mark.WARNING, Status.WAITING: Mark.DOTS}


class Captions:
    """Reads the captions from the desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._texts = NumberTexts()

    def of_row(self, row: int) -> Caption:
        """Return the caption of a desk row."""
        desk, decisions = self._desk, self._desk.decisions
        status, column = Status(decisions.status.item(row)), decisions.column.item(row)
        name, is_missing = desk.images.names[row], desk.is_missing(row)
        gone = _tr("file is gone") if is_missing else ""
        if status in _OF_STATUS or column < 0:
            word = _tr("by you") if status == Status.NONE else ""
            return Caption(
                _OF_STATUS.get(status, Mark.DOTS), None, status_text(desk, status), "", gone or word, name, is_missing
            )
        by_user, unsure = decisions.source.item(row) == Source.USER, status == Status.UNSURE
        if by_user:
            mark, word = Mark.TICK, _tr("by you")
        elif unsure:
            mark, word = Mark.RING, _tr("unsure")
        else:
            mark, word = Mark.DOT, ""
        if desk.ranks_by_similarity:
            number = self._texts.cosine(desk.scores.cosine.item(row, 0))
        else:
            number = self._texts.percent(decisions.probability.item(row))
        words = " · ".join(filter(None, (word, gone)))
        return Caption(mark, color_of(desk, column), desk.labels[column].name, number, words, name, is_missing)

    def of_group(self, group: Group) -> Caption:
        """Return the heading of a group, with its count as `number`."""
        count = self._texts.count(group.count)
        for column, label in enumerate(self._desk.labels):
            if group.status == Status.OK and label.id == group.label:
                text = _tr("Ranked by similarity to {}").format(label.name) if self._ranks else label.name
                return Caption(Mark.DOT, color_of(self._desk, column), text, count, "", "")
        text = status_text(self._desk, group.status)
        return Caption(_OF_STATUS.get(group.status, Mark.DOTS), None, text, count, "", "")

    @property
    def _ranks(self) -> bool:
        return self._desk.ranks_by_similarity


def status_text(desk: Desk, status: Status) -> str:
    """Return a status of pictures without a label in words."""
    if status == Status.NONE:
        return _tr("None of these")
    if status == Status.ERROR:
        return _tr("Can't be read")
    return _tr("Not labelled yet") if desk.label_set.labels else _tr("No labels yet")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Gallery", text)

"""The plan at the right of the sort dialog: a tree of target folders, and tables of what stays or changes its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Slot,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QTabWidget,
    QTreeView,
    QWidget,
)

from clipdesk.core.sorting.steps import Plan, Reason
from clipdesk.gui.kit.icons import pixmap
from clipdesk.gui.kit.theme import GAP, font_scale, mixed, tokens
from clipdesk.gui.kit.translated import translated
from clipdesk.gui.session.verdict import shown_name
from clipdesk.gui.sorting.plan_model import FIRST_THUMBNAILS, Column, PlanModel, Role
from clipdesk.gui.sorting.words import reason_text

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_ROW_HEIGHT = 40
_THUMBNAIL = 32
_PICTURES_WIDTH, _SIZE_WIDTH = 76, 84


class PlanView(QTabWidget):
    """Tabs with what will be sorted, what stays, name clashes, and companions."""

    def __init__(self, model: PlanModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setDocumentMode(True)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.tree = PlanTree(model, self)
        picture, happens = self.tr("Picture"), self.tr("What happens")
        self.stays = _FilesTable(model, self.tr("Pictures that stay"), (picture, self.tr("Why it stays")), self)
        self.clashes = _FilesTable(model, self.tr("Name clashes"), (picture, happens), self)
        self.companions = _FilesTable(model, self.tr("Companions"), (self.tr("File"), happens), self)
        for view in (self.tree, self.stays, self.clashes, self.companions):
            self.addTab(view, "")
        self._model.modelReset.connect(self._refresh)
        self._model.ticks_changed.connect(self._refresh_titles)
        self._refresh()

    def _refresh(self) -> None:
        plan = self._model.plan
        self.stays.show_rows(
            [_Row(stay.path, _why(stay.reason, stay.detail)) for stay in plan.stays if _is_picture(stay.reason)]
        )
        self.clashes.show_rows(self._clashes(plan))
        self.companions.show_rows(self._companions(plan))
        self._refresh_titles()

    def _clashes(self, plan: Plan) -> list[_Row]:
        taken = self.tr("The name is taken: saved as {name}")
        rows = [
            _Row(step.source, taken.format(name=shown_name(step.target)), place)
            for place, step in enumerate(plan.steps)
            if step.is_numbered and step.image in (place, -1)
        ]
        same = [stay for stay in plan.stays if stay.reason == Reason.SAME_CONTENT]
        return rows + [_Row(stay.path, _why(stay.reason, stay.detail)) for stay in same]

    def _companions(self, plan: Plan) -> list[_Row]:
        goes = self.tr("Goes with {name}")
        rows = [
            _Row(step.source, goes.format(name=shown_name(plan.steps[step.image].source)), place)
            for place, step in enumerate(plan.steps)
            if step.image not in (place, -1)
        ]
        stays = self.tr("Stays: {reason}")
        alone = [stay for stay in plan.stays if not _is_picture(stay.reason)]
        return rows + [_Row(stay.path, stays.format(reason=_why(stay.reason, stay.detail))) for stay in alone]

    def _refresh_titles(self) -> None:
        pictures, _ = self._model.counts()
        titles = (
            (self.tr("Sorted"), pictures),
            (self.tr("Stays"), self.stays.row_count),
            (self.tr("Clashes"), self.clashes.row_count),
            (self.tr("Companions"), self.companions.row_count),
        )
        tips = (
            self.tr("The pictures that will be sorted, by folder"),
            self.tr("The pictures that stay where they are, and why"),
            self.tr("Pictures whose name is taken in their folder"),
            self.tr("Files that belong to a picture, such as sidecar files"),
        )
        for tab, (title, count) in enumerate(titles):
            self.setTabText(tab, f"{title}  {self.locale().toString(count)}")
            self.setTabToolTip(tab, tips[tab])
            # An empty tab stays, so that the tabs do not jump, but cannot be chosen.
            self.setTabEnabled(tab, bool(count) or tab == 0)


class PlanTree(QTreeView):
    """The target folders with their first pictures. Each picture can be unticked, each folder renamed in place."""

    def __init__(self, model: PlanModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setItemDelegate(_TreeDelegate(model, self))
        self.setUniformRowHeights(True)
        self.setAccessibleName(self.tr("Plan"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in ((Column.PICTURES, _PICTURES_WIDTH), (Column.SIZE, _SIZE_WIDTH)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, round(width * font_scale()))
        model.thumbnails.thumbnails_loaded.connect(self._on_thumbnails_loaded)
        model.modelAboutToBeReset.connect(self._keep_place)
        model.modelReset.connect(self._restore_place)
        self._open: set[Path] = set()
        self._scroll = 0

    @Slot(list)
    def _on_thumbnails_loaded(self, paths: list[Path]) -> None:
        self.viewport().update()

    def _keep_place(self) -> None:
        self._open = {
            folder.path for row, folder in enumerate(self._model.folders) if self.isExpanded(self._model.index(row, 0))
        }
        self._scroll = self.verticalScrollBar().value()

    def _restore_place(self) -> None:
        for row, folder in enumerate(self._model.folders):
            self.setExpanded(self._model.index(row, 0), folder.path in self._open)
        self.verticalScrollBar().setValue(self._scroll)


class _TreeDelegate(QStyledItemDelegate):
    """Paints thumbnails beside the names: those of its first pictures in a folder's row."""

    def __init__(self, model: PlanModel, parent: QTreeView) -> None:
        super().__init__(parent)
        self._model = model
        self._view = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, max(_ROW_HEIGHT, option.fontMetrics.height() + 12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.column() != Column.NAME:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        style = self._view.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, self._view)
        area = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, self._view)
        area = QRect(
            area.left() + GAP // 2, option.rect.top(), option.rect.right() - area.left() - GAP, option.rect.height()
        )
        painter.save()
        if self._model.folder_at(index) is not None:
            self._paint_folder(painter, option, area, text, index)
        else:
            self._paint_picture(painter, option, area, text, index)
        painter.restore()

    def _paint_folder(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, text: str, index: Index
    ) -> None:
        icon = pixmap("folder", 18, tokens().secondary)
        painter.drawPixmap(area.left(), area.center().y() - 8, icon)
        left = area.left() + 18 + GAP
        paths = index.data(Role.PATHS)
        room = max(0, (area.width() // 2) // (_THUMBNAIL + 4))
        shown = paths[: min(room, FIRST_THUMBNAILS)]
        right, top = area.right(), area.center().y() - _THUMBNAIL // 2
        for path in reversed(shown):
            right -= _THUMBNAIL
            self._paint_thumbnail(painter, path, QRect(right, top, _THUMBNAIL, _THUMBNAIL))
            right -= 4
        self._paint_text(painter, option, QRect(left, area.top(), right - left - GAP, area.height()), text, "")

    def _paint_picture(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, text: str, index: Index
    ) -> None:
        frame = QRect(area.left(), area.center().y() - _THUMBNAIL // 2, _THUMBNAIL, _THUMBNAIL)
        self._paint_thumbnail(painter, index.data(Role.PATHS)[0], frame)
        left = frame.right() + 1 + GAP
        rest = QRect(left, area.top(), area.right() - left, area.height())
        self._paint_text(painter, option, rest, text, index.data(Role.NOTE))

    def _paint_text(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, text: str, note: str) -> None:
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        metrics = option.fontMetrics
        painter.setFont(option.font)
        painter.setPen(QColor(tokens().text))
        room = max(0, area.width() * 2 // 3 if note else area.width())
        name = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(area, align, name)
        if note:
            left = area.left() + metrics.horizontalAdvance(name) + GAP
            rest = QRect(left, area.top(), area.right() - left, area.height())
            painter.setPen(QColor(tokens().secondary))
            painter.drawText(rest, align, metrics.elidedText(note, Qt.TextElideMode.ElideMiddle, max(0, rest.width())))

    def _paint_thumbnail(self, painter: QPainter, path: Path, frame: QRect) -> None:
        image = self._model.thumbnails.pixmap(path, _THUMBNAIL)
        if image is None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(mixed(tokens().text, 0.08))
            painter.drawRoundedRect(QRectF(frame), 3, 3)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = (image.size() / image.devicePixelRatio()).scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(0, 0, size.width(), size.height())
        target.moveCenter(frame.center())
        painter.drawPixmap(target, image)


@dataclass(frozen=True)
class _Row:
    """A file, a few words about it, and its place in the plan's steps if it is one of them."""

    path: Path
    words: str
    place: int | None = None


class _FilesTable(QTableView):
    """Two columns: a file, and a few words about it. Files that are sorted have a tick."""

    def __init__(self, plan: PlanModel, name: str, titles: tuple[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = _FilesModel(plan, titles, self)
        self.setModel(self._rows)
        self.setAccessibleName(name)
        self.setProperty("plain", True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(round(28 * font_scale()))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    @property
    def row_count(self) -> int:
        return self._rows.rowCount()

    def show_rows(self, rows: Sequence[_Row]) -> None:
        """Show these files."""
        self._rows.set_rows(rows)


class _FilesModel(QAbstractTableModel):
    def __init__(self, plan: PlanModel, titles: tuple[str, str], parent: QObject) -> None:
        super().__init__(parent)
        self._plan = plan
        self._titles = titles
        self._rows: Sequence[_Row] = ()
        plan.ticks_changed.connect(self._on_ticks_changed)

    def set_rows(self, rows: Sequence[_Row]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        is_title = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self._titles[section] if is_title else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        has_tick = index.column() == 0 and self._rows[index.row()].place is not None
        return flags | Qt.ItemFlag.ItemIsUserCheckable if has_tick else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0 and row.place is not None:
            return Qt.CheckState.Checked if self._plan.is_ticked(row.place) else Qt.CheckState.Unchecked
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        whole = role == Qt.ItemDataRole.ToolTipRole
        return shown_name(row.path, whole=whole) if index.column() == 0 else row.words

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        place = self._rows[index.row()].place if index.isValid() else None
        if role != Qt.ItemDataRole.CheckStateRole or place is None:
            return False
        self._plan.set_ticked([place], Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    @Slot()
    def _on_ticks_changed(self) -> None:
        if self.rowCount():
            self.dataChanged.emit(
                self.index(0, 0), self.index(self.rowCount() - 1, 0), [Qt.ItemDataRole.CheckStateRole]
            )


def _is_picture(reason: Reason) -> bool:
    """Return whether a file that stays for this reason is listed as a picture: not a companion, not a name clash."""
    return reason not in (Reason.AMBIGUOUS_COMPANION, Reason.COMPANION)


def _why(reason: Reason, detail: str) -> str:
    words = reason_text(reason)
    return f"{words}: {translated(detail)}" if detail else words

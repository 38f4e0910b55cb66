"""Choose what is exported: which pictures, which kind of file, which columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from clipdesk.core.export.options import TableOptions
from clipdesk.core.export.xmp.sidecars import SidecarOptions
from clipdesk.gui.export.formats import ExportFormat, export_format, export_formats
from clipdesk.gui.export.preview import ExportPreview
from clipdesk.gui.export.preview_rows import FirstRows, preview_cells
from clipdesk.gui.export.sidecar_fields import SidecarFields
from clipdesk.gui.export.table_fields import TableFields
from clipdesk.gui.kit.down_scroll import DownScroll
from clipdesk.gui.kit.fitted_dialog import FittedDialog
from clipdesk.gui.kit.theme import GAP, GRID, PADDING
from clipdesk.gui.kit.words import pictures_text

_WIDTH = 600


@dataclass(frozen=True)
class ExportChoice:
    """What the person chose. `only_shown` leaves out pictures that the filter hides."""

    format: ExportFormat
    only_shown: bool
    options: TableOptions
    sidecars: SidecarOptions


class ExportDialog(FittedDialog):
    """Shows the choices above the first rows of the file. Whoever opens it asks for the file's name and closes it.

    `first_rows` returns the first few pictures, of those shown if its argument is true.
    """

    save_requested = Signal(object)  # ExportChoice

    def __init__(
        self,
        format_key: str,
        options: TableOptions,
        shown: int,
        total: int,
        first_rows: Callable[[bool], FirstRows],
        parent: QWidget | None = None,
        *,
        sidecars: SidecarOptions = SidecarOptions(),  # noqa: B008 - frozen
    ) -> None:
        super().__init__(parent, _WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Export"))
        self._first_rows = first_rows
        self._make_fields(format_key, options, sidecars, shown, total)
        self._build(is_filtered=shown < total)
        self._connect()
        self._on_changed()

    def choice(self) -> ExportChoice:
        """Return what is chosen now."""
        return ExportChoice(
            export_format(self.format.currentData()),
            self.shown_button.isChecked(),
            self.table_fields.options(),
            self.sidecar_fields.options(),
        )

    # --- parts

    def _make_fields(
        self, format_key: str, options: TableOptions, sidecars: SidecarOptions, shown: int, total: int
    ) -> None:
        number = QLocale().toString
        self.shown_button = QRadioButton(self.tr("The {count} &shown").format(count=number(shown)))
        self.all_button = QRadioButton(self.tr("&All {count}").format(count=number(total)))
        self._which = QButtonGroup(self)
        for button in (self.shown_button, self.all_button):
            self._which.addButton(button)
        self.shown_button.setEnabled(shown > 0)
        (self.shown_button if 0 < shown < total else self.all_button).setChecked(True)
        self.count = QLabel(pictures_text(total))
        self.format = QComboBox()
        for one in export_formats():
            self.format.addItem(one.title, one.key)
        self.format.setCurrentIndex(self.format.findData(export_format(format_key).key))
        self.table_fields = TableFields(options)
        self.sidecar_fields = SidecarFields(sidecars)
        self.note = QLabel(wordWrap=True)
        self.note.setProperty("role", "secondary")
        self.caption = QLabel()
        self.caption.setProperty("role", "small")
        self.preview = ExportPreview()
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.save_button = QPushButton()
        self.save_button.setProperty("primary", True)
        self.save_button.setDefault(True)

    def _build(self, *, is_filtered: bool) -> None:
        which = QHBoxLayout()
        which.setSpacing(2 * PADDING)
        for widget in (self.shown_button, self.all_button) if is_filtered else (self.count,):
            which.addWidget(widget)
        which.addStretch(1)
        self._choices = QWidget()
        form = QFormLayout(self._choices)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(4 * GRID)
        form.setVerticalSpacing(PADDING)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Pictures"), which)
        form.addRow(self.tr("For&mat"), self.format)
        for fields in (self.table_fields, self.sidecar_fields, self.note):
            form.addRow("", fields)
        area = DownScroll(self._choices)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(GAP)
        column.addWidget(area)
        column.addSpacing(GAP)
        column.addWidget(self.caption)
        column.addWidget(self.preview)
        column.addStretch(1)
        column.addSpacing(GAP)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self._which.buttonToggled.connect(lambda _button, checked: self._on_changed() if checked else None)
        self.format.currentIndexChanged.connect(self._on_changed)
        self.table_fields.changed.connect(self._on_columns_changed)
        self.sidecar_fields.changed.connect(self._on_changed)
        self.cancel_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(lambda: self.save_requested.emit(self.choice()))

    # --- the preview

    def _on_columns_changed(self) -> None:
        columns = self.preview.model().columnCount()
        self._on_changed()
        if self.preview.model().columnCount() > columns:
            self.preview.scroll_to_end()

    def _on_changed(self) -> None:
        choice = self.choice()
        chosen = choice.format
        self.table_fields.setVisible(chosen.is_table)
        self.table_fields.set_csv(chosen.key == "csv")
        self.sidecar_fields.setVisible(chosen.key == "xmp")
        first = self._first_rows(choice.only_shown)
        note = self._note(chosen, first)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.save_button.setText(self._button_text(chosen))
        self.save_button.setEnabled(self._can_save(chosen, first))
        is_sidecar = chosen.key == "xmp"
        self.caption.setText(self.tr("The first sidecars") if is_sidecar else self.tr("The first rows of the file"))
        self.preview.show_rows(*preview_cells(chosen, first, choice.options, choice.sidecars))

    def _note(self, chosen: ExportFormat, first: FirstRows) -> str:
        if chosen.key == "imagefolder":
            if not first.folder:
                return self.tr("The pictures are on several disks. The file must lie in one folder around them all.")
            return self.tr(
                "Writes metadata.csv into a folder that contains all the pictures. Load it with "
                "load_dataset(“imagefolder”, data_dir=…)."
            )
        if chosen.is_embeddings:
            if first.embeddings is None:
                return self.tr("There are no embeddings yet. Wait until pictures are labelled.")
            return self.tr("The path of each picture with its embedding, and the model that made it.")
        return ""

    def _button_text(self, chosen: ExportFormat) -> str:
        if chosen.key == "xmp":
            return self.tr("Write keywords")
        return self.tr("Choose folder…") if chosen.key == "imagefolder" else self.tr("Save as…")

    def _can_save(self, chosen: ExportFormat, first: FirstRows) -> bool:
        if chosen.key == "xmp":
            return self.sidecar_fields.is_complete
        if chosen.key == "imagefolder":
            return bool(first.folder)
        return first.embeddings is not None or not chosen.is_embeddings

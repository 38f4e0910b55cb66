"""The preferences. Each change takes effect at once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from clipdesk.gui.kit import theme
from clipdesk.gui.kit.down_scroll import DownScroll
from clipdesk.gui.kit.fitted_dialog import FittedDialog
from clipdesk.gui.kit.theme import GAP, PADDING, font_scale
from clipdesk.gui.kit.translation import LANGUAGES, SYSTEM, installed_language, language_of, percent_suffix
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.settings.store_fields import StoreFields

_WIDTH = 480


class PreferencesDialog(FittedDialog):
    """Appearance, language, threshold, device, raw files, export; with `add_store`, also the store of the scores.

    With `can_reopen` a button offers to open the window again in the language that was chosen.
    """

    scheme_chosen = Signal(str)
    reopen_wanted = Signal()
    threshold_changed = Signal(float)
    device_changed = Signal(str)
    join_pairs_changed = Signal(bool)

    def __init__(
        self,
        preferences: Preferences,
        threshold: float,
        parent: QWidget | None = None,
        *,
        can_reopen: bool = False,
    ) -> None:
        super().__init__(parent, _WIDTH)
        self._preferences = preferences
        self._can_reopen = can_reopen
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Preferences"))
        self.scheme = _choice(
            {"system": self.tr("Like the system"), "light": self.tr("Light"), "dark": self.tr("Dark")},
            preferences.scheme,
        )
        self.scheme.currentIndexChanged.connect(lambda: self.scheme_chosen.emit(self.scheme.currentData()))
        self.language = _choice({SYSTEM: self.tr("Like the system"), **LANGUAGES}, preferences.language)
        self.language.currentIndexChanged.connect(self._on_language_chosen)
        self.reopen_button = QPushButton(self.tr("Open again now"))
        self.reopen_button.setToolTip(self.tr("Pictures, labels and corrections stay. Undo begins anew."))
        self.reopen_button.clicked.connect(self._on_reopen_clicked)
        self.threshold = QSpinBox()
        self.threshold.setRange(0, 100)
        self.threshold.setSuffix(percent_suffix())
        self.threshold.setValue(round(100 * threshold))
        self.threshold.setFixedWidth(round(88 * font_scale()))
        self.threshold.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.threshold.valueChanged.connect(lambda value: self.threshold_changed.emit(value / 100))
        self.device = _choice(
            {
                "auto": self.tr("Automatic (graphics card if there is one)"),
                "cpu": self.tr("CPU"),
                "cpu:fp32": self.tr("CPU, full precision (fp32)"),
                "cpu:bf16": self.tr("CPU, faster but less exact (bf16)"),
                "cpu:int8": self.tr("CPU, rounded numbers (int8): scores differ slightly"),
                "cuda": self.tr("NVIDIA graphics card (CUDA)"),
                "cuda:fp32": self.tr("NVIDIA graphics card, full precision (fp32)"),
                "mps": self.tr("Apple graphics (MPS)"),
            },
            preferences.device,
        )
        self.device.currentIndexChanged.connect(lambda: self.device_changed.emit(self.device.currentData()))
        self.details = QCheckBox(self.tr("Also save the model's name and the prompts"))
        self.details.setToolTip(
            self.tr("Saved in a small .json file next to the scores, so that others can repeat them")
        )
        self.details.setChecked(preferences.export_details)
        self.details.toggled.connect(lambda checked: setattr(preferences, "export_details", checked))
        self.pairs = QCheckBox(self.tr("Show RAW + JPEG pairs as one picture"))
        self.pairs.setChecked(preferences.join_pairs)
        self.pairs.toggled.connect(self.join_pairs_changed)
        self._form = QFormLayout()
        self._build()
        self._refresh_reopen()

    def add_store(self, fields: StoreFields) -> None:
        """Add the rows for the folder of the kept scores and its size limit."""
        note = self.tr("Folders that you labelled before open at once.")
        self._add_row(self.tr("&Keep scores in"), fields.folder_row(), note, buddy=fields.change)
        self._add_row(self.tr("At &most"), fields.limit_row(), buddy=fields.limit)

    def disable_device(self, device: str, reason: str) -> None:
        """Let nobody choose this device, and say why. The one in use stays enabled, so that it is seen."""
        place = self.device.findData(device)
        items = self.device.model()
        if place != self.device.currentIndex() and isinstance(items, QStandardItemModel):
            items.item(place).setEnabled(False)
            self.device.setItemText(place, reason)

    def _build(self) -> None:
        form = self._form
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(16)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._add_row(self.tr("&Appearance"), self.scheme)
        note = self.tr("The language changes when ClipDesk is opened again.")
        row = QHBoxLayout()
        row.addWidget(self.language, 1)
        row.addWidget(self.reopen_button)
        self._add_row(self.tr("&Language"), row, note, buddy=self.language)
        note = self.tr("Pictures whose best label is less probable than this are marked unsure.")
        self._add_row(self.tr("&Unsure below"), self.threshold, note)
        note = self.tr("A change loads the model again. Finished scores are kept.")
        self._add_row(self.tr("Compute &on"), self.device, note)
        note = self.tr("The JPEG stands for both. Applies to pictures that are added from now on.")
        self._add_row(self.tr("Camera &raw"), self.pairs, note)
        self._add_row(self.tr("Export"), self.details)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        form.setContentsMargins(0, 0, GAP, 0)
        content = QWidget()
        content.setLayout(form)
        area = DownScroll(content)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        buttons.setContentsMargins(0, 0, PADDING, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, GAP, 16)
        column.setSpacing(20)
        column.addWidget(area, 1)
        column.addWidget(buttons)

    def _on_language_chosen(self) -> None:
        self._preferences.language = self.language.currentData()
        self._refresh_reopen()

    def _refresh_reopen(self) -> None:
        is_other = language_of(self._preferences.language) != installed_language(theme.application())
        self.reopen_button.setVisible(is_other and self._can_reopen)

    def _on_reopen_clicked(self) -> None:
        self.close()
        self.reopen_wanted.emit()

    def _add_row(self, title: str, field: QWidget | QLayout, note: str = "", *, buddy: QWidget | None = None) -> None:
        """Add a field with a note below it. `buddy` takes the focus if the field is a layout."""
        column = QVBoxLayout()
        column.setSpacing(4)
        if isinstance(field, QWidget):
            buddy = field
            column.addWidget(field)
        else:
            column.addLayout(field)
        assert buddy is not None
        label = QLabel(title)
        label.setBuddy(buddy)
        # Centred on the field, not on field and note together.
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        buddy.ensurePolished()
        label.setFixedHeight(buddy.sizeHint().height())
        if note:
            column.addWidget(self._note(note))
        self._form.addRow(label, column)

    def _note(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setProperty("role", "small")
        label.setWordWrap(True)
        return label


def _choice(options: dict[str, str], chosen: str) -> QComboBox:
    box = QComboBox()
    for value, text in options.items():
        box.addItem(text, value)
    box.setCurrentIndex(max(box.findData(chosen), 0))
    return box

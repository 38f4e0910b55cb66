"""The few things that a person may want to set. Each takes effect at once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from clipdesk.gui.kit.fit import fit_height
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.settings.store_fields import StoreFields

_WIDTH = 480


class PreferencesDialog(QDialog):
    """Appearance, when a picture is unsure, where to compute; with `add_store`, where scores are kept."""

    scheme_chosen = Signal(str)
    threshold_changed = Signal(float)
    device_changed = Signal(str)

    def __init__(
        self,
        preferences: Preferences,
        threshold: float,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Preferences"))
        self.setMinimumWidth(_WIDTH)
        self.scheme = _choice(
            {"system": self.tr("Like the system"), "light": self.tr("Light"), "dark": self.tr("Dark")},
            preferences.scheme,
        )
        self.scheme.currentIndexChanged.connect(lambda: self.scheme_chosen.emit(self.scheme.currentData()))
        self.threshold = QSpinBox()
        self.threshold.setRange(0, 100)
        self.threshold.setSuffix(" %")
        self.threshold.setValue(round(100 * threshold))
        self.threshold.setFixedWidth(88)
        self.threshold.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.threshold.valueChanged.connect(lambda value: self.threshold_changed.emit(value / 100))
        self.device = _choice(
            {
                "auto": self.tr("Automatic (the graphics card, if any)"),
                "cpu": self.tr("Processor (CPU)"),
                "cpu:fp32": self.tr("Processor, as exactly as it can (fp32)"),
                "cpu:bf16": self.tr("Processor, fast and less exact (bf16)"),
                "cuda": self.tr("NVIDIA graphics card (CUDA)"),
                "cuda:fp32": self.tr("NVIDIA card, as exactly as it can (fp32)"),
                "mps": self.tr("Apple graphics (MPS)"),
            },
            preferences.device,
        )
        self.device.currentIndexChanged.connect(lambda: self.device_changed.emit(self.device.currentData()))
        self.details = QCheckBox(self.tr("Also save the model and the prompts"))
        self.details.setToolTip(self.tr("In a small .json file beside the scores, so that others can make the same"))
        self.details.setChecked(preferences.export_details)
        self.details.toggled.connect(lambda checked: setattr(preferences, "export_details", checked))
        self._form = QFormLayout()
        self._build()

    def add_store(self, fields: StoreFields) -> None:
        """Ask for the place of the kept scores, too."""
        fields.add_rows(self._form)
        self._form.addRow("", self._note(self.tr("A folder that was labelled before then opens at once.")))

    def _build(self) -> None:
        form = self._form
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(16)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._add_row(form, self.tr("&Appearance"), self.scheme)
        self._add_row(
            form,
            self.tr("&Unsure below"),
            self.threshold,
            self.tr("A picture whose label is less probable than this is unsure."),
        )
        self._add_row(
            form,
            self.tr("Compute &on"),
            self.device,
            self.tr("Another choice loads the model again. Finished scores stay."),
        )
        self._add_row(form, self.tr("Export"), self.details)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(20)
        column.addLayout(form)
        column.addWidget(buttons)
        fit_height(self, _WIDTH)

    def _add_row(self, form: QFormLayout, title: str, field: QWidget, note: str = "") -> None:
        """A field, with a note close under it."""
        label = QLabel(title)
        label.setBuddy(field)
        # In line with the field, not with the middle of field and note.
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        label.setFixedHeight(field.sizeHint().height())
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(field)
        if note:
            column.addWidget(self._note(note))
        form.addRow(label, column)

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

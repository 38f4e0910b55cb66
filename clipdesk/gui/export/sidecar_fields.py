"""How labels are written as keywords: below which keyword, and into which files."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from clipdesk.core.errors import ExportError
from clipdesk.core.export.xmp.keywords import DEFAULT_ROOT, RootKeyword
from clipdesk.core.export.xmp.sidecars import SidecarNaming, SidecarOptions
from clipdesk.gui.kit.theme import GAP, GRID, PADDING


class SidecarFields(QWidget):
    """Fields for `SidecarOptions`."""

    changed = Signal()

    def __init__(self, options: SidecarOptions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.root = QLineEdit(options.root)
        self.root.setPlaceholderText(DEFAULT_ROOT)
        self.root.setToolTip(
            self.tr("ClipDesk finds its keywords by this one, and updates or removes them at the next export.")
        )
        self.naming = QComboBox()
        self.naming.addItem(self.tr("x.xmp, as in Lightroom and Capture One"), SidecarNaming.STEM.value)
        self.naming.addItem(self.tr("x.jpg.xmp, as in darktable and digiKam"), SidecarNaming.FULL.value)
        self.naming.setCurrentIndex(self.naming.findData(options.naming.value))
        self.with_unsure = QCheckBox(self.tr("Write &unsure labels, too"))
        self.with_unsure.setChecked(options.with_unsure)
        note = QLabel(
            self.tr(
                "Sidecars lie beside the pictures, which stay untouched. In existing ones, only the keywords below "
                "this one change. Lightroom reads sidecars for raw files only. For a JPEG, it reads the metadata in "
                "the file itself."
            ),
            wordWrap=True,
        )
        note.setProperty("role", "secondary")
        form = QFormLayout()
        form.setHorizontalSpacing(GAP)
        form.setVerticalSpacing(PADDING)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.addRow(self.tr("Keyword above the &labels"), self.root)
        form.addRow(self.tr("Name of the &sidecar of x.jpg"), self.naming)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(PADDING)
        column.addLayout(form)
        column.addWidget(self.with_unsure)
        column.addWidget(note)
        self.root.textChanged.connect(self.changed)
        self.naming.currentIndexChanged.connect(self.changed)
        self.with_unsure.toggled.connect(self.changed)

    def options(self) -> SidecarOptions:
        """Return what is entered."""
        return SidecarOptions(self.root.text(), SidecarNaming(self.naming.currentData()), self.with_unsure.isChecked())

    @property
    def is_complete(self) -> bool:
        """Whether there is a keyword above the labels."""
        try:
            RootKeyword.parse(self.root.text())
        except ExportError:
            return False
        return True


def sidecar_options_to_json(options: SidecarOptions) -> dict[str, object]:
    """Return the options as JSON values."""
    return {"root": options.root, "naming": options.naming.value, "with_unsure": options.with_unsure}


def sidecar_options_from_json(value: object) -> SidecarOptions:
    """Return saved options, with defaults for what is missing or invalid."""
    saved = value if isinstance(value, Mapping) else {}
    root, naming = saved.get("root"), saved.get("naming")
    return SidecarOptions(
        root if isinstance(root, str) and root.strip() else DEFAULT_ROOT,
        SidecarNaming(naming) if naming in list(SidecarNaming) else SidecarNaming.STEM,
        saved.get("with_unsure") is True,
    )

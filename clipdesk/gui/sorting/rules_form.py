"""The rules at the left of the sort dialog: which pictures, where to, how, and into which folders."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from clipdesk.core.sorting.steps import Action
from clipdesk.gui.kit.segments import Segments
from clipdesk.gui.kit.theme import GAP, PADDING, font_scale
from clipdesk.gui.kit.translation import percent_suffix, tr
from clipdesk.gui.kit.words import pictures_text
from clipdesk.gui.sorting.folders_form import FolderRow, FoldersForm
from clipdesk.gui.sorting.sort_choices import SortChoices

_LEAST_TABLE_HEIGHT = 150


@dataclass(frozen=True)
class Scope:
    """Which pictures of the desk can be sorted: a name for the caller, and how many there are."""

    name: str
    count: int


class RulesForm(QWidget):
    """Shows and edits the rules of a sort. `edited` follows every change."""

    edited = Signal()

    def __init__(self, choices: SortChoices, scopes: list[Scope], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self.scope = QComboBox()
        texts = {
            "all": self.tr("All {pictures}"),
            "shown": self.tr("The {pictures} shown"),
            "selected": self.tr("The {pictures} selected"),
        }
        for scope in scopes:
            self.scope.addItem(texts[scope.name].format(pictures=pictures_text(scope.count)), scope.name)
        self.root = QLineEdit(choices.root)
        self.root.setPlaceholderText(self.tr("Choose a folder"))
        self.root.setAcceptDrops(False)
        self.choose = QPushButton(self.tr("Choose…"))
        self.action = Segments(
            [
                ("copy", self.tr("Copy"), self.tr("The originals stay where they are")),
                ("move", self.tr("Move"), self.tr("The originals go into the folders")),
                ("link", self.tr("Link"), self.tr("The folders show the originals and take no space")),
            ]
        )
        self.link = QComboBox()
        self.link.addItem(self.tr("Hard links: a second name for each file, on the same disk"), Action.HARD_LINK)
        self.link.addItem(self.tr("Symbolic links: pointers, broken if the originals move"), Action.SYMBOLIC_LINK)
        self.link.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.link.setMinimumContentsLength(12)
        self.folders = FoldersForm()
        self.folders.setMinimumHeight(round(_LEAST_TABLE_HEIGHT * font_scale()))
        self.probability = _percent(choices.min_probability)
        self.margin = _percent(choices.min_margin)
        self.keep_tree = QCheckBox(self.tr("Keep subfolders"))
        self.keep_tree.setToolTip(self.tr("Repeat the subfolders of the pictures inside each target folder"))
        self.skip_same = QCheckBox(self.tr("Skip pictures that are there already"))
        self.skip_same.setToolTip(self.tr("Same name and same contents: the picture is not copied a second time"))
        self.companions = QCheckBox(self.tr("Take companions along"))
        self.companions.setToolTip(
            self.tr("Sidecar files (.xmp, .aae, .json …), RAW twins and the videos of Live Photos follow their picture")
        )
        for box, checked in (
            (self.keep_tree, choices.keep_tree),
            (self.skip_same, choices.skip_same),
            (self.companions, choices.with_companions),
        ):
            box.setChecked(checked)
        self._select_action(choices.action)
        self._build()
        self._connect()

    def _build(self) -> None:
        root_row = QHBoxLayout()
        root_row.setSpacing(GAP)
        root_row.addWidget(self.root, 1)
        root_row.addWidget(self.choose)
        action_row = QVBoxLayout()
        action_row.setSpacing(GAP)
        action_row.addWidget(self.action, 0, Qt.AlignmentFlag.AlignLeft)
        action_row.addWidget(self.link)
        column = QVBoxLayout(self)
        # Room for the scroll bar, so that it covers nothing.
        column.setContentsMargins(2, 0, PADDING + 2, 0)
        column.setSpacing(GAP)
        for title, field, buddy in (
            (self.tr("&Pictures"), self.scope, self.scope),
            (self.tr("&Into the folder"), root_row, self.root),
            (self.tr("What happens to the files"), action_row, self.action),
            (self.tr("&Folders"), self.folders, self.folders),
        ):
            label = QLabel(title)
            label.setProperty("role", "secondary")
            label.setBuddy(buddy)
            column.addWidget(label)
            if isinstance(field, QWidget):
                column.addWidget(field, int(field is self.folders))
            else:
                column.addLayout(field)
            column.addSpacing(GAP // 2)
        column.addWidget(self._more())

    def _more(self) -> QWidget:
        content = QWidget()
        form = QFormLayout(content)
        form.setContentsMargins(0, GAP // 2, 0, 0)
        form.setHorizontalSpacing(PADDING)
        form.setVerticalSpacing(GAP)
        form.addRow(self.tr("Sort only from pro&bability"), self.probability)
        form.addRow(self.tr("Sort only from &margin"), self.margin)
        for box in (self.keep_tree, self.skip_same, self.companions):
            form.addRow(box)
        return content

    def _connect(self) -> None:
        self.choose.clicked.connect(self._on_choose_clicked)
        self.action.chosen.connect(self._on_action_chosen)
        for box in (self.scope, self.link):
            box.currentIndexChanged.connect(self.edited)
        for spin in (self.probability, self.margin):
            spin.valueChanged.connect(self.edited)
        for check in (self.keep_tree, self.skip_same, self.companions):
            check.toggled.connect(self.edited)
        self.root.textEdited.connect(self.edited)
        self.folders.edited.connect(self.edited)

    def minimumSizeHint(self) -> QSize:
        """Never let a scroll area squeeze the fields: their least heights in the stylesheet are less than they need."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    # --- what was chosen

    @property
    def scope_name(self) -> str:
        return str(self.scope.currentData())

    def select_scope(self, name: str) -> None:
        """Choose which pictures are sorted."""
        self.scope.setCurrentIndex(max(self.scope.findData(name), 0))

    @property
    def choices(self) -> SortChoices:
        """The rules as they stand."""
        text = self.root.text().strip()
        return replace(
            self._choices,
            root=str(Path(text).expanduser()) if text else "",
            action=self._action(),
            min_probability=self.probability.value() / 100,
            min_margin=self.margin.value() / 100,
            keep_tree=self.keep_tree.isChecked(),
            skip_same=self.skip_same.isChecked(),
            with_companions=self.companions.isChecked(),
        )

    def _action(self) -> Action:
        choice = self.action.choice
        return Action(self.link.currentData()) if choice == "link" else Action(choice)

    def show_folders(self, rows: list[FolderRow]) -> None:
        """Show the folder of each label."""
        self.folders.show_rows(rows)

    def _select_action(self, action: Action) -> None:
        is_link = action in (Action.HARD_LINK, Action.SYMBOLIC_LINK)
        self.action.select("link" if is_link else action.value)
        if is_link:
            self.link.setCurrentIndex(self.link.findData(action))
        self.link.setVisible(is_link)

    def _on_action_chosen(self, name: str) -> None:
        self.link.setVisible(name == "link")
        self.edited.emit()

    def _on_choose_clicked(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Choose the folder to sort into"), self.root.text())
        if folder:
            self.root.setText(folder)
            self.edited.emit()


def _percent(share: float) -> QSpinBox:
    spin = QSpinBox()
    spin.setRange(0, 100)
    spin.setSuffix(percent_suffix())
    spin.setValue(round(100 * share))
    spin.setSpecialValueText(tr("any"))
    spin.setFixedWidth(round(76 * font_scale()))
    spin.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return spin

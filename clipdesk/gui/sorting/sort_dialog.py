"""The dialog *Sort into folders*: rules at the left, at the right exactly what will happen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from clipdesk.core.labels.label_set import Label, LabelId
from clipdesk.core.sorting.folder_names import folder_name
from clipdesk.core.sorting.rules import SameContent, SortingRules
from clipdesk.core.sorting.steps import Plan
from clipdesk.gui.kit.fitted_dialog import FittedDialog
from clipdesk.gui.kit.theme import GAP, PADDING, font_scale
from clipdesk.gui.kit.timers import single_shot
from clipdesk.gui.kit.translated import translated
from clipdesk.gui.kit.words import size_text
from clipdesk.gui.loading.thumbnails import Thumbnails
from clipdesk.gui.sorting.folders_form import FolderRow
from clipdesk.gui.sorting.plan_model import PlanModel
from clipdesk.gui.sorting.plan_view import PlanView
from clipdesk.gui.sorting.rules_form import RulesForm, Scope
from clipdesk.gui.sorting.sort_choices import SortChoices
from clipdesk.gui.sorting.words import sort_text

_WIDTH, _HEIGHT = 960, 680
_RULES_WIDTH = 316
#: Typing a folder's name must not plan at every key.
_PLAN_MS = 250
_UNSURE_KEY, _NONE_KEY = -1, -2


class SortDialog(FittedDialog):
    """Shows the plan of a sort for the rules that the person chooses.

    Asks for a plan with `plan_wanted` after every change; the owner answers with `show_plan`. `sort_requested` carries
    the plan that the person agreed to.
    """

    plan_wanted = Signal(str, object)  # scope, SortingRules
    sort_requested = Signal(object)  # Plan

    def __init__(
        self,
        thumbnails: Thumbnails,
        choices: SortChoices,
        scopes: Sequence[Scope],
        labels: Sequence[tuple[Label, QColor]],
        bases: Sequence[Path],
        parent: QWidget | None = None,
    ) -> None:
        """`bases` are the folders that were added, below which *Keep subfolders* keeps the tree."""
        super().__init__(parent, _WIDTH, _HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Sort into folders"))
        self._labels = {label.id: label for label, _ in labels}
        self._bases = tuple(bases)
        self._is_current = False
        self.form = RulesForm(choices, list(scopes), self)
        self.form.show_folders(self._folder_rows(labels))
        self.model = PlanModel(thumbnails, self)
        self.view = PlanView(self.model, self)
        self.problem = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.problem.setProperty("role", "error")
        self.space = QLabel()
        self.space.setProperty("role", "secondary")
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.sort_button = QPushButton()
        self.sort_button.setProperty("primary", True)
        self.sort_button.setDefault(True)
        self._delay = single_shot(self, _PLAN_MS, self._ask_for_plan)
        self._build()
        self.form.edited.connect(self._on_edited)
        self.model.ticks_changed.connect(self._refresh)
        self.model.folder_renamed.connect(self._on_folder_renamed)
        self.cancel_button.clicked.connect(self.reject)
        self.sort_button.clicked.connect(self._on_sort_clicked)
        self._refresh()

    def _build(self) -> None:
        rules = QScrollArea(self)
        rules.setWidgetResizable(True)
        rules.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rules.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        rules.setWidget(self.form)
        rules.setFixedWidth(round(_RULES_WIDTH * font_scale()))
        self._message = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._message.setProperty("role", "secondary")
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._message)
        self._stack.addWidget(self.view)
        # If the screen is too low, the halves give way, and not the buttons.
        body = QWidget(self)
        body.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        halves = QHBoxLayout(body)
        halves.setContentsMargins(0, 0, 0, 0)
        halves.setSpacing(2 * PADDING)
        halves.addWidget(rules)
        halves.addWidget(self._stack, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self.space)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.sort_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(PADDING)
        whole.addWidget(body, 1)
        whole.addWidget(self.problem)
        whole.addLayout(buttons)

    # --- rules

    def _folder_rows(self, labels: Sequence[tuple[Label, QColor]]) -> list[FolderRow]:
        rows = [FolderRow(label.id, label.name, folder_name(label.name), color) for label, color in labels]
        rows.append(FolderRow(_UNSURE_KEY, self.tr("Unsure"), self.tr("Unsure"), is_sorted=False))
        rows.append(FolderRow(_NONE_KEY, self.tr("None of these"), self.tr("None of these"), is_sorted=False))
        return rows

    def rules(self) -> SortingRules | None:
        """Return the rules as they stand; None while no folder has been chosen."""
        choices = self.form.choices
        root = choices.root_path
        if root is None:
            return None
        folder_of: dict[LabelId, Path | None] = {}
        apart: dict[int, Path | None] = {}
        for row in self.form.folders.rows():
            folder = Path(row.folder) if row.is_sorted else None
            if row.key in (_UNSURE_KEY, _NONE_KEY):
                apart[row.key] = folder
            elif not row.is_sorted or row.folder != folder_name(self._labels[row.key].name):
                # A label that has its own name as folder is left out, so that two labels with one name are noticed.
                folder_of[row.key] = folder
        return SortingRules(
            root=root,
            action=choices.action,
            folder_of=folder_of,
            min_probability=choices.min_probability,
            min_margin=choices.min_margin,
            unsure=apart[_UNSURE_KEY],
            none=apart[_NONE_KEY],
            keep_tree=choices.keep_tree,
            bases=self._bases,
            same_content=SameContent.SKIP if choices.skip_same else SameContent.NUMBER,
            with_companions=choices.with_companions,
        )

    def _target_folders(self) -> list[Path]:
        """Return the folders that the rules name, in the order of the labels."""
        root = self.form.choices.root_path or Path()
        return [root / row.folder for row in self.form.folders.rows() if row.is_sorted]

    def _on_edited(self) -> None:
        self._is_current = False
        self._refresh()
        self._delay.start()

    def _on_folder_renamed(self, folder: Path, name: str) -> None:
        root = self.form.choices.root_path or Path()
        before = str(folder.relative_to(root)) if folder.is_relative_to(root) else str(folder)
        self.form.folders.rename(before, name)

    # --- the plan

    def start(self) -> None:
        """Ask for the first plan, or for the folder if none was chosen before."""
        self._ask_for_plan()
        if self.form.choices.root_path is None:
            self.form.choose.setFocus()

    def _ask_for_plan(self) -> None:
        rules = self.rules()
        if rules is not None:
            self.plan_wanted.emit(self.form.scope_name, rules)
        self._refresh()

    def show_plan(self, plan: Plan) -> None:
        """Show the plan for the present rules."""
        self._is_current = not self._delay.isActive()
        self.model.set_plan(plan, self._target_folders())
        self._refresh()

    def show_problem(self, sentence: str) -> None:
        """Say why there is no plan."""
        self._is_current = False
        self.problem.setText(translated(sentence))
        self.problem.setVisible(True)

    def _refresh(self) -> None:
        plan, has_root = self.model.plan, self.form.choices.root_path is not None
        pictures, folders = self.model.counts()
        is_empty = not plan.steps and not plan.stays
        if not has_root:
            self._message.setText(self.tr("Choose the folder that the pictures are sorted into.\nNothing happens yet."))
        elif is_empty:
            self._message.setText(self.tr("Planning…"))
        self._stack.setCurrentIndex(0 if is_empty or not has_root else 1)
        problems = plan.problems if has_root else ()
        self.problem.setText("\n".join(map(translated, problems)))
        self.problem.setVisible(bool(problems))
        self.space.setText(self._size_text(plan) if has_root else "")
        self.sort_button.setText(sort_text(self.form.choices.action, pictures, folders))
        self.sort_button.setEnabled(has_root and self._is_current and pictures > 0 and not problems)

    def _size_text(self, plan: Plan) -> str:
        total = sum(folder.size for folder in self.model.folders)
        return self.tr("{size} in all").format(size=size_text(total)) if total else ""

    def _on_sort_clicked(self) -> None:
        self.sort_requested.emit(self.model.chosen_plan())
        self.accept()

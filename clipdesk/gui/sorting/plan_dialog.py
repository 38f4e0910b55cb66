"""A dialog with the plan for pictures that go into one folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from clipdesk.core.sorting.steps import Action, Plan
from clipdesk.gui.kit.elided_label import ElidedLabel
from clipdesk.gui.kit.fitted_dialog import FittedDialog
from clipdesk.gui.kit.theme import GAP, PADDING
from clipdesk.gui.kit.translated import translated
from clipdesk.gui.loading.thumbnails import Thumbnails
from clipdesk.gui.session.verdict import shown_name
from clipdesk.gui.sorting.plan_model import PlanModel
from clipdesk.gui.sorting.plan_view import PlanView
from clipdesk.gui.sorting.words import sort_text

_WIDTH, _HEIGHT = 680, 560


class PlanDialog(FittedDialog):
    """Shows what will be moved into the folder that the person chooses.

    Asks for a plan with `plan_wanted`; the owner answers with `show_plan` or `show_problem`. `sort_requested` carries
    the plan that the person agreed to.
    """

    plan_wanted = Signal(object)  # the folder's Path
    sort_requested = Signal(object)  # Plan

    def __init__(self, thumbnails: Thumbnails, folder: Path, parent: QWidget | None = None) -> None:
        """`folder` is proposed."""
        super().__init__(parent, _WIDTH, _HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Move pictures"))
        self._folder = folder
        self.path = ElidedLabel("", self)
        self.choose_button = QPushButton(self.tr("Choose…"), self)
        self.choose_button.setAccessibleName(self.tr("Choose another folder"))
        self.model = PlanModel(thumbnails, self)
        self.view = PlanView(self.model, self)
        self.message = QLabel(self.tr("Planning…"), self, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.message.setProperty("role", "secondary")
        self.problem = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.problem.setProperty("role", "error")
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        self.sort_button = QPushButton(self)
        self.sort_button.setProperty("primary", True)
        self.sort_button.setDefault(True)
        self._has_plan = False
        self._lay_out()
        self.choose_button.clicked.connect(self._choose)
        self.cancel_button.clicked.connect(self.reject)
        self.sort_button.clicked.connect(self._on_sort_clicked)
        self.model.ticks_changed.connect(self._refresh)
        self.model.folder_renamed.connect(lambda folder, name: self.use_folder(folder.parent / name))
        self._refresh()

    def _lay_out(self) -> None:
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.message)
        self._stack.addWidget(self.view)
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(QLabel(self.tr("Into"), self))
        top.addWidget(self.path, 1)
        top.addWidget(self.choose_button)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.sort_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        column.setSpacing(PADDING)
        column.addLayout(top)
        column.addWidget(self._stack, 1)
        column.addWidget(self.problem)
        column.addLayout(buttons)

    @property
    def folder(self) -> Path:
        """The folder that the pictures go into."""
        return self._folder

    def start(self) -> None:
        """Ask for the first plan."""
        self.use_folder(self._folder)

    def use_folder(self, folder: Path) -> None:
        """Ask for the plan for this folder."""
        self._folder, self._has_plan = folder, False
        self._refresh()
        self.plan_wanted.emit(folder)

    def show_plan(self, plan: Plan) -> None:
        """Show the plan for the present folder."""
        self._has_plan = True
        self.model.set_plan(plan, [self._folder])
        self._refresh()

    def show_problem(self, sentence: str) -> None:
        """Say why there is no plan."""
        self._has_plan = False
        self._refresh()
        self.problem.setText(translated(sentence))
        self.problem.setVisible(bool(sentence))

    def _refresh(self) -> None:
        plan = self.model.plan
        pictures, folders = self.model.counts()
        self.path.setText(shown_name(self._folder, whole=True))
        self._stack.setCurrentIndex(1 if self._has_plan else 0)
        problems = plan.problems if self._has_plan else ()
        self.problem.setText("\n".join(map(translated, problems)))
        self.problem.setVisible(bool(problems))
        self.sort_button.setText(sort_text(Action.MOVE, pictures if self._has_plan else 0, folders))
        self.sort_button.setEnabled(self._has_plan and pictures > 0 and not problems)

    def _choose(self) -> None:
        start = str(self._folder.parent)
        if folder := QFileDialog.getExistingDirectory(self, self.tr("Choose a folder"), start):
            self.use_folder(Path(folder))

    def _on_sort_clicked(self) -> None:
        self.sort_requested.emit(self.model.chosen_plan())
        self.accept()

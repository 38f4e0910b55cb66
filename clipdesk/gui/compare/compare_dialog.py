"""The dialog *Compare wordings*: the wordings at the left, at the right where they differ and which is better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from clipdesk.core.compare.evidence import Outcome
from clipdesk.core.desk.comparison import Comparison, Wording
from clipdesk.core.labels.label_set import LabelSet
from clipdesk.gui.compare.accuracy_page import AccuracyPage
from clipdesk.gui.compare.agreement_bar import AgreementBar
from clipdesk.gui.compare.differences_page import DifferencesPage
from clipdesk.gui.compare.judge_page import JudgePage
from clipdesk.gui.compare.labels_page import LabelsPage
from clipdesk.gui.compare.snapshot import Snapshot
from clipdesk.gui.compare.wordings_panel import ModelChoice, WordingsPanel
from clipdesk.gui.compare.words import agreement_text, hint_text, prompts_text, templates_text
from clipdesk.gui.kit.fitted_dialog import FittedDialog
from clipdesk.gui.kit.number_texts import NumberTexts
from clipdesk.gui.kit.theme import GAP, PADDING, font_scale
from clipdesk.gui.kit.translated import translated
from clipdesk.gui.kit.translation import tr
from clipdesk.gui.loading.picture_loader import PictureLoader
from clipdesk.gui.loading.thumbnails import Thumbnails

_WIDTH, _HEIGHT = 1060, 700
_PANEL_WIDTH = 276
_MAX_MENU_WIDTH = 420


@dataclass(frozen=True)
class Earlier:
    """A kept comparison that can be opened again, and what it is called."""

    comparison: Comparison
    label: str


class CompareDialog(FittedDialog):
    """Shows a comparison, which its owner keeps: after each change the owner answers with `show_snapshot`."""

    wordings_changed = Signal(object)  # tuple[Wording, ...], A first
    label_chosen = Signal(object)  # LabelId
    comparison_chosen = Signal(object)  # Comparison
    answered = Signal(object, int, int)  # Wording, row, index of the right label or NEITHER
    taken_back = Signal(object, int)  # Wording, row
    corrects_toggled = Signal(bool)
    use_requested = Signal(object)  # Wording
    picture_opened = Signal(object)  # Path

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent, _WIDTH, _HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Compare wordings"))
        self._snapshot: Snapshot | None = None
        self._titles: dict[str, str] = {}
        self.loader = PictureLoader(self)
        self.label_box = QComboBox(self)
        self.label_box.setAccessibleName(self.tr("Label"))
        # Long names must not widen the dialog.
        self.label_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.label_box.setMinimumContentsLength(6)
        self.earlier_button = QPushButton(self.tr("Earlier…"), self)
        self.earlier_button.setToolTip(self.tr("Open an earlier comparison again"))
        self.earlier_menu = QMenu(self.earlier_button)
        self.earlier_button.setMenu(self.earlier_menu)
        self.panel = WordingsPanel(self)
        self.bar = AgreementBar(self)
        self.agreement = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.agreement.setProperty("role", "title")
        self.finding = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.finding.setProperty("role", "secondary")
        self.differences = DifferencesPage(thumbnails, self)
        self.judge = JudgePage(self.loader, self)
        self.counts = LabelsPage(self)
        self.accuracy = AccuracyPage(thumbnails, self)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        # A click on a tab must leave the arrow keys to the page.
        self.tabs.tabBar().setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.message = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.message.setProperty("role", "secondary")
        self.judge_button = QPushButton(self.tr("Judge"), self)
        self.judge_button.setToolTip(self.tr("See one picture at a time, and say which label is right"))
        self.use_button = QPushButton(self)
        self.close_button = QPushButton(self.tr("Close"), self)
        self.message.setText(
            self.tr(
                "Type other words for the label at the left.\n"
                "You will see at once which pictures would get another label."
            )
        )
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for page, title in (
            (self.differences, self.tr("Differences")),
            (self.judge, self.tr("Judge")),
            (self.counts, self.tr("By label")),
            (self.accuracy, self.tr("Accuracy")),
        ):
            self.tabs.addTab(page, title)
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.label_box, 1)
        top.addWidget(self.earlier_button)
        left = QVBoxLayout()
        left.setSpacing(PADDING)
        left.addLayout(top)
        left.addWidget(self.panel, 1)
        side = QWidget(self)
        side.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        side.setFixedWidth(round(_PANEL_WIDTH * font_scale()))
        headline = QHBoxLayout()
        headline.setSpacing(GAP)
        headline.addWidget(self.agreement, 1)
        headline.addWidget(self.judge_button)
        right = QVBoxLayout()
        right.setSpacing(GAP)
        right.addLayout(headline)
        right.addWidget(self.bar)
        right.addWidget(self.finding)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.message)
        self._stack.addWidget(self.tabs)
        right.addWidget(self._stack, 1)
        halves = QHBoxLayout()
        halves.setSpacing(2 * PADDING)
        halves.addWidget(side)
        halves.addLayout(right, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.use_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(PADDING)
        whole.addLayout(halves, 1)
        whole.addLayout(buttons)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter belongs to fields and lists

    def _connect(self) -> None:
        self.panel.wordings_changed.connect(self.wordings_changed)
        self.panel.choice_changed.connect(self._refresh)
        self.label_box.activated.connect(lambda row: self.label_chosen.emit(self.label_box.itemData(row)))
        self.judge.answered.connect(self.answered)
        self.judge.taken_back.connect(self.taken_back)
        self.judge.corrects_toggled.connect(self.corrects_toggled)
        self.judge.verdict_changed.connect(self._show_finding)
        self.accuracy.wording_chosen.connect(self.panel.choose)
        for page in (self.differences, self.accuracy):
            page.picture_opened.connect(self.picture_opened)
        self.tabs.currentChanged.connect(self._on_tab_changed)
        self.judge_button.clicked.connect(self.start_judging)
        self.use_button.clicked.connect(self._on_use_clicked)
        self.close_button.clicked.connect(self.close)
        self.finished.connect(lambda _: self.loader.stop())

    # --- what is shown

    def show_labels(self, label_set: LabelSet, earlier: Sequence[Earlier]) -> None:
        """Offer these labels, and these comparisons to open again, the latest first."""
        self.label_box.clear()
        for label in label_set.labels:
            self.label_box.addItem(label.name, label.id)
        self.earlier_menu.clear()
        for one in earlier:
            action = self.earlier_menu.addAction(self._earlier_text(one))
            action.triggered.connect(lambda _=False, one=one: self.comparison_chosen.emit(one.comparison))
        self.earlier_button.setEnabled(bool(earlier))

    def _earlier_text(self, one: Earlier) -> str:
        words = " / ".join(prompts_text(wording, one.label) for wording in one.comparison.wordings[:3])
        count = len(one.comparison.answers)
        answers = tr("%Ln answer(s)", "", count)
        text = f"{one.label}: {words}" + (f" · {answers}" if count else "")
        elided = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, _MAX_MENU_WIDTH)
        return elided.replace("&", "&&")

    def show_models(self, models: Sequence[ModelChoice], titles: dict[str, str]) -> None:
        """Offer these models. `titles` name all models by their identity key."""
        self._titles = titles
        self.panel.show_models(models, titles)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the state of the comparison."""
        is_other = self._snapshot is None or self._snapshot.comparison.id != snapshot.comparison.id
        self._snapshot = snapshot
        self.label_box.setCurrentIndex(self.label_box.findData(snapshot.comparison.label))
        self.panel.show_comparison(snapshot.comparison, snapshot.label_name)
        if is_other and len(snapshot.comparison.wordings) == 1:
            self.panel.cards[-1].focus()
        self._refresh()

    @property
    def against(self) -> int:
        """The place of the wording that is compared with A, 0 if there is none."""
        wordings = self._snapshot.comparison.wordings if self._snapshot is not None else ()
        chosen = self.panel.chosen
        return wordings.index(chosen) if chosen in wordings[1:] else 0

    @property
    def names(self) -> tuple[str, str]:
        """What the compared wordings are called, such as A and C."""
        return "A", self.panel.chosen_name or "B"

    def _refresh(self) -> None:
        snapshot = self._snapshot
        if snapshot is None:
            return
        self.panel.show_snapshot(snapshot)
        against, names = self.against, self.names
        agreement = snapshot.agreement(against)
        self.bar.show_agreement(agreement)
        if agreement is not None:
            text = self.tr("{a} and {b}: {finding}")
            self.agreement.setText(text.format(a=names[0], b=names[1], finding=agreement_text(agreement)))
        else:
            self.agreement.setText(self._waiting_text(snapshot, against))
        # Accuracies of all wordings stay in view while one more is typed.
        self._stack.setCurrentIndex(1 if agreement is not None or len(snapshot.scored) > 1 else 0)
        self.bar.setVisible(agreement is not None)
        self.differences.show_differences(snapshot, agreement)
        self.counts.show_counts(snapshot, agreement, names)
        self.judge.show_snapshot(snapshot, against, names)
        self.accuracy.show_snapshot(snapshot, self.panel.name_of, self._wording_text)
        differing = len(agreement.differing) if agreement is not None else 0
        count = NumberTexts().count(differing)
        self.tabs.setTabText(
            0, self.tr("Differences {count}").format(count=count) if differing else self.tr("Differences")
        )
        self.use_button.setText(self.tr("Use {wording}").format(wording=names[1]))
        self.use_button.setToolTip(self.tr("Replace A by {wording}. You can undo that.").format(wording=names[1]))
        self.use_button.setEnabled(agreement is not None)
        self._show_finding()

    def _waiting_text(self, snapshot: Snapshot, against: int) -> str:
        """Return the headline while there is nothing to compare."""
        if len(snapshot.label_set.labels) < 2:
            return self.tr("Add a second label first: one label alone gets all pictures.")
        if not against:
            return self.tr("What else could “{label}” be called?").format(label=snapshot.label_name)
        wording = snapshot.comparison.wordings[against]
        problem = snapshot.problems.get(wording) or snapshot.problems.get(snapshot.a)
        return translated(problem) if problem else self.tr("Scoring…")

    def _wording_text(self, wording: Wording) -> str:
        assert self._snapshot is not None
        parts = [prompts_text(wording, self._snapshot.label_name)]
        if wording.templates != self._snapshot.a.templates or wording == self._snapshot.a:
            parts.append(templates_text(wording.templates))
        if wording.encoder != self._snapshot.a.encoder:
            parts.append(self._titles.get(wording.encoder) or wording.model)
        return " · ".join(parts)

    def _show_finding(self) -> None:
        """Show the verdict, or without any answer the hint. Make the next step the primary one."""
        snapshot, verdict = self._snapshot, self.judge.verdict
        if snapshot is None:
            return
        text = self.judge.verdict_text()
        can_judge = self.judge.left > 0
        self.judge_button.setEnabled(can_judge)
        pair = snapshot.pair(self.against)
        if not text and pair is not None and self._is_same_model(snapshot):
            text = hint_text(pair[0].scatter, pair[1].scatter, *self.names) if can_judge else ""
        self.finding.setText(text)
        is_shown = verdict is not None and verdict.outcome is Outcome.B_BETTER
        _set_primary(self.use_button, is_shown)
        _set_primary(self.judge_button, not is_shown and self.tabs.currentWidget() is not self.judge)
        # On its page the verdict stands below the answers.
        self.finding.setVisible(bool(text) and self.tabs.currentWidget() is not self.judge)

    def _is_same_model(self, snapshot: Snapshot) -> bool:
        return snapshot.comparison.wordings[self.against].encoder == snapshot.a.encoder

    # --- user input

    def start_judging(self) -> None:
        """Show the first picture to judge."""
        self.tabs.setCurrentWidget(self.judge)
        self.judge.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_tab_changed(self) -> None:
        self._show_finding()
        if self.tabs.currentWidget() is self.judge and not self.tabs.tabBar().hasFocus():
            self.judge.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_use_clicked(self) -> None:
        chosen = self.panel.chosen
        if chosen is not None and self.against:
            self.use_requested.emit(chosen)


def _set_primary(button: QPushButton, is_primary: bool) -> None:
    """Fill the button with the accent: it is the next step."""
    is_primary = is_primary and button.isEnabled()
    if bool(button.property("primary")) != is_primary:
        button.setProperty("primary", is_primary)
        button.style().unpolish(button)
        button.style().polish(button)

"""The wordings of a comparison, one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QScrollArea, QVBoxLayout, QWidget

from clipdesk.core.desk.comparison import Comparison, Wording
from clipdesk.core.labels.label_set import TEMPLATE_PRESETS
from clipdesk.gui.compare.snapshot import Snapshot
from clipdesk.gui.compare.wording_card import Kind, WordingCard, kind_of
from clipdesk.gui.compare.words import side_name
from clipdesk.gui.kit.icons import icon
from clipdesk.gui.kit.theme import GAP
from clipdesk.gui.kit.words import pictures_text


@dataclass(frozen=True)
class ModelChoice:
    """A model to compare with: its identity key, its name and what it is called."""

    encoder: str
    model: str
    title: str


class WordingsPanel(QWidget):
    """Lists A and the wordings that are compared with it. One of these is the chosen one."""

    wordings_changed = Signal(object)  # tuple[Wording, ...], A first
    choice_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: list[WordingCard] = []
        self._chosen: WordingCard | None = None
        self._label = ""
        self._a = Wording()
        self._reported: tuple[Wording, ...] = ()
        self._models: tuple[ModelChoice, ...] = ()
        self._titles: dict[str, str] = {}
        content = QWidget(self)
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, GAP // 2, 0)
        self._column.setSpacing(GAP)
        self._column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidget(content)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll = scroll
        self.add_button = QPushButton(self.tr("Add wording"), self)
        self.menu = QMenu(self.add_button)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.add_button.setMenu(self.menu)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addWidget(scroll, 1)
        whole.addWidget(self.add_button)
        self._fill_menu()
        self._refresh_icons()

    # --- what is compared

    @property
    def cards(self) -> Sequence[WordingCard]:
        return self._cards

    def show_comparison(self, comparison: Comparison, label: str) -> None:
        """Show the wordings of a comparison, and a draft if there is only A."""
        self._label = label
        if comparison.wordings == self._reported:
            return
        for card in self._cards:
            card.setParent(None)
            card.deleteLater()
        self._cards, self._chosen = [], None
        self._a = comparison.wordings[0]
        self._reported = comparison.wordings
        self._insert(Kind.NOW, self._a)
        for wording in comparison.wordings[1:]:
            self._insert(kind_of(wording, self._a), wording)
        if len(comparison.wordings) == 1:
            self.add_draft()
        self._choose(self._cards[1])
        self._refresh_names()

    def show_models(self, models: Sequence[ModelChoice], titles: dict[str, str]) -> None:
        """Offer these models. `titles` name all models by their identity key."""
        self._models, self._titles = tuple(models), titles

    @property
    def chosen(self) -> Wording | None:
        """The wording that is compared with A; None while it is a draft."""
        return None if self._chosen is None else _wording(self._chosen)

    @property
    def chosen_name(self) -> str:
        """What the chosen wording or draft is called, such as C."""
        return "" if self._chosen is None else side_name(self._cards.index(self._chosen))

    def name_of(self, wording: Wording) -> str:
        """Return A for the first wording, B for the second, and so on; an empty string for others."""
        return next((side_name(place) for place, card in enumerate(self._cards) if _wording(card) == wording), "")

    def choose(self, wording: Wording) -> None:
        """Compare this wording with A."""
        for card in self._cards[1:]:
            if _wording(card) == wording:
                self._choose(card)

    def _choose(self, card: WordingCard) -> None:
        if card is self._cards[0] or card is self._chosen:
            return
        self._chosen = card
        for one in self._cards:
            one.set_chosen(one is card)
        self.choice_changed.emit()

    # --- adding and removing

    def add_draft(self, kind: Kind = Kind.PROMPTS) -> None:
        """Add an empty card, and focus it."""
        empty = replace(self._a, prompts=()) if kind is Kind.PROMPTS else self._a
        card = self._insert(kind, empty)
        if kind is Kind.TEMPLATES and card.edit is not None:
            card.edit.set_lines(())
        self._choose(card)
        self._refresh_names()
        card.focus()
        self._scroll.ensureWidgetVisible(card)

    def add_ready_templates(self) -> None:
        """Add a wording for each ready list of templates that is not there yet."""
        wordings = [replace(self._a, templates=templates) for templates in TEMPLATE_PRESETS.values()]
        self._add([wording for wording in wordings if not self.name_of(wording)], Kind.TEMPLATES)

    def add_model(self, model: ModelChoice) -> None:
        """Compare the same words under another model."""
        wording = replace(self._a, encoder=model.encoder, model=model.model)
        if not self.name_of(wording):
            self._add([wording], Kind.MODEL)

    def _add(self, wordings: Sequence[Wording], kind: Kind) -> None:
        for card in [card for card in self._cards[1:] if card.edit is not None and not card.edit.toPlainText().strip()]:
            self._drop(card)
        cards = [self._insert(kind, wording) for wording in wordings]
        if cards:
            self._choose(cards[0])
        self._refresh_names()
        self._report()

    def _insert(self, kind: Kind, wording: Wording) -> WordingCard:
        title = self._titles.get(wording.encoder) or wording.model
        card = WordingCard(kind, wording, title, self)
        card.edited.connect(self._on_edited)
        card.chosen.connect(lambda: self._choose(card))
        card.removed.connect(lambda: self._on_removed(card))
        self._column.insertWidget(len(self._cards), card)
        self._cards.append(card)
        return card

    def _drop(self, card: WordingCard) -> None:
        self._cards.remove(card)
        if self._chosen is card:
            self._chosen = None
        card.hide()
        card.deleteLater()

    def _on_removed(self, card: WordingCard) -> None:
        place = self._cards.index(card)
        self._drop(card)
        if len(self._cards) == 1:
            self.add_draft()
        elif self._chosen is None:
            self._choose(self._cards[min(place, len(self._cards) - 1)])
        self._refresh_names()
        self._report()

    def _on_edited(self) -> None:
        self._refresh_names()
        self._report()

    def _report(self) -> None:
        """Report the wordings, each once."""
        found = [wording for card in self._cards if (wording := _wording(card)) is not None]
        wordings = tuple(dict.fromkeys(found))
        if wordings != self._reported:
            self._reported = wordings
            self.wordings_changed.emit(wordings)
        self.choice_changed.emit()

    # --- display

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Say at each card how many images get the label, or why it cannot be compared."""
        place = snapshot.label_set.place_of(snapshot.comparison.label)
        seen: dict[Wording, str] = {}
        for number, card in enumerate(self._cards):
            wording = _wording(card)
            if wording is None or place is None:
                card.set_problem(card.problem)
            elif wording in seen:
                card.set_problem(self.tr("The same as {wording}.").format(wording=seen[wording]))
            elif wording in snapshot.problems:
                card.set_problem(snapshot.problems[wording])
            elif wording in snapshot.results:
                count = int((snapshot.results[wording].labels == place).sum())
                text = self.tr("{pictures} “{label}”").format(pictures=pictures_text(count), label=snapshot.label_name)
                card.show_note("\n".join(filter(None, (text, snapshot.warnings.get(wording, "")))))
            else:
                card.show_note(self.tr("Scoring…"))
            if wording is not None:
                seen.setdefault(wording, side_name(number))

    def _refresh_names(self) -> None:
        for place, card in enumerate(self._cards):
            card.show_name(side_name(place), self._label)

    def _fill_menu(self) -> None:
        menu = self.menu
        menu.clear()
        menu.addAction(self.tr("Other &prompts"), lambda: self.add_draft(Kind.PROMPTS))
        menu.addAction(self.tr("Other &templates"), lambda: self.add_draft(Kind.TEMPLATES))
        menu.addAction(self.tr("Try the &ready templates"), self.add_ready_templates)
        menu.addSeparator()
        models = menu.addMenu(self.tr("Another &model"))
        for choice in self._models:
            models.addAction(choice.title, partial(self.add_model, choice))
        if not self._models:
            note = models.addAction(self.tr("No other model has scored these pictures yet"))
            note.setEnabled(False)

    def _refresh_icons(self) -> None:
        self.add_button.setIcon(icon("plus"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._refresh_icons()


def _wording(card: WordingCard) -> Wording | None:
    return None if card.problem else card.wording()

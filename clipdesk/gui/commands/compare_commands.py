"""Commands that compare wordings of a label: score them, keep the answers, and put the better one in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from clipdesk.core.desk.changes import DeskChange
from clipdesk.core.desk.comparison import Answer, Comparison, Wording
from clipdesk.core.desk.decisions import NO_LABEL_FITS, UNCORRECTED
from clipdesk.core.labels.label_set import NO_LABEL, NO_LABEL_FITS_ID, LabelId
from clipdesk.encoders.models import catalog
from clipdesk.encoders.models.languages import unknown_words_finder
from clipdesk.gui.commands.model_commands import ModelCommands, model_title
from clipdesk.gui.commands.opening import open_file
from clipdesk.gui.compare.compare_dialog import CompareDialog, Earlier
from clipdesk.gui.compare.snapshot import Snapshot
from clipdesk.gui.compare.wordings_panel import ModelChoice
from clipdesk.gui.loading.thumbnails import Thumbnails
from clipdesk.gui.session.labelling import Labelling
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.window.main_window import MainWindow

_CHOICES = "compare"


class CompareCommands(QObject):
    """Opens the dialog *Compare wordings*, and carries out what the person does in it."""

    def __init__(
        self,
        window: MainWindow,
        labelling: Labelling,
        thumbnails: Thumbnails,
        models: ModelCommands,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._labelling = labelling
        self._thumbnails = thumbnails
        self._models = models
        self._preferences = preferences
        self._scorer = labelling.wordings
        self.dialog: CompareDialog | None = None
        self._comparison: Comparison | None = None
        self._find_unknown: dict[str, Callable[[Sequence[str]], Sequence[str]] | None] = {}  # by model
        self._pushed: list[bool] = []  # for each answer since the dialog was opened, whether it corrected its image
        window.actions_["compare"].triggered.connect(self.show_dialog)
        window.labels.compare_requested.connect(self.show_dialog)
        labelling.desk_changed.connect(self._on_desk_changed)
        labelling.encoder_changed.connect(lambda _: self._refresh_action())
        self._scorer.results_changed.connect(self._show)
        self._scorer.models_found.connect(self._show_models)
        self._refresh_action()

    def _refresh_action(self) -> None:
        ready = bool(self._labelling.desk.label_set.labels) and self._labelling.encoder is not None
        self._window.actions_["compare"].setEnabled(ready)
        self._window.labels.set_can_compare(ready)

    # --- the dialog

    def show_dialog(self) -> None:
        """Open the dialog for the label that is chosen in the list of labels."""
        label_set = self._labelling.desk.label_set
        if not label_set.labels or self._labelling.encoder is None or self.dialog is not None:
            return
        dialog = self.dialog = CompareDialog(self._thumbnails, self._window)
        dialog.judge.corrects.setChecked(self._preferences.choices(_CHOICES) == "corrects")
        dialog.corrects_toggled.connect(
            lambda checked: self._preferences.set_choices(_CHOICES, "corrects" if checked else "")
        )
        dialog.wordings_changed.connect(self._on_wordings_changed)
        dialog.label_chosen.connect(self._open_label)
        dialog.comparison_chosen.connect(self._open)
        dialog.answered.connect(self._on_answered)
        dialog.taken_back.connect(self._on_taken_back)
        dialog.use_requested.connect(self._use)
        dialog.picture_opened.connect(lambda path: open_file(self._window, path))
        dialog.finished.connect(self._on_finished)
        self._pushed.clear()
        names = [entry.name for entry in catalog.entries() if catalog.is_downloaded(entry.name)]
        self._show_models()
        current = self._window.labels.current_label_id
        self._open_label(current if label_set.by_id(current) is not None else label_set.ids[0])
        self._scorer.find_models(names, self._preferences.device)
        dialog.open()

    def _on_finished(self) -> None:
        self.dialog = self._comparison = None
        self._scorer.end()

    def _open_label(self, label: LabelId) -> None:
        """Open the latest comparison whose A is what the label has now, or begin a new one."""
        desk = self._labelling.desk
        now = self._wording_now(label)
        kept = [one for one in desk.comparisons if one.label == label and one.wordings[:1] == (now,)]
        self._open(kept[-1] if kept else Comparison(label, (now,)))

    def _wording_now(self, label_id: LabelId) -> Wording:
        label_set, encoder = self._labelling.desk.label_set, self._labelling.encoder
        label = label_set.by_id(label_id)
        assert label is not None
        assert encoder is not None
        return Wording(label.prompts, label_set.templates, encoder.identity.key, encoder.model)

    def _open(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._scorer.begin(comparison.label)
        self._show_labels()
        self._show()
        self._scorer.want(comparison.wordings if len(self._labelling.desk.label_set.labels) > 1 else ())

    # --- display

    def _show_labels(self) -> None:
        if self.dialog is None:
            return
        desk = self._labelling.desk
        labels = {label.id: label.name for label in desk.label_set.labels}
        earlier = [
            Earlier(one, labels[one.label])
            for one in reversed(desk.comparisons)
            if one.label in labels and len(one.wordings) > 1
        ]
        self.dialog.show_labels(desk.label_set, earlier)

    def _show_models(self) -> None:
        if self.dialog is None:
            return
        titles = {model.identity.key: model_title(model.model) for model in self._scorer.models}
        choices = [
            ModelChoice(model.identity.key, model.model, titles[model.identity.key]) for model in self._scorer.models
        ]
        if (encoder := self._labelling.encoder) is not None:
            titles[encoder.identity.key] = model_title(encoder.model)
        self.dialog.show_models(choices, titles)

    def _show(self) -> None:
        if self.dialog is not None and self._comparison is not None:
            self.dialog.show_snapshot(self._snapshot(self._comparison))

    def _snapshot(self, comparison: Comparison) -> Snapshot:
        desk, scorer = self._labelling.desk, self._scorer
        places = {one: place for place, one in enumerate(scorer.label_set.ids)}
        answers: dict[Wording, dict[int, int]] = {}
        for answer in comparison.answers:
            row = desk.row_of(answer.path)
            if row is not None:
                answers.setdefault(answer.against, {})[row] = places.get(answer.label, NO_LABEL_FITS)
        return Snapshot(
            comparison,
            scorer.label_set,
            dict(scorer.results),
            dict(scorer.problems),
            {wording: self._warning(wording) for wording in comparison.wordings},
            self._truth(places),
            desk.reviewed > 0,
            answers,
            desk.images.path,
            desk.generation,
        )

    def _warning(self, wording: Wording) -> str:
        """Return what the model does not read of a wording, in a sentence, or an empty string."""
        comparison, label_set = self._comparison, self._scorer.label_set
        label = label_set.by_id(comparison.label) if comparison is not None else None
        if comparison is None or label is None:
            return ""
        changed = wording.label_set(label_set, label.id)
        texts = changed.prompt_texts(replace(label, prompts=wording.prompts))
        if wording.model not in self._find_unknown:
            self._find_unknown[wording.model] = unknown_words_finder(wording.model)
        find = self._find_unknown[wording.model]
        if find is not None and (unknown := find(texts)):
            return self.tr("The model does not know “{words}”.").format(words="”, “".join(unknown))
        if self._scorer.cut_texts.intersection(texts):
            return self.tr("Too long: the model reads only the beginning.")
        return ""

    def _truth(self, places: dict[LabelId, int]) -> NDArray[np.int32]:
        """Return the labels by hand as indices of the compared labels, (n,)."""
        truth = np.full(len(self._labelling.desk), UNCORRECTED, np.int32)
        rows, ids = self._labelling.desk.corrections
        known = places | {NO_LABEL_FITS_ID: NO_LABEL_FITS}
        truth[rows] = [known.get(one, UNCORRECTED) for one in ids.tolist()]
        return truth

    def _on_desk_changed(self, change: DeskChange) -> None:
        if change.labels is not None:
            self._refresh_action()
        if self.dialog is None or self._comparison is None:
            return
        if change.corrected is not None or change.added or change.moved:
            self._show()

    # --- what the person does

    def _on_wordings_changed(self, wordings: Sequence[Wording]) -> None:
        if self._comparison is None:
            return
        self._keep(replace(self._comparison, wordings=tuple(wordings)))
        self._scorer.want(wordings if len(self._scorer.label_set.labels) > 1 else ())
        self._show()

    def _keep(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._labelling.keep_comparison(comparison)

    def _on_answered(self, wording: Wording, row: int, right: int) -> None:
        comparison, desk = self._comparison, self._labelling.desk
        if comparison is None or self.dialog is None:
            return
        label = self._scorer.label_set.ids[right] if right >= 0 else NO_LABEL
        self._keep(comparison.with_answer(Answer(wording, desk.images.path(row), label)))
        change = DeskChange()
        if label != NO_LABEL and self.dialog.judge.corrects.isChecked():
            change = self._labelling.correct([row], label)
            self._window.undo_stack.push(change)
        self._pushed.append(change.can_revert)

    def _on_taken_back(self, wording: Wording, row: int) -> None:
        if self._comparison is None:
            return
        self._keep(self._comparison.without_answer(wording, self._labelling.desk.images.path(row)))
        if self._pushed and self._pushed.pop():
            # The dialog is modal, so the correction is the last step.
            self._window.undo_stack.undo()

    def _use(self, wording: Wording) -> None:
        """Put a wording in the place of A: prompts and templates as one step that can be undone, and the model."""
        comparison, encoder, window = self._comparison, self._labelling.encoder, self._window
        if comparison is None or self.dialog is None:
            return
        self.dialog.close()
        change = self._labelling.set_label_set(wording.label_set(self._labelling.desk.label_set, comparison.label))
        window.undo_stack.push(change)
        if change.labels is not None:
            label = change.labels.after.by_id(comparison.label)
            text = self.tr("The new wording of “{label}” is in place.").format(
                label=label.name if label is not None else ""
            )
            window.show_undoable(text)
        if encoder is None or wording.encoder in ("", encoder.identity.key):
            return
        if any(model.identity.key == wording.encoder and not model.is_local for model in self._scorer.models):
            text = self.tr("“{model}” runs on a server: choose it under Label → Where to run.")
            window.news.show_news(text.format(model=model_title(wording.model)))
            return
        before = encoder.model
        self._models.choose(wording.model)
        back: tuple[str, Callable[[], object]] = (self.tr("Undo"), lambda: self._models.choose(before))
        window.news.show_news(
            self.tr("Model changed to {model}.").format(model=model_title(wording.model)), action=back
        )

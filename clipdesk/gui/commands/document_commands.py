"""Bring the last desk back: the offer on the start page, and what the window showed of the desk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Slot

from clipdesk.core.desk.changes import DeskChange
from clipdesk.core.desk.decisions import Origin, Status
from clipdesk.core.desk.desk_state import DeskState, DeskSummary
from clipdesk.core.desk.order import ResultsFilter
from clipdesk.encoders.models import catalog
from clipdesk.gui.commands.model_commands import ModelCommands
from clipdesk.gui.kit.translation import tr
from clipdesk.gui.kit.words import pictures_text
from clipdesk.gui.results.model import ResultsModel
from clipdesk.gui.session.autosave import Autosave
from clipdesk.gui.session.labelling import Labelling
from clipdesk.gui.session.startup import Start
from clipdesk.gui.window.main_window import MainWindow

_MAX_TITLE_WIDTH = 220


class DocumentCommands(QObject):
    """Offers to continue with the last desk, and restores what it needs beside its images."""

    def __init__(
        self,
        window: MainWindow,
        labelling: Labelling,
        model: ResultsModel,
        autosave: Autosave,
        models: ModelCommands,
        start: Start,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._labelling = labelling
        self._model = model
        self._autosave = autosave
        self._models = models
        self._start = start
        self._wanted = ""  # the path of the image to select as soon as it is shown
        autosave.view = self.view
        autosave.offer_changed.connect(self._on_offer_changed)
        autosave.desk_opened.connect(self._on_desk_opened)
        autosave.failed.connect(self._on_failed)
        labelling.desk_changed.connect(self._on_desk_changed)
        model.filter_changed.connect(autosave.touch)
        model.sort_changed.connect(autosave.touch)
        model.order_changed.connect(self._select_wanted)
        window.table.current_changed.connect(self._on_current_changed)
        window.table.thumbnail_size_changed.connect(autosave.touch)
        self._show_offer(None)

    # --- the offer

    @Slot(object)
    def _on_offer_changed(self, offer: DeskSummary | None) -> None:
        self._show_offer(offer)

    @Slot(object)
    def _on_desk_changed(self, change: DeskChange) -> None:
        if change.labels is not None:
            self._show_offer(self._autosave.offer)

    def _show_offer(self, offer: DeskSummary | None) -> None:
        self._window.actions_["continue"].setEnabled(offer is not None)
        if offer is None:
            self._window.drop_zone.set_offer("")
            return
        # The labels on the screen are those that the desk will have.
        labels = len(self._labelling.desk.label_set.labels) or len(offer.label_set.labels)
        text = tr("%Ln label(s)", "", labels)
        metrics = self._window.drop_zone.fontMetrics()
        name = offer.document.stem if offer.document is not None else offer.title
        title = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, _MAX_TITLE_WIDTH)
        parts = [title, pictures_text(offer.image_count), text]
        self._window.drop_zone.set_offer(self.tr("Continue: {desk}").format(desk=" · ".join(filter(None, parts))))

    # --- the desk is back

    @Slot(object)
    def _on_desk_opened(self, state: DeskState) -> None:
        self._window.filter_bar.reset_filter()
        start, self._start = self._start, Start()  # its options are for the first desk
        if state.threshold is not None and start.threshold is None:
            self._labelling.set_threshold(state.threshold)
        self._show_view(state.view)
        if not start.model and start.server is None and catalog.is_downloaded(state.model):
            self._models.load_for_desk(state.model)

    @Slot(object)
    def _on_failed(self, sentence: str) -> None:
        self._window.news.show_news(sentence, level="warn", timeout_ms=0)

    # --- the view

    def view(self) -> str:
        """Return sort order, filter, thumbnail size and current image, as JSON."""
        wanted, row = self._model.filter, self._window.table.current_desk_row()
        path = self._labelling.desk.images.path_text(row) if row is not None else self._wanted
        view: dict[str, Any] = {
            "sort": [self._model.sort_key, bool(self._model.sort_order.value)],
            "filter": {
                "text": wanted.text,
                "labels": sorted(wanted.labels) if wanted.labels is not None else None,
                "minimum_probability": wanted.minimum_probability,
                "status": None if wanted.status is None else wanted.status.name,
                "origin": None if wanted.origin is None else wanted.origin.name,
            },
            "thumbnail_size": self._window.table.thumbnail_size,
            "value_mode": self._model.value_mode,
            "current": path.encode("utf-8", "surrogateescape").decode("utf-8", "replace"),
        }
        return json.dumps(view, ensure_ascii=False)

    def _show_view(self, text: str) -> None:
        """Show what `view` has returned. What cannot be read is left as it is."""
        try:
            view: dict[str, Any] = json.loads(text)
            key, descending = view["sort"]
            chosen = view["filter"]
            labels, status, origin = chosen["labels"], chosen["status"], chosen.get("origin")
            wanted = ResultsFilter(
                str(chosen["text"]),
                None if labels is None else frozenset(int(one) for one in labels),
                float(chosen["minimum_probability"]),
                None if status is None else Status[status],
                None if origin is None else Origin[origin],
            )
            size, mode, current = int(view["thumbnail_size"]), str(view["value_mode"]), str(view["current"])
        except (ValueError, TypeError, KeyError):
            return
        window = self._window
        window.filter_bar.finder.choose(wanted)
        self._model.sort_by_key(str(key), descending=bool(descending))
        window.filter_bar.value_mode_changed.emit(mode)
        window.filter_bar.thumbnail_size_changed.emit(size)
        self._wanted = current
        self._select_wanted()

    @Slot()
    def _select_wanted(self, *_: object) -> None:
        """Select the image that was selected, which the filter may hide until it is scored."""
        row = self._labelling.desk.row_of(Path(self._wanted)) if self._wanted else None
        if row is not None:
            self._window.table.select_desk_row(row)

    @Slot(int)
    def _on_current_changed(self, row: int) -> None:
        # A view that gets the focus makes its first row current without selecting it.
        if row >= 0 and self._window.table.selected_desk_rows():
            self._wanted = ""

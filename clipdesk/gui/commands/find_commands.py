"""Commands that search: by words, for similar pictures, and what follows from what was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QLocale, QObject

from clipdesk.core.desk.changes import DeskChange
from clipdesk.core.find.query import label_of_query
from clipdesk.encoders.models.languages import unknown_words_finder
from clipdesk.gui.find.search_bar import MOST_PICTURES
from clipdesk.gui.labels.list_view import unique_name
from clipdesk.gui.loading.thumbnails import Thumbnails
from clipdesk.gui.results.model import ResultsModel
from clipdesk.gui.session.encoder_worker import EncoderInfo
from clipdesk.gui.session.labelling import Labelling
from clipdesk.gui.session.searcher import Query
from clipdesk.gui.window.main_window import MainWindow


class FindCommands(QObject):
    """Connects the search bar with the session's searcher, and the table with what was found."""

    def __init__(
        self,
        window: MainWindow,
        labelling: Labelling,
        model: ResultsModel,
        thumbnails: Thumbnails,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window, self._labelling, self._model = window, labelling, model
        self._bar, self._searcher = window.search_bar, labelling.searcher
        self._find_unknown: Callable[[Sequence[str]], Sequence[str]] | None = None
        self._bar.use_thumbnails(thumbnails)
        actions, bar = window.actions_, self._bar
        actions["search"].triggered.connect(self.search)
        actions["find_similar"].triggered.connect(self.find_similar)
        bar.terms_changed.connect(self._on_terms_changed)
        bar.count_changed.connect(self._show)
        bar.label_requested.connect(self.make_label)
        bar.left.connect(self.leave)
        bar.results_requested.connect(self._focus_results)
        window.filter_bar.finder.search_requested.connect(self.search)
        for view in (window.table, window.gallery):
            view.show_all_requested.connect(self._on_show_all_requested)
        window.closed.connect(self.leave)
        self._searcher.changed.connect(self._show)
        labelling.desk_changed.connect(self._on_desk_changed)
        labelling.encoder_changed.connect(self._on_encoder_changed)
        self._refresh_actions()

    # --- commands

    def search(self) -> None:
        """Open the bar to search by words, and go to its field."""
        self._open(lambda: self._bar.open_for("words", total=len(self._labelling.desk)))

    def find_similar(self) -> None:
        """Search for pictures that are similar to the selected ones."""
        desk = self._labelling.desk
        rows = self._window.table.selected_desk_rows()
        if len(rows) > MOST_PICTURES:
            self._window.news.show_news(
                self.tr("Select at most {count} pictures to find similar ones.").format(count=MOST_PICTURES)
            )
            return
        paths = [desk.images.path(row) for row in rows]
        self._open(lambda: self._bar.open_for("similar", paths, len(desk)))
        self._window.views.setFocus()

    def _open(self, show_bar: Callable[[], None]) -> None:
        if not len(self._labelling.desk):
            return
        self._searcher.begin()
        show_bar()
        self._window.escape.opened("search", self.leave)

    def leave(self) -> None:
        """End the search, and show all pictures in the order of before."""
        if not self._searcher.is_open:
            return
        self._window.escape.closed("search")
        had_focus = self._bar.isAncestorOf(focused) if (focused := self._window.focusWidget()) else False
        self._bar.clear()
        self._searcher.end()
        if had_focus:
            self._window.views.setFocus()

    def make_label(self) -> None:
        """Add a label that stands for what is searched for."""
        terms = self._bar.terms
        label, names = label_of_query(terms), self._labelling.desk.label_set.names
        if label is None:
            return
        label = replace(label, name=unique_name(label.name, names))
        if not self._window.labels.model.add([label]):
            return
        text = self.tr("“{label}” is a label now.").format(label=label.name)
        if any(term.is_excluded for term in terms):
            text += " " + self.tr("A label can't leave anything out, so it may find more pictures.")
        self._window.show_undoable(text)

    # --- following

    def _on_show_all_requested(self) -> None:
        """Leave the search if it alone hides all pictures. A filter is cleared first, and the search stays."""
        if self._model.filter.shows_all:
            self.leave()

    def _on_terms_changed(self) -> None:
        if self._searcher.is_open:
            self._searcher.want(Query(self._bar.terms, self._bar.least_alike))
            self._show()

    def _show(self) -> None:
        searcher, ranking = self._searcher, self._searcher.ranking
        if ranking is not None:
            ranking = replace(ranking, count=self._bar.count)
        if ranking is not self._model.ranking:
            self._model.set_ranking(ranking)
            self._window.inspector.show_ranking(ranking)
        if searcher.is_open:
            problem = searcher.problem
            if self._labelling.encoder is None and self._bar.terms:
                problem = self.tr("The search begins once a model is loaded.")
            self._bar.show_state(problem, busy=searcher.is_busy, note=self._note())

    def _note(self) -> str:
        """Return which words the model does not know, "" for none."""
        texts = [term.text for term in self._searcher.query.terms if term.image is None]
        if self._find_unknown is None or not (unknown := self._find_unknown(texts)):
            return ""
        words = QLocale().createSeparatedList([self.tr("“{word}”").format(word=word) for word in unknown])
        return self.tr("The model does not know {words}, so the order says little.").format(words=words)

    def _on_encoder_changed(self, info: EncoderInfo) -> None:
        self._find_unknown = unknown_words_finder(info.model)
        self._show()

    def _on_desk_changed(self, change: DeskChange) -> None:
        if change.added or change.moved:
            self._refresh_actions()
        if not len(self._labelling.desk):
            self.leave()

    def _refresh_actions(self) -> None:
        for name in ("search", "find_similar"):
            self._window.actions_[name].setEnabled(bool(len(self._labelling.desk)))

    def _focus_results(self) -> None:
        self._window.views.setFocus()
        if not self._window.table.selected_desk_rows():
            self._window.views.move_current(0)

"""The desk: images, labels, embeddings, scores, and the user's corrections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.desk.changes import Correction, DeskChange, LabelsChange, Relocation, RemovedImages
from clipdesk.core.desk.columns import Columns, looked_up, other_rows
from clipdesk.core.desk.comparison import Comparison
from clipdesk.core.desk.content_corrections import ContentCorrections
from clipdesk.core.desk.decisions import MARKED_UNSURE, NO_LABEL_FITS, UNCORRECTED, Decisions, Source, decide
from clipdesk.core.desk.embedding_table import EmbeddingTable
from clipdesk.core.desk.folder_changes import Changes
from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.desk.kept_groups import KeptGroups, KeptIndex
from clipdesk.core.desk.learned import Learned, LearnedScores
from clipdesk.core.desk.review_marks import ReviewMarks, inclusion, mark_columns
from clipdesk.core.encoder import EncoderIdentity, ScoreRule
from clipdesk.core.labels.label_set import NO_LABEL, NO_LABEL_FITS_ID, UNSURE_ID, Label, LabelId, LabelSet
from clipdesk.core.labels.scoring import Scores, empty_scores, ranked, score
from clipdesk.core.labels.word_scale import Mask, WordScale, measure_word_scale
from clipdesk.core.line.results import EmbeddedImage, RecalledImages
from clipdesk.core.pictures.scan import ImageFile

Rows = NDArray[np.intp]


class Desk:
    """The open set of images and labels, their scores under the chosen encoder, and the user's corrections.

    Images are identified by their row, in the order in which they were added. Every method that changes the desk
    returns a `DeskChange`, which is all that views, undo and autosave need. `generation` changes when rows move, so
    that results for an older generation can be dropped. `renewals` counts changes of files, which make scores that
    were computed from older embeddings stale. Not thread-safe.
    """

    def __init__(self, threshold: float = 0.0) -> None:
        self.images = ImageList()
        self.generation = 0
        self.renewals = 0
        self.rule = ScoreRule(logit_scale=100.0)
        self.table: EmbeddingTable | None = None
        """The embeddings under the chosen encoder."""
        self.comparisons: tuple[Comparison, ...] = ()
        """Comparisons of wordings, the latest last."""
        self.kept_groups: KeptGroups = frozenset()
        """Images that look alike and are all wanted, by content: they are not offered as duplicates again."""
        self.set_aside: Mapping[Path, Path] = {}
        """Where duplicates were before they were moved away, by where they are now. Nobody changes the mapping."""
        self._label_set = LabelSet()
        self._threshold = threshold
        self._missing: set[Path] = set()
        self._tables: dict[str, EmbeddingTable] = {}
        self._label_vectors: NDArray[np.float32] | None = None
        self._scale: WordScale | None = None  # see `Scores.scale`
        self._moved = 0  # images scored or removed since `_scale` was measured
        self._scored: tuple[Label, ...] = ()
        self._scored_now: tuple[Label, ...] | None = None  # `_scored` with current names
        self._labels_now: tuple[Label, ...] | None = None  # see `labels`
        self._scores = _score_columns(0)
        self._learned: Learned | None = None
        self._none_threshold: float | None = None
        self._corrections = ContentCorrections()
        self._marks = mark_columns()
        self._decisions: Decisions | None = None

    def __len__(self) -> int:
        return len(self.images)

    # --- state

    @property
    def label_set(self) -> LabelSet:
        return self._label_set

    @property
    def threshold(self) -> float:
        """The probability, 0…1, below which the best label is only a guess."""
        return self._threshold

    def threshold_of(self, place: int) -> float:
        """Return the threshold of one of `labels`: its own, or else that of the desk."""
        own = self.labels[place].threshold
        return self._threshold if own is None else own

    @property
    def scores(self) -> Scores:
        """One row per image and one column per scored label, as views: valid until rows are added or removed."""
        cosine, probability, best, top, margin, _ = self._scores.all()
        return Scores(cosine, probability, best, top, margin, self._scale)

    @property
    def scored_labels(self) -> tuple[str, ...]:
        """The current names of the labels that `scores` has columns for."""
        return tuple(label.name for label in self.scored)

    @property
    def scored(self) -> tuple[Label, ...]:
        """The labels that `scores` has columns for. May lag behind `label_set` while new prompts are being encoded."""
        if self._scored_now is None:
            self._scored_now = tuple(self._label_set.by_id(label.id) or label for label in self._scored)
        return self._scored_now

    @property
    def labels(self) -> tuple[Label, ...]:
        """The scored labels, then those of the set that have no scores yet: what `Decisions.column` points into."""
        if self._labels_now is None:
            scored = {label.id for label in self.scored}
            self._labels_now = (*self.scored, *(label for label in self._label_set.labels if label.id not in scored))
        return self._labels_now

    @property
    def label_vectors(self) -> NDArray[np.float32] | None:
        """The vectors (m, dimension) of the scored labels; None before the first scores. Nobody changes them."""
        return self._label_vectors

    @property
    def ranks_by_similarity(self) -> bool:
        """Whether images can only be ranked by cosine similarity: the softmax over a label alone is always 1."""
        return len(self._scored) == 1 and not self.rule.is_sigmoid

    @property
    def decisions(self) -> Decisions:
        """The current label, source and status of each image."""
        if self._decisions is None:
            failed = self.table.is_failed if self.table is not None else np.zeros(len(self), np.bool_)
            ids = [label.id for label in self.labels]
            corrected = self._corrected_columns()
            threshold, none = self._none_threshold, self._scores[5]
            self._decisions = decide(
                self.scores,
                failed,
                self._thresholds(),
                ids,
                corrected,
                is_taught=self.is_taught,
                is_none=none >= threshold if threshold is not None and self.knows_none else None,
                proposed=self._proposed(corrected),
            )
        return self._decisions

    def _thresholds(self) -> float | NDArray[np.float32]:
        """Return the threshold of all labels, or that of each if one has its own, shape (labels,)."""
        own = [label.threshold for label in self.labels]
        if all(one is None for one in own):
            return self._threshold
        return np.array([self._threshold if one is None else one for one in own], np.float32)

    def _proposed(self, corrected: NDArray[np.int32] | None) -> NDArray[np.int32] | None:
        """Return the best label (n,) by words alone, right for the corrected images only. None: that of the scores."""
        if corrected is None or not self.is_taught:
            return None
        rows, best = np.flatnonzero(corrected != UNCORRECTED), self._scores[2].copy()
        best[rows] = self.best_by_words(rows)
        return best

    @property
    def errors(self) -> Mapping[int, str]:
        """Error texts of files that could not be read, by row."""
        return self.table.errors if self.table else {}

    @property
    def missing(self) -> frozenset[Path]:
        """Images whose files no longer exist. Their scores are kept."""
        return frozenset(self._missing)

    def is_missing(self, row: int) -> bool:
        """Return whether the file of this row no longer exists."""
        return bool(self._missing) and self.images.path(row) in self._missing

    def waiting(self) -> NDArray[np.intp]:
        """Return the rows that the chosen encoder has yet to embed, in desk order."""
        return self.table.waiting() if self.table is not None else np.arange(len(self))

    def is_embedded(self, row: int) -> bool:
        """Return whether this row has an embedding under the chosen encoder."""
        return self.table is not None and bool(self.table.is_embedded[row])

    def row_of(self, path: Path) -> int | None:
        """Return the row of a file, or None if it is not on the desk."""
        return self.images.row_of(path)

    # --- what was learned

    @property
    def is_taught(self) -> bool:
        """Whether the scores are those of a classifier that has learned from corrections."""
        return self._learned is not None and self._learned.is_taught

    @property
    def shows_words(self) -> bool:
        """Whether the scores are those of the words, as the model gives them."""
        return self._learned is None or self._learned.score is None

    @property
    def knows_none(self) -> bool:
        """Whether there are probabilities that no label fits."""
        return self._learned is not None and self._learned.none is not None

    @property
    def none_probability(self) -> NDArray[np.float32]:
        """How probable it is that no label fits, 0…1, shape (rows,); NaN where that is unknown."""
        return self._scores[5]

    @property
    def none_threshold(self) -> float | None:
        """From which such probability on an image counts as “none of these”; None if that is switched off."""
        return self._none_threshold

    def set_none_threshold(self, threshold: float | None) -> DeskChange:
        """Let images count as “none of these” from this probability on, 0…1, or none at all."""
        before, self._none_threshold = self._none_threshold, threshold
        if threshold == before:
            return DeskChange()
        self._decisions = None
        return DeskChange(scores_replaced=self.knows_none)

    def learn(self, found: LearnedScores) -> DeskChange:
        """Show the scores that were computed with what was learned. Images embedded since then are scored now.

        Compute them again instead if `generation`, `renewals` or `scored` has changed since then. New labels and
        another encoder undo it.
        """
        scores, none = found.scores, found.none
        columns = _score_columns(len(self._scored))
        unknown = np.full(scores.rows, np.nan, np.float32)
        columns.replace(
            [
                self._scores[0][: scores.rows],
                scores.probability,
                scores.best,
                scores.top,
                scores.margin,
                unknown if none is None else none,
            ]
        )
        columns.grow(len(self.images))
        self._learned, self._scores, self._decisions = found.learned, columns, None
        if self.table is not None:
            self._score_rows(np.flatnonzero(self.table.is_embedded & (columns[2] < 0)))
        return DeskChange(scores_replaced=True)

    def best_by_words(self, rows: Rows) -> NDArray[np.int32]:
        """Return the best label of these images by the words alone, shape (k,), -1 without scores."""
        cosine = self._scores[0][rows]
        if not cosine.shape[1]:
            return np.full(len(rows), -1, np.int32)
        compared = cosine if self._scale is None else self._scale.apply(cosine)
        best = np.where(np.isnan(cosine[:, 0]), -1, compared.argmax(axis=1))
        return best.astype(np.int32)

    # --- images

    def add_images(self, images: Iterable[ImageFile]) -> DeskChange:
        """Append images. Files that are already on the desk are skipped."""
        added = self.images.add(images)
        for column in self._columns():
            column.grow(len(self.images))
        self._decisions = None
        return DeskChange(added=added)

    def open_images(
        self,
        images: ImageList,
        corrected: Rows,
        ids: NDArray[np.int64],
        contents: Sequence[bytes] = (),
        others: Mapping[bytes, LabelId] = MappingProxyType({}),
        reviews: ReviewMarks | None = None,
    ) -> DeskChange:
        """Put the images of a document on the desk, with the label `ids` (k,) that the user gave `corrected` rows (k,).

        `contents` are the content keys of those rows, and `others` the labels of contents that are not in the document.
        Without other images on the desk, it takes the list over, which is instant at a million images.
        """
        if len(self.images):
            added = self.add_images(images).added
            rows = self.images.rows_of(images)
            corrected = rows[corrected]
        else:
            self.images, added = images, range(len(images))
            rows = np.arange(len(images))
            self.generation += 1
            for column in self._columns():
                column.grow(len(images))
        self._corrections.open(added, corrected, ids, contents, others)
        if reviews is not None:
            for mark, values in zip(self._marks.all(), reviews.columns()[1:], strict=True):
                mark[rows[reviews.rows]] = values
        self._decisions = None
        return DeskChange(added=added, rows=corrected)

    def update_files(self, changes: Changes, new: Iterable[ImageFile] | None = None) -> DeskChange:
        """Follow what happened in the folders: changed files wait again, and files that are gone are marked as missing.

        Files that are back lose that mark, and are tried again if they could not be read. `new`, or all new files of
        `changes`, are put at the end.
        """
        back = self._missing & {*changes.there, *(image.path for image in (*changes.changed, *changes.new))}
        gone = {path for path in changes.gone if self.row_of(path) is not None} - self._missing
        self._missing = (self._missing - back) | gone
        renewed = self.images.renew(changes.changed)
        self._corrections.renew(renewed)
        back_rows = {row for path in back if (row := self.row_of(path)) is not None}
        # Their thumbnails may have failed while they were gone.
        shown_again = sorted(back_rows | set(renewed.tolist()))
        for table in self._tables.values():
            table.wait_again(renewed)
            table.wait_again(np.array(sorted(back_rows & table.errors.keys()), np.intp))
        self._empty_scores(renewed)
        self.renewals += bool(len(renewed))
        rows = {row for path in back | gone if (row := self.row_of(path)) is not None} | set(renewed.tolist())
        added = self.add_images(changes.new if new is None else new).added
        paths = tuple(self.images.path(row) for row in shown_again)
        return DeskChange(added=added, rows=np.array(sorted(rows), np.intp), renewed=paths)

    def move_images(self, moves: Mapping[Path, ImageFile]) -> DeskChange:
        """Follow files that were moved or renamed: from the old path of each to the file at its new place.

        Rows keep their embeddings, scores and corrections. Example images of labels follow, too. Old paths that are not
        on the desk are ignored. If another row already has a new path, because a watched folder has reported the file
        as new, or because the file that was there before is gone, that row is removed.
        """
        found = {row: image for path, image in moves.items() if (row := self.row_of(path)) is not None}
        found = {row: image for row, image in found.items() if self.images[row] != image}
        if not found:
            return DeskChange()
        before = self.images.take(list(found))
        others = {row for image in found.values() if (row := self.row_of(image.path)) is not None} - found.keys()
        new_rows = self.remove_images(others).new_rows
        rows = np.array(list(found), np.intp)
        if new_rows is not None:
            rows = new_rows[rows].astype(np.intp)
        self.images.relocate(rows, list(found.values()))
        relocation = Relocation(rows, before, ImageList(found.values()))
        self.comparisons = tuple(one.with_moved_images(relocation.paths) for one in self.comparisons)
        self._missing -= {image.path for image in before} | {image.path for image in found.values()}
        label_set = self._label_set.with_moved_references(relocation.paths)
        labels = self.set_label_set(label_set).labels
        return DeskChange(rows=np.sort(rows), new_rows=new_rows, relocated=relocation, labels=labels)

    def remove_images(self, rows: Iterable[int]) -> DeskChange:
        """Remove images from the desk. The files are not touched."""
        gone = self._sorted(rows)
        if not len(gone):
            return DeskChange()
        kept = other_rows(gone, len(self.images))
        new_rows = np.full(len(self.images), -1, np.int32)
        new_rows[kept] = np.arange(len(kept))
        images = self.images.take(gone)
        removed = RemovedImages(
            gone,
            images,
            {key: table.remove(gone) for key, table in self._tables.items()},
            self._corrections.columns.remove(gone),
            self._marks.remove(gone),
            frozenset(path for path in self._missing if images.row_of(path) is not None),
        )
        self._count_moved(gone)
        self._scores.drop(gone)
        self._missing -= removed.missing
        self._rearrange(self.images.take(kept))
        return DeskChange(new_rows=new_rows, removed=removed)

    def restore_images(self, removed: RemovedImages) -> DeskChange:
        """Put images back in their old rows with all their data. Skips images that are on the desk again already."""
        back = np.flatnonzero(self.images.rows_of(removed.images) < 0)
        if not len(back):
            return DeskChange()
        before = len(self.images)
        total = before + len(back)
        # If other images were removed meanwhile, an old row may lie beyond the end.
        rows = np.minimum(removed.rows[back], before + np.arange(len(back)))
        new_rows = other_rows(rows, total).astype(np.int32)
        for key, table in self._tables.items():
            table.insert(rows, removed.tables[key].take(back) if key in removed.tables else None)
        self._corrections.columns.insert(rows, removed.corrections.take(back))
        self._marks.insert(rows, removed.marks.take(back))
        self._scores.insert(rows, None)
        images = removed.images.take(back)
        self._missing |= {path for path in removed.missing if images.row_of(path) is not None}
        self._rearrange(self.images.with_images_at(rows, images))
        if self.table is not None:
            self._score_rows(rows[self.table.is_embedded[rows]])
        return DeskChange(new_rows=new_rows, restored=images)

    def _rearrange(self, images: ImageList) -> None:
        self.images = images
        self.generation += 1
        self._decisions = None

    def _columns(self) -> list[Columns | EmbeddingTable]:
        """Return everything that has one row per image."""
        return [*self._tables.values(), self._scores, self._corrections.columns, self._marks]

    # --- labels and corrections

    def set_label_set(self, label_set: LabelSet) -> DeskChange:
        """Use these labels. Their scores follow with `install` once their prompts are encoded."""
        before = self._label_set
        if label_set == before:
            return DeskChange()
        self._label_set = label_set
        self._scored_now = self._labels_now = self._decisions = None
        return DeskChange(labels=LabelsChange(before, label_set))

    def set_threshold(self, threshold: float) -> DeskChange:
        """Set the probability (0…1) below which a label is a guess."""
        before, self._threshold = self._threshold, threshold
        if threshold == before:
            return DeskChange()
        self._decisions = None
        return DeskChange(threshold=(before, threshold))

    def keep_groups(self, groups: KeptGroups) -> DeskChange:
        """Remember that all images of each of these groups are wanted. See `kept_groups.kept_group`."""
        known = KeptIndex(self.kept_groups)
        return self._set_kept_groups(self.kept_groups.union(one for one in groups if not known.are_all_kept(one)))

    def _set_kept_groups(self, groups: KeptGroups) -> DeskChange:
        before, self.kept_groups = self.kept_groups, groups
        return DeskChange() if groups == before else DeskChange(kept_groups=(before, groups))

    @property
    def corrections(self) -> tuple[Rows, NDArray[np.int64]]:
        """The rows that the user has corrected and the ids of their labels, as copies of shape (k,)."""
        rows = np.flatnonzero(self._corrections.ids)
        return rows, self._corrections.ids[rows]

    def contents(self, rows: Rows) -> tuple[bytes, ...]:
        """Return the content keys of these rows, empty for those that are not known."""
        return self._corrections.contents(rows)

    def correct(self, rows: Iterable[int], label: LabelId, *, in_queue: bool = False) -> DeskChange:
        """Give images a label by hand.

        NO_LABEL_FITS_ID says that none fits, UNSURE_ID that the automatic one is only a guess. NO_LABEL removes what
        the user said. `in_queue` marks the images as drawn by the review queue.
        """
        chosen = self._sorted(rows)
        return self._answer(chosen, np.full(len(chosen), label, np.int64), in_queue=in_queue)

    def confirm(self, rows: Iterable[int], *, in_queue: bool = False) -> DeskChange:
        """Make the automatic labels of these images the user's. Images without one stay as they are."""
        chosen, decisions = self._sorted(rows), self.decisions
        is_automatic = (decisions.source == Source.AUTO) | (decisions.source == Source.TAUGHT)
        chosen = chosen[is_automatic[chosen]]
        # What was learned may say that no label fits.
        ids = np.where(decisions.column[chosen] < 0, NO_LABEL_FITS_ID, decisions.label_id[chosen])
        return self._answer(chosen, ids, in_queue=in_queue)

    def correct_each(self, rows: Sequence[int], labels: Sequence[LabelId]) -> DeskChange:
        """Give each of these images, no two alike, the label of the same place in `labels` by hand."""
        order = np.argsort(np.array(rows, np.intp), kind="stable")
        return self._answer(np.array(rows, np.intp)[order], np.array(labels, np.int64)[order], in_queue=False)

    def _answer(self, rows: Rows, ids: NDArray[np.int64], *, in_queue: bool) -> DeskChange:
        shares = np.ones(len(rows), np.float32) if in_queue else self._marks[0][rows]
        shares[ids == NO_LABEL] = 0.0
        return self._set_corrections(rows, ids, shares)

    def _set_corrections(self, rows: Rows, ids: NDArray[np.int64], shares: NDArray[np.float32]) -> DeskChange:
        before, shares_before = self._corrections.ids[rows], self._marks[0][rows]
        differs = before != ids
        if not differs.any():
            return DeskChange()
        rows, before, shares_before, ids = rows[differs], before[differs], shares_before[differs], ids[differs]
        self._corrections.set_labels(rows, ids)
        self._marks[0][rows] = shares[differs]
        self._decisions = None
        corrected = Correction(self.images.take(rows), before, ids, shares_before, self.generation)
        return DeskChange(rows=rows, corrected=corrected)

    def _sorted(self, rows: Iterable[int]) -> Rows:
        """Return these rows in order, each of them once. A million take 80 ms, where np.unique takes 900."""
        is_chosen = np.zeros(len(self), np.bool_)
        is_chosen[np.array(rows if isinstance(rows, Sequence | np.ndarray) else list(rows), np.intp)] = True
        return np.flatnonzero(is_chosen)

    @property
    def is_judged(self) -> NDArray[np.bool_]:
        """Whether the user said something about each image (rows,): a label, none fits, or unsure."""
        columns = self._corrected_columns()
        return np.zeros(len(self), np.bool_) if columns is None else columns != UNCORRECTED

    @property
    def reviewed(self) -> NDArray[np.float32]:
        """How probable it was for each image (rows,) to be drawn by the review queue; 0 if it was not reviewed there.

        Its inverse is the weight of the image in teaching. Images that were only corrected by hand have 0.
        """
        shares, keys, sizes, _ = self._marks.all()
        return inclusion(shares, keys, sizes, self.is_judged)

    @property
    def review_marks(self) -> ReviewMarks:
        """The images that were reviewed or are in the current round, as copies."""
        shares, keys, *_ = self._marks.all()
        rows = np.flatnonzero((shares > 0) | (keys > 0))
        return ReviewMarks(rows, *(column[rows] for column in self._marks.all()))

    def begin_round(
        self, rows: Rows, keys: NDArray[np.floating], sizes: NDArray[np.floating], proposed: NDArray[np.int64]
    ) -> DeskChange:
        """Begin a round of review of k images with these keys, sizes and automatic labels. See `ReviewMarks`."""
        columns = self._marks.all()
        columns[0][:] = self.reviewed
        for column, values in zip(columns[1:], (keys, sizes, proposed), strict=True):
            column[:] = 0
            column[rows] = values
        return DeskChange(round_began=True)

    def _corrected_columns(self) -> NDArray[np.int32] | None:
        """Return the corrections as indices of `labels`, shape (rows,), or None if there are none."""
        ids = self._corrections.ids
        judged = np.flatnonzero(ids)
        if not len(judged):
            return None
        places = {label.id: place for place, label in enumerate(self.labels)}
        places |= {NO_LABEL_FITS_ID: NO_LABEL_FITS, UNSURE_ID: MARKED_UNSURE}
        columns = np.full(len(ids), UNCORRECTED, np.int32)
        # Ignore labels that were deleted.
        columns[judged] = looked_up(ids[judged], places, UNCORRECTED)
        return columns

    def revert(self, change: DeskChange) -> DeskChange:
        """Undo a change of labels, threshold, corrections or the list of images. Revert the result to redo it.

        Images are found by path if their rows have moved meanwhile.
        """
        if change.labels is not None:
            return self.set_label_set(change.labels.before)
        if change.threshold is not None:
            return self.set_threshold(change.threshold[0])
        if change.kept_groups is not None:
            before, after = change.kept_groups
            return self._set_kept_groups(self.kept_groups - (after - before) | (before - after))
        if change.corrected is not None:
            corrected, rows = change.corrected, change.rows
            if corrected.generation != self.generation:
                rows = self.images.rows_of(corrected.images)
            there = rows >= 0
            return self._set_corrections(rows[there], corrected.before[there], corrected.shares_before[there])
        if change.removed is not None:
            return self.restore_images(change.removed)
        if change.restored is not None:
            rows = self.images.rows_of(change.restored)
            return self.remove_images(rows[rows >= 0].tolist())
        return DeskChange()

    # --- embeddings and scores

    def table_of(self, identity_key: str) -> EmbeddingTable | None:
        """Return the embeddings under an encoder that was in use since the start, or None."""
        return self._tables.get(identity_key)

    def choose_encoder(self, identity: EncoderIdentity, dimension: int, rule: ScoreRule) -> DeskChange:
        """Switch to the embeddings of this encoder. Those of other encoders are kept in memory."""
        table = self._tables.get(identity.key)
        if table is None:
            table = self._tables[identity.key] = EmbeddingTable(dimension)
            table.grow(len(self.images))
        self.table, self.rule = table, rule
        self._label_vectors = None
        self._show_scores((), empty_scores(len(self.images), 0))
        return DeskChange(scores_replaced=True)

    def score_labels(self, vectors: NDArray[np.float32], has_references: Mask | None = None) -> Scores:
        """Score every image against label vectors (m, dimension). Changes nothing, so it may run in another thread.

        `has_references` (m,) says which of the vectors stem from images too; None means that none does.
        """
        if self.table is None:
            return empty_scores(0, len(vectors))
        return score(self.table.vectors, vectors, self.rule, has_references)

    def set_labels(
        self, labels: Sequence[Label], vectors: NDArray[np.float32], has_references: Mask | None = None
    ) -> DeskChange:
        """Score every image against these labels with vectors (m, dimension), and show the scores.

        `has_references` (m,) says which of the vectors stem from images too. By default, those of labels with
        references do.
        """
        if has_references is None:
            has_references = np.array([bool(label.references) for label in labels], np.bool_)
        return self.install(labels, vectors, self.score_labels(vectors, has_references))

    def install(self, labels: Sequence[Label], vectors: NDArray[np.float32], scores: Scores) -> DeskChange:
        """Show scores from `score_labels`. Images embedded since then are scored now.

        Compute them again instead if `generation` or `renewals` has changed since then.
        """
        self._label_vectors = vectors
        self._show_scores(tuple(labels), scores)
        if self.table is not None:
            self._score_rows(np.flatnonzero(self.table.is_embedded & (self._scores[2] < 0)))
        return DeskChange(scores_replaced=True)

    @property
    def scale_lag(self) -> float:
        """How far the scale of labels with reference images lags behind the images.

        It is the number of images that came or went since it was measured, divided by the number that it was measured
        on. 0 if there is no such scale, because no labels, or all labels, have reference images.
        """
        return self._moved / max(self._scale.measured, 1) if self._scale is not None else 0.0

    def rescale(self) -> DeskChange:
        """Measure the scale of labels with reference images on the current images, and compare all labels on it.

        The result does not depend on the order or the batches in which the images came.
        """
        if self._scale is None or not self._moved:
            return DeskChange()
        if not self.shows_words:
            # What was learned stays until it is learned again on the new scale.
            scale: WordScale | None = measure_word_scale(self._scores[0], self._scale.has_references)
        else:
            scale = ranked(replace(self.scores, scale=None), self.rule, self._scale.has_references).scale
        self._scale, self._moved, self._decisions = scale, 0, None
        return DeskChange(scores_replaced=True)

    def put(self, results: Sequence[EmbeddedImage]) -> DeskChange:
        """Store the results of embedding and score these images."""
        if self.table is None:
            return DeskChange()
        self.table.put(results)
        self._score_rows(np.array([result.row for result in results if result.embedding is not None], np.intp))
        self._empty_scores(np.array([result.row for result in results if result.embedding is None], np.intp))
        rows = np.array([result.row for result in results], np.intp)
        return self._learn(rows, [result.content for result in results])

    def put_recalled(self, recalled: RecalledImages) -> DeskChange:
        """Store embeddings recalled from the store and score their images."""
        if self.table is None:
            return DeskChange()
        self.table.put_rows(recalled.rows, recalled.embeddings)
        self._score_rows(recalled.rows)
        return self._learn(recalled.rows, recalled.contents)

    def retry_failed(self) -> DeskChange:
        """Set images that could not be read to waiting, so that they are tried again."""
        if self.table is None:
            return DeskChange()
        rows = np.array(sorted(self.table.errors), np.intp)
        self.table.wait_again(rows)
        return self._changed(rows)

    def _learn(self, rows: Rows, contents: Sequence[bytes]) -> DeskChange:
        """Let corrections follow their contents to `rows`, which have results. `contents` is empty without a store."""
        followed = self._corrections.learn(rows, contents, self.images) if contents else rows[:0]
        change = self._changed(np.union1d(rows, followed) if len(followed) else rows)
        return replace(change, follows_contents=bool(len(followed)))

    def _changed(self, rows: Rows) -> DeskChange:
        self._decisions = None
        return DeskChange(rows=rows)

    def _show_scores(self, labels: tuple[Label, ...], scores: Scores) -> None:
        """Replace the scores. Images beyond the end of `scores` get empty rows."""
        columns = _score_columns(scores.cosine.shape[1])
        none = np.full(scores.rows, np.nan, np.float32)
        columns.replace([scores.cosine, scores.probability, scores.best, scores.top, scores.margin, none])
        columns.grow(len(self.images))
        self._scored, self._scores, self._learned = labels, columns, None
        self._scale, self._moved = scores.scale, 0
        self._scored_now = self._labels_now = self._decisions = None

    def _score_rows(self, rows: Rows) -> None:
        vectors = self._label_vectors
        if self.table is None or vectors is None or not len(vectors) or not len(rows):
            return
        images, scale = self.table.vectors[rows], self._scale
        if scale is not None and not scale.measured:
            part = score(images, vectors, self.rule, scale.has_references)  # the first images to measure it on
            self._scale, self._moved = part.scale, 0
        else:
            part = score(images, vectors, self.rule, scale=scale)
            self._moved += len(rows)
        learned, none = self._learned, np.full(len(rows), np.nan, np.float32)
        if learned is not None and learned.none is not None:
            none = learned.none(images, part.cosine)
        if learned is not None and learned.score is not None:
            part = learned.score(images, part.cosine)
        new = (part.cosine, part.probability, part.best, part.top, part.margin, none)
        for whole, some in zip(self._scores.all(), new, strict=True):
            whole[rows] = some

    def _empty_scores(self, rows: Rows) -> None:
        self._count_moved(rows)
        self._scores.empty(rows)

    def _count_moved(self, gone: Rows) -> None:
        self._moved += int(np.count_nonzero(self._scores[2][gone] >= 0))


def _score_columns(labels: int) -> Columns:
    one = empty_scores(1, labels)
    return Columns(one.cosine, one.probability, one.best, one.top, one.margin, np.full(1, np.nan, np.float32))

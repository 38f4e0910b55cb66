"""A desk that was saved in the window, for commands: its images, labels and corrections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.desk_state import Corrections, DeskState
from clipdesk.core.desk.document import DeskDocument
from clipdesk.core.errors import DocumentError
from clipdesk.core.labels.label_set import NO_LABEL_FITS_ID, UNSURE_ID, LabelId
from clipdesk.core.pictures.content import read_content
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.reasons import os_reason
from clipdesk.core.store.embedding_store import EmbeddingStore
from clipdesk.core.teaching.course import learn_on_desk
from clipdesk.core.teaching.kept import KeptTeaching


@dataclass(frozen=True)
class SavedDesk:
    """What is in a document, and the corrections of all images in it."""

    path: Path
    state: DeskState
    corrections: Corrections

    def images(self, problems: list[tuple[Path, str]]) -> Iterator[ImageFile]:
        """Yield the images as they are on the disk now. Those that are gone are added to `problems`."""
        for row in range(len(self.state.images)):
            path = self.state.images.path(row)
            try:
                yield ImageFile.of(path, path.stat())
            except FileNotFoundError:
                problems.append((path, "The file does not exist any more."))
            except OSError as error:
                problems.append((path, f"The file cannot be opened: {os_reason(error)}."))

    def correct(self, desk: Desk, store: EmbeddingStore | None) -> None:
        """Give images of a desk the labels that they were given by hand: by their paths, or else by their content."""
        by_label: dict[LabelId, list[int]] = {}
        by_content: dict[bytes, LabelId] = {}
        corrected: set[int] = set()
        for path, (content, label) in self.corrections.items():
            row = desk.row_of(path)
            if row is not None:
                by_label.setdefault(label, []).append(row)
                corrected.add(row)
            elif content:
                by_content[content] = label
        if by_content:
            others = [row for row in range(len(desk)) if row not in corrected]
            contents = _contents([desk.images[row] for row in others], store)
            for row in others:
                label = by_content.get(contents.get(desk.images.path(row), b""), 0)
                if label:
                    by_label.setdefault(label, []).append(row)
        for label, rows in by_label.items():
            if label in (NO_LABEL_FITS_ID, UNSURE_ID) or desk.label_set.by_id(label) is not None:
                desk.correct(rows, label)

    def learn(self, desk: Desk, encoder_key: str) -> None:
        """Label a corrected desk by what its corrections teach, as the window does."""
        kept = KeptTeaching.from_json(self.state.teaching) or KeptTeaching()
        learn_on_desk(desk, self._inclusion(desk), kept, encoder_key)

    def _inclusion(self, desk: Desk) -> NDArray[np.float32]:
        """Return (rows,): how probable it was for images of a desk to be drawn by the review queue; 0 for others."""
        saved = Desk()
        saved.set_label_set(self.state.label_set)
        saved.open_images(
            self.state.images, self.state.corrected_rows, self.state.corrected_ids, reviews=self.state.reviews
        )
        inclusion, found = saved.reviewed, np.zeros(len(desk), np.float32)
        for row in np.flatnonzero(inclusion).tolist():
            place = desk.row_of(saved.images.path(row))
            if place is not None:
                found[place] = inclusion[row]
        return found


def read_saved_desk(path: Path) -> SavedDesk:
    """Read a document, even if it is open in a window. Raises DocumentError."""
    if not path.is_file():
        raise DocumentError(f"“{path}” is not a saved desk: there is no such file. Check the spelling.")
    with closing(DeskDocument(path, read_only=True)) as document:
        return SavedDesk(path, document.load(), document.corrections())


def _contents(files: Sequence[ImageFile], store: EmbeddingStore | None) -> dict[Path, bytes]:
    """Return the content keys of files: from the store, or else by reading them."""
    known = store.find_contents(files) if store is not None else {}
    for file in files:
        if file.path not in known and (content := read_content(file.path)) is not None:
            known[file.path] = content.key
    return known

"""Corrections follow a picture: a renamed, moved or copied file gets the label that its content was given by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.desk.columns import Columns
from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.labels.label_set import NO_LABEL, LabelId
from clipdesk.core.pictures.content import KEY_BYTES

Rows = NDArray[np.intp]
_UNKNOWN = bytes(KEY_BYTES)


class ContentCorrections:
    """The user's corrections of the rows of a desk, and of the contents of their files.

    `columns` holds for each row the label id, the content key (zeros while it is unknown), and whether the file is
    fresh: new on the desk, or changed since its content was learnt. Only a fresh file takes over a correction, so that
    one that the user has removed does not come back.
    """

    def __init__(self) -> None:
        self.columns = Columns(np.full(1, NO_LABEL, np.int64), np.zeros((1, KEY_BYTES), np.uint8), np.ones(1, np.bool_))
        self._by_content: dict[bytes, LabelId] = {}
        self._moved: set[bytes] = set()  # contents that have appeared elsewhere while their own files had changed
        self._strayed: dict[bytes, Path] = {}  # corrected contents that are no longer where they were corrected

    @property
    def ids(self) -> NDArray[np.int64]:
        """The label id of each row, as a view. Change it through `set_labels`."""
        return self.columns[0]

    def contents(self, rows: Rows) -> tuple[bytes, ...]:
        """Return the content keys of these rows, empty for those that are not known."""
        keys = self.columns[1][rows]
        known = _known(keys)
        contents = [b""] * len(rows)
        for place, key in zip(known.tolist(), _keys(keys[known]), strict=True):
            contents[place] = key
        return tuple(contents)

    def set_labels(self, rows: Rows, ids: NDArray[np.int64]) -> None:
        """Give rows the labels `ids` (k,) by hand; NO_LABEL removes a correction."""
        self.columns[0][rows] = ids
        self.columns[2][rows] = False
        keys = self.columns[1][rows]
        known = _known(keys)
        given = dict(zip(_keys(keys[known]), ids[known].tolist(), strict=True))
        self._by_content |= given
        for key in [key for key, one in given.items() if one == NO_LABEL]:
            del self._by_content[key]

    def open(
        self,
        added: range,
        rows: Rows,
        ids: NDArray[np.int64],
        contents: Sequence[bytes],
        others: Mapping[bytes, LabelId],
    ) -> None:
        """Take over the corrections of a document: those of `rows` (k,) and those of `others`, by content.

        `added` are all rows of the document, and `contents` (k,) the keys of the corrected ones, empty if unknown.
        """
        self.columns[2][added.start : added.stop] = False
        self.columns[0][rows] = ids
        self._by_content |= others
        for row, one, key in zip(rows.tolist(), ids.tolist(), contents, strict=False):
            if key:
                self.columns[1][row] = np.frombuffer(key, np.uint8)
                self._by_content[key] = one

    def renew(self, rows: Rows) -> None:
        """The files of these rows have changed."""
        self.columns[2][rows] = True

    def learn(self, rows: Rows, contents: Sequence[bytes], images: ImageList) -> Rows:
        """Learn the content keys of rows (n,), empty for unknown ones. Return the rows whose label changed by that.

        - A fresh file takes over the label that its content was given.
        - A corrected file that has another content now takes over the label of that content. If the old content is at
          another path now, as after two files exchanged their names, the correction has gone there. Otherwise the
          picture was edited, and keeps its label.
        """
        if not all(contents):
            is_known = np.array([bool(key) for key in contents], np.bool_)
            rows, contents = rows[is_known], [key for key in contents if key]
        if not len(rows):
            return rows
        ids, keys, is_fresh = self.columns.all()
        before, was_fresh = _keys(keys[rows]), is_fresh[rows]
        keys[rows] = np.frombuffer(b"".join(contents), np.uint8).reshape(-1, KEY_BYTES)
        is_fresh[rows] = False
        labels = ids[rows].copy()
        changed = self._follow(rows, before, contents, images) if self._by_content else []
        for place in np.flatnonzero(labels != NO_LABEL).tolist():
            changed += self._check(int(rows[place]), before[place], contents[place], images)
        for place in np.flatnonzero((labels == NO_LABEL) & was_fresh).tolist() if self._by_content else ():
            if (one := self._by_content.get(contents[place])) is not None:
                ids[rows[place]] = one
                changed.append(int(rows[place]))
        return np.array(sorted(set(changed)), np.intp)

    def _follow(self, rows: Rows, before: Sequence[bytes], contents: Sequence[bytes], images: ImageList) -> list[int]:
        """Notice which corrected contents have come to new places. Return rows that have lost theirs by that."""
        arrived = {
            key: row
            for row, old, key in zip(rows.tolist(), before, contents, strict=True)
            if old != key and key in self._by_content
        }
        if not arrived:
            return []
        keys, is_fresh = self.columns[1], self.columns[2]
        left = {old for old, key in zip(before, contents, strict=True) if old != key}
        left.update(_keys(keys[is_fresh & keys.any(axis=1)]))
        self._moved |= arrived.keys() & left
        lost: list[int] = []
        for key, row in arrived.items():
            path = self._strayed.pop(key, None)
            if path is not None and (strayed := images.row_of(path)) not in (None, row):
                lost += self._clear(strayed)
        return lost

    def _check(self, row: int, old: bytes, key: bytes, images: ImageList) -> list[int]:
        """Compare the content of a corrected row with what was corrected. Return the row if its label changed."""
        label = self.columns[0].item(row)
        if old in (key, _UNKNOWN):
            self._by_content.setdefault(key, label)
        elif (other := self._by_content.get(key)) is not None:
            self.columns[0][row] = other
            return [row] if other != label else []
        elif old in self._moved:
            self._moved.discard(old)
            return self._clear(row)
        else:
            self._strayed[old] = images.path(row)
            self._by_content[key] = label
        return []

    def _clear(self, row: int) -> list[int]:
        """Remove the correction of a row, whose picture is elsewhere now."""
        self._by_content.pop(self.columns[1][row].tobytes(), None)
        self.columns[0][row] = NO_LABEL
        return [row]


def _keys(contents: NDArray[np.uint8]) -> list[bytes]:
    """Return the rows of an array (n, KEY_BYTES) as bytes."""
    whole = contents.tobytes()
    return [whole[start : start + KEY_BYTES] for start in range(0, len(whole), KEY_BYTES)]


def _known(contents: NDArray[np.uint8]) -> Rows:
    """Return the places of those keys (n, KEY_BYTES) that are known. Without a store none is."""
    return np.flatnonzero(np.bitwise_or.reduce(np.ascontiguousarray(contents).view(np.uint32), axis=1))

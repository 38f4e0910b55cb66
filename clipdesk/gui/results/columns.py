"""The order, widths and visibility of the table's columns, stored by key because labels are added and removed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView

from clipdesk.gui.results.cells import COLUMN_KEY_ROLE, MATCH_KEY, Column

#: Maximum number of columns remembered, including those of removed labels.
_MAX_KEYS = 500
#: From this number of labels on, *Best three* stands for a column of each label.
MANY_LABELS = 10
BEST_KEY = Column.BEST.name.lower()


@dataclass
class ColumnLayout:
    """The state of a header.

    If `fills` is true, the name column takes up the remaining width. Until the user moves a column (`moved`), columns
    have the order of the labels. If `folded` is true and there are MANY_LABELS, the column *Best three* stands for the
    labels' columns. `searches` shows the column *Match*, and is not stored.
    """

    order: list[str] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)
    widths: dict[str, int] = field(default_factory=dict)
    fills: bool = True
    moved: bool = False
    folded: bool = True
    sort_key: str = ""
    descending: bool = False
    searches: bool = False

    def learn(self, header: QHeaderView) -> None:
        """Store the header's current state. What is stored about absent columns is kept."""
        keys = column_keys(header)
        if not keys:
            return
        shown = [keys[header.logicalIndex(place)] for place in range(len(keys))]
        self.order = _with_absent(shown, self.order)[:_MAX_KEYS]
        put_away = self.put_away(keys)
        for column, key in enumerate(keys):
            if key in put_away:
                continue  # not hidden by the user
            if header.isSectionHidden(column):
                self.hidden.add(key)
            else:
                self.hidden.discard(key)
                self.widths[key] = header.sectionSize(column)

    def apply(self, header: QHeaderView, default_widths: Sequence[int]) -> None:
        """Apply the layout to the header. `default_widths` are for columns that are not stored."""
        keys = column_keys(header)
        for place, key in enumerate(self._ordered(keys)):
            header.moveSection(header.visualIndex(keys.index(key)), place)
        put_away = self.put_away(keys)
        for column, key in enumerate(keys):
            header.setSectionHidden(column, key in self.hidden or key in put_away)
            header.resizeSection(column, self.widths.get(key, default_widths[column]))

    def put_away(self, keys: Sequence[str]) -> set[str]:
        """Return the columns that are hidden anyway: *Match* without a search, *Best three* or else the labels'."""
        labels = {key for key in keys if key.startswith("label:")}
        match = set() if self.searches else {MATCH_KEY}
        if len(labels) < MANY_LABELS:
            return {BEST_KEY} | match
        return (labels if self.folded else set()) | match

    def _ordered(self, keys: Sequence[str]) -> list[str]:
        """Return the keys in the stored order. A new key follows the key on its left."""
        if not self.moved:
            return list(keys)
        present = set(keys)
        ordered = [key for key in self.order if key in present]
        known = set(ordered)
        for before, key in zip(("", *keys), keys, strict=False):
            if key not in known:
                ordered.insert(ordered.index(before) + 1 if before else 0, key)
        return ordered

    def to_bytes(self) -> bytes:
        kept = set(self.order)
        state = {
            "version": 1,
            "order": self.order,
            "hidden": sorted(self.hidden & kept),
            "widths": {key: width for key, width in self.widths.items() if key in kept},
            "fills": self.fills,
            "moved": self.moved,
            "folded": self.folded,
            "sort": [self.sort_key, self.descending],
        }
        return json.dumps(state, ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, state: bytes) -> ColumnLayout:
        """Parse the result of `to_bytes`. Raises ValueError if it is invalid."""
        try:
            data: dict[str, Any] = json.loads(state)
            sort_key, descending = data["sort"]
            return cls(
                order=list(dict.fromkeys(str(key) for key in data["order"])),
                hidden={str(key) for key in data["hidden"]},
                widths={str(key): min(max(int(width), 24), 4000) for key, width in data["widths"].items()},
                fills=bool(data["fills"]),
                moved=bool(data.get("moved", False)),
                folded=bool(data.get("folded", True)),
                sort_key=str(sort_key),
                descending=bool(descending),
            )
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError("not a saved table layout") from error


def column_keys(header: QHeaderView) -> list[str]:
    """Return the COLUMN_KEY_ROLE of each column, in the model's order."""
    model = header.model()
    if model is None:
        return []
    count = header.count()
    return [str(model.headerData(column, Qt.Orientation.Horizontal, COLUMN_KEY_ROLE)) for column in range(count)]


def _with_absent(shown: list[str], remembered: list[str]) -> list[str]:
    """Return `shown` plus the remembered keys it lacks, each after the key that it followed before."""
    present, merged = set(shown), list(shown)
    for before, key in zip(("", *remembered), remembered, strict=False):
        if key not in present:
            merged.insert(merged.index(before) + 1 if before else 0, key)
    return merged

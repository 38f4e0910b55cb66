"""The line below the label field that says what Enter will add."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtWidgets import QLabel, QWidget

from clipdesk.core.errors import LabelError
from clipdesk.core.labels.label_set import Label, name_key, parse_typed_labels

_MOST_NAMES = 10


class EntryPreview(QLabel):
    """Shows “Enter adds 3 labels: dog, cat, red car”. Hidden if Enter adds the typed text as it is, or nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "small")
        self.setWordWrap(True)
        self.hide()

    def show_entry(self, text: str, names: Collection[str]) -> None:
        """Describe the labels in the typed `text` that are not among the existing `names`."""
        existing = {name_key(name) for name in names}
        try:
            labels = [label for label in parse_typed_labels(text) if name_key(label.name) not in existing]
        except LabelError:
            labels = []
        self.setText(self._describe(labels))
        self.setVisible(bool(self.text()))

    def _describe(self, labels: list[Label]) -> str:
        if len(labels) > 1:
            named = ", ".join(label.name for label in labels[:_MOST_NAMES])
            if len(labels) > _MOST_NAMES:
                named = self.tr("{names} and {count} more").format(names=named, count=len(labels) - _MOST_NAMES)
            return self.tr("Enter adds {count} labels: {names}").format(count=len(labels), names=named)
        if labels and labels[0].prompts:
            prompts = " | ".join(labels[0].prompts)
            return self.tr("Enter adds “{name}” with the prompts: {prompts}").format(
                name=labels[0].name, prompts=prompts
            )
        return ""

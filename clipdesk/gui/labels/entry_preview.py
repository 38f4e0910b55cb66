"""The line below the label field that says what Enter will add."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtWidgets import QLabel, QWidget

from clipdesk.core.errors import LabelError
from clipdesk.core.labels.label_set import Label, name_key
from clipdesk.core.labels.typed_labels import parse_typed_labels

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
        try:
            typed = parse_typed_labels(text)
        except LabelError:
            typed = ()
        existing = {name_key(name) for name in names}
        added = [label for label in typed if name_key(label.name) not in existing]
        if len(typed) > 1 and added:
            self.setText(self._describe_list(added))
        elif added and added[0].prompts:
            self.setText(self._describe_prompts(added[0]))
        else:
            self.setText("")
        self.setVisible(bool(self.text()))

    def _describe_list(self, labels: Sequence[Label]) -> str:
        named = ", ".join(label.name for label in labels[:_MOST_NAMES])
        if len(labels) == 1:
            return self.tr("Enter adds 1 label: {name}").format(name=named)
        if len(labels) > _MOST_NAMES:
            named = self.tr("{names} and {count} more").format(names=named, count=len(labels) - _MOST_NAMES)
        return self.tr("Enter adds {count} labels: {names}").format(count=len(labels), names=named)

    def _describe_prompts(self, label: Label) -> str:
        if len(label.prompts) == 1:
            return self.tr("Enter adds “{name}” with the prompt: {prompt}").format(
                name=label.name, prompt=label.prompts[0]
            )
        return self.tr("Enter adds “{name}” with the prompts: {prompts}").format(
            name=label.name, prompts=" | ".join(label.prompts)
        )

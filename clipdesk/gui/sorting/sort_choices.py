"""What the person chose for a sort, apart from the desk's labels: remembered from one sort to the next."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from clipdesk.core.sorting.steps import Action


@dataclass(frozen=True)
class SortChoices:
    """The settings of the sort dialog. Probability and margin are 0…1."""

    root: str = ""
    action: Action = Action.COPY
    min_probability: float = 0.0
    min_margin: float = 0.0
    keep_tree: bool = False
    skip_same: bool = True
    with_companions: bool = True

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, values: object) -> SortChoices:
        """Return the saved choices, with defaults for what is missing or invalid."""
        if not isinstance(values, dict):
            return cls()
        defaults = asdict(cls())
        known = {name: values[name] for name in defaults if type(values.get(name)) is type(defaults[name])}
        try:
            action = Action(values.get("action", Action.COPY))
        except ValueError:
            action = Action.COPY
        known["action"] = action
        for name in ("min_probability", "min_margin"):
            if not 0.0 <= known.get(name, 0.0) <= 1.0:
                del known[name]
        return cls(**known)

    @property
    def root_path(self) -> Path | None:
        """The folder that the target folders are in; None if none has been chosen."""
        return Path(self.root) if self.root and Path(self.root).is_absolute() else None

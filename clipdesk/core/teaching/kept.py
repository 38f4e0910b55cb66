"""What a document keeps about learning: the choices of the user, and the results of checks."""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import asdict, dataclass, field
from typing import Any

from clipdesk.core.labels.label_set import LabelSet
from clipdesk.core.teaching.check import CheckResult

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class CheckRecord:
    """The result of a check, how often either label was right, and the number of examples at that time."""

    result: str
    new: int
    old: int
    examples: int

    @property
    def is_approval(self) -> bool:
        return self.result == CheckResult.USE.value


@dataclass(frozen=True)
class KeptTeaching:
    """The choices of the user, and the last result of the check by `check_key`.

    `is_on`: use what was learned. `none_threshold`, 0…1: from which probability on images count as “none of these”.
    """

    is_on: bool = True
    none_threshold: float | None = None
    checks: dict[str, CheckRecord] = field(default_factory=dict)

    def to_json(self) -> str:
        """Return it as text; empty if all is as at first."""
        if self == KeptTeaching():
            return ""
        checks = {key: asdict(record) for key, record in self.checks.items()}
        return json.dumps({"on": self.is_on, "none": self.none_threshold, "checks": checks})

    @classmethod
    def from_json(cls, text: str) -> KeptTeaching | None:
        """Read what `to_json` has returned, None if that is impossible."""
        try:
            kept: dict[str, Any] = json.loads(text or "{}")
            none = kept.get("none")
            threshold = None if none is None else min(max(float(none), 0.0), 1.0)
            checks = {str(key): _record(value) for key, value in kept.get("checks", {}).items()}
            return cls(bool(kept.get("on", True)), threshold, checks)
        except (ValueError, TypeError, KeyError, AttributeError):
            logger.warning("What was kept about learning cannot be read")
            return None


def check_key(encoder_key: str, label_set: LabelSet) -> str:
    """Return a text that differs for another encoder, and for labels with other ids, prompts or reference images."""
    described = [(label.id, label_set.prompt_texts(label), label.references) for label in label_set.labels]
    digest = hashlib.sha256(repr(sorted(described, key=lambda one: one[0])).encode()).hexdigest()[:16]
    return f"{encoder_key}/{digest}"


def _record(value: dict[str, Any]) -> CheckRecord:
    result = CheckResult(value["result"])
    return CheckRecord(result.value, int(value["new"]), int(value["old"]), int(value["examples"]))

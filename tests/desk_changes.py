"""What tests wait for among the changes of the desk."""

from __future__ import annotations

from clipdesk.core.desk.changes import DeskChange


def replaces_scores(change: DeskChange) -> bool:
    """Whether all scores are new."""
    return change.scores_replaced


def changes_rows(change: DeskChange) -> bool:
    """Whether some rows have new scores or errors."""
    return len(change.rows) > 0

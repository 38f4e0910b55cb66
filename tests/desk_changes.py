"""Predicates on DeskChange for tests that wait for one."""

from __future__ import annotations

from clipdesk.core.desk.changes import DeskChange


def replaces_scores(change: DeskChange) -> bool:
    """Return whether all scores were replaced."""
    return change.scores_replaced


def changes_rows(change: DeskChange) -> bool:
    """Return whether some rows have new scores or errors."""
    return len(change.rows) > 0

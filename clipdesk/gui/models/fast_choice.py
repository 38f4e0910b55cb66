"""Offer int8 for the model in use, if it is faster on this computer and keeps the scores nearly the same."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from clipdesk.gui.session.background import Background
from clipdesk.gui.session.encoder_worker import EncoderInfo
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.problem import Problem

if TYPE_CHECKING:
    from clipdesk.encoders.local.int8_trial import Int8Verdict

FAST_DEVICE = "cpu:int8"
#: Verdicts that are remembered, the newest of each computer and model.
_MOST_KEPT = 100


def _try(model: str, cancel: threading.Event) -> Int8Verdict:
    from clipdesk.encoders.local.int8_trial import try_int8  # imports torch

    return try_int8(model, cancel)


class FastChoice(QObject):
    """Knows which models are faster in int8 on this computer. A model is tried once, when the person asks for it."""

    device_chosen = Signal(str)  # int8, or auto to be exact again
    trial_started = Signal(str)  # model
    trial_ended = Signal(str, object)  # model, Int8Verdict
    trial_failed = Signal(str, object)  # model, Problem

    def __init__(
        self,
        background: Background,
        preferences: Preferences,
        parent: QObject | None = None,
        *,
        try_model: Callable[[str, threading.Event], Int8Verdict] = _try,
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._preferences = preferences
        self._try_model = try_model
        self._cancel = threading.Event()
        self._is_trying = False

    def add_to(self, menu: QMenu, info: EncoderInfo, *, is_on: bool, is_busy: bool) -> QAction:
        """Add the choice for a model on this computer. While pictures are labelled (`is_busy`), none can be tried."""
        verdict = self.verdict(info)
        refusal = self.refusal(info)
        if refusal:
            text = refusal
        elif verdict is not None:
            text = self.tr("Fast: scores differ slightly (about {times} times as fast here)").format(
                times=QLocale().toString(verdict.figure, "f", 1)
            )
        else:
            text = self.tr("Fast: scores differ slightly (is tried on this computer first)")
        action = menu.addAction(text)
        action.setToolTip(
            self.tr("Computes with rounded numbers (int8). Scores from before are kept, so going back costs nothing.")
        )
        action.setCheckable(True)
        action.setChecked(is_on)
        can_try = not is_busy and not self._is_trying
        action.setEnabled(is_on or (not refusal and (verdict is not None or can_try)))
        action.triggered.connect(lambda checked: self._on_triggered(info, is_wanted=checked))
        return action

    def verdict(self, info: EncoderInfo) -> Int8Verdict | None:
        """Return what the trial of this model found; None if it has not been tried on this computer."""
        from clipdesk.encoders.local.int8_trial import Int8Verdict, trial_key

        kept: Any = self._kept().get(trial_key(info.identity.checkpoint))
        try:
            outcome, figure = kept
            return Int8Verdict(outcome, float(figure)) if outcome in ("faster", "slower", "differs") else None
        except (TypeError, ValueError):
            return None

    def refusal(self, info: EncoderInfo) -> str:
        """Return why int8 is not offered for this model; empty if it is, or was not tried yet."""
        verdict = self.verdict(info)
        if verdict is None or verdict.outcome == "faster":
            return ""
        if verdict.outcome == "slower":
            return self.tr("Fast: no gain for this model on this computer")
        return self.tr("Fast: scores of this model would differ too much (cosine {cosine})").format(
            cosine=QLocale().toString(verdict.figure, "f", 3)
        )

    def stop(self) -> None:
        """Cancel a running trial."""
        self._cancel.set()

    def _on_triggered(self, info: EncoderInfo, *, is_wanted: bool) -> None:
        if not is_wanted:
            self.device_chosen.emit("auto")
        elif self.verdict(info) is not None:
            self.device_chosen.emit(FAST_DEVICE)
        else:
            self._is_trying = True
            self.trial_started.emit(info.model)
            self._background.run(
                partial(self._try_model, info.model, self._cancel),
                partial(self._on_tried, info),
                partial(self._on_failed, info),
            )

    def _on_tried(self, info: EncoderInfo, verdict: Int8Verdict) -> None:
        from clipdesk.encoders.local.int8_trial import trial_key

        self._is_trying = False
        kept = self._kept() | {trial_key(info.identity.checkpoint): [verdict.outcome, verdict.figure]}
        self._preferences.set_choices("int8", dict(list(kept.items())[-_MOST_KEPT:]))
        self.trial_ended.emit(info.model, verdict)
        if verdict.outcome == "faster":
            self.device_chosen.emit(FAST_DEVICE)

    def _on_failed(self, info: EncoderInfo, problem: Problem) -> None:
        self._is_trying = False
        self.trial_failed.emit(info.model, problem)

    def _kept(self) -> dict[str, Any]:
        kept = self._preferences.choices("int8")
        return kept if isinstance(kept, dict) else {}

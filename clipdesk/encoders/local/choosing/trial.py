"""Try a candidate in a child process: a driver that hangs or crashes there does not take the window with it.

The parent writes a task, the test images and what the task needs into a folder of its own. The child (trial_child.py)
writes its answer beside them. It is ended after a time limit, and ends itself when this process does.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.messages import message
from clipdesk.encoders.local.candidate import Pixels

logger = logging.getLogger(__name__)

#: The hidden command of `clipdesk` that runs the child, the same in the built app.
COMMAND = "try-runtime"
TASK, IMAGES, ANSWER, OUTPUT = "task.json", "images.npy", "answer.npz", "output.txt"
#: The child's exit code if there is no such device, or no driver for it.
MISSING = 4
#: A driver compiles a large model in up to a minute.
LIMIT_S = 120.0


@dataclass(frozen=True)
class Answer:
    """What a child computed: embeddings of the test images, and seconds for an image."""

    embeddings: NDArray[np.float32]
    seconds: float


class TrialError(Exception):
    """The trial has failed. The argument says why: half a sentence; empty if there is nothing to say to a person."""


class Trial:
    """One child process. `poll` until it returns an answer or raises TrialError, then `close`.

    `task` says what to compute. What it needs is in `folder` already, which `close` deletes with everything in it.
    """

    def __init__(
        self,
        task: dict[str, Any],
        images: Pixels,
        folder: tempfile.TemporaryDirectory[str],
        *,
        command: Sequence[str] | None = None,
        limit_s: float = LIMIT_S,
    ) -> None:
        self._folder, self._limit_s = folder, limit_s
        self.path = Path(folder.name)
        np.save(self.path / IMAGES, images)
        (self.path / TASK).write_text(json.dumps({**task, "limit_s": limit_s}), encoding="utf-8")
        self._output = (self.path / OUTPUT).open("wb")
        try:
            self._process = subprocess.Popen(
                [*(child_command() if command is None else command), str(self.path)],
                stdin=subprocess.PIPE,  # closed by the system when this process ends, for which the child waits
                stdout=self._output,
                stderr=self._output,
                env=_environment(),
                creationflags=_background_flags(),
            )
        except OSError as error:
            self._output.close()
            folder.cleanup()
            raise TrialError(message("core", "its test run could not be started")) from error
        self._began = time.monotonic()

    @property
    def pid(self) -> int:
        return self._process.pid

    def poll(self) -> Answer | None:
        """Return the answer; None if the child is still computing. Raises TrialError."""
        code = self._process.poll()
        if code is None:
            if time.monotonic() - self._began < self._limit_s:
                return None
            raise TrialError(message("core", "its test run did not end"))
        if code == MISSING:
            raise TrialError("")
        if code != 0:
            logger.debug("The test run ended with %d: %s", code, self._last_words())
            raise TrialError(message("core", "its test run crashed"))
        try:
            with np.load(self.path / ANSWER, allow_pickle=False) as found:
                embeddings, seconds = np.asarray(found["embeddings"], np.float32), float(found["seconds"])
        except Exception as error:
            # Broad on purpose: a damaged file fails in many ways, depending on which of its bytes are wrong.
            raise TrialError(message("core", "its test run left no answer")) from error
        return Answer(embeddings, seconds)

    def wait(self) -> None:
        """Wait until the child has ended, or its time has. For tests and measurements."""
        left = self._limit_s - (time.monotonic() - self._began)
        try:
            self._process.wait(max(0.0, left))
        except subprocess.TimeoutExpired:
            return

    def close(self) -> None:
        """End the child if it still runs, and delete the folder."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._output.close()
        self._folder.cleanup()

    def _last_words(self) -> str:
        return (self.path / OUTPUT).read_text(encoding="utf-8", errors="replace")[-2000:]


def child_command() -> list[str]:
    """Return the command that starts a child: this app once more, or this Python."""
    if getattr(sys, "frozen", False):
        return [sys.executable, COMMAND]
    # -P: else Python would import modules of the folder that it is started in.
    return [sys.executable, "-P", "-m", "clipdesk", COMMAND]


def _environment() -> dict[str, str]:
    """Return this process's environment, in which a Python finds the same `clipdesk`."""
    if getattr(sys, "frozen", False):
        return dict(os.environ)
    package = Path(__file__).resolve().parents[4]
    path = os.pathsep.join(filter(None, (str(package), os.environ.get("PYTHONPATH", ""))))
    return {**os.environ, "PYTHONPATH": path}


def _background_flags() -> int:
    """Return how Windows starts the child: without a console, and at a lower priority. Elsewhere 0."""
    if sys.platform == "win32":
        return subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
    return 0

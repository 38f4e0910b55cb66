"""Candidates whose speed is known, and notes in memory."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from clipdesk.encoders.local.candidate import Candidate, Features, ModelOnTrial, Pixels, Precision, Runtime


class Paced(Candidate):
    """Computes what PyTorch computes, so that it agrees: `times` as often, or not at all if that is 0.

    With 0 it knows the embeddings of the test images by heart. `events` gets its description when it is built.
    """

    def __init__(self, runtime: Runtime, precision: Precision, times: int, events: list[str] | None = None) -> None:
        self.runtime, self.precision, self._times = runtime, precision, times
        self._events = [] if events is None else events

    def why_not(self, model: ModelOnTrial) -> str:
        return ""

    def build(self, model: ModelOnTrial) -> Features:
        self._events.append(self.description)
        expected = model.expected

        def features(images: Pixels) -> NDArray[np.float32]:
            found = np.resize(expected, (len(images), expected.shape[1]))
            for _ in range(self._times):
                found = model.plain(images)
            return found

        return features


class Notes(dict[str, str]):
    """Notes in memory. What the store does with them is tested with the store."""

    def find_note(self, key: str) -> str:
        return self.get(key, "")

    def put_note(self, key: str, text: str) -> None:
        self[key] = text


def forward(network: Any, images: Any, dtype: Any) -> Any:
    return network.encode_image(images.permute(0, 3, 1, 2).float().div(255).to(dtype))

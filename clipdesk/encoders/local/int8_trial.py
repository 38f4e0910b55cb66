"""Try on this computer whether int8 is worth choosing for a model, and how much faster it is."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from clipdesk.core.errors import Int8RefusedError, raise_if_set
from clipdesk.encoders.local.candidate import draw_test_images
from clipdesk.encoders.local.choosing.machine import machine_facts
from clipdesk.encoders.local.int8 import INT8_VERSION
from clipdesk.encoders.local.open_clip import OpenClipEncoder, load_encoder

#: int8 must be at least this many times as fast: less is not worth scores that differ.
LEAST_GAIN = 1.15

_BATCH = 8
_TURNS = 5
_MOST_S = 8.0


@dataclass(frozen=True)
class Int8Verdict:
    """What a trial found. `figure`: how many times as fast int8 is; for “differs”, the cosine to full precision."""

    outcome: Literal["faster", "slower", "differs"]
    figure: float = 1.0


def try_int8(name: str, cancel: threading.Event) -> Int8Verdict:
    """Compare a model in int8 with the fastest precision that leaves scores unchanged, on this computer.

    Loads the model twice, which takes seconds. Raises Cancelled and the other errors of `load_encoder`.
    """
    try:
        fast = load_encoder(name, device="cpu:int8", cancel=cancel, download=False)
    except Int8RefusedError as refused:
        return Int8Verdict("slower") if refused.cosine is None else Int8Verdict("differs", refused.cosine)
    usual = load_encoder(name, cancel=cancel, download=False)
    width, height = fast.image_size
    images = list(draw_test_images((height, width))) * (_BATCH // 4)

    def work_of(encoder: OpenClipEncoder) -> Callable[[], object]:
        return lambda: encoder.encode_images(images)

    gain = times_as_fast(work_of(fast), work_of(usual), cancel)
    fast.close()
    usual.close()
    return Int8Verdict("faster" if gain >= LEAST_GAIN else "slower", gain)


def times_as_fast(
    fast: Callable[[], object],
    usual: Callable[[], object],
    cancel: threading.Event,
    clock: Callable[[], float] = time.perf_counter,
) -> float:
    """Return the shortest time of `usual` divided by that of `fast`. They run in turns, so that both are disturbed."""
    best = {fast: float("inf"), usual: float("inf")}
    for work in best:
        work()  # a runtime prepares for each batch size when it first comes
    until = clock() + _MOST_S
    for turn in range(_TURNS):
        for work in best:
            raise_if_set(cancel)
            began = clock()
            work()
            best[work] = min(best[work], clock() - began)
        if turn and clock() > until:
            break
    return best[usual] / best[fast]


def trial_key(checkpoint: str) -> str:
    """Return a name for a trial of the weights with this checksum: another computer or runtime needs another trial."""
    facts = json.dumps([checkpoint, INT8_VERSION, machine_facts()])
    return hashlib.sha256(facts.encode()).hexdigest()[:32]

"""Let a faster runtime take over whose embeddings cannot be mixed with the stored ones, unless those are many."""

from __future__ import annotations

import logging
from dataclasses import replace

from clipdesk.core.store.embedding_store import EmbeddingStore
from clipdesk.encoders.local.candidate import mark_of
from clipdesk.encoders.local.choosing.choice import PLAIN, Remembered

logger = logging.getLogger(__name__)

#: Embeddings that were stored before are computed again if that takes no longer than this.
_MOST_S = 60.0
#: Requested devices whose runtime is measured, and the devices that a better one may have been found on.
_DEVICES = {"auto": ("cpu", "mps"), "cpu": ("cpu",), "mps": ("mps",)}


def adopt_better(store: EmbeddingStore, fingerprint: str, device: str) -> None:
    """Make the better runtime the chosen one, if one was found for the model with this fingerprint.

    Call it before the model is opened. The stored facts are forgotten then, because the model's identity changes.
    """
    facts = store.find_facts(fingerprint) if fingerprint else None
    if facts is None:
        return
    for place in _DEVICES.get(device, ()):
        remembered = Remembered.of(facts.identity, place, store)
        known = remembered.find()
        if known is None or not known.better or not facts.identity.preprocessing.endswith(_mark(known.chosen)):
            continue
        again_s = known.ms[known.better] / 1000
        count = store.count(facts.identity, at_most=int(_MOST_S / again_s) + 1)
        if count * again_s > _MOST_S:
            logger.info("%s is faster, but too many images would have to be computed again.", known.better)
            continue
        logger.info("%s replaces %s; %d embeddings are computed again when needed.", known.better, known.chosen, count)
        remembered.keep(replace(known, chosen=known.better, better=""))
        store.forget_facts(fingerprint)


def _mark(name: str) -> str:
    """Return the mark of a candidate by its description."""
    runtime, _, precision = name.partition(", ")
    return "" if name == PLAIN else mark_of(runtime, precision)  # type: ignore[arg-type]  # made of the same literals

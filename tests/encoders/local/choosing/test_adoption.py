"""A faster runtime of another precision takes over at the next start, unless too many embeddings would be lost."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from paced_candidates import Paced
from tiny_model import build_tiny_model

from clipdesk.core.encoder import EncoderFacts, EncoderIdentity, ScoreRule
from clipdesk.core.store.cached_encoder import CachedEncoder, is_loaded
from clipdesk.core.store.embedding_store import EmbeddingStore, StoredText
from clipdesk.encoders.local.choosing import selection
from clipdesk.encoders.local.choosing.adoption import adopt_better
from clipdesk.encoders.local.choosing.choice import Choice, Remembered
from clipdesk.encoders.local.open_clip import OpenClipEncoder
from clipdesk.encoders.opening import open_encoder

IDENTITY = EncoderIdentity("a:b", "c0ffee", "v1")
FACTS = EncoderFacts(IDENTITY, 4, (32, 32), 8, ScoreRule(100.0))
#: An image takes two seconds by the better runtime, so that 30 may be computed again.
CHOICE = Choice(
    "OpenVINO, fp32", "facts", better="PyTorch, bf16", ms={"OpenVINO, fp32": 4000.0, "PyTorch, bf16": 2000.0}
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddingStore]:
    store = EmbeddingStore(tmp_path / "store.sqlite3")
    yield store
    store.close()


def _fill(store: EmbeddingStore, count: int, identity: EncoderIdentity = IDENTITY) -> None:
    store.put_texts(identity, {f"{number}": StoredText(np.ones(4, np.float32), False) for number in range(count)})


@pytest.mark.parametrize(("count", "chosen"), [(0, "PyTorch, bf16"), (30, "PyTorch, bf16"), (31, "OpenVINO, fp32")])
def test_it_depends_on_how_many_embeddings_would_be_lost(store: EmbeddingStore, count: int, chosen: str) -> None:
    store.put_facts("print", FACTS)
    remembered = Remembered.of(IDENTITY, "cpu", store)
    remembered.keep(CHOICE)
    _fill(store, count)
    _fill(store, 50, EncoderIdentity("another", "model", "v1"))

    adopt_better(store, "print", "auto")

    known = remembered.find()
    assert known is not None and known.chosen == chosen
    assert (store.find_facts("print") is None) == (chosen == CHOICE.better)
    assert known.is_complete


@pytest.mark.parametrize("device", ["cpu:fp32", "cpu:bf16", "cuda"])
def test_a_forced_device_stays_as_it_is(store: EmbeddingStore, device: str) -> None:
    store.put_facts("print", FACTS)
    Remembered.of(IDENTITY, "cpu", store).keep(CHOICE)

    adopt_better(store, "print", device)

    assert store.find_facts("print") == FACTS


def test_a_model_opened_again_is_computed_by_the_better_runtime(
    store: EmbeddingStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_model_is_small: None
) -> None:
    model = f"local-dir:{build_tiny_model(tmp_path / 'model')}"
    candidates = [Paced("OpenVINO", "fp32", 9), Paced("PyTorch", "bf16", 0)]
    monkeypatch.setattr(selection, "candidates_for", lambda place, conversion: candidates)
    monkeypatch.setattr(selection, "risky_candidates_for", lambda place, conversion: [])
    image = np.zeros((32, 32, 3), np.uint8)

    first = open_encoder(model, store=store, device="cpu")
    first.encode_images([image])
    assert isinstance(first, CachedEncoder) and isinstance(first._real, OpenClipEncoder)
    assert first._real._contest is not None
    first._real._contest.share = math.inf
    first.encode_images([image])
    first.encode_images([image])
    first.close()
    second = open_encoder(model, store=store, device="cpu")
    second.encode_images([image])
    place = second.place
    second.close()
    third = open_encoder(model, store=store, device="cpu")

    assert "computed=" not in first.identity.preprocessing
    assert second.identity.preprocessing.endswith(" computed=bf16,PyTorch")
    assert "PyTorch, bf16: " in place and " times as fast as PyTorch here" in place
    assert third.identity == second.identity and not is_loaded(third)

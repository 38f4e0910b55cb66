"""What is kept about the runtimes of a model, and what makes it worthless."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from clipdesk.core.encoder import EncoderIdentity
from clipdesk.core.store.embedding_store import EmbeddingStore
from clipdesk.encoders.local.choosing import machine
from clipdesk.encoders.local.choosing.choice import PLAIN, Choice, Remembered, facts_now

CHOICE = Choice(
    "OpenVINO, fp32", "facts", better="PyTorch, bf16", ms={PLAIN: 48.0, "OpenVINO, fp32": 10.0, "PyTorch, bf16": 5.0}
)
IDENTITY = EncoderIdentity("a:b", "c0ffee", "v1 size=224x224")


def test_a_choice_is_kept_in_the_store(tmp_path: Path) -> None:
    store = EmbeddingStore(tmp_path / "store.sqlite3")
    remembered = Remembered.of(IDENTITY, "cpu", store)

    remembered.keep(CHOICE)
    store.close()

    assert Remembered.of(IDENTITY, "cpu", EmbeddingStore(store.path)).find() == CHOICE
    assert CHOICE.speed_up == pytest.approx(4.8)
    assert Remembered.of(IDENTITY, "mps", store).find() is None
    assert Remembered.of(replace(IDENTITY, checkpoint="other"), "cpu", store).find() is None
    store.close()


def test_precisions_of_a_model_share_one_choice(tmp_path: Path) -> None:
    store = EmbeddingStore(tmp_path / "store.sqlite3")
    half = replace(IDENTITY, preprocessing=f"{IDENTITY.preprocessing} computed=bf16,OpenVINO")

    assert Remembered.of(IDENTITY, "cpu", store).key == Remembered.of(half, "cpu", store).key


def _without(name: str) -> Callable[[dict[str, Any]], object]:
    return lambda data: data.pop(name)


@pytest.mark.parametrize(
    "change",
    [
        _without("version"),
        _without("chosen"),
        lambda data: data.update(version=0),
        lambda data: data.update(chosen=""),
        lambda data: data.update(chosen=None),
        lambda data: data.update(ms={"OpenVINO, fp32": -1.0}),
        lambda data: data.update(ms={"OpenVINO, fp32": "fast"}),
        lambda data: data.update(ms=[]),
        lambda data: data.update(better="unknown"),
        lambda data: data.update(refused={"OpenVINO GPU, fp16": 1}),
        lambda data: data.update(more="than this version knows"),
    ],
)
def test_a_wrong_choice_is_ignored(change: Callable[[dict[str, Any]], object]) -> None:
    data = json.loads(CHOICE.as_text())
    assert Choice.from_text(json.dumps(data)) == CHOICE

    change(data)

    assert Choice.from_text(json.dumps(data)) is None


@pytest.mark.parametrize("text", ["", "{", "[]", "1", "null", CHOICE.as_text()[:-9]])
def test_a_torn_choice_is_ignored(text: str) -> None:
    assert Choice.from_text(text) is None


def test_a_choice_whose_bytes_changed_in_the_file_is_ignored(tmp_path: Path) -> None:
    store = EmbeddingStore(tmp_path / "store.sqlite3")
    remembered = Remembered.of(IDENTITY, "cpu", store)
    remembered.keep(CHOICE)
    store.close()
    connection = sqlite3.connect(store.path)
    with connection:
        connection.execute("UPDATE models SET facts = replace(facts, 'bf16', 'bf61')")
    connection.close()

    assert remembered.find() is None
    store.close()


def test_an_update_of_a_library_changes_the_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    before = facts_now()
    assert facts_now() == before

    monkeypatch.setattr(machine, "version", lambda package: "99.0")

    assert facts_now() != before


def test_an_update_of_a_driver_changes_the_facts(tmp_path: Path) -> None:
    card, nvidia = tmp_path / "etc/OpenCL/vendors/intel.icd", tmp_path / "proc/driver/nvidia/version"
    found = [machine.driver_facts(tmp_path)]
    for path in (card, nvidia):
        path.parent.mkdir(parents=True)
        path.write_text("1.0\n")
        found.append(machine.driver_facts(tmp_path))
    os.utime(card, ns=(1, 1))
    found.append(machine.driver_facts(tmp_path))
    nvidia.write_text("2.0\n")
    found.append(machine.driver_facts(tmp_path))

    assert len({tuple(facts) for facts in found}) == 5

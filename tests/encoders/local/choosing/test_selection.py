"""The runtime is chosen by measurement, remembered, and measured again when something has changed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from paced_candidates import Notes, Paced, forward
from tiny_model import build_tiny_model

from clipdesk.core.encoder import EncoderIdentity
from clipdesk.encoders.devices import Place, on_cpu
from clipdesk.encoders.local.candidate import Candidate
from clipdesk.encoders.local.choosing import machine, selection
from clipdesk.encoders.local.choosing.choice import PLAIN, Choice, Remembered
from clipdesk.encoders.local.choosing.selection import Selection, select
from clipdesk.encoders.local.open_clip import OpenClipEncoder, load_encoder

IDENTITY = EncoderIdentity("a:b", "c0ffee", "v1")

pytestmark = pytest.mark.usefixtures("no_model_is_small")


def _select(
    network: Any, candidates: Sequence[Candidate], notes: Notes | None, place: Place | None = None
) -> Selection:
    remembered = Remembered.of(IDENTITY, "cpu", notes) if notes is not None else None
    place = place or on_cpu("as chosen")
    return select(network, forward, (32, 32), place, name="a:b", remembered=remembered, candidates=candidates, risky=[])


def _measured(network: Any, candidates: Sequence[Candidate], notes: Notes) -> Choice:
    """Select, measure to the end, and return the choice."""
    selected = _select(network, candidates, notes)
    assert selected.contest is not None
    selected.contest.finish()
    assert selected.contest.choice == Remembered.of(IDENTITY, "cpu", notes).find()
    return selected.contest.choice


@pytest.mark.parametrize(("first", "second", "chosen"), [(9, 0, "PyTorch, fp32"), (0, 9, "OpenVINO, fp32")])
def test_the_fastest_runtime_is_chosen(network: Any, first: int, second: int, chosen: str) -> None:
    candidates = [Paced("OpenVINO", "fp32", first), Paced("PyTorch", "fp32", second)]

    selected = _select(network, candidates, Notes())
    assert selected.tower is not None and selected.tower.description == "OpenVINO, fp32"
    assert selected.contest is not None
    selected.contest.finish()

    assert selected.contest.tower is not None and selected.contest.tower.description == chosen
    assert set(selected.contest.choice.ms) == {PLAIN, "OpenVINO, fp32", "PyTorch, fp32"}
    assert selected.contest.choice.chosen == chosen
    assert selected.contest.choice.speed_up > 1


def test_pytorch_itself_takes_over_from_a_slow_runtime(network: Any) -> None:
    notes = Notes()
    assert _measured(network, [Paced("OpenVINO", "fp32", 9)], notes).chosen == PLAIN

    events: list[str] = []
    again = _select(network, [Paced("OpenVINO", "fp32", 9, events)], notes)

    assert again.tower is None and again.contest is None and events == []


def test_a_measured_choice_is_remembered_and_nothing_is_measured_again(network: Any) -> None:
    notes, events = Notes(), list[str]()
    candidates = [Paced("OpenVINO", "fp32", 9, events), Paced("PyTorch", "fp32", 0, events)]
    _measured(network, candidates, notes)
    assert events == ["OpenVINO, fp32", "PyTorch, fp32"]

    again = _select(network, candidates, notes)

    assert events[2:] == ["PyTorch, fp32"]
    assert again.contest is None and again.tower is not None and again.tower.description == "PyTorch, fp32"


def test_an_update_of_a_library_has_it_measured_again_beginning_with_the_old_choice(
    network: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = Notes()
    _measured(network, [Paced("OpenVINO", "fp32", 9), Paced("PyTorch", "fp32", 0)], notes)
    monkeypatch.setattr(machine, "version", lambda package: "99.0")

    again = _select(network, [Paced("OpenVINO", "fp32", 0), Paced("PyTorch", "fp32", 9)], notes)

    assert again.tower is not None and again.tower.description == "PyTorch, fp32"
    assert again.contest is not None
    again.contest.finish()
    assert again.contest.choice.chosen == "OpenVINO, fp32"


@pytest.mark.parametrize("torn", ["", "{", '{"version": 1, "chosen": 5}'])
def test_a_torn_choice_is_as_good_as_none(network: Any, torn: str) -> None:
    notes, candidates = Notes(), [Paced("OpenVINO", "fp32", 9), Paced("PyTorch", "fp32", 0)]
    _measured(network, candidates, notes)
    for key in notes:
        notes[key] = torn

    assert _measured(network, candidates, notes).chosen == "PyTorch, fp32"


def test_a_remembered_runtime_that_no_longer_works_is_replaced(network: Any) -> None:
    notes = Notes()
    _measured(network, [Paced("OpenVINO", "fp32", 9), Paced("PyTorch", "fp32", 0)], notes)

    again = _select(network, [Paced("OpenVINO", "fp32", 9)], notes)

    assert again.tower is not None and again.tower.description == "OpenVINO, fp32"
    assert again.contest is not None


def test_the_precision_stays_the_same_until_the_contest_is_over(network: Any) -> None:
    """Else a model would have another identity at each start, by accident."""
    notes = Notes()
    first = _select(network, [Paced("OpenVINO", "bf16", 0), Paced("PyTorch", "fp32", 0)], notes)
    assert first.tower is not None and first.tower.description == "OpenVINO, bf16"

    again = _select(network, [Paced("PyTorch", "fp32", 0), Paced("OpenVINO", "bf16", 9)], notes)

    assert again.tower is not None and again.tower.description == "OpenVINO, bf16"


def test_a_faster_precision_does_not_replace_embeddings_that_are_there(network: Any) -> None:
    choice = _measured(network, [Paced("OpenVINO", "fp32", 4), Paced("PyTorch", "bf16", 0)], Notes())

    assert choice.chosen == PLAIN and choice.better == "PyTorch, bf16"


def test_half_precision_that_is_slower_than_pytorch_in_fp32_is_not_taken(network: Any) -> None:
    # The first pass of PyTorch, against which that of a candidate counts, takes several times as long as later ones.
    slow, fast = (_select(network, [Paced("OpenVINO", "bf16", times)], Notes()) for times in (100, 0))

    assert slow.tower is None
    assert fast.tower is not None


@pytest.mark.parametrize("precision", ["fp32", "bf16"])
def test_a_forced_precision_is_not_measured(network: Any, precision: Any) -> None:
    notes = Notes()
    forced = replace(on_cpu("as chosen"), precision=precision)

    selected = _select(network, [Paced("OpenVINO", precision, 9), Paced("PyTorch", precision, 0)], notes, forced)

    assert selected.tower is not None and selected.tower.description == f"OpenVINO, {precision}"
    assert selected.contest is None and not notes


def test_without_notes_nothing_is_measured(network: Any) -> None:
    selected = _select(network, [Paced("OpenVINO", "fp32", 9), Paced("PyTorch", "fp32", 0)], None)

    assert selected.tower is not None and selected.tower.description == "OpenVINO, fp32"
    assert selected.contest is None


def test_a_small_model_is_not_measured(network: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    notes = Notes()

    selected = _select(network, [Paced("OpenVINO", "fp32", 0)], notes)

    assert selected.tower is None and selected.contest is None and not notes


# --- in an encoder


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"local-dir:{build_tiny_model(tmp_path_factory.mktemp('model'))}"


def _encoder(model: str, candidates: list[Candidate], notes: Notes, monkeypatch: pytest.MonkeyPatch) -> OpenClipEncoder:
    monkeypatch.setattr(selection, "candidates_for", lambda place, conversion: candidates)
    monkeypatch.setattr(selection, "risky_candidates_for", lambda place, conversion: [])
    return load_encoder(model, device="cpu", notes=notes)


IMAGES = [np.full((32, 32, 3), level, np.uint8) for level in (0, 100, 200)]


def test_the_first_images_do_not_wait_for_a_measurement(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    events: list[str] = []
    candidates: list[Candidate] = [Paced("OpenVINO", "fp32", 1, events), Paced("PyTorch", "fp32", 1, events)]
    encoder = _encoder(model, candidates, Notes(), monkeypatch)
    contest = encoder._contest
    assert contest is not None

    encoder.encode_images(IMAGES)
    assert events == ["OpenVINO, fp32"]  # what would have been built without any measurement

    contest.share = math.inf
    encoder.encode_images(IMAGES)
    assert events == ["OpenVINO, fp32", "PyTorch, fp32"]
    encoder.close()


def test_pytorch_itself_takes_over_in_the_middle_of_a_job(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = _encoder(model, [Paced("OpenVINO", "fp32", 9)], Notes(), monkeypatch)
    identity, before = encoder.identity, encoder.encode_images(IMAGES)
    assert encoder.place.startswith("this computer (CPU, OpenVINO, fp32, ")
    assert encoder._contest is not None

    encoder._contest.finish()
    after = encoder.encode_images(IMAGES)

    assert "OpenVINO" not in encoder.place
    assert encoder.identity == identity
    np.testing.assert_allclose(after, before, atol=2e-6)
    encoder.close()


def test_the_place_says_how_much_faster_the_runtime_is(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    choice = Choice("OpenVINO, fp32", "facts", ms={PLAIN: 48.0, "OpenVINO, fp32": 10.0})
    place = on_cpu("as chosen")
    notes = Notes()
    encoder = _encoder(model, [Paced("OpenVINO", "fp32", 0)], notes, monkeypatch)

    told = Selection(encoder._tower, choice=choice).on(place).description

    assert "OpenVINO, fp32: 4.8 times as fast as PyTorch here, " in told
    encoder.close()


def test_images_are_computed_even_if_the_contest_fails(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = _encoder(model, [Paced("OpenVINO", "fp32", 1)], Notes(), monkeypatch)
    assert encoder._contest is not None
    encoder._contest.share = math.inf

    def fail(_choice: Choice) -> None:
        raise RuntimeError("The disk is on fire.")

    encoder._contest.keep = fail
    found = [encoder.encode_images(IMAGES) for _ in range(3)]

    assert encoder._contest is None
    assert all((one == found[0]).all() for one in found)
    encoder.close()


def test_a_closed_encoder_measures_nothing_more(model: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    encoder = _encoder(model, [Paced("OpenVINO", "fp32", 1)], Notes(), monkeypatch)
    contest = encoder._contest
    assert contest is not None

    encoder.close()

    assert contest.is_over

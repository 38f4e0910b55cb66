"""The pictures and labels that come with ClipDesk."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from clipdesk.core.labels.label_set import load_label_set
from clipdesk.core.pictures.decode import decode
from clipdesk.core.pictures.scan import find_images
from clipdesk.resources import resource_path

SCRIPT = Path(__file__).resolve().parents[1] / "packaging" / "samples" / "draw_samples.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("draw_samples", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_there_are_samples_and_they_are_small() -> None:
    images = list(find_images([resource_path("samples")]))

    assert 24 <= len(images) <= 40
    assert sum(image.size_bytes for image in images) < 2_500_000
    for image in images:
        assert min(decode(image.path).size) >= 400


def test_the_samples_have_labels() -> None:
    labels = load_label_set(resource_path("samples/labels.json"))

    assert 5 <= len(labels.labels) <= 8


def test_every_sample_is_drawn_by_the_script(script: ModuleType) -> None:
    drawn = {f"{name}.jpg" for name, *_ in script.DRAWINGS}

    assert drawn == {image.path.name for image in find_images([resource_path("samples")])}


@pytest.mark.parametrize("name", ["apple", "green hills", "letter"])
def test_the_script_draws_what_is_shipped(script: ModuleType, name: str) -> None:
    place = next(place for place, drawing in enumerate(script.DRAWINGS) if drawing[0] == name)

    drawn = np.asarray(script.draw(place), np.int16)
    shipped = np.asarray(decode(resource_path(f"samples/{name}.jpg")), np.int16)

    assert drawn.shape == shipped.shape
    assert np.abs(drawn - shipped).mean() < 6

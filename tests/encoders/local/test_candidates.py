"""Why a candidate is not available, and in which order candidates are tried."""

from __future__ import annotations

import platform
import sys
from dataclasses import replace
from typing import Any

import pytest
from tiny_model import build_vision_transformer

from clipdesk.encoders.devices import Place, on_cpu
from clipdesk.encoders.local.candidate import MEASURED_MACHINES, ModelOnTrial, draw_test_images
from clipdesk.encoders.local.image_towers import candidates_for
from clipdesk.encoders.local.openvino_candidate import Conversion, OpenVino
from clipdesk.encoders.local.torch_candidates import FoldedTorch, HalfPrecisionTorch, cpu_multiplies_bf16


@pytest.fixture(scope="module")
def model() -> ModelOnTrial:
    import torch

    def forward(network: Any, images: Any, dtype: Any) -> Any:
        return network.encode_image(images.permute(0, 3, 1, 2).float().div(255).to(dtype))

    network = build_vision_transformer()
    images = draw_test_images((32, 32))
    with torch.inference_mode():
        expected = forward(network, torch.from_numpy(images), torch.float32).numpy()
    return ModelOnTrial(network, forward, "cpu", None, images, expected)


def test_the_fastest_candidate_comes_first() -> None:
    on_the_cpu = [candidate.description for candidate in candidates_for(on_cpu("as chosen"))]
    on_a_gpu = [candidate.description for candidate in candidates_for(Place("cuda", "GPU: pretended"))]

    assert on_the_cpu == ["OpenVINO, bf16", "PyTorch, bf16", "OpenVINO, fp32", "PyTorch, fp32"]
    assert on_a_gpu == ["PyTorch, fp16"]


@pytest.mark.skipif(platform.machine() not in MEASURED_MACHINES, reason="OpenVINO is used on Intel and AMD CPUs only")
def test_openvino_says_that_it_is_not_installed(model: ModelOnTrial, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)

    assert OpenVino("fp32", Conversion()).why_not(model) == "OpenVINO is not installed"


def test_bf16_needs_a_cpu_that_has_it_unless_it_is_requested(model: ModelOnTrial) -> None:
    candidate = HalfPrecisionTorch("bf16")

    assert (candidate.why_not(model) == "") == cpu_multiplies_bf16()
    assert candidate.why_not(replace(model, wanted="bf16")) == ""


def test_folding_needs_batch_norms(model: ModelOnTrial) -> None:
    assert FoldedTorch().why_not(model) == "the network has no batch norms that can be folded"


def test_the_test_images_are_always_the_same() -> None:
    images = draw_test_images((48, 32))

    assert images.shape == (4, 48, 32, 3)
    assert (images == draw_test_images((48, 32))).all()
    assert len({image.tobytes() for image in images}) == 4

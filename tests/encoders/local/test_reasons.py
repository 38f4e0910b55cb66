from __future__ import annotations

import pickle

import pytest

from clipdesk.encoders.local.reasons import device_reason, model_reason, tokenizer_reason

DAMAGED = "the file with the weights is damaged or incomplete"
MISSING = "it needs the library “einops”, which is not installed"
UNKNOWN = "its configuration is not one that open_clip can build"
OTHER = "the weights belong to another model than the configuration describes"


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (RuntimeError("Error(s) in loading state_dict for CLIP: size mismatch for visual.proj"), OTHER),
        (RuntimeError("Error while deserializing header: HeaderTooLarge"), DAMAGED),
        (RuntimeError("PytorchStreamReader failed reading zip archive: failed finding central directory"), DAMAGED),
        (EOFError("Ran out of input"), DAMAGED),
        (pickle.UnpicklingError("invalid load key"), DAMAGED),
        (OSError(28, "No space left on device"), "the disk is full"),
        (ImportError("No module named 'einops'", name="einops"), MISSING),
        (TypeError("CLIP.__init__() got an unexpected keyword argument 'warp_drive'"), UNKNOWN),
    ],
)  # fmt: skip
def test_why_a_model_cannot_be_built(error: Exception, reason: str) -> None:
    assert model_reason(error) == reason


def test_why_a_tokenizer_cannot_be_made() -> None:
    assert (
        tokenizer_reason(ValueError("Couldn't instantiate the backend tokenizer")) == "its files are missing or damaged"
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("CUDA error: no kernel image is available for execution", "the device cannot run a step of this model"),
        ("The operator 'aten::x' is not implemented for the MPS device", "the device cannot run a step of this model"),
        ("CUDA error: an illegal memory access was encountered", "the graphics card or its driver reported a fault"),
        ("shape '[2, 3]' is invalid for input of size 5", "a step of the computation failed"),
    ],
)
def test_why_a_device_fails(text: str, reason: str) -> None:
    assert device_reason(RuntimeError(text)) == reason

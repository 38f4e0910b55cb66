"""The last block of open_clip's Vision Transformer, computed for all tokens and for the class token alone."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from tiny_model import build_vision_transformer

from clipdesk.encoders.local.class_token import compute_class_token_only


def _embed(network: Any) -> Any:
    import torch

    with torch.inference_mode():
        return network.encode_image(torch.randn(5, 3, 32, 32, generator=torch.Generator().manual_seed(0)))


@pytest.mark.parametrize(
    "vision", [{}, {"ls_init_value": 0.5}, {"final_ln_after_pool": True}, {"no_ln_pre": True}, {"layers": 1}]
)
def test_embeddings_are_the_same(vision: dict[str, Any]) -> None:
    import torch

    network = build_vision_transformer(**vision)
    expected = _embed(network)

    compute_class_token_only(network)

    torch.testing.assert_close(_embed(network), expected, rtol=1e-4, atol=1e-5)


def test_only_the_class_token_leaves_the_last_block() -> None:
    network = build_vision_transformer()
    compute_class_token_only(network)
    seen = []
    network.visual.ln_post.register_forward_hook(lambda _module, inputs, _output: seen.append(tuple(inputs[0].shape)))

    _embed(network)

    assert seen == [(5, 1, 64)]


@pytest.mark.parametrize("vision", [{"pool_type": "avg"}, {"attentional_pool": True}, {"output_tokens": True}])
def test_networks_that_read_the_other_tokens_stay_as_they_are(vision: dict[str, Any]) -> None:
    network = build_vision_transformer(**vision)
    before = repr(network)

    compute_class_token_only(network)

    assert repr(network) == before


def test_it_can_be_copied_and_converted() -> None:
    import torch

    network = build_vision_transformer()
    compute_class_token_only(network)

    half = copy.deepcopy(network.visual).to(torch.bfloat16)

    with torch.inference_mode():
        assert half(torch.zeros(1, 3, 32, 32, dtype=torch.bfloat16)).dtype == torch.bfloat16

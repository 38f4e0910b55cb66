"""open_clip's own Vision Transformers, computed both ways."""

from __future__ import annotations

import copy
import platform
from typing import Any

import pytest
from tiny_model import build_vision_transformer

from clipdesk.encoders.local.class_token import compute_class_token_only
from clipdesk.encoders.local.image_towers import MEASURED

pytestmark = pytest.mark.skipif(platform.machine() not in MEASURED, reason="used on PCs only")


def _pixels(side: int = 32) -> Any:
    import torch

    return torch.randn(5, 3, side, side, generator=torch.Generator().manual_seed(0))


def _packed(network: Any) -> Any:
    from clipdesk.encoders.local.packed_blocks import with_packed_blocks

    return with_packed_blocks(network.visual)


@pytest.mark.parametrize("first_token_only", [False, True])
@pytest.mark.parametrize(
    "vision",
    [
        {},
        {"quick_gelu": True},
        {"act_kwargs": {"approximate": "tanh"}},
        {"ls_init_value": 0.5},
        {"layers": 1},
        {"no_ln_pre": True},
        {"pool_type": "avg"},
        {"attentional_pool": True},
        {"image_size": 36},  # of which four pixels belong to no square
        {"image_size": 48, "patch_size": 4},  # 145 tokens
    ],
    ids=str,
)
def test_embeddings_are_the_same(vision: dict[str, Any], first_token_only: bool) -> None:
    import torch

    network = build_vision_transformer(**vision)
    pixels = _pixels(vision.get("image_size", 32))
    if first_token_only:
        compute_class_token_only(network)

    with torch.inference_mode():
        expected = network.visual(pixels)
        torch.testing.assert_close(_packed(network)(pixels), expected, rtol=1e-5, atol=1e-5)


def test_every_large_product_is_packed() -> None:
    """Else it would be right, but no faster."""
    import torch
    from torch.utils.flop_counter import FlopCounterMode

    network = build_vision_transformer()
    compute_class_token_only(network)

    with FlopCounterMode(display=False) as before, torch.inference_mode():
        network.visual(_pixels())
    with FlopCounterMode(display=False) as after, torch.inference_mode():
        _packed(network)(_pixels())

    # Torch counts what it multiplies itself: attention and the last projection are left.
    assert after.get_total_flops() < 0.1 * before.get_total_flops()


def test_what_it_was_made_of_stays_as_it_was() -> None:
    import torch

    network = build_vision_transformer()
    compute_class_token_only(network)
    names, weights = repr(network), copy.deepcopy(network.state_dict())

    _packed(network)

    assert repr(network) == names
    assert all(torch.equal(value, weights[name]) for name, value in network.state_dict().items())


@pytest.mark.parametrize(
    "vision", [{"qk_norm": True}, {"layers": [1, 1, 1, 1], "width": 16, "patch_size": None}], ids=str
)
def test_other_networks_are_refused(vision: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="known here"):
        _packed(build_vision_transformer(**vision))

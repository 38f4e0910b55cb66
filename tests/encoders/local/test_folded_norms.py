"""Convolutional networks of timm and open_clip, with batch norms as after training, computed folded and unfolded."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from tiny_model import build_vision_transformer

from clipdesk.encoders.devices import import_open_clip, on_cpu
from clipdesk.encoders.local.image_towers import choose_tower


def _pixels() -> Any:
    import torch

    return torch.randn(3, 3, 64, 64, generator=torch.Generator().manual_seed(0))


def _trained(network: Any) -> Any:
    """Give batch norms random statistics and weights, as training leaves them."""
    import torch

    with torch.random.fork_rng(), torch.no_grad():
        torch.manual_seed(5)
        for module in network.modules():
            if isinstance(module, torch.nn.BatchNorm2d):
                module.running_mean.normal_(0, 0.1)
                module.running_var.uniform_(0.5, 1.5)
                module.weight.uniform_(0.5, 1.5)
                module.bias.normal_(0, 0.1)
    return network.eval().requires_grad_(False)


def _timm(name: str) -> Any:
    import timm
    import torch

    with torch.random.fork_rng():
        torch.manual_seed(4)
        return _trained(timm.create_model(name, num_classes=24))


def _modified_resnet() -> Any:
    vision = {"image_size": 64, "layers": [1, 1, 1, 1], "width": 16}
    text = {"context_length": 8, "vocab_size": 64, "width": 16, "heads": 2, "layers": 1}
    return _trained(import_open_clip().CLIP(embed_dim=24, vision_cfg=vision, text_cfg=text).visual)


def _folded(visual: Any) -> Any:
    import torch

    from clipdesk.encoders.local.folded_norms import with_folded_norms

    with torch.inference_mode():
        return with_folded_norms(visual, lambda tower: tower(_pixels()[:1]))


def _norms(network: Any) -> int:
    import torch

    return sum(isinstance(module, torch.nn.BatchNorm2d) for module in network.modules())


def _tower(visual: Any) -> Any:
    import torch

    network = torch.nn.Module()
    network.visual = visual

    def forward(network: Any, images: Any, dtype: Any) -> Any:
        return network.visual(images.permute(0, 3, 1, 2).float().div(255).to(dtype))

    return choose_tower(network.eval(), forward, (64, 64), on_cpu("as chosen"))


@pytest.mark.parametrize("name", ["regnety_002", "resnet10t", "mobilenetv3_small_050", "mobileone_s0", "open_clip"])
def test_embeddings_are_the_same_with_all_batch_norms_folded(name: str) -> None:
    import torch

    visual = _modified_resnet() if name == "open_clip" else _timm(name)
    before = copy.deepcopy(visual.state_dict())

    folded = _folded(visual)

    assert _norms(visual) > 10 and _norms(folded) == 0
    with torch.inference_mode():
        expected = visual(_pixels())
        torch.testing.assert_close(folded(_pixels()), expected, rtol=1e-4, atol=1e-4 * float(expected.abs().max()))
    after = visual.state_dict()
    assert all(torch.equal(after[key], value) for key, value in before.items())


def test_a_small_convolutional_model_is_folded() -> None:
    assert _tower(_timm("resnet10t")).description == "PyTorch, fp32"


def test_a_vision_transformer_has_nothing_to_fold() -> None:
    import torch

    visual = build_vision_transformer(image_size=64).visual

    assert _folded(visual) is None
    assert isinstance(visual.conv1, torch.nn.Conv2d)


def _block(forward: str) -> Any:
    import torch

    class Block(torch.nn.Module):
        """A convolution and a batch norm that are used in an unusual way."""

        def __init__(self) -> None:
            super().__init__()
            self.first = torch.nn.Conv2d(3, 3, 3, padding=1)
            self.norm = torch.nn.BatchNorm2d(3)
            self.second = torch.nn.Conv2d(3, 3, 3, padding=1)

        def forward(self, x: Any) -> Any:
            if forward == "two ways":
                made = self.first(x)
                x = self.norm(made) + made.relu()
            elif forward == "twice":
                x = self.norm(self.first(self.norm(self.first(x))))
            else:
                x = self.norm(self.second(x) + self.first(x))
            return x.mean((2, 3))

    with torch.random.fork_rng():
        torch.manual_seed(2)
        return _trained(Block())


@pytest.mark.parametrize("forward", ["twice", "of a sum", "two ways"])
def test_a_batch_norm_that_does_not_follow_one_convolution_stays(forward: str) -> None:
    assert _folded(_block(forward)) is None
    assert _tower(_block(forward)) is None


def test_folding_that_changes_embeddings_is_noticed() -> None:
    """StdConv2d standardises its weights in each call, so a scale that is folded into them gets lost."""
    import torch
    from timm.layers import StdConv2d

    with torch.random.fork_rng():
        torch.manual_seed(2)
        parts = [StdConv2d(3, 8, 3), torch.nn.BatchNorm2d(8), torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten()]
    visual = _trained(torch.nn.Sequential(*parts))

    assert _norms(_folded(visual)) == 0
    assert _tower(visual) is None

"""Convolutional picture halves for inference: what was apart for training is joined into single convolutions.

Import this only where torch is loaded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from torch import nn
from torch.nn.modules.batchnorm import _BatchNorm
from torch.nn.utils.fusion import fuse_conv_bn_weights
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves


def with_folded_norms(visual: Any, look: Callable[[Any], Any]) -> Any | None:
    """The picture half of a network with its batch normalisations folded into the convolutions before them; None where
    there is nothing to fold. The one that was given stays as it was.

    In inference such a normalisation multiplies and adds channel by channel, which the convolution's own weights and
    bias can do (Jacob et al. 2018, “Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only
    Inference”, 3.2). The parallel branches of RepVGG, MobileOne and FastViT become one convolution, as timm does it.

    `look` lets a half compute any picture, without gradients: which normalisation follows which convolution is seen
    then, whatever the network calls them, and whether anything else needs what the convolution made.
    """
    count = len(_norms(visual))
    if not count:
        return None  # before anything is copied
    from timm.utils import reparameterize_model

    half = reparameterize_model(visual)
    pairs = _norms_after_convolutions(half, look)
    names = {module: name for name, module in half.named_modules()}
    for convolution, norm in pairs:
        convolution.weight, convolution.bias = fuse_conv_bn_weights(
            *(convolution.weight, convolution.bias, norm.running_mean, norm.running_var),
            *(norm.eps, norm.weight, norm.bias),
        )
        parent, _, name = names[norm].rpartition(".")
        setattr(half.get_submodule(parent), name, _what_else_it_does(norm))
    return half.eval().requires_grad_(False) if len(_norms(half)) < count else None


def _norms(half: nn.Module) -> list[Any]:
    return [module for module in half.modules() if isinstance(module, _BatchNorm) and module.track_running_stats]


class _Uses(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Counts the operations on each tensor, by its id."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.count: Counter[int] = Counter()

    def __torch_dispatch__(self, operation: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        self.count.update({id(leaf) for leaf in tree_leaves((args, kwargs))})
        return operation(*args, **(kwargs or {}))


def _norms_after_convolutions(half: nn.Module, look: Callable[[Any], Any]) -> list[tuple[Any, Any]]:
    """Convolutions with the normalisation that alone needs what they make; both compute once in a look."""
    made: list[tuple[Any, Any]] = []  # holds the results: no other tensor gets their id
    followed: list[tuple[int, Any, Any]] = []
    calls: Counter[Any] = Counter()
    uses = _Uses()

    def note_made(convolution: Any, _: Any, result: Any) -> None:
        calls[convolution] += 1
        made.append((result, convolution))
        uses.count[id(result)] = 0

    def note_followed(norm: Any, given: Any) -> None:
        calls[norm] += 1
        followed.extend((id(result), convolution, norm) for result, convolution in made if given[0] is result)

    convolutions = [module for module in half.modules() if isinstance(module, nn.Conv2d)]
    hooks = [convolution.register_forward_hook(note_made) for convolution in convolutions]
    hooks += [norm.register_forward_pre_hook(note_followed) for norm in _norms(half)]
    try:
        with uses:
            look(half)
    finally:
        for hook in hooks:
            hook.remove()
    return [
        (convolution, norm)
        for result, convolution, norm in followed
        if calls[convolution] == calls[norm] == uses.count[result] == 1
    ]


def _what_else_it_does(norm: Any) -> nn.Module:
    """timm's BatchNormAct2d is normalisation, dropout and activation in one module."""
    return nn.Sequential(norm.drop, norm.act) if hasattr(norm, "act") else nn.Identity()

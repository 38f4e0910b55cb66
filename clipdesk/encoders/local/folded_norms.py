"""Fold the batch norms of convolutional image towers into the convolutions before them, for inference.

Import this module only where torch is loaded.
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


def with_folded_norms(visual: Any, run_once: Callable[[Any], Any]) -> Any | None:
    """Return a copy of an image tower with its batch norms folded; None if there is nothing to fold.

    In inference a batch norm scales and shifts each channel, which the convolution's weights and bias can do as well
    (Jacob et al. 2018, “Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference”,
    3.2). The parallel branches of RepVGG, MobileOne and FastViT are merged into one convolution by timm.

    `run_once` runs a forward pass of the tower that it is given, on any images and without gradients. Meanwhile we
    record which batch norm follows which convolution, and whether anything else uses that convolution's output. So the
    names and the nesting of modules do not matter.
    """
    norm_count = len(_norms(visual))
    if not norm_count:
        return None  # before anything is copied
    from timm.utils import reparameterize_model

    tower = reparameterize_model(visual)
    pairs = _foldable_pairs(tower, run_once)
    names = {module: name for name, module in tower.named_modules()}
    for convolution, norm in pairs:
        convolution.weight, convolution.bias = fuse_conv_bn_weights(
            convolution.weight,
            convolution.bias,
            norm.running_mean,
            norm.running_var,
            norm.eps,
            norm.weight,
            norm.bias,
        )
        parent, _, name = names[norm].rpartition(".")
        setattr(tower.get_submodule(parent), name, _without_norm(norm))
    return tower.eval().requires_grad_(False) if len(_norms(tower)) < norm_count else None


def _norms(tower: nn.Module) -> list[Any]:
    return [module for module in tower.modules() if isinstance(module, _BatchNorm) and module.track_running_stats]


def _foldable_pairs(tower: nn.Module, run_once: Callable[[Any], Any]) -> list[tuple[Any, Any]]:
    """Return each convolution whose output only one batch norm uses, with that batch norm. Both run once per pass."""
    outputs: list[tuple[Any, Any]] = []  # keeps the tensors alive, so that their ids stay unique
    followed: list[tuple[int, Any, Any]] = []
    calls: Counter[Any] = Counter()
    uses = _Uses()

    def note_convolution(convolution: Any, _: Any, output: Any) -> None:
        calls[convolution] += 1
        outputs.append((output, convolution))
        uses.count[id(output)] = 0

    def note_norm(norm: Any, inputs: Any) -> None:
        calls[norm] += 1
        followed.extend((id(output), convolution, norm) for output, convolution in outputs if inputs[0] is output)

    convolutions = [module for module in tower.modules() if isinstance(module, nn.Conv2d)]
    hooks = [convolution.register_forward_hook(note_convolution) for convolution in convolutions]
    hooks += [norm.register_forward_pre_hook(note_norm) for norm in _norms(tower)]
    try:
        with uses:
            run_once(tower)
    finally:
        for hook in hooks:
            hook.remove()
    return [
        (convolution, norm)
        for output, convolution, norm in followed
        if calls[convolution] == calls[norm] == uses.count[output] == 1
    ]


class _Uses(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Counts the operations that read each tensor, by the tensor's id."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.count: Counter[int] = Counter()

    def __torch_dispatch__(self, operation: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        self.count.update({id(leaf) for leaf in tree_leaves((args, kwargs))})
        return operation(*args, **(kwargs or {}))


def _without_norm(norm: Any) -> nn.Module:
    """Return what remains of a folded norm: timm's BatchNormAct2d is norm, dropout and activation in one module."""
    return nn.Sequential(norm.drop, norm.act) if hasattr(norm, "act") else nn.Identity()

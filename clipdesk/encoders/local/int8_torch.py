"""Image towers in int8 by PyTorch, on CPUs without VNNI or without OpenVINO. Import it only where torch is loaded."""

from __future__ import annotations

import copy
import functools
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from clipdesk.encoders.local.candidate import Features, Forward, ModelOnTrial, Pixels
from clipdesk.encoders.local.int8 import Int8Network, relative_error, unavailable
from clipdesk.encoders.local.model_building import with_parts


class TorchInt8(Int8Network):
    """PyTorch with linear layers and attention in int8.

    torch's own dynamic quantisation is deprecated, and rounds a whole batch with one scale, so that an embedding would
    depend on the other images of its batch.
    """

    runtime = "PyTorch"

    def __init__(self, model: ModelOnTrial) -> None:
        self._model = model
        self._names = [name for name, module in model.network.visual.named_modules() if _is_replaceable(module)]
        if not self._names:
            raise unavailable("PyTorch finds no linear layers")
        self.variant = f"weights to {largest_weight()}"

    def losses(self) -> NDArray[np.float64]:
        errors = dict.fromkeys(self._names, 0.0)

        def compare(name: str, module: Any, inputs: Any, named: Any, output: Any) -> None:
            found = _in_int8(module)(*inputs, **named)
            if isinstance(output, tuple):
                found, output = found[0], output[0]
            errors[name] = max(errors[name], relative_error(found.numpy(), output.numpy()))

        visual = self._model.network.visual
        hooks = [
            visual.get_submodule(name).register_forward_hook(functools.partial(compare, name), with_kwargs=True)
            for name in self._names
        ]
        try:
            _run(self._model.forward, self._model.network, self._model.test_images)
        finally:
            for hook in hooks:
                hook.remove()
        return np.array([errors[name] for name in self._names])

    def features(self, kept: frozenset[int]) -> Features:
        visual = copy.deepcopy(self._model.network.visual)
        for place, name in enumerate(self._names):
            if place not in kept:
                parent, _, own = name.rpartition(".")
                setattr(visual.get_submodule(parent), own, _in_int8(visual.get_submodule(name)))
        network = with_parts(self._model.network, visual=visual)
        # Not a method, which would keep the weights in fp32 in memory.
        return functools.partial(_run, self._model.forward, network)


def _run(forward: Forward, network: Any, images: Pixels) -> NDArray[np.float32]:
    with torch.inference_mode():
        embeddings: NDArray[np.float32] = forward(network, torch.from_numpy(images), torch.float32).numpy()
    return embeddings


@functools.cache
def largest_weight() -> int:
    """Return the largest weight that this CPU multiplies exactly: 127, or 63.

    Before VNNI, CPUs add two products in 16 bits. Inputs reach 255 there (oneDNN adds 128 to them), so 127 would
    overflow: a ViT-B/32 with random weights had a cosine of 0.977 instead of 0.9999.
    """
    rows = torch.full((16, 64), 127, dtype=torch.int8)
    is_exact = (torch._int_mm(rows, rows.t()) == 64 * 127 * 127).all()
    return 127 if is_exact else 63


def _is_replaceable(module: nn.Module) -> bool:
    # Exact types: what is derived from them may compute something else. The output layer of an attention is derived,
    # and replaced together with it.
    if type(module) is nn.Linear:
        return True
    return (
        type(module) is nn.MultiheadAttention
        and module.batch_first
        and module._qkv_same_embed_dim
        and module.bias_k is None
        and not module.add_zero_attn
    )


def _in_int8(module: Any) -> nn.Module:
    return Int8Linear(module.weight, module.bias) if type(module) is nn.Linear else Int8Attention(module)


class Int8Linear(nn.Module):
    """A linear layer with weights rounded for each output, and inputs rounded for each token."""

    def __init__(self, weight: Any, bias: Any) -> None:
        super().__init__()
        largest = largest_weight()
        scale = weight.detach().abs().amax(dim=1).clamp_min(1e-30) / largest
        self.weight = (weight.detach() / scale[:, None]).round_().to(torch.int8).contiguous()
        self.scale = scale
        self.bias = None if bias is None else bias.detach()

    def forward(self, tokens: Any) -> Any:
        return self.product(*rounded(tokens))

    def product(self, tokens: Any, token_scales: Any, outputs: slice = slice(None)) -> Any:
        """Return the products of rounded tokens (…, inputs) with the weights of these outputs."""
        flat = tokens.reshape(-1, tokens.shape[-1])
        sums = torch._int_mm(flat, self.weight[outputs].t()).float()
        sums.mul_(token_scales.reshape(-1, 1))
        scale = self.scale[outputs]
        found = sums.mul_(scale) if self.bias is None else torch.addcmul(self.bias[outputs], sums, scale)
        return found.view(*tokens.shape[:-1], -1)


class Int8Attention(nn.Module):
    """What nn.MultiheadAttention computes, with its linear layers in int8."""

    def __init__(self, attention: Any) -> None:
        super().__init__()
        self.heads = attention.num_heads
        self.into = Int8Linear(attention.in_proj_weight, attention.in_proj_bias)
        self.out = Int8Linear(attention.out_proj.weight, attention.out_proj.bias)

    def forward(self, query: Any, key: Any, value: Any, attn_mask: Any = None, **options: Any) -> tuple[Any, None]:
        """Return the attended tokens (n, length, width). Masks of keys and attention weights are not supported."""
        if options.get("key_padding_mask") is not None or options.get("need_weights") or options.get("is_causal"):
            raise NotImplementedError("masks of keys and attention weights")
        width = key.shape[-1]
        of_query = rounded(query)
        of_key = of_query if key is query else rounded(key)
        of_value = of_key if value is key else rounded(value)
        parts = [
            self.into.product(*tokens, outputs=slice(place * width, (place + 1) * width))
            for place, tokens in enumerate((of_query, of_key, of_value))
        ]
        queries, keys, values = (part.unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in parts)
        attended = nn.functional.scaled_dot_product_attention(queries, keys, values, attn_mask=attn_mask)
        return self.out(attended.transpose(1, 2).flatten(-2)), None


def rounded(tokens: Any) -> tuple[Any, Any]:
    """Round each token (…, n) to whole numbers up to 127; return them as int8, and their scales (…, 1)."""
    scales = tokens.abs().amax(dim=-1, keepdim=True).clamp_min_(1e-30).div_(127)
    return (tokens / scales).round_().to(torch.int8), scales

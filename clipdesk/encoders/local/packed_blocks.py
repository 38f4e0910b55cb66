"""open_clip's Vision Transformer in fp32 by oneDNN, which torch brings along: weights packed once, steps joined.

Torch multiplies by MKL on most processors, packs the weights again in each call, and writes down what comes between
two steps. Here the weights are laid out once as the processor reads them, activations and sums are done where the
product is made, and short rows of tokens are attended to by plain products. Import this only where torch is loaded.
"""

from __future__ import annotations

from typing import Any

import torch
from open_clip.transformer import LayerScale, QuickGELU, ResidualAttentionBlock, VisionTransformer
from torch import Tensor, nn
from torch.nn import functional

from clipdesk.encoders.local.model_building import with_parts

#: Tokens up to which the table of who attends to whom (n, heads, length, length) is written down: quicker than doing
#: without it as long as it is small.
_SHORT = 128

#: QuickGELU is x·sigmoid(1.702 x).
_QUICK_GELU = 1.702


def with_packed_blocks(visual: nn.Module) -> Any:
    """The picture half of a network with its Transformer packed; the one that was given stays as it was.

    Raises TypeError if there is anything in it that is not known here.
    """
    if type(visual) is not VisionTransformer:
        raise TypeError(f"{type(visual).__name__} is not a picture half that is known here.")
    transformer: Any = visual.transformer
    blocks = nn.ModuleList(map(_packed_block, transformer.resblocks))
    parts: dict[str, Any] = {"transformer": with_parts(transformer, resblocks=blocks)}
    if _is_in_squares(visual.conv1):
        parts["conv1"] = _Patches(visual.conv1)
    return with_parts(visual, **parts)


class _Product(nn.Module):
    """x·weightᵀ + bias by oneDNN, then an activation, or a sum with something of the same shape."""

    def __init__(self, weight: Tensor, bias: Tensor | None, activation: str = "none", algorithm: str = "") -> None:
        super().__init__()
        self._weight = torch.ops.mkldnn._reorder_linear_weight(weight.contiguous())
        self._bias, self._activation, self._algorithm = bias, activation, algorithm

    def forward(self, rows: Tensor, added: Tensor | None = None) -> Tensor:
        by = torch.ops.mkldnn._linear_pointwise
        rows = rows.contiguous()
        found: Tensor = (
            by(rows, self._weight, self._bias, self._activation, [], self._algorithm)
            if added is None
            else by.binary(rows, added, self._weight, self._bias, "add")
        )
        return found


# --- From pixels to tokens --------------------------------------------------------------------------------------------


def _is_in_squares(conv: Any) -> bool:
    return bool(conv.kernel_size == conv.stride and conv.padding == (0, 0) and conv.groups == 1)


class _Patches(nn.Module):
    """A convolution whose squares do not overlap, as one product: (n, 3, height, width) to (n, width, rows, columns).

    What is left at the right and below belongs to no square, as in the convolution.
    """

    def __init__(self, conv: Any) -> None:
        super().__init__()
        self._size: tuple[int, int] = conv.kernel_size
        self._product = _Product(conv.weight.flatten(1), conv.bias)

    def forward(self, pixels: Tensor) -> Tensor:
        (n, channels, height, width), (tall, wide) = pixels.shape, self._size
        rows, columns = height // tall, width // wide
        squares = pixels[:, :, : rows * tall, : columns * wide].reshape(n, channels, rows, tall, columns, wide)
        tokens: Tensor = self._product(squares.permute(0, 2, 4, 1, 3, 5).reshape(n, rows * columns, -1))
        return tokens.transpose(1, 2).view(n, -1, rows, columns)


# --- Blocks -----------------------------------------------------------------------------------------------------------


def _packed_block(block: Any) -> nn.Module:
    # What `class_token` made of the last block keeps the block as it was.
    whole = getattr(block, "block", block)
    if type(whole) is not ResidualAttentionBlock:
        raise TypeError(f"{type(whole).__name__} is not a block that is known here.")
    return _Block(whole) if whole is block else _ClassTokenBlock(whole)


class _Block(nn.Module):
    """Tokens (n, length, width) to the same, as open_clip's ResidualAttentionBlock has them."""

    def __init__(self, block: Any) -> None:
        super().__init__()
        self._ln_1, self._ln_2 = block.ln_1, block.ln_2
        attention, mlp = block.attn, block.mlp
        self._heads: int = attention.num_heads
        weight, bias = attention.in_proj_weight.clone(), attention.in_proj_bias.clone()
        if hasattr(block, "ln_1_kv") or not attention.batch_first or attention.bias_k is not None:
            raise TypeError("This attention is not known here.")
        # Divided by √(width of a head) once, here, instead of in each call.
        queries = slice(0, attention.embed_dim)
        weight[queries] *= attention.head_dim**-0.5
        bias[queries] *= attention.head_dim**-0.5
        self._pack_attention(weight, bias)
        self._out = _Product(*_scaled(attention.out_proj, block.ls_1))
        second, second_bias = _scaled(mlp.c_proj, block.ls_2)
        if type(mlp.gelu) is nn.GELU:
            self._fc = _Product(mlp.c_fc.weight, mlp.c_fc.bias, "gelu", mlp.gelu.approximate)
        elif type(mlp.gelu) is QuickGELU:
            # As swish(1.702 x) / 1.702, the factors in the weights around it.
            self._fc = _Product(_QUICK_GELU * mlp.c_fc.weight, _QUICK_GELU * mlp.c_fc.bias, "swish")
            second = second / _QUICK_GELU
        else:
            raise TypeError(f"{type(mlp.gelu).__name__} is not an activation that is known here.")
        self._proj = _Product(second, second_bias)

    def forward(self, tokens: Tensor, *_nothing: None, attn_mask: None = None) -> Tensor:
        assert attn_mask is None
        added, attended = self._attend(tokens, self._ln_1(tokens))
        tokens = self._out(attended, added)
        after: Tensor = self._proj(self._fc(self._ln_2(tokens)), tokens)
        return after

    def _pack_attention(self, weight: Tensor, bias: Tensor) -> None:
        self._in = _Product(weight, bias)

    def _attend(self, tokens: Tensor, normed: Tensor) -> tuple[Tensor, Tensor]:
        """What the block's first sum is made of: tokens, and what they attended to, both (n, length, width)."""
        n, length, width = tokens.shape
        found = self._in(normed).view(n, length, 3, self._heads, width // self._heads)
        queries, keys, values = found.transpose(1, 3).unbind(2)  # (n, heads, length, width of a head)
        if length > _SHORT:
            attended = functional.scaled_dot_product_attention(queries, keys, values, scale=1.0)
        else:
            attended = (queries @ keys.transpose(2, 3).contiguous()).softmax(-1) @ values
        return tokens, attended.transpose(1, 2).reshape(n, length, width)


class _ClassTokenBlock(_Block):
    """Tokens (n, length, width) to the first of each (n, 1, width).

    One query asks, so keys and values of the others need not be computed: q·(W k) is (Wᵀ q)·k, and the mean of what W
    makes of the tokens is what W makes of their mean. The keys' bias is the same for all tokens, and softmax drops it.
    """

    def _pack_attention(self, weight: Tensor, bias: Tensor) -> None:
        queries, keys, values = weight.chunk(3)
        queries_bias, _, values_bias = bias.chunk(3)
        heads, width = self._heads, weight.shape[1]
        self._queries = _Product(queries, queries_bias)
        self._keys = keys.view(heads, -1, width)  # (heads, width of a head, width)
        self._values = values.view(heads, -1, width).transpose(1, 2).contiguous()  # (heads, width, width of a head)
        self._values_bias = values_bias.view(heads, 1, -1)

    def _attend(self, tokens: Tensor, normed: Tensor) -> tuple[Tensor, Tensor]:
        n, _, width = tokens.shape
        queries = self._queries(normed[:, 0]).view(n, self._heads, -1).transpose(0, 1)
        asked = (queries @ self._keys).transpose(0, 1)  # (n, heads, width)
        seen = (asked @ normed.transpose(1, 2)).softmax(-1) @ normed  # (n, heads, width)
        attended = torch.baddbmm(self._values_bias, seen.transpose(0, 1), self._values)
        return tokens[:, :1].contiguous(), attended.transpose(0, 1).reshape(n, 1, width)


def _scaled(linear: Any, scale: nn.Module) -> tuple[Tensor, Tensor]:
    """A layer's weight and bias with the LayerScale after it (Touvron et al. 2021) multiplied in."""
    if not isinstance(scale, LayerScale):
        return linear.weight, linear.bias
    return linear.weight * scale.gamma[:, None], linear.bias * scale.gamma

"""Compute the last block of a Vision Transformer for the class token alone."""

from __future__ import annotations

from typing import Any

from clipdesk.encoders import devices


def compute_class_token_only(network: Any) -> None:
    """Let the last block of the network's image tower compute its class token alone, in place.

    The embedding is made from that token (Dosovitskiy et al. 2021). The block's output for the other tokens, 49 of 50
    in ViT-B/32, is thrown away, so we do not compute it. Attention still reads all tokens, so embeddings stay the same
    up to rounding. Networks other than open_clip's own ViT with this pooling are left as they are.
    """
    devices.import_open_clip()
    from open_clip.transformer import ResidualAttentionBlock, VisionTransformer

    visual = network.visual
    if type(visual) is not VisionTransformer or visual.attn_pool is not None or visual.output_tokens:
        return
    blocks = visual.transformer.resblocks
    if visual.pool_type == "tok" and visual.transformer.batch_first and type(blocks[-1]) is ResidualAttentionBlock:
        blocks[-1] = _class_token_block(blocks[-1])


def _class_token_block(block: Any) -> Any:
    torch = devices.import_torch()

    class ClassTokenBlock(torch.nn.Module):  # type: ignore[misc,name-defined]
        """Maps tokens (n, length, width) to the first token of each image (n, 1, width)."""

        def __init__(self) -> None:
            super().__init__()
            self.block = block

        def forward(self, tokens: Any, attn_mask: Any = None) -> Any:
            block = self.block
            normed = block.ln_1(tokens)
            attended, _ = block.attn(normed[:, :1], normed, normed, need_weights=False, attn_mask=attn_mask)
            first = tokens[:, :1] + block.ls_1(attended)
            return first + block.ls_2(block.mlp(block.ln_2(first)))

    return ClassTokenBlock()

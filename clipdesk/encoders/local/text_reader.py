"""How a model reads texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clipdesk.encoders.local.model_building import token_counts


@dataclass(frozen=True)
class TextReader:
    """A model's tokenizer, and how many tokens of a text the model reads, start and end tokens included."""

    tokenizer: Any
    context_length: int

    def tokens(self, texts: Sequence[str]) -> Any:
        """Return a tensor (n, context_length) of token ids."""
        return self.tokenizer(list(texts), context_length=self.context_length)

    def too_long(self, texts: Sequence[str]) -> list[str]:
        """Return the texts that the model reads only the beginning of."""
        counts = token_counts(self.tokenizer, texts)
        return [text for text, count in zip(texts, counts, strict=True) if count > self.context_length]

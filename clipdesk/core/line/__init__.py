"""From pictures to embeddings: recall, decode, encode."""

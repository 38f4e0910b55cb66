"""Comparing wordings of the same labels: arithmetic on embeddings and label vectors, no I/O."""

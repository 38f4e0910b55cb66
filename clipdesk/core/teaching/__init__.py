"""Learning from corrections and reviews: arithmetic on embeddings and label vectors, no I/O."""

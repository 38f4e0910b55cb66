"""From images to embeddings: recall from the store, decode, encode here or on a server."""

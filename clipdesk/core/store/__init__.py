"""The caches on disk: embeddings and thumbnails."""

"""What is kept on disk: embeddings and thumbnails."""

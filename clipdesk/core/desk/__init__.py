"""The open set of images and labels: embeddings, scores, corrections, and the order of the table."""

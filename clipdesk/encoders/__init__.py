"""What turns pictures and prompts into embeddings."""

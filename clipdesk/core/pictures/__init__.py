"""Picture files: which there are, what is in them, and their pixels."""

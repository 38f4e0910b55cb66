"""The results table, its filter and its summary."""

"""The table of results and its filter."""

"""The history of past sorts, each of which can be undone."""

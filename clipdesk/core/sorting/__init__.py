"""Sorting images into folders: plan, apply with a journal, undo."""

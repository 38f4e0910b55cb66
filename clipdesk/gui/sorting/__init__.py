"""Sorting into folders: the plan, the folders panel and the history of past sorts."""

"""Encoders on this computer: open_clip models and what speeds them up."""

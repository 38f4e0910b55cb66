"""Encoders on this computer: open_clip, and what makes it fast."""

"""Choosing a server, and consent before an upload."""

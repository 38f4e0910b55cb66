"""The server settings, and the consent before an upload."""

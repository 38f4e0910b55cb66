"""`clipdesk serve`: a server of the CLIP API. Every module but `settings` needs the extra `server`."""

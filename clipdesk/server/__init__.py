"""`clipdesk serve`: a server of the CLIP API. Only `settings` and `web.tls` work without the extra `server`."""

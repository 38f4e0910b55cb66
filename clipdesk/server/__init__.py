"""The CLIP API, served: `clipdesk serve`. Everything here but `settings` needs the extra `server`."""

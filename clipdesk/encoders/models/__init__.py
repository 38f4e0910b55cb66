"""The models that ClipDesk can run: their names, the catalog, their files on disk and their downloads."""

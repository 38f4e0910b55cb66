"""Labels as keywords in XMP sidecars."""

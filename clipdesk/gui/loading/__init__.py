"""Load thumbnails and previews in the background."""

"""The gallery: the results as thumbnails, grouped by label or not."""

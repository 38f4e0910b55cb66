"""Image files: find them, identify them by content, decode them."""

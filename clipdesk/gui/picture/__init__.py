"""Views of a single image: the inspector and the quick look."""

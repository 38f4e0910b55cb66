"""One picture: inspector and quick look."""

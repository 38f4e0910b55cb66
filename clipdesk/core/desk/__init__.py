"""The open set of pictures and labels, and what is known about each row."""
